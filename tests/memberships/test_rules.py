from datetime import date

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from engagements.strategy.editions import edition
from memberships.enums import AgreementType, Grade, MembershipForm
from memberships.rules import (
    INSTRUMENTS,
    INTERVAL_MONTHS,
    LEAD_MONTHS,
    add_months,
    days_left,
    grade,
    lead_ends,
    needs_interval_reason,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), 6, date(2027, 5, 22)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 1, 31), -1, date(2026, 12, 31)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_months_last(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


class MonthsAsPostgresReckonsThem(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)), months=st.integers(-120, 120))
    def test_same_day_in_both(self, day: date, months: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT (%s::date + make_interval(months => %s))::date", [day, months])
            assert cursor.fetchone()[0] == add_months(day, months)


@pytest.mark.parametrize(
    ("review_by", "expected"),
    [
        (date(2026, 11, 21), Grade.OVERDUE),
        (date(2026, 11, 22), Grade.DUE),
        (date(2027, 5, 22), Grade.DUE),
        (date(2027, 5, 23), Grade.SOON),
        (date(2027, 11, 22), Grade.SOON),
        (date(2027, 11, 23), Grade.LATER),
    ],
)
def test_a_review_is_graded_by_its_day(review_by: date, expected: Grade) -> None:
    assert grade(review_by, on=TODAY) is expected


def test_lead_time_is_half_a_year() -> None:
    assert LEAD_MONTHS == 6
    assert lead_ends(TODAY) == date(2027, 5, 22)


def test_days_left_is_negative_when_late() -> None:
    assert [days_left(day, on=TODAY) for day in (date(2026, 11, 20), TODAY, date(2026, 12, 1))] == [-2, 0, 9]


def test_default_interval_is_the_editions() -> None:
    assert edition().review_interval_months == INTERVAL_MONTHS


def test_own_interval_takes_a_reason() -> None:
    assert not needs_interval_reason(48)
    assert needs_interval_reason(24)


def test_every_form_has_an_instrument() -> None:
    assert set(INSTRUMENTS) == {*MembershipForm.values, *AgreementType.values}
