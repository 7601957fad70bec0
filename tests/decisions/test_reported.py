"""C21: what becomes of a delegated decision, as the meetings that follow tell it."""

from datetime import date, timedelta

import pytest

from decisions.enums import MeetingState
from decisions.models import AgendaItem, Decision, Meeting
from engagements.guard import findings
from engagements.models import Engagement
from tests.decisions.making import HELD_ON, a_meeting, a_point, a_reception, decided, referred
from tests.factories import TODAY
from tests.people import People


@pytest.fixture
def decision(people: People) -> Decision:
    return decided(
        people, referred(people, a_meeting(people), a_reception(people)), a_point(people, "IB 2.2", body="IB")
    )


def c21(decision: Decision) -> tuple[str, str]:
    engagement = Engagement.objects.get(pk=decision.engagement_id)
    return next((one.result, str(one.reason)) for one in findings(engagement, on=TODAY) if one.id == "C21")


def meetings_later(people: People, held: int) -> None:
    for weeks in range(1, held + 1):
        later = a_meeting(people, HELD_ON + timedelta(weeks=weeks))
        Meeting.objects.filter(pk=later.pk).update(state=MeetingState.HELD)


def test_it_is_reported_at_the_next_meeting_and_fails_once_that_has_passed(people: People, decision: Decision) -> None:
    assert c21(decision) == ("pass", "Beslutet anmäls på nästa möte.")
    meetings_later(people, 2)
    assert c21(decision) == ("fail", "Beslutet är inte anmält, och 2 möten har gått.")


def test_what_was_approved_at_once_has_a_notice_of_its_own_and_is_judged(people: People, decision: Decision) -> None:
    AgendaItem.objects.filter(pk=decision.item_id).update(immediate_on=HELD_ON)
    assert c21(decision)[0] == "judge"
    meetings_later(people, 2)
    assert c21(decision)[0] == "judge"


def test_what_is_reported_passes(people: People, decision: Decision) -> None:
    assert decision.item is not None
    Meeting.objects.filter(pk=decision.item.meeting_id).update(
        state=MeetingState.REPORTED, reported_on=date(2026, 11, 20)
    )
    meetings_later(people, 2)
    assert c21(decision) == ("pass", "Beslutet är anmält 2026-11-20.")
