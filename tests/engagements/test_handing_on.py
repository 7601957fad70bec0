"""What waits to be handed to the board that decides it, and what is left with the board when it is taken back."""

import pytest

from engagements.enums import Kind
from engagements.models import Engagement, GrantEvent
from engagements.operations import move
from engagements.permission import grant, handed_to, may
from engagements.routing import route_of
from engagements.submitting import is_to_submit, submit_engagement, take_back
from organisation.enums import Action
from organisation.models import User
from tests.factories import AT, an_engagement
from tests.people import People, a_secretary_of


def a_position(people: People, scope: str = "city_wide") -> Engagement:
    told = {"scope": scope, "instrument": "position"}
    return an_engagement(people.contact, people.body("169"), Kind.EU_INFLUENCE, **told)


def test_it_waits_to_be_handed_over_once_proposed_and_while_the_owner_does_not_decide(people: People) -> None:
    def waits(engagement: Engagement) -> bool:
        return is_to_submit(engagement, route_of(engagement))

    position, own = a_position(people), a_position(people, "own_field")
    assert not waits(position) and not waits(own)
    for engagement in (position, own):
        move(engagement, "propose", by=people.contact, at=AT)
    assert waits(position) and not waits(own)
    submit_engagement(engagement=position, by=people.contact, at=AT)
    assert not waits(Engagement.objects.get(pk=position.pk))


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
