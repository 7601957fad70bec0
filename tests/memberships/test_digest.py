"""One mail a person, each review told once, and nothing told to whom it does not concern."""

import re
import smtplib
import threading
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from engagements.models import Engagement
from engagements.permission import grant
from memberships.enums import ReviewOutcome
from memberships.models import ReviewNotice
from memberships.operations import flag_due_reviews, propose_review, record_review, send_review_digest
from organisation.enums import Action, Role
from organisation.models import Mandate, User
from stockholm_intl.kit.models import Outbox
from tests.factories import AT, TODAY
from tests.factories.memberships import a_membership, a_review
from tests.people import People, person

pytestmark = pytest.mark.usefixtures("today")


def told(to: User) -> list[str]:
    """Keys in the mails to this person."""
    return [
        key for sent in mail.outbox if sent.to == [to.email] for key in re.findall(r"^INT-\d+-\d+", sent.body, re.M)
    ]


def test_the_owner_gets_one_mail_of_all_that_was_opened(people: People, run_outbox: Any) -> None:
    keys = [a_membership(people.contact, people.body("169")).engagement.key for _ in range(3)]
    flag_due_reviews(TODAY)
    run_outbox()
    assert [sent.to for sent in mail.outbox] == [[people.contact.email]]
    assert told(people.contact) == keys


def test_each_owner_gets_only_their_own(people: People, run_outbox: Any) -> None:
    mine = a_membership(people.contact, people.body("169")).engagement.key
    theirs = a_membership(people.outsider, people.body("181")).engagement.key
    flag_due_reviews(TODAY)
    run_outbox()
    assert told(people.contact) == [mine]
    assert told(people.outsider) == [theirs]


def test_both_contact_persons_are_told_when_nobody_holds_it(people: People, run_outbox: Any) -> None:
    second = person("annan", "Annan")
    Mandate.objects.create(
        person=second, body=people.body("169"), role=Role.CONTACT_PERSON, valid_from=date(2020, 1, 1)
    )
    membership = a_membership(people.contact, people.body("169"))
    Engagement.objects.filter(pk=membership.pk).update(contact=None)
    flag_due_reviews(TODAY)
    run_outbox()
    assert told(people.contact) == told(second) == [membership.engagement.key]


def test_the_mail_says_what_when_and_where(people: People, run_outbox: Any, settings: Any) -> None:
    settings.SITE_URL = "https://register.stockholm.example"
    key = a_membership(people.contact, people.body("169")).engagement.key
    a_membership(people.contact, people.body("169"), last_reviewed_on=date(2022, 11, 1))
    flag_due_reviews(TODAY)
    run_outbox()
    sent = mail.outbox[0]
    assert sent.subject == "Två omprövningar väntar på dig"
    for said in (
        f"{key} Nordiskt nätverk för klimatbudget",
        "Omprövas senast 15 januari 2027.",
        "Omprövas senast 1 november 2026, och är alltså försenad.",
        f"https://register.stockholm.example/medlemskap/{key}/",
        "https://register.stockholm.example/medlemskap/omprovas/",
        "strategin 2016, avsnitt 4",
    ):
        assert said in sent.body
    assert "<" not in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_mail_is_swedish_whatever_language_the_worker_has(people: People) -> None:
    from django.utils import translation

    a_review(people.contact, people.body("169"))
    with translation.override("en"):
        send_review_digest(person=people.contact, at=AT)
    assert "15 januari 2027" in mail.outbox[0].body


