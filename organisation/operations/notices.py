"""A mandate's last day is told beforehand, to the person and to the head, each notice once."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import translation

from organisation.models import User
from organisation.telling import Due, due_notices, people_to_tell, to_tell
from stockholm_intl.kit import clock
from stockholm_intl.kit.jobs import enqueue
from stockholm_intl.kit.swedish import Noun, capital, counted

MANDATE = Noun("ett", "mandat", "mandat")
CLAIM = """
INSERT INTO organisation_mandatenotice (mandate_id, days, ends_on, person_id, sent_at)
SELECT *, %s, %s FROM unnest(%s::bigint[], %s::int[], %s::date[]) ON CONFLICT DO NOTHING RETURNING mandate_id
"""


@dataclass(frozen=True)
class Noticed:
    """Mandates within each notice that day, and how many people are sent a mail about those they were not told of."""

    within_60_days: int
    within_14_days: int
    mailed: int


@transaction.atomic
def notice_mandates(*, on: date) -> Noticed:
    """Have everyone told whom a mandate's last day concerns. Asked again the same day, it tells nobody twice.

    A day that was missed is caught up with: what counts is how near the last day is, not which day the clock struck.
    """
    due = due_notices(on=on)
    people = people_to_tell(due, on=on)
    for person_id in people:
        enqueue("organisation.mail_mandate_notices", person_id=person_id)
    soon = sum(notice.days == 14 for notice in due)
    return Noticed(within_60_days=len(due) - soon, within_14_days=soon, mailed=len(people))


def send_mandate_notices(*, person: User, at: datetime) -> int:
    """Tell this person of the mandates that end and that they were not told of; says how many.

    The notices and the mail stand or fall together; see memberships' digest, which does the same.
    """
    if not person.is_active or not person.email:
        return 0
    due = to_tell(person, on=clock.local_date(at))
    if not due:
        return 0
    with transaction.atomic():
        mine = claim(due, person, at=at)
        if mine:
            letter(person, mine).send()
    return len(mine)


def claim(due: list[Due], person: User, *, at: datetime) -> list[Due]:
    """Those that are ours to tell of; a run beside this one waits here and gets the rest."""
    columns = ([one.mandate.pk for one in due], [one.days for one in due], [one.mandate.valid_to for one in due])
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [person.pk, at, *columns])
        ours = {row[0] for row in cursor.fetchall()}
    return [one for one in due if one.mandate.pk in ours]


def letter(person: User, due: list[Due]) -> EmailMessage:
    with translation.override("sv"):
        said = counted(len(due), MANDATE)
        rows = [row(person, one) for one in due]
        text = render_to_string("organisation/mail/mandate_notices.txt", {"rows": rows, "said": said})
    return EmailMessage(
        subject=f"{capital(said)} går ut".replace("\u00a0", " "),
        body=text,
        to=[person.email],
        headers={"Message-ID": message_id(person, due), "Auto-Submitted": "auto-generated"},
    )


def row(person: User, due: Due) -> dict[str, Any]:
    mandate = due.mandate
    return {
        "is_own": mandate.person_id == person.pk,
        "person": mandate.person,
        "role": mandate.get_role_display().lower(),
        "body": mandate.body,
        "ends_on": mandate.valid_to,
        "url": settings.SITE_URL + mandate.get_absolute_url(),
    }


def message_id(person: User, due: list[Due]) -> str:
    """The same for the same notices to the same person: a second copy is dropped on the way."""
    told = sha256(f"{person.pk}:{sorted((one.mandate.pk, one.days) for one in due)}".encode()).hexdigest()[:32]
    return f"<mandat.{told}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"
