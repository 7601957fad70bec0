"""How the charts look. Distances in millimetres on a sheet 160 mm wide, the text column of the papers."""

import io
import re
import textwrap
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.path import Path as Outline

from stockholm_intl.kit.charts import BarChart, Chart, Line, LineChart, PanelChart
from stockholm_intl.kit.swedish import change, number

FONTS = Path(__file__).resolve().parents[2] / "static" / "print" / "fonts"
INK, SOFT, BLUE, LINE, GREY = "#1A1F26", "#4A5562", "#14508F", "#C3CCD6", "#7A8794"
SHADES = (BLUE, "#227A8A", "#64789A", "#0B2A4A", "#7A5C00", "#794994")
MARKERS = {
    "circle": "o",
    "square": "s",
    "triangle": "^",
    "plate": Outline([(-1, -0.85), (0.1, -0.85), (1, 0), (0.1, 0.85), (-1, 0.85), (-1, -0.85)], closed=True),
}
MM, WIDTH, SIZE = 1 / 25.4, 160, 8.5
STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "stockholm",
    "axes.edgecolor": LINE,
    "axes.linewidth": 0.6,
    "xtick.color": SOFT,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "lines.solid_capstyle": "round",
    "figure.facecolor": "none",
    "axes.facecolor": "none",
}
# matplotlib's settings are one for the whole process
one_at_a_time = threading.Lock()
for _weight in (400, 600):
    fontManager.addfont(FONTS / f"OpenSans-{_weight}.ttf")


def font(weight: int = 400) -> FontProperties:
    """By file as well as by name: the machine may have an Open Sans of its own."""
    return FontProperties(family="Open Sans", weight=weight, size=SIZE, fname=FONTS / f"OpenSans-{weight}.ttf")


def draw(chart: Chart) -> bytes:
    drawing = {BarChart: draw_bars, LineChart: draw_lines, PanelChart: draw_panels}[type(chart)]
    with one_at_a_time, mpl.rc_context(STYLE):
        return svg(drawing(chart))


def svg(figure: Figure) -> bytes:
    FigureCanvasSVG(figure)
    file = io.BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    text = re.sub(r"<metadata>.*?</metadata>", "", file.getvalue().decode(), flags=re.DOTALL)
    return text.encode()


def sheet(
    height: float, left: float, right: float, top: float, bottom: float, panels: int = 1, **rest: Any
) -> tuple[Figure, Any]:
    figure = Figure(figsize=(WIDTH * MM, height * MM))
    axes = figure.subplots(1, panels, sharey=True)
    figure.subplots_adjust(left / WIDTH, bottom / height, 1 - right / WIDTH, 1 - top / height, **rest)
    for ax in [axes] if panels == 1 else axes:
        for side in ("top", "right", "bottom", "left"):
            ax.spines[side].set_visible(False)
        ax.set_xticks([])
        ax.set_yticks([])
    return figure, axes


def note(ax: Axes, text: str, xy: tuple[float, float], colour: str = INK, weight: int = 400, **rest: Any) -> None:
    # A dollar sign would start mathematics
    ax.annotate(text.replace("$", r"\$"), xy, color=colour, fontproperties=font(weight), annotation_clip=False, **rest)


def base_line(ax: Axes, years: Sequence[int]) -> None:
    ax.set_xlim(years[0], years[-1] if len(years) > 1 else years[0] + 1)
    ax.set_xticks(list(years), [str(year) for year in years], fontproperties=font())
    ax.tick_params(axis="x", pad=6)
    ax.spines["bottom"].set_visible(True)
    ax.spines["bottom"].set_color(GREY)


def draw_bars(chart: BarChart, label: float = 62, right: float = 28, row: float = 7) -> Figure:
    """Names at the left edge and changes at the right, as in a table; the value at the bar's end."""
    figure, ax = sheet(row * len(chart.bars) + 6.25, label, right, top=6.25, bottom=0)
    middle = {"va": "center_baseline"}
    edge, width = ax.get_yaxis_transform(), WIDTH - label - right
    for place, bar in enumerate(chart.bars):
        ax.barh(place, float(bar.now), height=0.56, color=BLUE, linewidth=0)
        end = float(bar.now)
        if bar.then is not None:
            then, end = float(bar.then), max(float(bar.now), float(bar.then))
            for colour, thick in (("#FFFFFF", 3.8), (INK, 1.4)):
                ax.plot([then, then], [place - 0.4, place + 0.4], color=colour, linewidth=thick, solid_capstyle="butt")
        name = "\n".join(textwrap.wrap(bar.label, 40, max_lines=2, placeholder=" …"))
        note(ax, name, (-label / width, place), xycoords=edge, ha="left", linespacing=1.0, **middle)
        note(
            ax,
            number(bar.now, chart.decimals),
            (end, place),
            weight=600,
            xytext=(6, 0),
            textcoords="offset points",
            **middle,
        )
        difference = change(bar.now, bar.then, chart.decimals)
        note(ax, difference, (1 + right / width, place), SOFT, xycoords=edge, ha="right", **middle)
    ax.set_xlim(0, max(max(float(bar.now), float(bar.then or 0)) for bar in chart.bars) or 1)
    ax.set_ylim(len(chart.bars) - 0.5, -0.5)
    ax.axvline(0, color=GREY, linewidth=0.8)
    above = {"xytext": (0, 4), "textcoords": "offset points", "va": "bottom"}
    if chart.bars[0].then is not None:
        note(ax, str(chart.year - 1), (float(chart.bars[0].then), -0.4), SOFT, ha="center", **above)
    note(ax, "Förändring", (1 + right / width, -0.4), SOFT, xycoords=edge, ha="right", **above)
    return figure


