"""One mail a person about the reviews that were opened for them."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from engagements.enums import Part
from memberships.models import Review
from memberships.queries import Owners, in_pairs, pairs, untold_to
from memberships.rules import days_left
from organisation.models import User
from stockholm_intl.kit import clock
from stockholm_intl.kit.swedish import Noun, capital, counted

SHOWN = 50
REVIEW = Noun("en", "omprövning", "omprövningar")


def send_review_digest(*, person: User, at: datetime) -> int:
    """Tell this person of the open reviews they own and were not told of; says how many.

    What they own and may read is asked now, not when the review was opened. The notices and the mail stand or fall
    together: a worker that dies before the mail server has it leaves nothing behind, so the next run sends it. If it
    dies in the instant after, the second copy carries the same Message-ID, by which mail systems drop it.
    """
    if not person.is_active or not person.email:
        return 0
    waiting = untold_to(person)
    owners = Owners(on=clock.local_date(at))
    mine = [pair for pair in pairs(waiting) if person.pk in owners.of(pair)]
    if not mine:
        return 0
    with transaction.atomic():
        ids = claim(list(in_pairs(waiting, mine).order_by("due_on", "id").values_list("pk", flat=True)), person, at=at)
        if ids:
            digest(person, ids, at=at).send()
    return len(ids)


def claim(review_ids: list[int], person: User, *, at: datetime) -> list[int]:
    """Those of the reviews that are ours to tell of; a run beside this one waits here and gets the rest."""
    sql = (
        "INSERT INTO memberships_reviewnotice (review_id, person_id, sent_at)"
        " SELECT unnest(%s::bigint[]), %s, %s ON CONFLICT DO NOTHING RETURNING review_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [review_ids, person.pk, at])
        mine = {row[0] for row in cursor.fetchall()}
    return [pk for pk in review_ids if pk in mine]


def digest(person: User, review_ids: Collection[int], *, at: datetime) -> EmailMessage:
    today = clock.local_date(at)
    reviews = Review.objects.filter(pk__in=review_ids).select_related("engagement").order_by("due_on", "id")
    with translation.override("sv"):
        said = counted(len(review_ids), REVIEW)
        context = {
            "person": person,
            "said": said,
            "rows": [row(review, today=today) for review in reviews[:SHOWN]],
            "more": max(len(review_ids) - SHOWN, 0),
            "list_url": settings.SITE_URL + reverse("review_list"),
        }
        text = render_to_string("memberships/mail/review_digest.txt", context)
    # the subject holds no words of ours or others' about the matters: it is read on locked screens
    return EmailMessage(
        subject=f"{capital(said)} väntar på dig".replace("\u00a0", " "),
        body=text,
        to=[person.email],
        headers={"Message-ID": message_id(person, review_ids), "Auto-Submitted": "auto-generated"},
    )


def row(review: Review, *, today: Any) -> dict[str, Any]:
    """A secret matter is named by its key alone: a mail goes further than its reader."""
    engagement = review.engagement
    return {
        "key": engagement.key,
        "title": "" if engagement.is_secret or Part.TITLE in engagement.secret_fields else engagement.title,
        "due_on": review.due_on,
        "days": days_left(review.due_on, on=today),
        "url": settings.SITE_URL + engagement.get_absolute_url(),
    }


def message_id(person: User, review_ids: Collection[int]) -> str:
    """The same for the same reviews to the same person."""
    told = sha256(f"{person.pk}:{sorted(review_ids)}".encode()).hexdigest()[:32]
    return f"<omprovning.{told}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"
