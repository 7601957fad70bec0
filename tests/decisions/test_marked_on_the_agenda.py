"""A matter that waits on an agenda names the meeting's secretary when it is marked, or the meeting could not be closed."""

from typing import Any

import pytest

from decisions.models import Meeting
from decisions.operations import approve_meeting, mark_held, withdraw_item
from engagements.enums import Part
from engagements.models import Engagement
from engagements.permission import visible_to, withdraw
from engagements.rules import Incomplete, RuleBroken
from engagements.secrecy import mark_secret, possible_readers
from engagements.sharing import shares_of, withdraw_share
from organisation.enums import Action
from organisation.models import User
from stockholm_intl.kit import clock
from tests.decisions.making import AFTER, a_meeting, a_point, a_trip, approved, decided, referred
from tests.people import People


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def marked(people: People, engagement: Engagement, *parts: Part, readers: Any = ()) -> Engagement:
    return mark_secret(
        engagement=engagement, whole=not parts, parts=parts, paragraph="OSL 15 kap. 1 §", ground="Skadar relationen",
        readers=readers, by=fresh(people.coordinator), at=AFTER,
    )  # fmt: skip


def closing(people: People, meeting: Meeting) -> Meeting:
    return approve_meeting(
        meeting=meeting, approvers=[people.commissioner], by=fresh(people.ib_secretary), at=AFTER, on=AFTER.date()
    )


@pytest.mark.parametrize("parts", [(), (Part.DOCUMENTS,)])
def test_the_meeting_s_secretary_is_named_or_the_point_comes_off(people: People, parts: tuple[Part, ...]) -> None:
    trip = a_trip(people)
    item = referred(people, a_meeting(people), trip)
    assert people.ib_secretary in possible_readers(trip, on=clock.today())
    with pytest.raises(
        Incomplete, match=f"{item.meeting}, punkt 1.1.*Namnge mötets sekreterare.*Sekreteraren"
    ) as refused:
        marked(people, trip, *parts)
    assert "readers" in refused.value.missing
    marked(people, trip, *parts, readers=[people.ib_secretary])
    assert decided(people, item, a_point(people)).outcome == "approved"


def test_what_is_off_the_agenda_or_decided_needs_no_secretary(people: People) -> None:
    first, second, meeting = a_trip(people), a_trip(people, title="Resa till Gent"), a_meeting(people)
    withdraw_item(item=referred(people, meeting, first), by=people.ib_secretary, at=AFTER, reason="Utgår")
    assert marked(people, first).is_secret
    decided(people, referred(people, meeting, second), a_point(people))
    assert marked(people, second).is_secret
    approved(people, meeting)


def test_she_stays_named_while_it_waits(people: People) -> None:
    trip = a_trip(people)
    referred(people, a_meeting(people), trip)
    marked(people, trip, readers=[people.ib_secretary])
    ref = next(one.ref for one in shares_of(trip) if one.to == people.ib_secretary)
    with pytest.raises(Incomplete, match="Namnge mötets sekreterare"):
        withdraw_share(engagement=trip, ref=ref, reason="x", by=fresh(people.coordinator), at=AFTER)


def test_what_is_marked_in_part_comes_on_an_agenda_when_its_secretary_is_named(people: People) -> None:
    trip, meeting = a_trip(people), a_meeting(people)
    marked(people, trip, Part.DOCUMENTS)
    with pytest.raises(RuleBroken, match="Namnge mötets sekreterare som läsare först: Sekreteraren"):
        referred(people, meeting, trip)
    marked(people, trip, Part.DOCUMENTS, readers=[people.ib_secretary])
    assert referred(people, meeting, trip).pk


def test_who_closes_is_told_what_to_do_and_nothing_of_the_matter(people: People) -> None:
    """The secretary left, and her successor is not named."""
    trip, meeting = a_trip(people), a_meeting(people)
    referred(people, meeting, trip)
    referred(people, meeting, a_trip(people, title="Resa till Gent"))
    marked(people, trip, readers=[people.ib_secretary])
    withdraw(engagement=trip, to=people.ib_secretary, action=Action.READ, by=None, at=AFTER)
    mark_held(meeting=meeting, by=people.ib_secretary, at=AFTER)
    with pytest.raises(Incomplete) as refused:
        closing(people, meeting)
    said = str(refused.value)
    assert "Dessa punkter saknar utgång: 1.2." in said
    assert "Be cheferna för de organ som har ärenden på mötet att namnge dig som läsare" in said
    assert not [word for word in (trip.key, trip.title, "1.1", "110") if str(word) in said]
    marked(people, trip, readers=[people.ib_secretary])
    assert visible_to(fresh(people.ib_secretary)).filter(pk=trip.pk).exists()
