"""How the charts look. Distances in millimetres on a sheet 160 mm wide, the text column of the papers."""

import io
import re
import textwrap
import threading
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.path import Path as Outline

from stockholm_intl.kit.charts import Bar, BarChart, Chart, Line, LineChart, PanelChart
from stockholm_intl.kit.pdf_text import FONTS
from stockholm_intl.kit.swedish import change, number

INK, SOFT, BLUE, LINE, GREY = "#1A1F26", "#4A5562", "#14508F", "#C3CCD6", "#7A8794"
SHADES = (BLUE, "#227A8A", "#64789A", "#0B2A4A", "#7A5C00", "#794994")
MARKERS = {
    "circle": "o",
    "square": "s",
    "triangle": "^",
    "plate": Outline([(-1, -0.85), (0.1, -0.85), (1, 0), (0.1, 0.85), (-1, 0.85), (-1, -0.85)], closed=True),
}
MM, WIDTH, SIZE = 1 / 25.4, 160, 8.5
ABREAST = 5  # at most so many panels in a row
STYLE: dict[Any, Any] = {
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
ABOVE: dict[str, Any] = {"by": (0, 7), "va": "bottom"}
BELOW: dict[str, Any] = {"by": (0, -8), "va": "top"}
# matplotlib's settings are one for the whole process
one_at_a_time = threading.Lock()
for _weight in (400, 600):
    fontManager.addfont(FONTS / f"OpenSans-{_weight}.ttf")


def font(weight: int = 400) -> FontProperties:
    """By file as well as by name: the machine may have an Open Sans of its own."""
    return FontProperties(family="Open Sans", weight=weight, size=SIZE, fname=FONTS / f"OpenSans-{weight}.ttf")


def draw(chart: Chart) -> bytes:
    with one_at_a_time, mpl.rc_context(STYLE):
        match chart:
            case BarChart():
                return svg(draw_bars(chart))
            case LineChart():
                return svg(draw_lines(chart))
            case PanelChart():
                return svg(draw_panels(chart))


def svg(figure: Figure) -> bytes:
    FigureCanvasSVG(figure)
    file = io.BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    text = re.sub(r"<metadata>.*?</metadata>", "", file.getvalue().decode(), flags=re.DOTALL)
    # a picture on a page cannot see the page's fonts
    return text.replace("'Open Sans'", "'Open Sans', 'Segoe UI', Arial, sans-serif").encode()


def sheet(
    height: float, left: float, right: float, top: float, bottom: float, panels: int = 1, rows: int = 1, **rest: Any
) -> tuple[Figure, Any]:
    """The drawing, and its one surface or a list of them: `panels` abreast in each row."""
    figure = Figure(figsize=(WIDTH * MM, height * MM))
    axes = figure.subplots(rows, panels, sharey=True, squeeze=False).flatten().tolist()
    figure.subplots_adjust(left / WIDTH, bottom / height, 1 - right / WIDTH, 1 - top / height, **rest)
    for ax in axes:
        for side in ("top", "right", "bottom", "left"):
            ax.spines[side].set_visible(False)
        ax.set_xticks([])
        ax.set_yticks([])
    return figure, axes[0] if panels == rows == 1 else axes


def note(ax: Axes, text: str, xy: tuple[float, float], by: tuple[float, float] = (0, 0), **look: Any) -> None:
    """A word or number beside a point, moved by so many points. `look`: colour, weight and what annotate takes."""
    colour, weight = look.pop("colour", INK), look.pop("weight", 400)
    # a dollar sign would start mathematics
    ax.annotate(
        text.replace("$", r"\$"), xy, by, textcoords="offset points", annotation_clip=False,
        color=colour, fontproperties=font(weight), **look,
    )  # fmt: skip


def base_line(ax: Axes, years: Sequence[int]) -> None:
    ax.set_xlim(years[0], years[-1] if len(years) > 1 else years[0] + 1)
    ax.set_xticks(list(years), [str(year) for year in years], fontproperties=font())
    ax.tick_params(axis="x", pad=6)
    ax.spines["bottom"].set_visible(True)
    ax.spines["bottom"].set_color(GREY)


def draw_bars(chart: BarChart, label: float = 62, right: float = 28, row: float = 7) -> Figure:
    """Names at the left edge and changes at the right, as in a table; the value at the bar's end."""
    figure, ax = sheet(row * len(chart.bars) + 6.25, label, right, top=6.25, bottom=0)
    width = WIDTH - label - right
    left_edge, right_edge = -label / width, 1 + right / width
    at_edge = {"xycoords": ax.get_yaxis_transform(), "va": "center_baseline"}
    most = max(max(float(bar.now), float(bar.then or 0)) for bar in chart.bars) or 1
    for place, bar in enumerate(chart.bars):
        ax.barh(place, float(bar.now), height=0.56, color=BLUE, linewidth=0)
        if bar.then is not None:
            tick(ax, float(bar.then), place)
        end = label_end(bar, most)
        name = "\n".join(textwrap.wrap(bar.label, 40, max_lines=2, placeholder=" …"))
        difference = change(bar.now, bar.then, chart.decimals)
        note(ax, name, (left_edge, place), ha="left", linespacing=1.0, **at_edge)
        note(ax, number(bar.now, chart.decimals), (end, place), (6, 0), weight=600, va="center_baseline")
        note(ax, difference, (right_edge, place), ha="right", colour=SOFT, **at_edge)
    ax.set_xlim(0, most)
    ax.set_ylim(len(chart.bars) - 0.5, -0.5)
    ax.axvline(0, color=GREY, linewidth=0.8)
    above: dict[str, Any] = {"by": (0, 4), "va": "bottom", "colour": SOFT}
    if chart.bars[0].then is not None:
        note(ax, str(chart.year - 1), (float(chart.bars[0].then), -0.4), ha="center", **above)
    note(ax, "Förändring", (right_edge, -0.4), ha="right", xycoords=at_edge["xycoords"], **above)
    return figure


def label_end(bar: Bar, most: float) -> float:
    """Where the value stands: at the bar's end, or beyond last year's tick where the two would meet."""
    now, then = float(bar.now), float(bar.then or 0)
    return then if now < then < now + most / 6 else now


def tick(ax: Axes, value: float, place: int) -> None:
    """Last year's value across the bar, with a little air round it."""
    for colour, thick in (("#FFFFFF", 3.8), (INK, 1.4)):
        ax.plot([value] * 2, [place - 0.4, place + 0.4], color=colour, linewidth=thick, solid_capstyle="butt")


def draw_line(ax: Axes, line: Line, years: Sequence[int], colour: str, size: float) -> list[tuple[int, float]]:
    """The line itself; answers its points, without the years that are missing."""
    points = [(year, float(value)) for year, value in zip(years, line.values, strict=True) if value is not None]
    if points:
        look: dict[str, Any] = {"linewidth": 1.8, "marker": MARKERS[line.marker], "markersize": size, "clip_on": False}
        ax.plot(*zip(*points, strict=True), color=colour, **look)
    return points


def draw_lines(chart: LineChart, height: float = 65, label: float = 58) -> Figure:
    """Each line is named at its end; every point carries its value."""
    figure, ax = sheet(height, 8, label, top=5, bottom=7)
    top, last = highest(chart.lines), chart.years[-1]
    ax.set_ylim(0, top * 1.1)
    base_line(ax, chart.years)
    for place, line in enumerate(chart.lines):
        points = draw_line(ax, line, chart.years, line.colour or SHADES[place % len(SHADES)], 5)
        for year, value in points:
            side = label_side(values_of(chart, year), value, top)
            if year != last and side:
                text = number(Decimal(str(value)), chart.decimals)
                note(ax, text, (year, value), ha="center", colour=SOFT, **side)
    ends = [(float(line.values[-1]), line.label) for line in chart.lines if line.values[-1] is not None]
    least = top * 1.1 * 4.6 / (height - 12)
    for (value, name), place_at in zip(ends, spread([value for value, _name in ends], least), strict=True):
        text = number(Decimal(str(value)), chart.decimals)
        note(ax, text, (last, place_at), (8, 0), weight=600, va="center_baseline")
        short = textwrap.shorten(name, 30, placeholder=" …")
        note(ax, short, (last, place_at), (14 + 5.2 * max(len(text), 4), 0), va="center_baseline")
    return figure


def values_of(chart: LineChart, year: int) -> list[float]:
    place = list(chart.years).index(year)
    return [float(value) for line in chart.lines if (value := line.values[place]) is not None]


def label_side(values: Sequence[float], value: float, top: float) -> dict[str, Any] | None:
    """Where a point's value has room: the highest above, the lowest below, one between where the gap is widest.

    None when there is no room: the table beside the chart has every value, and two on each other cannot be read.
    """
    room = 0.14 * top
    above = min((other - value for other in values if other > value), default=top)
    below = min((value - other for other in values if other < value), default=value)
    if value == max(values):
        return ABOVE
    if above >= below and above >= room:
        return ABOVE
    is_lowest = value == min(values)
    # under the lowest one stand the years, under another one a point
    if below >= (room if not is_lowest else 0.12 * top):
        return BELOW
    return ABOVE if above >= room else None


def draw_panels(chart: PanelChart, height: float = 65) -> Figure:
    """Four or five abreast. The name stands above its panel; shape and shade are the line's own."""
    abreast = min(max(len(chart.lines), 4), ABREAST)
    rows = max(1, -(-len(chart.lines) // abreast))
    figure, axes = sheet(height * rows, 6, 6, top=13, bottom=7, panels=abreast, rows=rows, wspace=0.5, hspace=0.5)
    top, last = highest(chart.lines), chart.years[-1]
    for ax, line in zip(axes, chart.lines, strict=False):
        for year, value in draw_line(ax, line, chart.years, line.colour or BLUE, 6.5):
            look: dict[str, Any] = {"colour": INK, "weight": 600} if year == last else {"colour": SOFT}
            text = number(Decimal(str(value)), chart.decimals)
            note(ax, text, (year, value), (0, 8), ha="center", va="bottom", **look)
        # five names in bold would run into each other
        note(
            ax,
            line.label,
            (0, 1),
            (-17, 16),
            weight=600 if abreast < ABREAST else 400,
            xycoords="axes fraction",
            va="bottom",
        )
        ax.set_ylim(0, top * 1.12)
        base_line(ax, chart.years)
    return figure


def highest(lines: Sequence[Line]) -> float:
    return max((float(value) for line in lines for value in line.values if value is not None), default=0) or 1


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
