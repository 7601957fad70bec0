"""The tables and charts of a year, put together once: the page links every number, the paper prints the same ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.definitions import DEFINITIONS
from reporting.enums import Heading, Unit
from reporting.figures import NONE, Book, Figure
from reporting.queries import edition_of
from reporting.sentences import KeyFigure
from stockholm_intl.kit.swedish import change, number, share, with_unit

MILLION = Decimal(1_000_000)
DECIMALS = {Unit.COUNT: 0, Unit.KRONOR: 1, Unit.PERCENT: 0, Unit.MEAN: 1}
SHORT = {Unit.KRONOR: gettext_lazy("mnkr"), Unit.PERCENT: "%"}

# The numbers that open each heading, in the order they are read.
KEYS = {
    Heading.NETWORKS: (
        "memberships",
        "memberships.new",
        "memberships.ended",
        "memberships.posts",
        "reviews",
        "reviews.next",
        "agreements",
        "agreements.ending",
    ),
    Heading.EU_LAW: ("inputs",),
    Heading.EU_MONEY: ("funding", "projects"),
    Heading.VISITS: (
        "visits",
        "visits.people",
        "visits.digital_share",
        "visits.state",
        "conferences",
        "receptions",
        "receptions.guests",
        "receptions.declined",
    ),
    Heading.BOARD: ("meetings", "decisions"),
    Heading.DIRECTIONS: ("engagements",),
}


@dataclass(frozen=True)
class Cell:
    """A number as it is read. `code` and `year` say which figure it opens; a reckoned one opens nothing."""

    text: str
    code: str = ""
    year: int = 0


@dataclass(frozen=True)
class Row:
    label: str
    cells: Sequence[Cell]
    direction: str = ""


@dataclass(frozen=True)
class Grid:
    caption: str
    columns: Sequence[str]
    rows: Sequence[Row]
    total: Row | None = None
    note: str = ""


def scaled(value: Decimal | None, unit: str) -> Decimal | None:
    return value / MILLION if value is not None and unit == Unit.KRONOR else value


def key_figure(figure: Figure) -> KeyFigure:
    unit = Unit(figure.unit)
    return KeyFigure(
        code=figure.code,
        label=figure.label,
        value=scaled(figure.value, unit),
        previous=scaled(figure.previous, unit),
        unit=str(SHORT.get(unit, "")),
        definition=str(DEFINITIONS[figure.term].text),
        decimals=DECIMALS[unit],
    )


def shown(value: Decimal | None, unit: str, *, with_its_unit: bool = False) -> str:
    """The number as the tables write it: money in millions with one decimal, a missing one as a dash."""
    plain = scaled(value, unit)
    name = str(SHORT.get(Unit(unit), "")) if with_its_unit or unit == Unit.PERCENT else ""
    return with_unit(plain, name, DECIMALS[Unit(unit)])


def said_change(now: Decimal | None, then: Decimal | None, unit: str) -> str:
    return change(scaled(now, unit), scaled(then, unit), DECIMALS[Unit(unit)])


def cell(figure: Figure, year: int, *, with_its_unit: bool = False) -> Cell:
    return Cell(shown(figure.years[year].value, figure.unit, with_its_unit=with_its_unit), figure.code, year)


def change_cell(figure: Figure) -> Cell:
    return Cell(said_change(figure.value, figure.previous, figure.unit))


def key_grid(book: Book, heading: Heading) -> Grid:
    figures = [book[code] for code in KEYS[heading]]
    rows = [
        Row(
            one.label,
            [
                cell(one, book.year - 1, with_its_unit=True),
                cell(one, book.year, with_its_unit=True),
                change_cell(one),
            ],
        )
        for one in figures
    ]
    columns = [_("Tal"), str(book.year - 1), str(book.year), _("Förändring")]
    return Grid(_("Året i siffror"), columns, rows)


def years_grid(
    book: Book, figures: Sequence[Figure], caption: str, label: str, *, total: Figure | None = None, note: str = ""
) -> Grid:
    """A row a figure, a column a year with the oldest first, and the change from the year before."""

    def row(figure: Figure, name: str) -> Row:
        return Row(name, [*(cell(figure, year) for year in book.years), change_cell(figure)])

    rows = [row(one, one.label) for one in figures]
    columns = [label, *map(str, book.years), _("Förändring")]
    return Grid(caption, columns, rows, row(total, _("Summa")) if total and rows else None, note)


def funding_grid(book: Book) -> Grid:
    def row(money: Figure, projects: Figure, name: str) -> Row:
        cells = [cell(projects, book.year), cell(money, book.year - 1), cell(money, book.year), change_cell(money)]
        return Row(name, cells)

    bodies = book.largest("funding.body")
    rows = [row(one, book[one.code.replace("funding.", "projects.", 1)], one.label) for one in bodies]
    columns = [_("Organ"), _("EU-projekt"), str(book.year - 1), str(book.year), _("Förändring")]
    total = row(book["funding"], book["projects"], _("Summa")) if rows else None
    return Grid(_("EU-finansiering per organ"), columns, rows, total, _("Mnkr; projekten är antal."))


def programmes_grid(book: Book) -> Grid:
    """The numbers of the chart over the years, every programme by name."""
    caption, note = _("EU-finansiering per program"), _("Mnkr.")
    return years_grid(book, book.largest("funding.programme"), caption, _("Program"), total=book["funding"], note=note)


def visitors_grid(book: Book) -> Grid:
    names = ("kind", "people", "digital_share", "mean")

    def row(codes: Sequence[str], name: str) -> Row:
        return Row(name, [cell(book[code], book.year) for code in codes])

    kinds = [one for one in book.group("visitors.kind") if one.value or one.code.rpartition(".")[2] != NONE]
    rows = [row([one.code.replace(".kind.", f".{name}.") for name in names], one.label) for one in kinds]
    columns = [_("Slag av besökare"), _("Besök"), _("Besökare"), _("Varav digitalt"), _("Personer per besök")]
    total = row(["visits", "visits.people", "visits.digital_share", "visits.mean"], _("Summa"))
    return Grid(_("Besök och besökare per slag"), columns, rows, total)


def directions_grid(book: Book) -> Grid:
    total = book["engagements"]
    own = {direction.code for direction in edition_of(book.year).directions}

    def row(figure: Figure) -> Row:
        code = figure.code.rpartition(".")[2]
        other = book.figures.get(f"directions.other.{code}")
        cells = [*(cell(figure, year) for year in book.years), change_cell(figure)]
        cells.append(Cell(share(figure.value or 0, total.value or 0)))
        cells.append(cell(other, book.year) if other else Cell(""))
        return Row(figure.label, cells, direction=code if code in own else "")

    rows = [row(one) for one in known_directions(book)]
    columns = [_("Huvudinriktning"), *map(str, book.years), _("Förändring"), _("Andel"), _("Som övrig")]
    whole = share(1, 1) if total.value else number(None)
    cells = [*(cell(total, year) for year in book.years), change_cell(total), Cell(whole), Cell("")]
    return Grid(_("Engagemang per inriktning"), columns, rows, Row(_("Summa"), cells))


def known_directions(book: Book) -> list[Figure]:
    """The edition's own always; of earlier ones those that occur; none, or one nobody knows, only when there are any."""
    names = {one.code.rpartition(".")[2] for one in book.group("directions.any")}
    return [one for one in book.group("directions.main") if one.code.rpartition(".")[2] in names or not one.is_empty]


def with_rest(figures: Sequence[Figure], most: int, rest: str) -> list[Figure]:
    """The first ones, and all the others as one that opens nothing."""
    if len(figures) <= most:
        return list(figures)
    kept, others = list(figures[: most - 1]), figures[most - 1 :]
    years = {
        year: replace(amount, value=sum((one.years[year].value or Decimal(0) for one in others), Decimal(0)))
        for year, amount in others[0].years.items()
    }
    return [*kept, replace(others[0], code="", label=rest, years=years)]
