"""Files for spreadsheets: a Swedish Excel opens them, and nothing in them is ever run."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from stockholm_intl.kit.csv_answers import cell, csv_answer, csv_text

FORMULAS = (
    '=HYPERLINK("http://ond.se")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "\ufeff=1",
    "\u200b=1", "＝1", "＋1", "－1", "＠a", "\0=1", "|cmd", "%0A=1", "\n=1", "\x1f=1",
)  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["Utrecht", "", "a=b", "1-2", "§ 4", "”citat”", "– tankstreck"])
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_values_are_written_as_they_are_typed_in_swedish() -> None:
    day = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    values = [None, True, 12, Decimal("-12.50"), date(2026, 1, 2), day]
    assert [cell(value) for value in values] == ["", "ja", "12", "-12,50", "2026-01-02", "2026-11-20 10:00"]


def test_a_cell_with_marks_and_lines_comes_back_whole() -> None:
    rows = [['a;b"c\nd', "å"], ["", "ö"]]
    text = csv_text(["Rubrik", "Motpart"], rows)
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:] == rows


def test_the_file_begins_with_a_mark_that_says_utf_8_and_is_never_shown_in_the_browser() -> None:
    answer = csv_answer("besok-2026-11-22", ["Ärende"], [["ö"]])
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"] == 'attachment; filename="besok-2026-11-22.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
