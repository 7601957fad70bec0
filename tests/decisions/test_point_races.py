"""A decision and the end of the point it cites, in the same moment on two connections: one of them waits and is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event
from typing import Any

import pytest
from django.db import transaction

from decisions.models import Decision, DelegationPoint
from decisions.operations import decide, decide_own, own
from decisions.operations.points import end_point, replace_point
from stockholm_intl.kit import clock
from tests.decisions.making import AFTER, HELD_ON, NOTICE, a_delegate, a_meeting, a_point, a_trip, decided, referred
from tests.factories import a_visit
from tests.locks import Job, is_waiting, told
from tests.people import People
from visits.operations import propose_visit

pytestmark = pytest.mark.django_db(transaction=True)

DAY = clock.local_date(AFTER)
YESTERDAY = DAY - timedelta(days=1)


class Scene:
    """A decision that cites a point, by the body's delegate or written in at the committee's meeting."""

    def __init__(self, people: People, place: str) -> None:
        self.people = people
        if place == "own":
            self.module: Any = own
            self.point, self.keeper = a_point(people, "MHN 3", body="MHN"), people.board_secretary
            delegate = a_delegate(people)
            visit = a_visit(people.contact, people.body("169"))
            engagement = propose_visit(
                visit=visit, by=people.contact, at=NOTICE, proposal="accept", text="Vi lär av dem."
            ).engagement
            self.decide: Job = lambda: decide_own(
                engagement=engagement, outcome="accept", by=delegate, at=AFTER, point=self.point
            )
        else:
            self.module = decide
            self.point, self.keeper = a_point(people), people.coordinator
            item = referred(people, a_meeting(people, DAY), a_trip(people))
            self.decide = lambda: decided(people, item, self.point)

    def end(self) -> object:
        return end_point(point=self.point, last_day=YESTERDAY, by=self.keeper, at=AFTER, reason="Ny ordning.")

    def replace(self) -> object:
        said: dict[str, Any] = {"version": "2026-02", "matter": "Annat", "delegate": "Annan", "conditions": ""}
        return replace_point(point=self.point, valid_from=DAY, by=self.keeper, at=AFTER, **said)


@pytest.mark.parametrize(("place", "change"), [("own", "end"), ("meeting", "replace")])
def test_who_changes_the_point_waits_for_a_decision_that_is_on_its_way(
    people: People, monkeypatch: pytest.MonkeyPatch, place: str, change: str
) -> None:
    scene = Scene(people, place)
    has_looked, go_on, check = Event(), Event(), scene.module.checked

    def pause(*args: Any, **kwargs: Any) -> Any:
        has_looked.set()
        go_on.wait(10)
        return check(*args, **kwargs)

    monkeypatch.setattr(scene.module, "checked", pause)
    with ThreadPoolExecutor(2) as threads:
        deciding = threads.submit(told, scene.decide)
        assert has_looked.wait(10)
        changing = threads.submit(told, getattr(scene, change))
        waited = is_waiting(changing)
        go_on.set()
        assert (deciding.result(), waited) == ("", True)
        assert "stöder sig på punkten" in changing.result()
    scene.point.refresh_from_db()
    assert Decision.objects.get().point == scene.point
    assert scene.point.valid_to is None


@pytest.mark.parametrize(("place", "change"), [("own", "end"), ("meeting", "replace")])
def test_a_decision_waits_for_a_change_of_its_point_and_is_refused(people: People, place: str, change: str) -> None:
    scene = Scene(people, place)
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            getattr(scene, change)()
            deciding = threads.submit(told, scene.decide)
            assert is_waiting(deciding)
        assert "gäller inte" in deciding.result()
    assert not Decision.objects.exists()


def test_two_decisions_under_the_same_point_do_not_wait_for_each_other(people: People) -> None:
    point = a_point(people)
    meetings = [a_meeting(people, day) for day in (HELD_ON, date(2026, 11, 17))]
    items = [referred(people, meeting, a_trip(people, f"Resa {n}")) for n, meeting in enumerate(meetings)]
    with ThreadPoolExecutor(1) as threads, transaction.atomic():
        decided(people, items[0], point)
        assert threads.submit(told, lambda: decided(people, items[1], point)).result(10) == ""
    assert DelegationPoint.objects.get().decisions.count() == 2
