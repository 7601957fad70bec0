"""A body merges inside a term: what is open follows, what is closed stays readable, and nothing happens before the day."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from engagements.enums import State
from engagements.merging import carry_out_mergers, merge_body
from engagements.models import Engagement
from engagements.permission import grant, may, visible_to
from engagements.rules import RuleBroken
from engagements.sharing import shares_of
from memberships.queries import Owners, Pair
from organisation.enums import Action, BodyKind
from organisation.models import Absence, Body, Mandate, User
from organisation.queries import access_of
from stockholm_intl.kit import clock
from tests.factories import AT, TODAY, a_draft, an_engagement
from tests.factories.memberships import a_review
from tests.people import People

AsUser = Callable[[Any], Client]
DAY = date(2027, 1, 1)


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(f"{TODAY}T11:00:00Z", tick=True):
        yield TODAY


def merge(people: People, **more: Any) -> int:
    """Miljöförvaltningen goes up in Trafikkontoret."""
    said: dict[str, Any] = {
        "body": people.body("169"), "into": people.body("181"), "on": TODAY, "reason": "KF 2026-10-19 § 12",
        "by": people.administrator, "at": clock.now(),
    } | more  # fmt: skip
    return merge_body(**said)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def matter(people: People, state: State = State.REGISTERED, **fields: Any) -> Engagement:
    engagement = an_engagement(people.contact, people.body("169"), **fields)
    Engagement.objects.filter(pk=engagement.pk).update(state=state)
    return engagement


def body_of(engagement: Engagement) -> str:
    return str(Engagement.objects.get(pk=engagement.pk).body.code)


def test_whose_mandate_ends_with_the_body_stands_in_for_nobody_in_its_house(people: People) -> None:
    """The board is left, and so is what was lent there to one of the office's people."""
    lent = {"person": people.board_secretary, "body": people.body("MHN"), "registered_by": people.head}
    days = {"valid_from": TODAY, "valid_to": DAY, "registered_at": AT, "reason": "Semester"}
    absence = Absence.objects.create(substitute=people.contact, **lent, **days)
    assert access_of(fresh(people.contact)).bodies(Action.DECIDE)
    merge(people)
    absence.refresh_from_db()
    assert absence.ended_at and not access_of(fresh(people.contact)).bodies(Action.DECIDE)


LIVE = [State.REGISTERED, State.ASSESSED, State.PROPOSED, State.APPROVED]
DONE = [State.DECLINED, State.COMPLETED, State.CLOSED, State.STRUCK]


def test_what_is_open_follows_with_the_reason_and_what_is_closed_keeps_its_body(people: People) -> None:
    live, done = [matter(people, state) for state in LIVE], [matter(people, state) for state in DONE]
    draft = a_draft(people.contact, people.body("169"))
    assert merge(people) == 5
    assert {body_of(row) for row in [*live, draft]} == {"181"}
    assert {body_of(row) for row in done} == {"169"}
    last = live[0].history.latest()
    assert (last.history_user, last.history_change_reason) == (people.administrator, "KF 2026-10-19 § 12")
    old = Body.objects.get(code="169")
    assert (old.successor, old.valid_to) == (people.body("181"), TODAY - timedelta(days=1))
    assert old.history.latest().history_change_reason == "KF 2026-10-19 § 12"


def test_the_successors_people_prepare_and_decide_the_open_and_only_read_the_closed(people: People) -> None:
    live, done = matter(people), matter(people, State.CLOSED)
    Mandate.objects.create(person=people.stranger, body=people.body("181"), role="head", valid_from=date(2020, 1, 1))
    merge(people)
    live, done = Engagement.objects.get(pk=live.pk), Engagement.objects.get(pk=done.pk)
    contact, head = fresh(people.outsider), fresh(people.stranger)
    assert may(contact, Action.PREPARE, live) and may(head, Action.DECIDE, live)
    assert set(visible_to(contact)) == {live, done}
    for user in (contact, head):
        for action in (Action.PREPARE, Action.DECIDE, Action.MARK_SECRET):
            assert not may(user, action, done), action


def test_the_old_bodys_people_have_no_right_left(people: People) -> None:
    live = matter(people)
    merge(people)
    assert not visible_to(fresh(people.contact)).exists() and not may(fresh(people.head), Action.READ, live)
    assert people.contact.mandates.get().valid_to == TODAY - timedelta(days=1)


def test_before_the_day_everything_is_as_it_was(people: People) -> None:
    live, done = matter(people), matter(people, State.CLOSED)
    assert merge(people, on=DAY) == 0
    with time_machine.travel("2026-12-31T11:00:00Z", tick=True):
        assert carry_out_mergers(at=clock.now()) == 0
        assert set(visible_to(fresh(people.contact))) == {live, done}
        assert may(fresh(people.contact), Action.PREPARE, live)
        assert not visible_to(fresh(people.outsider)).exists()
    with time_machine.travel("2026-12-31T23:10:00Z", tick=True):  # ten past midnight in Stockholm
        assert carry_out_mergers(at=clock.now()) == 1
        assert carry_out_mergers(at=clock.now()) == 0
        assert set(visible_to(fresh(people.outsider))) == {live, done}
        assert not visible_to(fresh(people.contact)).exists()
    assert live.history.latest().history_change_reason == "KF 2026-10-19 § 12"


def test_mandates_to_come_in_the_old_body_are_taken_away_with_the_reason(people: People) -> None:
    coming = Mandate.objects.create(
        person=people.stranger, body=people.body("169"), role="delegate", valid_from=DAY + timedelta(days=1)
    )
    merge(people, on=DAY)
    assert not Mandate.objects.filter(pk=coming.pk).exists()
    assert Mandate.history.filter(id=coming.pk, history_type="-").get().history_change_reason == "KF 2026-10-19 § 12"
    assert people.contact.mandates.get().valid_to == DAY - timedelta(days=1)


