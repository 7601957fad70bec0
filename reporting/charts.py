"""What the charts of a year show. The page and the paper have the same drawing, with Swedish words."""

from collections.abc import Callable, Sequence

from engagements.strategy.marks import shapes_of
from reporting.enums import Region
from reporting.figures import Book, Figure
from reporting.grids import known_directions, scaled, with_rest
from reporting.papers import ChartSpec
from reporting.queries import edition_of
from stockholm_intl.kit.charts import Bar, BarChart, Line, LineChart, PanelChart

MOST_THEMES, MOST_AREAS, MOST_LINES = 6, 5, 3
# As the marks of the directions: never colour alone.
LOOKS = {
    "profilering": ("#b8005e", "triangle"),
    "omvarldsbevakning": ("#006963", "circle"),
    "samverkan": ("#794994", "square"),
    "paverkan": ("#a63821", "plate"),
}


def bars(book: Book, figures: Sequence[Figure]) -> BarChart:
    return BarChart(book.year, [Bar(one.label, one.value or 0, one.previous) for one in figures])


def tick(book: Book) -> str:
    return f"Antal. Streck: {book.year - 1}."


def themes(book: Book) -> ChartSpec:
    shown = with_rest(book.largest("memberships.theme"), MOST_THEMES, "Övriga teman")
    return ChartSpec("teman", f"Medlemskap per tema {book.year}", bars(book, shown), tick(book))


def areas(book: Book) -> ChartSpec:
    shown = with_rest(book.largest("inputs.area"), MOST_AREAS, "Övriga områden")
    return ChartSpec("politikomraden", f"EU-inspel per politikområde {book.year}", bars(book, shown), tick(book))


def programmes(book: Book) -> ChartSpec:
    shown = with_rest(book.largest("funding.programme"), MOST_LINES, "Övriga program")
    lines = [Line(one.label, [scaled(one.years[year].value, one.unit) for year in book.years]) for one in shown]
    title = f"EU-finansiering per program {book.years[0]}–{book.year}"
    return ChartSpec("program", title, LineChart(book.years, lines, decimals=1), "Mnkr.")


def regions(book: Book) -> ChartSpec:
    unknown = f"visits.region.{Region.UNKNOWN}"
    shown = [one for one in book.group("visits.region") if one.code != unknown or not one.is_empty]
    return ChartSpec("regioner", f"Besök per region {book.year}", bars(book, shown), tick(book))


def directions(book: Book) -> ChartSpec:
    lines = []
    shapes = shapes_of(edition_of(book.year))
    for one in known_directions(book):
        colour, marker = LOOKS.get(shapes.get(one.code.rpartition(".")[2], ""), ("", "circle"))
        lines.append(Line(one.label, [one.years[year].value for year in book.years], colour, marker))
    title = f"Engagemang efter huvudinriktning {book.years[0]}–{book.year}"
    return ChartSpec("inriktningar", title, PanelChart(book.years, lines), "Antal, samma skala i alla.")


# Name in the address, the code whose chapter it needs, and the chart.
CHARTS: dict[str, tuple[str, Callable[[Book], ChartSpec]]] = {
    "teman": ("memberships", themes),
    "politikomraden": ("inputs", areas),
    "program": ("funding", programmes),
    "regioner": ("visits", regions),
    "inriktningar": ("engagements", directions),
}
