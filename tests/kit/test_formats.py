from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import translation

from stockholm_intl.kit.templatetags import formats

NBSP = "\u00a0"
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def test_dates_are_written_out_in_the_pages_language() -> None:
    assert formats.date_sv(date(2026, 11, 22)) == "22 november 2026"
    assert formats.weekday(date(2026, 5, 3)) == "söndag 3 maj 2026"
    with translation.override("en"):
        assert formats.date_sv(date(2026, 5, 3)) == "3 May 2026"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 12, 14), date(2026, 12, 16), "14–16 december 2026"),
        (date(2026, 11, 30), date(2026, 12, 2), "30 november – 2 december 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 december 2026 – 2 januari 2027"),
        (date(2026, 12, 14), date(2026, 12, 14), "14 december 2026"),
        (date(2026, 12, 14), None, "14 december 2026"),
        (None, date(2026, 12, 16), "16 december 2026"),
        (None, None, ""),
    ],
)
def test_days_that_follow_each_other_are_told_with_as_little_as_says_it(
    first: date | None, last: date | None, text: str
) -> None:
    assert formats.date_range(first, last) == text


def test_a_long_range_names_the_weekday_of_one_day_and_the_weeks_of_several() -> None:
    assert formats.long_range(date(2027, 1, 20), None) == f"onsdag 20 januari 2027, v.{NBSP}3"
    assert formats.long_range(date(2026, 9, 28), date(2026, 9, 29)) == f"28–29 september 2026, v.{NBSP}40"
    assert formats.long_range(date(2026, 10, 2), date(2026, 10, 6)) == f"2–6 oktober 2026, v.{NBSP}40–41"
    assert formats.long_range(None, None) == ""


def test_weeks_follow_iso() -> None:
    assert formats.week(date(2026, 11, 22)) == f"v.{NBSP}47"
    assert formats.week(date(2027, 1, 1)) == f"v.{NBSP}53"


def test_a_moment_is_shown_in_stockholm() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert formats.date_iso(late) == "2026-11-23"
    assert formats.hour(late) == "0.30"
    assert formats.time_iso(late) == '<time datetime="2026-11-23T00:30+01:00">2026-11-23</time>'


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 11, 24, 8, 12, tzinfo=UTC), "i dag 9.12"),
        (datetime(2026, 11, 23, 14, 40, tzinfo=UTC), "i går 15.40"),
        (date(2026, 11, 25), "i morgon"),
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), "20 november"),
        (date(2025, 3, 1), "1 mars 2025"),
        (date(2027, 1, 29), "29 januari"),
        (date(2027, 11, 29), "29 november 2027"),
    ],
)
def test_days_near_are_told_from_today(value: Any, text: str) -> None:
    assert formats.day_relative(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("", ""), (None, ""), ("2011", "2011"), ("2020-12", "december 2020"), ("2020-12-08", "8 december 2020")],
)
def test_a_partial_date_says_no_more_than_is_known(value: Any, text: str) -> None:
    assert formats.partial_date(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567.5, f"1{NBSP}234{NBSP}567,5"),
        (0, "0"),
        (100, "100"),
        (-3, "\u22123"),
        (Decimal("2.50"), "2,5"),
        (None, "\u2013"),
    ],
)
def test_numbers(value: Any, text: str) -> None:
    assert formats.number(value) == text


def test_money_shows_ore_only_when_there_are_any() -> None:
    assert formats.money(12500) == f"12{NBSP}500{NBSP}kr"
    assert formats.money(Decimal("12500.50")) == f"12{NBSP}500,50{NBSP}kr"


@pytest.mark.parametrize("name", ["date_sv", "date_short", "date_tiny", "date_iso", "weekday", "week", "hour"])
def test_no_date_is_no_text(name: str) -> None:
    assert getattr(formats, name)(None) == ""
    assert formats.time_relative(None) == ""


def test_a_share_is_a_whole_number_for_the_progress_bar() -> None:
    assert formats.percent(0.424) == 42
    assert formats.percent(None) == 0