def test_a_long_digest_is_cut_and_says_so(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memberships.operations.digest.SHOWN", 2)
    for _ in range(5):
        a_review(people.contact, people.body("169"))
    assert send_review_digest(person=people.contact, at=AT) == 5
    assert len(told(people.contact)) == 2
    assert "Och 3 till." in mail.outbox[0].body


def test_a_task_that_runs_twice_tells_once(people: People) -> None:
    a_review(people.contact, people.body("169"))
    assert [send_review_digest(person=people.contact, at=AT) for _ in range(2)] == [1, 0]
    assert len(mail.outbox) == 1


def test_the_clock_run_again_asks_for_no_more_mail(people: People, run_outbox: Any) -> None:
    a_membership(people.contact, people.body("169"))
    flag_due_reviews(TODAY)
    run_outbox()
    flag_due_reviews(TODAY)
    assert not Outbox.objects.open().exists()
    assert len(mail.outbox) == 1


def test_the_next_mail_has_only_what_is_new(people: People, run_outbox: Any) -> None:
    a_membership(people.contact, people.body("169"))
    flag_due_reviews(TODAY)
    run_outbox()
    later = a_membership(people.contact, people.body("169")).engagement.key
    flag_due_reviews(TODAY)
    run_outbox()
    assert told(people.contact)[1:] == [later]


def test_a_mail_server_that_is_away_leaves_nothing_told(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    a_review(people.contact, people.body("169"))
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMessage.send", refuse)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            send_review_digest(person=people.contact, at=AT)
    assert not ReviewNotice.objects.exists()
    assert send_review_digest(person=people.contact, at=AT) == 1
    assert len(mail.outbox) == 1


def refuse(*args: Any, **kwargs: Any) -> None:
    raise smtplib.SMTPServerDisconnected


def test_the_same_reviews_have_the_same_message_id(people: People) -> None:
    a_review(people.contact, people.body("169"))
    send_review_digest(person=people.contact, at=AT)
    ReviewNotice.objects.all().delete()
    send_review_digest(person=people.contact, at=AT)
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 1


# --- Whom it does not concern


def test_rights_are_asked_when_the_mail_is_sent(people: People, run_outbox: Any) -> None:
    a_membership(people.contact, people.body("169"))
    flag_due_reviews(TODAY)
    Mandate.objects.filter(person=people.contact).update(valid_to=date(2026, 11, 21))
    run_outbox()
    assert not mail.outbox
    flag_due_reviews(TODAY)  # the next day's run finds the new owner
    run_outbox()
    assert [sent.to for sent in mail.outbox] == [[people.head.email]]


def test_who_has_left_gets_nothing(people: People) -> None:
    a_review(people.contact, people.body("169"))
    people.contact.is_active = False
    people.contact.save()
    assert send_review_digest(person=people.contact, at=AT) == 0


def test_who_may_read_but_does_not_own_gets_nothing(people: People) -> None:
    a_review(people.contact, people.body("169"))
    for other in (people.head, people.coordinator, people.board_secretary):
        assert send_review_digest(person=other, at=AT) == 0


def test_a_secret_one_is_told_to_nobody_who_is_not_named(people: People, run_outbox: Any) -> None:
    make_secret(a_membership(people.contact, people.body("169")).engagement)
    flag_due_reviews(TODAY)
    run_outbox()
    assert not mail.outbox


def test_the_named_reader_of_a_secret_one_is_told_its_key_and_not_its_title(people: People, run_outbox: Any) -> None:
    engagement = a_membership(people.contact, people.body("169")).engagement
    make_secret(engagement)
    grant(engagement=engagement, to=people.contact, action=Action.READ, reason="Handlägger.", by=None, at=AT)
    flag_due_reviews(TODAY)
    run_outbox()
    assert told(people.contact) == [engagement.key]
    assert engagement.title not in mail.outbox[0].body


def make_secret(engagement: Engagement) -> None:
    Engagement.objects.filter(pk=engagement.pk).update(is_secret=True, secrecy_paragraph="OSL 15 kap. 1 §")


def test_what_is_decided_or_proposed_is_not_told_of(people: People) -> None:
    decided = a_review(people.contact, people.body("169"))
    record_review(review=decided, outcome=ReviewOutcome.KEEP, note="Ja.", by=people.head, at=AT)
    proposed = a_review(people.contact, people.body("169"))
    propose_review(review=proposed, outcome=ReviewOutcome.KEEP, note="Ja.", by=people.contact, at=AT)
    assert send_review_digest(person=people.contact, at=AT) == 0


def test_a_title_cannot_write_headers(people: People) -> None:
    a_review(people.contact, people.body("169"), matter={"title": "Hej\r\nBcc: alla@stockholm.example"})
    send_review_digest(person=people.contact, at=AT)
    assert "Bcc" not in mail.outbox[0].message()


# --- With a real mail server, and a real worker


def test_it_arrives_by_smtp_with_its_letters_whole(people: People, smtp: Any) -> None:
    a_review(people.contact, people.body("169"), matter={"title": "Östersjöstäderna, å ä ö – é"})
    send_review_digest(person=people.contact, at=AT)
    (received,) = smtp.mails
    assert received["To"] == people.contact.email
    assert received["Subject"] == "En omprövning väntar på dig"
    assert "Östersjöstäderna, å ä ö – é" in received.get_content()
    assert received.get_content_type() == "text/plain"


@pytest.mark.django_db(transaction=True)
def test_two_digests_at_once_tell_once(people: People, smtp: Any) -> None:
    for _ in range(3):
        a_review(people.contact, people.body("169"))
    start = threading.Barrier(4)

    def send() -> None:
        try:
            start.wait()
            send_review_digest(person=User.objects.get(pk=people.contact.pk), at=AT)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(smtp.mails) == 1
    assert ReviewNotice.objects.count() == 3
