"""Justering: somebody else than the secretary approves, and then what was decided is locked."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from decisions.enums import MeetingState, Outcome
from decisions.models import Approval, Paper, Printing
from decisions.operations import (
    approve_item,
    approve_meeting,
    mark_held,
    print_decision_list,
    undo_decision,
    withdraw_item,
)
from decisions.queries import approvers_of
from engagements.enums import State
from engagements.locking import Locked
from engagements.operations import edit_engagement
from engagements.rules import EditConflict, Incomplete, RuleBroken, WrongState
from tests.decisions.making import AFTER, HELD_ON, a_meeting, a_point, a_trip, approved, decided, referred
from tests.people import People


def approval(people: People, meeting: Any, **changes: Any) -> Any:
    said = {"approvers": [people.commissioner], "by": people.ib_secretary, "at": AFTER, "on": AFTER.date()} | changes
    return approve_meeting(meeting=meeting, **said)


def immediate(people: People, item: Any, **changes: Any) -> Any:
    said = {"approvers": [people.commissioner], "by": people.ib_secretary, "at": AFTER, "on": AFTER.date()} | changes
    return approve_item(item=item, **said)


def test_the_approval_freezes_the_list_and_signs_its_sum(people: People) -> None:
    meeting = a_meeting(people)
    decided(people, referred(people, meeting, a_trip(people)), a_point(people))
    meeting = approved(people, meeting)
    signed = Approval.objects.get()
    assert (meeting.state, meeting.approved_on, signed.person) == (
        MeetingState.APPROVED,
        AFTER.date(),
        people.commissioner,
    )
    assert signed.sha256 == hashlib.sha256(bytes(Paper.objects.get(pk=signed.paper_id).content)).hexdigest()
    latest = meeting.history.first()
    assert (latest.history_user, latest.history_date) == (people.ib_secretary, AFTER)
    assert str(people.commissioner) in latest.history_change_reason


@pytest.mark.parametrize("state", MeetingState)
def test_only_a_held_meeting_is_approved(people: People, state: MeetingState) -> None:
    meeting = a_meeting(people)
    days = {"approved_on": AFTER.date(), "reported_on": AFTER.date()}
    type(meeting).objects.filter(pk=meeting.pk).update(state=state, **days)
    if state == MeetingState.HELD:
        assert approval(people, meeting).state == MeetingState.APPROVED
    else:
        with pytest.raises(WrongState):
            approval(people, meeting)
        assert not Approval.objects.exists()


def test_the_secretary_does_not_approve_her_own_list(people: People) -> None:
    meeting = mark_held(meeting=a_meeting(people), by=people.ib_secretary, at=AFTER)
    for nobody in ([], [people.ib_secretary], [people.ib_secretary, people.commissioner]):
        with pytest.raises(Incomplete):
            approval(people, meeting, approvers=nobody)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            meeting=meeting, person=people.ib_secretary, recorded_by=people.ib_secretary, recorded_at=AFTER,
            approved_on=AFTER.date(), sha256="0" * 64,
        )  # fmt: skip
    assert set(approvers_of(meeting, secretary=people.ib_secretary)) == {people.commissioner, people.ib_member}


@pytest.mark.parametrize(("on", "says"), [(date(2026, 11, 17), "före beslutet"), (date(2026, 12, 1), "inte varit än")])
def test_the_day_of_the_approval_is_possible(people: People, on: date, says: str) -> None:
    meeting = mark_held(meeting=a_meeting(people), by=people.ib_secretary, at=AFTER)
    with pytest.raises(RuleBroken, match=says):
        approval(people, meeting, on=on)


def test_what_the_list_decides_is_locked_and_the_rest_is_not(people: People) -> None:
    meeting, point = a_meeting(people), a_point(people)
    granted, declined, tabled = (referred(people, meeting, a_trip(people, f"Resa {n}")) for n in range(3))
    decided(people, granted, point)
    decided(people, declined, point, Outcome.DECLINED)
    decided(people, tabled, None, Outcome.TABLED)
    approved(people, meeting)
    for item, locked in ((granted, True), (declined, True), (tabled, False)):
        item.engagement.refresh_from_db()
        assert (item.engagement.locked_at == AFTER) is locked
    reasons = granted.engagement.history.values_list("history_change_reason", flat=True)
    assert f"Beslutet är justerat, {meeting}" in reasons


def test_before_the_approval_undo_is_in_the_history_and_after_it_is_refused(people: People) -> None:
    meeting, point = a_meeting(people), a_point(people)
    item = referred(people, meeting, a_trip(people))
    decided(people, item, point)
    undo_decision(item=item, by=people.ib_secretary, at=AFTER, seen_version=1, reason="Fel belopp")
    item.engagement.refresh_from_db()
    assert (item.engagement.state, item.engagement.history.first().history_change_reason) == (
        State.PROPOSED,
        "Fel belopp",
    )
    decided(people, item, point)
    approved(people, meeting)
    with pytest.raises(WrongState, match="justerat"):
        undo_decision(item=item, by=people.ib_secretary, at=AFTER, seen_version=1, reason="Fel belopp")


def test_one_point_is_approved_at_once_and_the_others_are_still_open(people: People) -> None:
    meeting, point = a_meeting(people), a_point(people)
    first, second = (referred(people, meeting, a_trip(people, f"Resa {n}")) for n in range(2))
    decided(people, first, point)
    decided(people, second, point)
    item = immediate(people, second)
    assert (item.immediate_on, item.approvals.get().sha256 != "") == (AFTER.date(), True)
    second.engagement.refresh_from_db()
    assert second.engagement.locked_at == AFTER
    with pytest.raises(WrongState, match="omedelbart justerad"):
        undo_decision(item=second, by=people.ib_secretary, at=AFTER, seen_version=1, reason="Fel")
    with pytest.raises(WrongState, match="redan"):
        immediate(people, second)
    undo_decision(item=first, by=people.ib_secretary, at=AFTER, seen_version=1, reason="Fel")
    # taking the first point off would give the approved one another number
    with pytest.raises(RuleBroken, match="behåller sin plats"):
        withdraw_item(item=first, by=people.ib_secretary, at=AFTER, reason="Fel")


@pytest.mark.parametrize("outcome", [None, Outcome.TABLED, Outcome.NOTED, Outcome.REMITTED])
def test_only_a_decision_is_approved_at_once(people: People, outcome: Outcome | None) -> None:
    item = referred(people, a_meeting(people), a_trip(people))
    if outcome:
        decided(people, item, None, outcome)
    with pytest.raises(WrongState, match="bifall eller avslag"):
        immediate(people, item)


def test_what_is_signed_is_never_written_over(people: People) -> None:
    meeting = a_meeting(people)
    item = referred(people, meeting, a_trip(people))
    decision = decided(people, item, a_point(people))
    immediate(people, item)
    approved(people, meeting)
    print_decision_list(meeting=meeting, by=people.ib_secretary, at=AFTER)
    print_decision_list(meeting=meeting, by=people.ib_secretary, at=AFTER)
    attempts = [
        (Approval, {"person": people.ib_member}),
        (Paper, {"sha256": "0" * 64}),
        (Printing, {"engagement_ids": []}),
        (type(meeting), {"present": "Andra"}),
        (type(meeting), {"state": MeetingState.HELD}),
        (type(item), {"title": "Annan"}),
        (type(decision), {"text": "Annan"}),
    ]
    for model, change in attempts:
        with pytest.raises(DatabaseError, match="approved|never changed"), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all()._raw_delete("default")


@pytest.mark.django_db(transaction=True)
def test_approving_and_editing_at_once_leave_one_truth() -> None:
    """Either the edit came first and the approval holds it, or the editor is told that it is locked or changed."""
    people = People()
    meeting, point = a_meeting(people), a_point(people)
    trips = [a_trip(people, f"Resa {n}") for n in range(4)]
    for trip in trips:
        decided(people, referred(people, meeting, trip), point)
        trip.refresh_from_db()
    mark_held(meeting=meeting, by=people.ib_secretary, at=AFTER)

    def edit(trip: Any) -> str:
        try:
            edit_engagement(engagement=trip, by=people.coordinator, at=AFTER, seen_version=trip.version, title="Ändrad")
        except (Locked, EditConflict) as problem:
            return type(problem).__name__
        finally:
            connection.close()
        return "saved"

    def approve(_trip: Any) -> str:
        try:
            approval(people, meeting)
        finally:
            connection.close()
        return "approved"

    with ThreadPoolExecutor(5) as pool:
        told = list(
            pool.map(lambda job: job[0](job[1]), [(edit, trips[0]), (approve, None), *((edit, t) for t in trips[1:])])
        )
    assert told.count("approved") == 1
    for trip, said in zip(trips, [told[0], *told[2:]], strict=True):
        trip.refresh_from_db()
        assert trip.locked_at is not None
        assert (trip.title == "Ändrad") == (said == "saved")


def test_the_day_before_the_meeting_is_no_day_for_an_approval(people: People) -> None:
    item = referred(people, a_meeting(people), a_trip(people))
    decided(people, item, a_point(people))
    with pytest.raises(RuleBroken):
        immediate(people, item, on=HELD_ON.replace(day=17))
