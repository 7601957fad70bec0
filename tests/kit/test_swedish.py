"""How a Swedish paper writes numbers, dates and counted words."""

from datetime import date, time
from decimal import Decimal

import pytest

from stockholm_intl.kit.swedish import (
    Noun,
    change,
    clock,
    counted,
    kronor,
    listed,
    long_date,
    number,
    share,
    weekday_date,
    with_unit,
)

BESOK = Noun("ett", "besök", "besök")
MOTTAGNING = Noun("en", "mottagning", "mottagningar")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, 0, "0"),
        (1234567, 0, "1 234 567"),
        (Decimal("1234.55"), 1, "1 234,6"),
        (Decimal("-0.04"), 1, "0,0"),
        (-5, 0, "−5"),
        (Decimal("2.5"), 0, "3"),
        (None, 0, "–"),
    ],
)
def test_number(value: int | Decimal | None, decimals: int, written: str) -> None:
    assert plain(number(value, decimals)) == written


@pytest.mark.parametrize(
    ("now", "then", "written"),
    [
        (36, 31, "+5"),
        (31, 36, "−5"),
        (5, 5, "±0"),
        (Decimal("5.4"), Decimal("5.0"), "±0"),
        (5, None, "–"),
        (None, 5, "–"),
    ],
)
def test_change(now: int | Decimal | None, then: int | Decimal | None, written: str) -> None:
    assert change(now, then) == written


def test_thousands_never_part_at_the_end_of_a_line() -> None:
    assert " " not in number(1_000_000) + kronor(Decimal(12500)) + long_date(date(2026, 11, 22)) + with_unit(5, "mnkr")


def test_money_shows_ore_only_when_there_are_any() -> None:
    assert plain(kronor(Decimal("12500.00"))) == "12 500 kr"
    assert plain(kronor(Decimal("99.5"))) == "99,50 kr"
    assert kronor(None) == "–"
    assert plain(kronor(Decimal(0))) == "0 kr"


def test_share_of_nothing_is_a_dash() -> None:
    assert plain(share(1, 6)) == "17 %"
    assert share(0, 0) == "–"


def test_dates_carry_weekday_and_week() -> None:
    assert plain(long_date(date(2026, 11, 22))) == "22 november 2026"
    assert plain(weekday_date(date(2026, 11, 18))) == "onsdag 18 november 2026, v. 47"
    assert plain(weekday_date(date(2027, 1, 1))) == "fredag 1 januari 2027, v. 53"
    assert plain(clock(time(13), time(14, 20))) == "kl. 13.00–14.20"
    assert plain(clock(time(9, 5))) == "kl. 09.05"
    assert clock(None) == ""


@pytest.mark.parametrize(
    ("count", "noun", "written"),
    [
        (0, BESOK, "inga besök"),
        (1, BESOK, "ett besök"),
        (1, MOTTAGNING, "en mottagning"),
        (2, MOTTAGNING, "två mottagningar"),
        (12, BESOK, "tolv besök"),
        (13, BESOK, "13 besök"),
        (8110, BESOK, "8 110 besök"),
    ],
)
def test_counted(count: int, noun: Noun, written: str) -> None:
    assert plain(counted(count, noun)) == written


def test_listed() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a och b", "a, b och c"]
    assert [listed(words, "eller") for words in (["a"], ["a", "b", "c"])] == ["a", "a, b eller c"]