def draw_lines(chart: LineChart, height: float = 65, label: float = 52) -> Figure:
    """Each line is named at its end; every point carries its value."""
    figure, ax = sheet(height, 8, label, top=5, bottom=7)
    top = highest(chart.lines)
    ax.set_ylim(0, top * 1.1)
    base_line(ax, chart.years)
    for place, line in enumerate(chart.lines):
        points = [
            (year, float(value)) for year, value in zip(chart.years, line.values, strict=True) if value is not None
        ]
        colour = line.colour or SHADES[place % len(SHADES)]
        ax.plot(
            *zip(*points, strict=True),
            color=colour,
            linewidth=1.8,
            marker=MARKERS[line.marker],
            markersize=5,
            clip_on=False,
        )
        for year, value in points:
            if year == chart.years[-1]:
                continue
            # above its point, or below where the next line above is near
            near = any(0 < other - value < 0.18 * top for other in values_at(chart, year))
            below = near or value == min(values_at(chart, year)) and value > 0.12 * top
            note(ax, number(line.values[list(chart.years).index(year)], chart.decimals), (year, value), SOFT, xytext=(0, -8 if below else 7),
                 textcoords="offset points", ha="center", va="top" if below else "bottom")  # fmt: skip
    ends = [(float(line.values[-1]), line) for line in chart.lines if line.values[-1] is not None]
    for (value, line), height_at in zip(
        ends, spread([value for value, _line in ends], top * 1.1 * 4.6 / (height - 12)), strict=True
    ):
        spot = {"xycoords": "data", "textcoords": "offset points", "va": "center_baseline"}
        note(
            ax, number(line.values[-1], chart.decimals), (chart.years[-1], height_at), weight=600, xytext=(8, 0), **spot
        )
        note(
            ax, textwrap.shorten(line.label, 28, placeholder=" …"), (chart.years[-1], height_at), xytext=(38, 0), **spot
        )
        del value
    return figure


def draw_panels(chart: PanelChart, height: float = 65) -> Figure:
    """The name stands above its panel; shape and shade are the line's own."""
    count = max(len(chart.lines), 2)
    figure, axes = sheet(height, 6, 6, top=13, bottom=7, panels=count, wspace=0.5)
    top = highest(chart.lines)
    for ax, line in zip(axes, chart.lines, strict=False):
        points = [
            (year, float(value)) for year, value in zip(chart.years, line.values, strict=True) if value is not None
        ]
        ax.plot(
            *zip(*points, strict=True),
            color=line.colour or BLUE,
            linewidth=1.8,
            marker=MARKERS[line.marker],
            markersize=6.5,
            clip_on=False,
        )
        for year, value in points:
            last = year == chart.years[-1]
            text = number(line.values[list(chart.years).index(year)], chart.decimals)
            note(ax, text, (year, value), INK if last else SOFT, 600 if last else 400, xytext=(0, 8),
                 textcoords="offset points", ha="center", va="bottom")  # fmt: skip
        note(
            ax,
            line.label,
            (-0.22, 1),
            weight=600,
            xycoords="axes fraction",
            xytext=(0, 16),
            textcoords="offset points",
            va="bottom",
        )
        ax.set_ylim(0, top * 1.12)
        base_line(ax, chart.years)
    return figure


def highest(lines: Sequence[Line]) -> float:
    return max((float(value) for line in lines for value in line.values if value is not None), default=0) or 1


def values_at(chart: LineChart, year: int) -> list[float]:
    place = list(chart.years).index(year)
    return [float(value) for line in chart.lines if (value := line.values[place]) is not None]


def spread(values: Sequence[float], least: float) -> list[float]:
    """Heights for labels so that no two stand nearer than `least`, each as near its value as may be."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    heights = [values[place] for place in order]
    for _round in range(40):
        for low in range(len(heights) - 1):
            lack = least - (heights[low + 1] - heights[low])
            if lack > 1e-9:
                heights[low] -= lack / 2
                heights[low + 1] += lack / 2
    result = [0.0] * len(values)
    for place, height in zip(order, heights, strict=True):
        result[place] = height
    return result
