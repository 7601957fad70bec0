"""Charts for papers and pages: one drawing, direct labels, no legend, no frame, drawn at the size it is printed.

Text stays text in Open Sans 8.5 pt, so that chart and table read as one. The same chart gives the same bytes.
What a chart shows is data here (BarChart, LineChart, PanelChart); how it is drawn stands in chart_drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from stockholm_intl.kit.swedish import listed, number

Number = int | Decimal


@dataclass(frozen=True)
class Bar:
    label: str
    now: Number
    then: Number | None


@dataclass(frozen=True)
class BarChart:
    """One bar a row for this year, a tick on it for last year."""

    year: int
    bars: Sequence[Bar]
    decimals: int = 0

    @property
    def is_empty(self) -> bool:
        return not any(bar.now or bar.then for bar in self.bars)

    def words(self) -> str:
        rows = [
            f"{bar.label} {number(bar.now, self.decimals)}"
            + (f" ({self.year - 1}: {number(bar.then, self.decimals)})" if bar.then is not None else "")
            for bar in self.bars
        ]
        return f"Liggande staplar, {self.year}. {'; '.join(rows)}"


@dataclass(frozen=True)
class Line:
    """A value a year, oldest first; None where a year is missing. Marker: circle, square, triangle or plate."""

    label: str
    values: Sequence[Number | None]
    colour: str = ""
    marker: str = "circle"

    def words(self, decimals: int) -> str:
        return f"{self.label}: {', '.join(number(value, decimals) for value in self.values)}"


@dataclass(frozen=True)
class LineChart:
    years: Sequence[int]
    lines: Sequence[Line]
    decimals: int = 0

    @property
    def is_empty(self) -> bool:
        return not any(value for line in self.lines for value in line.values)

    def words(self) -> str:
        rows = "; ".join(line.words(self.decimals) for line in self.lines)
        return f"Linjer, {listed([str(year) for year in self.years])}. {rows}"


@dataclass(frozen=True)
class PanelChart:
    """Small charts side by side on one scale, one line each."""

    years: Sequence[int]
    lines: Sequence[Line]
    decimals: int = 0

    @property
    def is_empty(self) -> bool:
        return not any(value for line in self.lines for value in line.values)

    def words(self) -> str:
        rows = "; ".join(line.words(self.decimals) for line in self.lines)
        return f"Små linjediagram i samma skala, {listed([str(year) for year in self.years])}. {rows}"


Chart = BarChart | LineChart | PanelChart


def draw(chart: Chart) -> bytes:
    """The chart as SVG, 160 mm wide."""
    # matplotlib takes half a second to load, and most pages draw nothing
    from stockholm_intl.kit import chart_drawing

    return chart_drawing.draw(chart)
