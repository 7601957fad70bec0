"""What waits to be handed to the board that decides it, and what is left with the board when it is taken back."""

import pytest

from engagements.enums import Kind, Scope
from engagements.models import Engagement, GrantEvent
from engagements.operations import move
from engagements.permission import grant, handed_to, may
from engagements.strategy.competence import Route
from engagements.submitting import (
    goes_to_board,
    is_to_submit,
    proposed_anew_by,
    submit_engagement,
    take_back,
    way_proposed,
)
from memberships.enums import ReviewOutcome
from memberships.operations import open_review, propose_review
from organisation.enums import Action
from organisation.models import User
from tests.factories import AT, an_engagement
from tests.factories.memberships import a_membership
from tests.people import People, a_secretary_of


def a_position(people: People, scope: str = "city_wide") -> Engagement:
    told = {"scope": scope, "instrument": "position"}
    return an_engagement(people.contact, people.body("169"), Kind.EU_INFLUENCE, **told)


def waits(engagement: Engagement) -> bool:
    return is_to_submit(engagement, way_proposed(engagement))


@pytest.mark.parametrize(
    ("owner", "deciders", "goes"),
    [
        ("169", ["KF", "KS"], True),
        ("169", ["KS", "body"], False),
        ("169", [], False),
        ("MHN", ["none"], True),
        ("131", ["city_leadership"], True),
        ("KS", ["KS"], False),
        ("110", ["KF"], False),
    ],
)
def test_it_goes_to_the_board_from_another_house_and_when_nobody_else_can_be_the_decider(
    people: People, owner: str, deciders: list[str], goes: bool
) -> None:
    engagement = an_engagement(people.contact, people.body(owner))
    way = Route(None, None, ways=tuple(("", decider) for decider in deciders))
    assert goes_to_board(engagement, way) is goes
    assert is_to_submit(engagement, way) is goes
    assert not is_to_submit(engagement, None)


def test_it_waits_to_be_handed_over_once_proposed_and_while_the_owner_does_not_decide(people: People) -> None:
    position, own = a_position(people), a_position(people, "own_field")
    assert way_proposed(position) is None and not waits(position)
    for engagement in (position, own):
        move(engagement, "propose", by=people.contact, at=AT)
    assert waits(position) and not waits(own)
    submit_engagement(engagement=position, by=people.contact, at=AT)
    assert not waits(Engagement.objects.get(pk=position.pk))


def test_what_is_proposed_about_a_matter_in_force_waits_likewise(people: People) -> None:
    network = a_membership(people.contact, people.body("169"), matter={"scope": Scope.CITY_WIDE}).engagement
    assert way_proposed(network) is None
    review = open_review(engagement=network, by=people.contact, at=AT)
    assert way_proposed(network) is None
    for outcome, matter in ((ReviewOutcome.LEAVE, "M23"), (ReviewOutcome.CHANGE, "M22"), (ReviewOutcome.KEEP, "M22")):
        propose_review(review=review, outcome=outcome, note="Ger mycket.", by=people.contact, at=AT)
        way = way_proposed(network)
        assert way and (way.matter, way.deciders) == (matter, ("KS",))
    assert waits(network)
    assert submit_engagement(engagement=network, by=people.contact, at=AT) == people.body("KS")
    assert not waits(Engagement.objects.get(pk=network.pk))


def test_who_knows_of_a_proposal_is_asked_once_and_only_of_what_is_in_force(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, way = [], Route("M22", "KS")
    monkeypatch.setattr("engagements.submitting._proposed_anew", [])

    def nothing(engagement: Engagement) -> None:
        asked.append(engagement)

    for told in (nothing, nothing, lambda engagement: way):
        proposed_anew_by(told)
    network = a_membership(people.contact, people.body("169")).engagement
    assert way_proposed(network) == way and asked == [network]
    assert way_proposed(a_position(people)) is None and asked == [network]


@pytest.mark.parametrize("by_hand", [True, False])
def test_taken_back_the_board_keeps_what_somebody_shared_with_it_by_hand(people: People, by_hand: bool) -> None:
    board, position = people.body("KS"), a_position(people)
    secretary = a_secretary_of(board)
    if by_hand:
        told = {"reason": "Till kännedom", "by": people.contact, "at": AT, "by_hand": True}
        grant(engagement=position, to=board, action=Action.READ, **told)  # type: ignore[arg-type]
    move(position, "propose", by=people.contact, at=AT)
    submit_engagement(engagement=position, by=people.contact, at=AT)
    take_back(engagement=position, by=people.head, at=AT, reason="Vad säger trafiknämnden?")
    assert handed_to(position) is None
    assert may(User.objects.get(pk=secretary.pk), Action.READ, position) is by_hand
    logged = GrantEvent.objects.filter(engagement=position, given=False)
    assert {(row.by, row.reason) for row in logged} == {(people.head, "Vad säger trafiknämnden?")}
    assert {row.action for row in logged} == ({Action.DECIDE} if by_hand else {Action.DECIDE, Action.READ})
