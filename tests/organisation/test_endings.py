"""A mandate whose last day was set beforehand ends as one that somebody ends: once, by the clock."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from organisation.models import Mandate, MandateEnding
from organisation.operations import carry_out_endings, end_mandate, endings
from organisation.tasks import let_mandates_end
from stockholm_intl.kit import clock
from tests.people import People

LAST = date(2026, 11, 30)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=clock.now().tzinfo)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Any, ...]]]:
    heard: list[tuple[Any, ...]] = []
    monkeypatch.setattr(endings, "_left", [])
    endings.after_ending(lambda mandate, *, last_day, by, at: heard.append((mandate.pk, last_day, by)))
    yield heard


@pytest.fixture
def mandate(people: People) -> Mandate:
    people.contact.mandates.update(valid_to=LAST)
    return people.contact.mandates.get()


def test_it_is_told_the_day_after_its_last_and_once(mandate: Mandate, told: list[Any]) -> None:
    assert carry_out_endings(at=noon(LAST)) == 0
    for runs in (1, 0, 0):
        assert carry_out_endings(at=noon(LAST + timedelta(days=1))) == runs
    assert carry_out_endings(at=noon(LAST + timedelta(days=400))) == 0
    assert told == [(mandate.pk, LAST, None)]


def test_a_day_that_was_missed_is_caught_up_with(mandate: Mandate, told: list[Any]) -> None:
    assert carry_out_endings(at=noon(LAST + timedelta(days=300))) == 1
    assert told == [(mandate.pk, LAST, None)]


def test_a_day_that_somebody_moved_is_another_end(people: People, mandate: Mandate, told: list[Any]) -> None:
    earlier = LAST - timedelta(days=5)
    end_mandate(mandate=mandate, last_day=earlier, reason="Byter plats", by=people.head, at=noon(earlier))
    assert told == [(mandate.pk, earlier, people.head)] and not MandateEnding.objects.exists()
    assert carry_out_endings(at=noon(LAST)) == 1
    assert told[1:] == [(mandate.pk, earlier, None)]


def test_what_somebody_ended_at_once_is_not_told_again(people: People, told: list[Any]) -> None:
    today = clock.today()
    (mandate,) = people.contact.mandates.all()
    end_mandate(mandate=mandate, last_day=today - timedelta(days=1), reason="Slutar", by=people.head, at=clock.now())
    assert carry_out_endings(at=noon(today)) == 0
    assert [row[2] for row in told] == [people.head]


def test_one_that_fails_leaves_the_others_done_and_is_tried_again(
    people: People, mandate: Mandate, told: list[Any]
) -> None:
    people.head.mandates.update(valid_to=LAST + timedelta(days=1))

    def stop(mandate: Mandate, **rest: Any) -> None:
        if mandate.person_id == people.head.pk:
            raise ValueError("prov")

    endings.after_ending(stop)
    with pytest.raises(ValueError, match="prov"):
        carry_out_endings(at=noon(LAST + timedelta(days=3)))
    assert MandateEnding.objects.get().mandate == mandate
    endings._left.remove(stop)
    assert carry_out_endings(at=noon(LAST + timedelta(days=3))) == 1


def test_the_task_asks_the_clock(people: People, told: list[Any]) -> None:
    yesterday = clock.today() - timedelta(days=1)
    people.contact.mandates.update(valid_to=yesterday)
    let_mandates_end()
    assert [row[1] for row in told] == [yesterday]