def test_a_contact_without_right_in_the_new_body_lets_go_and_one_with_right_stays(people: People) -> None:
    theirs = matter(people)
    ours = an_engagement(people.outsider, people.body("169"))
    merge(people)
    assert Engagement.objects.get(pk=theirs.pk).contact is None
    assert Engagement.objects.get(pk=ours.pk).contact == people.outsider


def test_two_diaries_with_the_same_number_do_not_collide(people: People) -> None:
    old = matter(people, registry_number="2026-117")
    an_engagement(people.outsider, people.body("181"), registry_number="2026-117")
    merge(people)
    assert Engagement.objects.get(pk=old.pk).registry_number == "2026-117 (169)"


def test_what_is_shared_with_the_old_body_is_shared_with_its_successor(people: People) -> None:
    shared = an_engagement(people.coordinator, people.body("110"))
    grant(engagement=shared, to=people.body("169"), action=Action.PREPARE, reason="Samråd", by=None, at=AT)
    assert not may(fresh(people.outsider), Action.READ, shared)
    merge(people)
    assert may(fresh(people.outsider), Action.PREPARE, shared)
    assert [str(one.to) for one in shares_of(shared)] == ["Trafikkontoret"]
    log = [(event.given, event.body, event.reason) for event in shared.grant_events.order_by("pk")[1:]]
    old, new = people.body("169"), people.body("181")
    assert log == [(False, old, "KF 2026-10-19 § 12"), (True, new, "Samråd")]


def test_an_open_review_follows_its_membership(people: People) -> None:
    review = a_review(people.contact, people.body("169"))
    merge(people)
    review.refresh_from_db()
    engagement = review.engagement
    assert engagement.body == people.body("181") and review.is_open
    assert Owners(on=TODAY).of(Pair(engagement.body_id, engagement.contact_id)) == [people.outsider.pk]


def test_what_is_secret_follows_and_stays_with_its_named_readers(people: People) -> None:
    secret = matter(people, is_secret=True, secrecy_paragraph="OSL 15 kap. 1 §")
    merge(people)
    assert body_of(secret) == "181" and not may(fresh(people.outsider), Action.READ, secret)


def test_the_office_of_a_merged_board_stands_under_its_successor(people: People) -> None:
    merge(people, body=people.body("MHN"), into=people.body("TN"))
    assert Body.objects.get(code="169").parent == people.body("TN")
    assert not access_of(fresh(people.board_secretary)).rights.get(Action.DECIDE)


def test_what_was_merged_long_ago_is_reached_through_both(people: People) -> None:
    third = Body.objects.create(code="900", name="Nya kontoret", kind=BodyKind.SPECIALIST_ADMINISTRATION)
    done = matter(people, State.CLOSED)
    merge(people)
    merge(people, body=people.body("181"), into=third)
    Mandate.objects.create(person=people.stranger, body=third, role="contact_person", valid_from=TODAY)
    assert list(visible_to(fresh(people.stranger))) == [done]
    assert not may(fresh(people.stranger), Action.PREPARE, done)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"into": "169"}, "i sig självt"),
        ({"into": "TN"}, "en förvaltning i en förvaltning"),
        ({"into": "KF"}, "en förvaltning i en förvaltning"),
        ({"reason": " "}, "Skriv varför"),
        ({"on": date(2019, 1, 1)}, "finns inte den dagen"),
    ],
)
def test_what_cannot_follow_is_refused_and_nothing_changes(people: People, more: dict[str, Any], message: str) -> None:
    Body.objects.filter(code="181").update(valid_from=date(2020, 1, 1))
    if "into" in more:
        more = {"into": people.body(more["into"])}
    with pytest.raises(RuleBroken, match=message):
        merge(people, **more)
    assert not Body.objects.filter(successor__isnull=False).exists()


def test_a_second_successor_and_a_circle_are_refused(people: People) -> None:
    merge(people)
    assert merge(people) == 0  # the same once more: nothing is left to do
    with pytest.raises(RuleBroken, match="redan en efterträdare"):
        merge(people, into=people.body("131"))
    with pytest.raises(RuleBroken, match="har själv gått upp"):
        merge(people, body=people.body("181"), into=people.body("169"))


def test_only_who_keeps_the_registers_merges(people: People, as_user: AsUser) -> None:
    for user in (people.head, people.contact, people.auditor):
        with pytest.raises(PermissionDenied):
            merge(people, by=user)
    address = reverse("body_merge", args=["169"])
    page = as_user(people.coordinator).get(address)
    assert {body.code for body in page.context["form"].fields["into"].queryset} == {"110", "131", "181"}
    sent = {"into": "181", "on": "2026-11-22", "reason": "KF § 12"}
    assert as_user(people.coordinator).post(address, sent | {"into": "TN"}).status_code == 422
    answer = as_user(people.coordinator).post(address, sent, follow=True)
    assert "har gått upp i Trafikkontoret" in answer.content.decode()


def test_the_command_does_the_same(people: People) -> None:
    matter(people)
    out = StringIO()
    call_command("merge_body", "169", "181", "--on", "2026-11-22", "--reason", "KF § 12", stdout=out)
    assert "1 öppna ärenden följde med" in out.getvalue()
    for arguments in (["169", "finns-inte", "--on", "2026-11-22"], ["169", "131", "--on", "2026-11-22"]):
        with pytest.raises(CommandError):
            call_command("merge_body", *arguments, "--reason", "x")
