from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.template import engines

from stockholm_intl.kit.templatetags import look

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
DIRECTIONS = [
    {"code": "profilering", "label": "Profilering", "state": "also"},
    {"code": "omvarldsbevakning", "label": "Omvärldsbevakning", "state": "none"},
    {"code": "samverkan", "label": "Samverkan", "state": "main"},
    {"code": "paverkan", "label": "Påverkan", "state": "none"},
]


def shown(source: str, **context: Any) -> str:
    text: str = engines["django"].from_string("{% load look %}" + source).render(context)
    return text


def test_the_main_direction_is_told_in_words_too() -> None:
    html = shown("{% direction_chips dirs %}", dirs=DIRECTIONS)
    assert 'class="dir-sa main"' in html
    assert "(huvudinriktning)" in html
    assert html.count("(inte vald)") == 2


def test_directions_in_a_table_have_shape_letters_and_words() -> None:
    html = shown("{% direction_marks dirs %}", dirs=DIRECTIONS)
    assert '<use href="#sa"/>' in html
    assert "Samverkan, huvudinriktning" in html
    assert html.count('class="none"') == 2


def test_a_direction_of_another_edition_still_gets_a_mark() -> None:
    html = shown(
        "{% direction_marks dirs %}", dirs=[{"code": "positionering", "label": "Positionering", "state": "main"}]
    )
    assert ">Po<" in html


@pytest.mark.parametrize(
    ("code", "mark"),
    [
        ("draft", "s0"),
        ("assessed", "s1"),
        ("proposed", "s2"),
        ("approved", "s3"),
        ("completed", "s4"),
        ("declined", "sx"),
    ],
)
def test_a_state_is_a_shape_and_a_word(code: str, mark: str) -> None:
    html = look.state(code, "Läget")
    assert f'href="#{mark}"' in html
    assert "Läget" in html


def test_what_a_person_wrote_is_escaped_in_a_state() -> None:
    assert "<b>" not in look.state("draft", "<b>")


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("day", "words", "css"),
    [
        (date(2026, 11, 20), "4 dagar för sent", "late"),
        (date(2026, 11, 23), "1 dag för sent", "late"),
        (date(2026, 11, 24), "i dag", "near"),
        (date(2026, 12, 3), "om 9 dagar", "near"),
        (date(2027, 1, 29), "om 9 veckor", ""),
    ],
)
def test_a_day_due_says_how_far_away_it_is(day: date, words: str, css: str) -> None:
    html = look.due(day)
    assert words in html
    assert f'class="meta {css}"' in html
    assert ("#late" in html) == (css == "late")


@pytest.mark.parametrize(("value", "filled", "word"), [(0, 0, "Ingen"), (3, 3, "Stor"), (None, 0, "Inte bedömt")])
def test_a_grade_is_squares_and_a_word(value: int | None, filled: int, word: str) -> None:
    html = look.grade(value)
    assert html.count('class="icon on"') == filled
    assert word in html


def test_a_panel_has_a_heading_for_wide_screens_and_a_fold_for_phones() -> None:
    html = shown('{% panel "Dokument" meta="2" %}<p>{{ text }}</p>{% endpanel %}', text="<x>")
    assert '<h2 class="wide">Dokument</h2>' in html
    assert "<summary>Dokument" in html
    assert "<p>&lt;x&gt;</p>" in html
