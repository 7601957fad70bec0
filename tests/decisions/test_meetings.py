"""A meeting from the notice to the report to kommunstyrelsen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from decisions.enums import MeetingState, Outcome
from decisions.models import Meeting
from decisions.operations import create_meeting, edit_meeting, mark_held, report_to_ks, withdraw_item
from engagements.rules import EditConflict, Incomplete, RuleBroken, WrongState
from tests.decisions.making import AFTER, HELD_ON, NOTICE, a_meeting, a_point, a_trip, approved, decided, referred
from tests.people import People


def held(people: People, meeting: Meeting) -> Meeting:
    return mark_held(meeting=meeting, by=people.ib_secretary, at=AFTER)


def reported(people: People, meeting: Meeting, on: date = date(2026, 11, 19), paragraph: str = "14") -> Meeting:
    return report_to_ks(meeting=meeting, by=people.ib_secretary, at=AFTER, on=on, paragraph=paragraph)


def test_meetings_are_numbered_within_their_year(people: People) -> None:
    codes = [
        a_meeting(people, date(2026, 1, 14)),
        a_meeting(people, date(2026, 2, 11)),
        a_meeting(people, date(2027, 1, 13)),
    ]
    assert [meeting.code for meeting in codes] == ["IB/2026/1", "IB/2026/2", "IB/2027/1"]
    assert str(codes[1]) == "IB nr 2/2026"


def test_who_called_the_meeting_and_when_is_in_its_history(people: People) -> None:
    first = a_meeting(people).history.get()
    assert (first.history_user, first.history_date) == (people.ib_secretary, NOTICE)


def test_the_same_form_twice_makes_one_meeting(people: People) -> None:
    a_meeting(people)
    with pytest.raises(RuleBroken, match="IB nr 1/2026"):
        a_meeting(people)
    assert Meeting.objects.count() == 1


def test_boards_do_not_have_their_meetings_here(people: People) -> None:
    with pytest.raises(RuleBroken, match="annat system"):
        create_meeting(body=people.body("MHN"), held_on=HELD_ON, by=people.ib_secretary, at=NOTICE)


@pytest.mark.django_db(transaction=True)
def test_eight_secretaries_at_once_get_eight_numbers(people: People) -> None:
    def create(number: int) -> int | None:
        try:
            return a_meeting(people, date(2026, 3, number + 1)).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(create, range(8)))
    assert sorted(filter(None, numbers)) == list(range(1, 9))


def test_a_meeting_moves_to_another_day(people: People) -> None:
    meeting = a_meeting(people)
    moved = edit_meeting(
        meeting=meeting,
        by=people.ib_secretary,
        at=NOTICE,
        seen_version=1,
        held_on=date(2026, 11, 25),
        place="Stadshuset",
    )
    assert (moved.held_on, moved.place, moved.version) == (date(2026, 11, 25), "Stadshuset", 2)


def test_a_numbered_meeting_stays_in_its_year(people: People) -> None:
    with pytest.raises(RuleBroken, match="numrerat i 2026"):
        edit_meeting(
            meeting=a_meeting(people), by=people.ib_secretary, at=NOTICE, seen_version=1, held_on=date(2027, 1, 13)
        )


def test_a_meeting_cannot_move_to_another_meeting_s_day(people: People) -> None:
    a_meeting(people, date(2026, 11, 25))
    with pytest.raises(RuleBroken, match="redan ett möte"):
        edit_meeting(
            meeting=a_meeting(people), by=people.ib_secretary, at=NOTICE, seen_version=1, held_on=date(2026, 11, 25)
        )


def test_a_meeting_cannot_move_past_its_own_decisions(people: People) -> None:
    meeting = a_meeting(people)
    decided(people, referred(people, meeting, a_trip(people)), a_point(people))
    meeting.refresh_from_db()
    with pytest.raises(RuleBroken, match="senare dag"):
        edit_meeting(
            meeting=meeting, by=people.ib_secretary, at=AFTER, seen_version=meeting.version, held_on=date(2026, 11, 19)
        )


def test_the_second_editor_is_told_and_overwrites_nothing(people: People) -> None:
    meeting = a_meeting(people)
    edit_meeting(meeting=meeting, by=people.ib_secretary, at=NOTICE, seen_version=1, place="Stadshuset")
    with pytest.raises(EditConflict):
        edit_meeting(meeting=meeting, by=people.coordinator, at=NOTICE, seen_version=1, place="Digitalt")
    meeting.refresh_from_db()
    assert meeting.place == "Stadshuset"


def test_a_meeting_is_held_once_and_not_before_its_day(people: People) -> None:
    meeting = a_meeting(people)
    with pytest.raises(RuleBroken, match="18 november 2026"):
        mark_held(meeting=meeting, by=people.ib_secretary, at=NOTICE)
    assert held(people, meeting).state == MeetingState.HELD
    with pytest.raises(WrongState):
        held(people, meeting)


def test_the_report_needs_a_held_meeting(people: People) -> None:
    with pytest.raises(WrongState, match="Markera först"):
        reported(people, a_meeting(people))


def test_the_report_needs_an_approved_list(people: People) -> None:
    meeting = held(people, a_meeting(people))
    with pytest.raises(WrongState, match="Justera först"):
        reported(people, meeting)


def test_the_report_needs_an_outcome_for_every_matter(people: People) -> None:
    meeting, later = a_meeting(people), a_meeting(people, date(2026, 11, 17))
    item = referred(people, meeting, a_trip(people))
    with pytest.raises(Incomplete, match=r"1\.1"):
        approved(people, meeting)
    withdraw_item(item=item, by=people.ib_secretary, at=AFTER, reason="Sökanden drog tillbaka frågan")
    assert reported(people, approved(people, later)).state == MeetingState.REPORTED


@pytest.mark.parametrize(
    ("on", "paragraph", "says"),
    [
        (HELD_ON - timedelta(days=1), "14", "före mötet"),
        (date(2026, 12, 16), "14", "inte varit än"),
        (HELD_ON, " § ", "paragrafen"),
    ],
)
def test_the_report_needs_a_day_that_has_been_and_a_paragraph(
    people: People, on: date, paragraph: str, says: str
) -> None:
    meeting = approved(people, a_meeting(people))
    with pytest.raises(RuleBroken, match=says):
        reported(people, meeting, on=on, paragraph=paragraph)


def test_after_the_report_nothing_changes(people: People) -> None:
    meeting, point = a_meeting(people), a_point(people)
    item = referred(people, meeting, a_trip(people))
    decided(people, item, point)
    reported(people, approved(people, meeting))
    secretary = people.ib_secretary
    attempts = [
        lambda: edit_meeting(meeting=meeting, by=secretary, at=AFTER, seen_version=5, place="Digitalt"),
        lambda: mark_held(meeting=meeting, by=secretary, at=AFTER),
        lambda: reported(people, meeting),
        lambda: withdraw_item(item=item, by=secretary, at=AFTER, reason="Fel"),
        lambda: decided(people, item, point, Outcome.DECLINED, seen_version=1, reason="Fel"),
        lambda: referred(people, meeting, a_trip(people, "En resa till")),
    ]
    for attempt in attempts:
        with pytest.raises(WrongState, match="inte längre ändras|redan anmält"):
            attempt()


def test_the_database_keeps_what_is_reported_too(people: People) -> None:
    meeting = a_meeting(people)
    item = referred(people, meeting, a_trip(people))
    decision = decided(people, item, a_point(people))
    reported(people, approved(people, meeting))
    rows = type(meeting).objects, type(item).objects, type(decision).objects
    changes = ({"place": "Digitalt"}, {"title": "Annan"}, {"text": "Annan"})
    for row, change in zip(rows, changes, strict=True):
        for attempt in (
            lambda row=row, change=change: row.update(**change),
            lambda row=row: row.all()._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError, match="reported|approved"), transaction.atomic():
                attempt()


def test_an_unreported_meeting_is_not_held_by_the_database(people: People) -> None:
    meeting = a_meeting(people)
    item = referred(people, meeting, a_trip(people))
    type(item).objects.filter(pk=item.pk).update(title="Annan")
    item.refresh_from_db()
    assert item.title == "Annan"


def test_the_moment_of_the_report_is_in_the_history(people: People) -> None:
    meeting = reported(people, approved(people, a_meeting(people)))
    latest = meeting.history.first()
    assert (latest.state, latest.history_date) == (MeetingState.REPORTED, AFTER)


@pytest.mark.parametrize("paragraph", ["14", "§ 14", " §14 "])
def test_the_paragraph_is_kept_without_its_sign(people: People, paragraph: str) -> None:
    assert reported(people, approved(people, a_meeting(people)), paragraph=paragraph).reported_paragraph == "14"
