"""Somebody leaves: what they handle goes to a colleague, as far as both may read it, and the mandate ends."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from engagements import handing_over
from engagements.enums import State
from engagements.handing_over import hand_over, handled
from engagements.models import Engagement
from engagements.permission import grant
from engagements.rules import RuleBroken
from organisation.enums import Action, Role
from organisation.models import Mandate, User
from stockholm_intl.kit import clock
from tests.factories import AT, a_draft, an_engagement
from tests.locks import told
from tests.people import People, person

AsUser = Callable[[Any], Client]


@pytest.fixture
def colleague(people: People) -> User:
    found = person("kollega.miljo", "Kollegan, Miljöförvaltningen")
    Mandate.objects.create(
        person=found, body=people.body("169"), role=Role.CONTACT_PERSON, is_deputy=True, valid_from=date(2020, 1, 1)
    )
    return found


def leave(people: People, to: User, **more: Any) -> Any:
    said: dict[str, Any] = {
        "mandate": people.contact.mandates.get(body__code="169"), "to": to, "last_day": clock.today(), "reason": "Ny tjänst",
        "by": people.head, "at": clock.now(),
    } | more  # fmt: skip
    return hand_over(**said)


def in_state(engagement: Engagement, state: State) -> Engagement:
    Engagement.objects.filter(pk=engagement.pk).update(state=state)
    return engagement


def contact_of(engagement: Engagement) -> Any:
    return Engagement.objects.get(pk=engagement.pk).contact


def test_what_is_open_gets_a_new_contact_with_the_reason_and_what_is_closed_keeps_its_own(
    people: People, colleague: User
) -> None:
    body = people.body("169")
    registered, board = an_engagement(people.contact, body), an_engagement(people.contact, people.body("MHN"))
    draft, agreed = a_draft(people.contact, body), in_state(an_engagement(people.contact, body), State.APPROVED)
    closed = in_state(an_engagement(people.contact, body), State.CLOSED)
    others = an_engagement(people.head, body)
    assert leave(people, colleague).moved == 4
    assert {contact_of(row) for row in (registered, board, draft, agreed)} == {colleague}
    assert contact_of(closed) == people.contact and contact_of(others) == people.head
    last = registered.history.latest()
    assert (last.history_user, last.history_change_reason) == (people.head, "Ny tjänst")
    assert Engagement.objects.get(pk=registered.pk).version == registered.version + 1
    assert people.contact.mandates.get().valid_to == clock.today()


def test_another_bodys_matters_stay(people: People, colleague: User) -> None:
    Mandate.objects.create(
        person=people.contact, body=people.body("181"), role=Role.CONTACT_PERSON, valid_from=date(2020, 1, 1)
    )
    elsewhere = an_engagement(people.contact, people.body("181"))
    assert leave(people, colleague).moved == 0
    assert contact_of(elsewhere) == people.contact


def test_what_the_one_doing_it_may_not_read_is_neither_shown_nor_moved(people: People, colleague: User) -> None:
    secret = an_engagement(people.contact, people.body("169"), is_secret=True, secrecy_paragraph="OSL 15 kap. 1 §")
    mandate = people.contact.mandates.get()
    assert not handled(mandate, by=people.head).exists()
    assert leave(people, colleague).moved == 0
    assert contact_of(secret) == people.contact


def test_what_is_secret_moves_only_to_somebody_named_on_it(people: People, colleague: User) -> None:
    secret = an_engagement(people.contact, people.body("169"), is_secret=True, secrecy_paragraph="OSL 15 kap. 1 §")
    grant(engagement=secret, to=people.head, action=Action.READ, reason="Chef", by=None, at=AT)
    done = leave(people, colleague)
    assert (done.moved, done.left) == (0, 1) and contact_of(secret) == people.contact
    Mandate.objects.filter(person=people.contact).update(valid_to=None)
    grant(engagement=secret, to=colleague, action=Action.READ, reason="Handläggare", by=None, at=AT)
    assert leave(people, User.objects.get(pk=colleague.pk)).moved == 1
    assert contact_of(secret) == colleague


def test_only_a_colleague_who_prepares_there_takes_over(people: People) -> None:
    for someone in (people.outsider, people.board_secretary, people.stranger, people.contact):
        with pytest.raises(RuleBroken, match="Välj en kollega"):
            leave(people, someone)
    assert people.contact.mandates.get().valid_to is None


def test_only_the_head_the_keepers_and_the_person_hand_over(people: People, colleague: User) -> None:
    for by in (people.outsider, people.board_secretary, colleague, people.auditor):
        with pytest.raises(PermissionDenied):
            leave(people, colleague, by=by)
    an_engagement(people.contact, people.body("169"))
    assert leave(people, colleague, by=people.contact).moved == 1


def test_closing_the_account_ends_every_right_at_once(people: People, colleague: User) -> None:
    with pytest.raises(PermissionDenied):
        leave(people, colleague, close=True)
    assert people.contact.mandates.get().valid_to is None  # all or nothing
    leave(people, colleague, by=people.administrator, close=True)
    assert not User.objects.get(pk=people.contact.pk).is_active
    assert people.contact.mandates.get().valid_to == clock.today() - timedelta(days=1)


def test_who_keeps_the_registers_hands_over_what_she_may_not_read(
    people: People, colleague: User, as_user: AsUser
) -> None:
    """Only she closes accounts: what the one who has left handled must not stay with a closed one."""
    body = people.body("169")
    matter, draft = an_engagement(people.contact, body, title="Besök från Bergen"), a_draft(people.contact, body)
    secret = an_engagement(people.contact, body, is_secret=True, secrecy_paragraph="OSL 15 kap. 1 §")
    address = reverse("mandate_hand_over", args=[people.contact.mandates.get().pk])
    client = as_user(people.administrator)
    page = client.get(address).content.decode()
    assert "Du ser inte ärendena i Miljöförvaltningen" in page and "Bergen" not in page
    sent = {"to": colleague.pk, "last_day": clock.today().isoformat(), "reason": "Slutat", "close": "on"}
    answer = client.post(address, sent, follow=True).content.decode()
    assert (
        "har handlagt i Miljöförvaltningen" in answer
        and "är överlämnat till Kollegan" in answer
        and "ärenden är" not in answer
    )
    assert [contact_of(one) for one in (matter, draft, secret)] == [colleague, colleague, people.contact]
    assert matter.history.latest().history_user == people.administrator
    assert not User.objects.get(pk=people.contact.pk).is_active


def test_who_hands_over_is_not_told_of_secrets_that_name_the_colleague(people: People, colleague: User) -> None:
    secret = an_engagement(people.contact, people.body("169"), is_secret=True, secrecy_paragraph="OSL 15 kap. 1 §")
    grant(engagement=secret, to=colleague, action=Action.READ, reason="Handläggare", by=None, at=AT)
    done = leave(people, colleague)
    assert (done.moved, done.left) == (0, 0) and contact_of(secret) == colleague


def test_the_page_shows_what_moves_and_does_it(people: People, colleague: User, as_user: AsUser) -> None:
    engagement = an_engagement(people.contact, people.body("169"), title="Besök från Bergen")
    address = reverse("mandate_hand_over", args=[people.contact.mandates.get().pk])
    page = as_user(people.head).get(address).content.decode()
    assert "Besök från Bergen" in page and "Stäng också kontot" not in page
    sent = {"to": colleague.pk, "last_day": clock.today().isoformat(), "reason": "Ny tjänst"}
    assert as_user(people.head).post(address, sent | {"to": people.outsider.pk}).status_code == 422
    answer = as_user(people.head).post(address, sent | {"close": "on"}, follow=True)
    assert "1 ärende är överlämnat till Kollegan" in answer.content.decode()
    assert contact_of(engagement) == colleague and User.objects.get(pk=people.contact.pk).is_active


@pytest.mark.django_db(transaction=True)
def test_two_who_leave_at_once_do_not_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each handles one of two secrets that name both: the one's to write is the other's to judge."""
    people = People()
    body, heir = people.body("169"), person("arvinge", "Arvingen")
    leaving = [people.contact, person("andra", "Den andra")]
    for user in (heir, leaving[1]):
        Mandate.objects.create(person=user, body=body, role=Role.CONTACT_PERSON, valid_from=date(2020, 1, 1))
    secrets = [an_engagement(user, body, is_secret=True, secrecy_paragraph="OSL 15 kap. 1 §") for user in leaving]
    for secret in secrets:
        for user in (heir, *leaving):
            grant(engagement=secret, to=user, action=Action.READ, reason="Handläggare", by=None, at=AT)
    both, move = Barrier(2), handing_over.pass_on

    def and_wait(*args: Any, **more: Any) -> None:
        move(*args, **more)
        try:
            both.wait(1)
        except BrokenBarrierError:
            return

    monkeypatch.setattr(handing_over, "pass_on", and_wait)
    with ThreadPoolExecutor(2) as threads:
        users = [User.objects.get(pk=user.pk) for user in leaving]
        jobs = [
            threads.submit(told, lambda user=user: leave(people, heir, mandate=user.mandates.get(), by=user))
            for user in users
        ]
        assert [job.result(30) for job in jobs] == ["", ""]
    assert [contact_of(secret) for secret in secrets] == [heir, heir]
