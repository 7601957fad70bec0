"""The year's page and an edition's page: tables under the report's headings, every number a link to its list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from reporting import charts
from reporting.enums import Heading
from reporting.figures import Book, Figure
from reporting.grids import (
    Cell,
    Grid,
    Row,
    directions_grid,
    funding_grid,
    key_grid,
    programmes_grid,
    said_change,
    shown,
    visitors_grid,
    years_grid,
)
from reporting.models import AnnualReport, ReportFigure

LinkTo = Callable[[Cell], str]


@dataclass(frozen=True)
class Picture:
    url: str
    title: str
    note: str
    words: str


@dataclass(frozen=True)
class Exhibit:
    """A table, with a picture of it above where a picture helps."""

    grid: dict[str, object]
    picture: Picture | None = None


@dataclass(frozen=True)
class Key:
    """A number that stands large above its tables."""

    label: str
    value: tuple[str, str]  # text and address
    previous: tuple[str, str]
    change: str


@dataclass(frozen=True)
class Section:
    code: str
    heading: object
    keys: Sequence[Key]
    exhibits: Sequence[Exhibit]


def key(row: Row, link_to: LinkTo) -> Key:
    previous, now, change = row.cells
    return Key(row.label, (now.text, link_to(now)), (previous.text, link_to(previous)), change.text)


def linked(grid: Grid, link_to: LinkTo) -> dict[str, object]:
    """The grid as the template draws it: text and address of each cell."""

    def row(one: Row) -> dict[str, object]:
        return {"label": one.label, "cells": [(cell.text, link_to(cell)) for cell in one.cells]}

    return {
        "caption": grid.caption,
        "note": grid.note,
        "columns": grid.columns,
        "rows": [row(one) for one in grid.rows],
        "total": row(grid.total) if grid.total else None,
    }


# --- A year as the register has it now


def year_sections(book: Book, *, first_year: int) -> list[Section]:
    def link_to(cell: Cell) -> str:
        if not cell.code or cell.year < first_year:
            return ""
        return reverse("report_figure", args=[cell.year, cell.code])

    def exhibit(grid: Grid, chart: str = "") -> Exhibit:
        return Exhibit(linked(grid, link_to), picture(book, chart) if chart else None)

    def years(figures: Sequence[Figure], caption: str, label: str, total: str = "", note: str = "") -> Grid:
        return years_grid(book, figures, caption, label, total=book[total] if total else None, note=note)

    outcomes = book.group("reviews.outcome")
    exhibits = {
        Heading.NETWORKS: [
            exhibit(
                years(book.largest("memberships.theme"), _("Medlemskap per tema"), _("Tema"), "memberships"), "teman"
            ),
            exhibit(years(book.group("memberships.form"), _("Medlemskap per form"), _("Form"), "memberships")),
            exhibit(years(outcomes, _("Avgjorda omprövningar"), _("Utfall"), "reviews")),
            exhibit(years(book.group("agreements.kind"), _("Avtal per slag"), _("Slag"), "agreements")),
        ],
        Heading.EU_LAW: [
            exhibit(
                years(book.largest("inputs.area"), _("EU-inspel per politikområde"), _("Politikområde"), "inputs"),
                "politikomraden",
            ),
            exhibit(years(book.group("inputs.form"), _("EU-inspel per form"), _("Form"), "inputs")),
        ],
        Heading.EU_MONEY: [
            exhibit(programmes_grid(book), "program"),
            exhibit(funding_grid(book)),
        ],
        Heading.VISITS: [
            exhibit(years(book.group("visits.region"), _("Besök per region"), _("Region"), "visits"), "regioner"),
            exhibit(visitors_grid(book)),
        ],
        Heading.BOARD: [
            exhibit(years(book.group("decisions.outcome"), _("Beslut på delegation"), _("Utgång"), "decisions")),
        ],
        Heading.DIRECTIONS: [
            exhibit(directions_grid(book), "inriktningar"),
            exhibit(years(book.group("directions.any"), _("Engagemang efter någon inriktning"), _("Inriktning"))),
        ],
    }
    return [
        Section(
            heading.value,
            heading.label,
            [key(row, link_to) for row in key_grid(book, heading).rows],
            exhibits[heading],
        )
        for heading in Heading
    ]


def picture(book: Book, name: str) -> Picture | None:
    spec = charts.CHARTS[name][1](book)
    if spec.chart.is_empty:
        return None
    return Picture(reverse("report_chart", args=[book.year, name]), spec.title, spec.note, spec.chart.words())


# --- An edition as it was printed


def edition_sections(report: AnnualReport, figures: Iterable[ReportFigure]) -> list[Section]:
    """All its figures, table by table; rows that are nought both years are left out of the longer tables."""

    def link_to(cell: Cell) -> str:
        return reverse("report_edition_figure", args=[report.pk, cell.code]) if cell.code else ""

    def grid(name: str, rows: Iterable[ReportFigure]) -> Grid:
        kept = [one for one in rows if one.value or one.previous]
        columns = [_("Uppgift"), str(report.year - 1), str(report.year), _("Förändring")]
        return Grid(name, columns, [frozen_row(one, report.year) for one in kept])

    sections = []
    for heading, under in groupby(figures, key=lambda one: one.heading):
        # the single numbers first, then table by table
        ordered = sorted(under, key=lambda one: bool(one.group))
        tables = [(name, list(rows)) for name, rows in groupby(ordered, key=lambda one: one.group)]
        keys = [key(frozen_row(one, report.year), link_to) for name, rows in tables if not name for one in rows]
        grids = [grid(name, rows) for name, rows in tables if name]
        exhibits = [Exhibit(linked(one, link_to)) for one in grids if one.rows]
        sections.append(Section(heading, Heading(heading).label, keys, exhibits))
    return sections


def frozen_row(figure: ReportFigure, year: int) -> Row:
    return Row(
        figure.label,
        [
            Cell(shown(figure.previous, figure.unit, with_its_unit=True)),
            Cell(shown(figure.value, figure.unit, with_its_unit=True), figure.code, year),
            Cell(said_change(figure.value, figure.previous, figure.unit)),
        ],
    )
