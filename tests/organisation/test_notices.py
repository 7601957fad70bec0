"""A mandate's end is told 60 and 14 days ahead, to the person and the head, each notice once."""

import json
import re
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command

from organisation.enums import Role
from organisation.models import Mandate, MandateNotice, User
from organisation.operations import notice_mandates, send_mandate_notices
from stockholm_intl.kit.models import Outbox
from tests.factories import TODAY
from tests.people import People, person


def at(day: date) -> Any:
    return time_machine.travel(f"{day}T11:00:00Z", tick=True)


def ends(who: User, day: date) -> Mandate:
    who.mandates.update(valid_to=day)
    return who.mandates.get()


def run(day: date, run_outbox: Any) -> list[tuple[str, str]]:
    """(to, subject) of what was sent that day."""
    before = len(mail.outbox)
    with at(day):
        notice_mandates(on=day)
        run_outbox()
    return sorted((sent.to[0], sent.subject) for sent in mail.outbox[before:])


def test_the_person_and_the_head_are_told_sixty_and_fourteen_days_before(people: People, run_outbox: Any) -> None:
    last = date(2027, 3, 1)
    ends(people.contact, last)
    both = [(user.email, "Ett mandat går ut") for user in (people.head, people.contact)]
    told = {}
    for left in range(64, -3, -1):
        if sent := run(last - timedelta(days=left), run_outbox):
            told[left] = sent
    assert told == {60: sorted(both), 14: sorted(both)}


def test_the_clock_run_again_tells_nobody_twice(people: People, run_outbox: Any) -> None:
    ends(people.contact, TODAY + timedelta(days=30))
    assert len(run(TODAY, run_outbox)) == 2
    assert run(TODAY, run_outbox) == []
    assert not Outbox.objects.open().exists()
    with at(TODAY):
        assert send_mandate_notices(person=people.contact, at=clock_noon()) == 0


def clock_noon() -> Any:
    from stockholm_intl.kit import clock

    return clock.now()


def test_days_that_the_clock_missed_are_caught_up_with_by_the_nearest_notice(people: People, run_outbox: Any) -> None:
    ends(people.contact, TODAY + timedelta(days=9))
    ends(people.outsider, TODAY + timedelta(days=41))
    assert len(run(TODAY, run_outbox)) == 3
    told = set(MandateNotice.objects.values_list("mandate__person", "person", "days"))
    assert told == {
        (people.contact.pk, people.contact.pk, 14),
        (people.contact.pk, people.head.pk, 14),
        (people.outsider.pk, people.outsider.pk, 60),
    }


def test_a_moved_end_is_told_anew_and_a_renewed_mandate_not_at_all(people: People, run_outbox: Any) -> None:
    ends(people.contact, TODAY + timedelta(days=30))
    run(TODAY, run_outbox)
    ends(people.contact, TODAY + timedelta(days=40))
    assert len(run(TODAY, run_outbox)) == 2
    ends(people.outsider, TODAY + timedelta(days=10))
    Mandate.objects.create(
        person=people.outsider, body=people.body("181"), role=Role.CONTACT_PERSON, valid_from=TODAY + timedelta(days=11)
    )
    assert run(TODAY, run_outbox) == []


def test_a_head_whose_own_mandate_ends_gets_one_mail_of_all(people: People, run_outbox: Any) -> None:
    ends(people.head, TODAY + timedelta(days=20))
    ends(people.contact, TODAY + timedelta(days=20))
    assert run(TODAY, run_outbox) == sorted(
        [(people.head.email, "Två mandat går ut"), (people.contact.email, "Ett mandat går ut")]
    )


def test_who_has_left_or_has_no_address_is_told_nothing(people: People, run_outbox: Any) -> None:
    ends(people.contact, TODAY + timedelta(days=20))
    User.objects.filter(pk=people.contact.pk).update(email="")
    assert [to for to, _subject in run(TODAY, run_outbox)] == [people.head.email]
    ends(people.outsider, TODAY + timedelta(days=20))
    User.objects.filter(pk=people.outsider.pk).update(is_active=False)
    assert run(TODAY, run_outbox) == []


def test_the_mail_says_who_what_when_and_where(people: People, smtp: Any, settings: Any) -> None:
    settings.SITE_URL = "https://register.stockholm.example"
    mandate = ends(people.contact, date(2026, 12, 31))
    with at(TODAY):
        assert send_mandate_notices(person=people.head, at=clock_noon()) == 1
    (received,) = smtp.mails
    text = received.get_content()
    assert f"{people.contact}, kontaktperson, Miljöförvaltningen" in text
    assert "Sista dagen är 31 december 2026." in text
    assert f"https://register.stockholm.example/register/mandat/{mandate.pk}/" in text
    assert received["Auto-Submitted"] == "auto-generated" and "<" not in text
    assert re.fullmatch(r"<mandat\.[0-9a-f]{32}@register\.stockholm\.example>", received["Message-ID"].strip())


def test_a_mail_server_that_is_away_leaves_nothing_told(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    ends(people.contact, TODAY + timedelta(days=20))

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OSError

    with monkeypatch.context() as gone, at(TODAY):
        gone.setattr("django.core.mail.EmailMessage.send", refuse)
        with pytest.raises(OSError):
            send_mandate_notices(person=people.contact, at=clock_noon())
    assert not MandateNotice.objects.exists()


def test_the_command_says_what_it_did(people: People) -> None:
    other = person("annan", "Annan")
    Mandate.objects.create(
        person=other,
        body=people.body("181"),
        role=Role.DELEGATE,
        valid_from=date(2020, 1, 1),
        valid_to=date(2026, 12, 1),
    )
    ends(people.contact, date(2027, 1, 15))
    out = StringIO()
    call_command("notice_mandates", "--on", "2026-11-22", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"within_60_days": 1, "within_14_days": 1, "mailed": 3}
    call_command("notice_mandates", "--on", "2026-11-22", stdout=out)
    assert "1 mandat går ut inom 60 dagar, 1 inom 14, brev till 3." in out.getvalue()
    with pytest.raises(CommandError, match="är inget datum"):
        call_command("notice_mandates", "--on", "22/11")
