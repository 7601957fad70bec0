"""Charts: the same bytes every time, words that say what is drawn, and no drawing that fails on odd numbers."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from stockholm_intl.kit.chart_drawing import ABOVE, BELOW, label_side, spread
from stockholm_intl.kit.charts import Bar, BarChart, Chart, Line, LineChart, PanelChart, draw

ROOT = Path(__file__).resolve().parents[2]
BARS = BarChart(2025, [Bar("Klimat, miljö och energi", 24, 23), Bar("Ny fråga", 7, None), Bar("Ingen", 0, 0)])
LINES = LineChart(
    (2023, 2024, 2025),
    [
        Line("Horisont Europa", [Decimal("22.4"), Decimal("25.1"), Decimal("27.8")]),
        Line("ESF+", [Decimal("19.6"), None, Decimal("18.9")]),
    ],
    decimals=1,
)
PANELS = PanelChart((2024, 2025), [Line("Profilering", [52, 61], "#b8005e", "triangle"), Line("Påverkan", [41, 58])])


def test_words_say_every_number() -> None:
    assert BARS.words() == (
        "Liggande staplar, 2025. Klimat, miljö och energi 24 (2024: 23); Ny fråga 7; Ingen 0 (2024: 0)"
    )
    assert LINES.words() == "Linjer, 2023, 2024 och 2025. Horisont Europa: 22,4, 25,1, 27,8; ESF+: 19,6, –, 18,9"
    assert PANELS.words() == ("Små linjediagram i samma skala, 2024 och 2025. Profilering: 52, 61; Påverkan: 41, 58")


@pytest.mark.parametrize("chart", [BARS, LINES, PANELS])
def test_text_stays_text_in_our_font(chart: Chart) -> None:
    drawing = draw(chart).decode()
    assert ">2024</text>" in drawing
    assert "Open Sans" in drawing
    assert "font-family: 'DejaVu" not in drawing
    assert "<metadata>" not in drawing


@pytest.mark.parametrize("chart", [BARS, LINES, PANELS])
def test_the_same_chart_gives_the_same_bytes(chart: Chart) -> None:
    first = draw(chart)
    draw(BARS)
    assert draw(chart) == first


def test_another_process_draws_the_same_bytes() -> None:
    code = (
        "import sys; from tests.kit.test_charts import BARS, LINES, PANELS; from stockholm_intl.kit.charts import draw;"
        "sys.stdout.buffer.write(draw(BARS) + draw(LINES) + draw(PANELS))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, timeout=120)
    assert done.stdout == draw(BARS) + draw(LINES) + draw(PANELS)


@pytest.mark.parametrize(
    "chart",
    [
        BarChart(2025, [Bar("Noll", 0, 0)]),
        BarChart(2025, [Bar("<b>$x^2$ & " + "lång " * 60, 10**9, 1)]),
        BarChart(2025, [Bar(str(number), number, None) for number in range(40)]),
        LineChart((2025,), [Line("Ett år", [3])]),
        LineChart((2024, 2025), [Line("Inget", [None, None]), Line("Noll", [0, 0])]),
        PanelChart((2025,), [Line("Ett", [0])]),
        PanelChart((2024, 2025), [Line(str(number), [number, None]) for number in range(6)]),
    ],
)
def test_odd_numbers_and_names_are_drawn_too(chart: Chart) -> None:
    assert draw(chart).startswith(b"<?xml")


def test_a_chart_of_noughts_is_empty() -> None:
    assert BarChart(2025, []).is_empty
    assert BarChart(2025, [Bar("a", 0, None)]).is_empty
    assert not BarChart(2025, [Bar("a", 0, 1)]).is_empty
    assert LineChart((2025,), [Line("a", [None])]).is_empty
    assert not PANELS.is_empty


def test_names_at_the_ends_of_lines_keep_apart() -> None:
    places = spread([18.9, 18.8, 18.7, 0], least=1)
    assert all(abs(a - b) >= 0.99 for i, a in enumerate(places) for b in places[i + 1 :])
    assert places == sorted(places, reverse=True)
    assert spread([5, 20], least=1) == [5, 20]


@pytest.mark.parametrize(
    ("values", "sides"),
    [
        ([22.4, 19.6, 11.8], ["above", "below", "below"]),
        ([25.1, 18.2, 13.9], ["above", "above", "below"]),
        ([11.9, 10.5, 9.8], ["above", None, "below"]),
        ([20, 1, 0.5], ["above", "above", None]),
        ([5], ["above"]),
        ([0, 0], ["above", "above"]),
    ],
)
def test_a_value_stands_where_there_is_room(values: list[float], sides: list[str | None]) -> None:
    named = {id(ABOVE): "above", id(BELOW): "below", id(None): None}
    assert [named[id(label_side(values, value, top=25.1))] for value in values] == sides
