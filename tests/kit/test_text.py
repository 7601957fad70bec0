import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockholm_intl.kit.text import Unfit, clean_line, clean_text, is_blank


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "\u200b\u200d\ufeff", "\u3164", "\u2800 \u00a0", "\u00ad", "\ufe0f", "\U000e0041"]
)
def test_text_that_shows_nothing_is_empty(text: str) -> None:
    assert clean_text(text) == ""
    assert clean_line(text) == ""


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "\ud800", "a\udfffb", "\ufffe", "\x9f"])
def test_what_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(Unfit) as refusal:
        clean_text(text)
    assert refusal.value.code == "control"


@pytest.mark.parametrize("text", ["abc\u202etxt.exe", "\u2066x\u2069", "\u202a"])
def test_text_that_turns_the_reading_direction_is_refused(text: str) -> None:
    with pytest.raises(Unfit) as refusal:
        clean_line(text)
    assert refusal.value.code == "turned"


def test_letters_are_composed_so_that_a_search_finds_them() -> None:
    assert clean_line("Go\u0308teborg") == "Göteborg"


def test_a_line_is_one_line_without_double_spaces() -> None:
    assert clean_line("  Besök\r\nfrån\t Utrecht\u2028igen ") == "Besök från Utrecht igen"


def test_a_text_keeps_its_paragraphs_and_loses_the_spaces_at_line_ends() -> None:
    assert clean_text("\r\n Syfte:  \r\n\r\n  lära  \r") == "Syfte:\n\n  lära"


def test_unseen_breaks_inside_a_word_are_taken_out() -> None:
    assert clean_line("Utr\u200becht klimat\u00adbudget") == "Utrecht klimatbudget"


def test_writing_that_needs_its_joiners_keeps_them() -> None:
    family = "👨\u200d👩\u200d👧"
    assert clean_line(f"Hej {family}") == f"Hej {family}"


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    try:
        once = clean_text(text)
        line = clean_line(text)
    except Unfit:
        return
    assert clean_text(once) == once
    assert clean_line(line) == line
    assert "\n" not in line
    assert is_blank(text) == (once == "")
