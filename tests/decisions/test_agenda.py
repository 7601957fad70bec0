"""What is referred, who may read it then, and in which order it stands."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from decisions.enums import Outcome, Section
from decisions.models import AgendaItem, Meeting
from decisions.operations import add_item, edit_item, move_item, refer_engagement, reorder, withdraw_item
from engagements.enums import State
from engagements.models import Engagement
from engagements.permission import may
from engagements.rules import EditConflict, Incomplete, RuleBroken, WrongState
from organisation.enums import Action
from tests.decisions.making import AFTER, NOTICE, a_meeting, a_point, a_reception, a_trip, decided, referred
from tests.factories import a_draft, a_visit
from tests.people import People


def titles(meeting: Meeting) -> list[str]:
    return [f"{item.point} {item.title}" for item in meeting.items.all()]


def three(people: People) -> tuple[Meeting, list[AgendaItem]]:
    meeting = a_meeting(people)
    items = [referred(people, meeting, a_trip(people, title)) for title in ("Brno", "Porto", "Turin")]
    meeting.refresh_from_db()
    return meeting, items


def reader_of(people: People, engagement: Engagement) -> bool:
    return may(type(people.ib_member).objects.get(pk=people.ib_member.pk), Action.READ, engagement)


def test_what_is_referred_stands_last_under_its_heading(people: People) -> None:
    meeting = a_meeting(people)
    for title in ("Brno", "Porto"):
        referred(people, meeting, a_trip(people, title))
    referred(people, meeting, a_reception(people, "Kardiologi"), section=Section.REPRESENTATION)
    assert titles(meeting) == ["1.1 Brno", "1.2 Porto", "2.1 Kardiologi"]


def test_the_committee_reads_what_is_referred_and_nothing_else(people: People) -> None:
    trip, other = a_trip(people), a_trip(people, "En annan resa")
    assert not reader_of(people, trip)
    referred(people, a_meeting(people), trip)
    assert reader_of(people, trip)
    assert not reader_of(people, other)
    assert not may(people.ib_member, Action.PREPARE, trip)


def test_the_grant_says_why_who_and_when(people: People) -> None:
    trip = a_trip(people)
    referred(people, a_meeting(people), trip)
    given = trip.group_grants.get()
    assert (given.reason, given.given_by, given.given_at) == (
        "Hänskjutet till IB nr 1/2026",
        people.coordinator,
        NOTICE,
    )


def test_referring_leaves_the_matter_where_it_was(people: People) -> None:
    trip = a_trip(people)
    referred(people, a_meeting(people), trip)
    trip.refresh_from_db()
    assert trip.state == State.REGISTERED


@pytest.mark.parametrize("state", State)
def test_open_and_decided_matters_are_referred_ended_ones_not(people: People, state: State) -> None:
    meeting = a_meeting(people)
    trip = a_draft(people.coordinator, people.body("110"), "trip") if state == State.DRAFT else a_trip(people)
    if state != State.DRAFT:
        Engagement.objects.filter(pk=trip.pk).update(state=state)
    if state in {State.DRAFT, State.DECLINED, State.CLOSED, State.STRUCK}:
        with pytest.raises(WrongState):
            referred(people, meeting, trip)
        assert not trip.group_grants.exists()
    else:
        assert referred(people, meeting, trip).point == "1.1"


def test_a_secret_matter_is_not_put_on_an_agenda(people: People) -> None:
    trip = a_trip(people)
    Engagement.objects.filter(pk=trip.pk).update(is_secret=True, secrecy_paragraph="15 kap. 1 § OSL")
    with pytest.raises(RuleBroken, match="sekretessmarkerat"):
        referred(people, a_meeting(people), trip)
    assert not trip.group_grants.exists()


def test_a_matter_waits_on_one_agenda_at_a_time(people: People) -> None:
    first, second, trip = a_meeting(people), a_meeting(people, date(2026, 12, 2)), a_trip(people)
    referred(people, first, trip)
    for meeting in (first, second):
        with pytest.raises(RuleBroken, match=r"IB nr 1/2026, punkt 1\.1"):
            referred(people, meeting, trip)


def test_a_tabled_matter_comes_back_on_a_later_agenda(people: People) -> None:
    first, second, trip = a_meeting(people), a_meeting(people, date(2026, 12, 2)), a_trip(people)
    decided(people, referred(people, first, trip), None, Outcome.TABLED, text="")
    assert referred(people, second, trip).meeting == second


def test_a_matter_is_taken_up_once_at_a_meeting(people: People) -> None:
    meeting, trip = a_meeting(people), a_trip(people)
    decided(people, referred(people, meeting, trip), None, Outcome.TABLED, text="")
    with pytest.raises(RuleBroken, match="står redan"):
        referred(people, meeting, trip)


def test_a_point_needs_a_title(people: People) -> None:
    with pytest.raises(Incomplete, match="rubrik"):
        add_item(
            meeting=a_meeting(people), section=Section.INTERNATIONAL, title="  ", by=people.ib_secretary, at=NOTICE
        )


def test_a_point_without_a_matter(people: People) -> None:
    meeting = a_meeting(people)
    add_item(
        meeting=meeting, section=Section.INTERNATIONAL, title="Föregående minnesanteckningar", by=people.ib_secretary,
        at=NOTICE,
    )  # fmt: skip
    assert titles(meeting) == ["1.1 Föregående minnesanteckningar"]


def test_withdrawing_closes_the_gap_and_takes_the_grant_back(people: People) -> None:
    meeting, items = three(people)
    withdraw_item(item=items[0], by=people.ib_secretary, at=NOTICE, reason="Sökanden drog tillbaka frågan")
    assert titles(meeting) == ["1.1 Porto", "1.2 Turin"]
    assert not reader_of(people, items[0].engagement)
    assert reader_of(people, items[1].engagement)


def test_what_was_withdrawn_and_why_stays_in_the_history(people: People) -> None:
    _meeting, items = three(people)
    gone = items[0].pk
    withdraw_item(item=items[0], by=people.ib_secretary, at=NOTICE, reason="Sökanden drog tillbaka frågan")
    last = AgendaItem.history.filter(id=gone).first()
    assert (last.history_type, last.history_user) == ("-", people.ib_secretary)
    assert last.history_change_reason == "Sökanden drog tillbaka frågan"


def test_the_grant_stays_while_another_meeting_has_taken_the_matter_up(people: People) -> None:
    first, second, trip = a_meeting(people), a_meeting(people, date(2026, 12, 2)), a_trip(people)
    decided(people, referred(people, first, trip), None, Outcome.TABLED, text="")
    item = referred(people, second, trip)
    withdraw_item(item=item, by=people.ib_secretary, at=AFTER, reason="Frågan är överspelad")
    assert reader_of(people, trip)


def test_a_point_with_an_outcome_is_not_withdrawn_or_rewritten(people: People) -> None:
    meeting, items = three(people)
    decided(people, items[0], a_point(people))
    with pytest.raises(WrongState, match="Ångra utgången"):
        withdraw_item(item=items[0], by=people.ib_secretary, at=AFTER, reason="Fel")
    with pytest.raises(WrongState, match="Ångra utgången"):
        edit_item(
            item=items[0], section=Section.INTERNATIONAL, title="Annan", proposal="", reasons="",
            by=people.ib_secretary, at=AFTER, seen_version=meeting.version,
        )  # fmt: skip


def test_a_point_is_rewritten_and_moved_to_another_heading(people: People) -> None:
    meeting, items = three(people)
    edit_item(
        item=items[0], section=Section.TRAVEL_REPORTS, title="Brno, reserapport", proposal="Lägga till handlingarna.",
        reasons="", by=people.ib_secretary, at=NOTICE, seen_version=meeting.version,
    )  # fmt: skip
    assert titles(meeting) == ["1.1 Porto", "1.2 Turin", "3.1 Brno, reserapport"]


@pytest.mark.parametrize(
    ("which", "up", "order"),
    [
        (1, True, ["Porto", "Brno", "Turin"]),
        (1, False, ["Brno", "Turin", "Porto"]),
        (0, True, ["Brno", "Porto", "Turin"]),
        (2, False, ["Brno", "Porto", "Turin"]),
    ],
)
def test_a_point_moves_one_step(people: People, which: int, up: bool, order: list[str]) -> None:
    meeting, items = three(people)
    move_item(item=items[which], up=up, by=people.ib_secretary, at=NOTICE, seen_version=meeting.version)
    assert [item.title for item in meeting.items.all()] == order


def test_moving_past_the_end_changes_nothing_not_even_the_version(people: People) -> None:
    meeting, items = three(people)
    move_item(item=items[0], up=True, by=people.ib_secretary, at=NOTICE, seen_version=meeting.version)
    assert Meeting.objects.get().version == meeting.version


def test_the_second_to_move_is_told_that_the_agenda_is_another(people: People) -> None:
    meeting, items = three(people)
    move_item(item=items[2], up=True, by=people.ib_secretary, at=NOTICE, seen_version=meeting.version)
    with pytest.raises(EditConflict):
        move_item(item=items[2], up=True, by=people.coordinator, at=NOTICE, seen_version=meeting.version)
    assert titles(meeting) == ["1.1 Brno", "1.2 Turin", "1.3 Porto"]


def test_the_whole_order_is_set_at_once(people: People) -> None:
    meeting, items = three(people)
    order = [items[2].pk, items[0].pk, items[1].pk]
    reorder(
        meeting=meeting, section=Section.INTERNATIONAL, order=order, by=people.ib_secretary, at=NOTICE,
        seen_version=meeting.version,
    )  # fmt: skip
    assert titles(meeting) == ["1.1 Turin", "1.2 Brno", "1.3 Porto"]
    assert items[2].history.first().history_change_reason == "Ny ordning"


@pytest.mark.parametrize("spoil", [lambda pks: pks[:2], lambda pks: [*pks, 999], lambda pks: [pks[0]] * 3])
def test_an_order_of_other_points_is_refused(people: People, spoil: object) -> None:
    meeting, items = three(people)
    with pytest.raises(EditConflict, match="andra punkter"):
        reorder(
            meeting=meeting, section=Section.INTERNATIONAL, order=spoil([item.pk for item in items]),
            by=people.ib_secretary, at=NOTICE, seen_version=meeting.version,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_move_at_once_and_one_is_told(people: People) -> None:
    meeting, items = three(people)

    def move(item: AgendaItem) -> str:
        try:
            move_item(item=item, up=True, by=people.ib_secretary, at=NOTICE, seen_version=meeting.version)
            return "moved"
        except EditConflict:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(move, items[1:])) == ["moved", "told"]
    assert [item.position for item in meeting.items.all()] == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_eight_referrals_at_once_get_eight_places(people: People) -> None:
    meeting = a_meeting(people)
    trips = [a_trip(people, f"Resa {number}") for number in range(8)]

    def refer(trip: Engagement) -> str:
        try:
            return referred(people, meeting, trip).point
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(refer, trips)) == [f"1.{number}" for number in range(1, 9)]


@pytest.mark.django_db(transaction=True)
def test_one_matter_referred_by_two_at_once_stands_once(people: People) -> None:
    trip = a_trip(people)
    meetings = [a_meeting(people), a_meeting(people, date(2026, 12, 2))]

    def refer(meeting: Meeting) -> str:
        try:
            referred(people, meeting, trip)
            return "referred"
        except RuleBroken:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(refer, meetings)) == ["referred", "told"]
    assert AgendaItem.objects.count() == 1


def test_a_visit_may_be_referred_for_information(people: People) -> None:
    visit = a_visit(people.contact, people.body("169"))
    item = refer_engagement(
        engagement=visit.engagement, meeting=a_meeting(people), section=Section.REPRESENTATION, title="Utrecht",
        by=people.protocol, at=NOTICE,
    )  # fmt: skip
    assert item.referred_by == people.protocol
