"""The annual report as a paper, under the city's four headings (domain section 9), with the directions as second axis.

It takes plain data: every text and number is reckoned elsewhere, and stands here only to be printed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any, Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from engagements.strategy.editions import Edition
from engagements.strategy.marks import Mark, key_of, keys_of_earlier, marks
from reporting.sentences import KeyFigure
from stockholm_intl.kit.charts import Chart, draw
from stockholm_intl.kit.pdf import Progress, render_pdf, require_room, require_short, silent, unbroken
from stockholm_intl.kit.swedish import DASH, NBSP, change, long_date, number

MOST_ENTRIES = 20_000
MOST_TABLE_ROWS = 1_000
# A box more a row, which is half the time again: worth it while the list is read, not when it is looked up in.
MOST_EMPHASISED = 2_000
EMPHASISED = "<p>{}&nbsp;&nbsp; <b>{}</b> {}</p>"
PLAIN = "<p>{}&nbsp;&nbsp; {} · {}</p>"
COOPERATION = "Samarbete i internationella organisationer och nätverk"
LEGISLATION = "EU-lagstiftning med påverkan på Stockholm"
FUNDING = "EU-finansiering"
VISITS = "Internationella besök och evenemang"
DIRECTIONS = "Strategins inriktningar"

Cell = str | int | Decimal | date | None
# "figure" is a number that is written already, unit and all
Kind = Literal["text", "number", "change", "percent", "figure", "date", "direction"]
TO_THE_RIGHT = frozenset({"number", "change", "percent", "figure"})


SHORT_TABLE = 20


@dataclass(frozen=True)
class Column:
    """A column and how its cells are written. The first column names its row. Width in millimetres, or what is left."""

    label: str
    kind: Kind = "text"
    decimals: int = 0
    width: int | None = None


@dataclass(frozen=True)
class Table:
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    sum_row: Sequence[Cell] | None = None
    note: str = ""
    empty: str = "Inget att redovisa."

    @property
    def is_short(self) -> bool:
        """Short enough to be kept on one page; a longer one breaks with its head repeated."""
        return len(self.rows) <= SHORT_TABLE


@dataclass(frozen=True)
class ChartSpec:
    """A chart with its words; `note` says unit and what a tick means. `empty` stands instead when all is nought."""

    name: str
    title: str
    chart: Chart
    note: str = ""
    empty: str = "Inget att redovisa."


@dataclass(frozen=True)
class Part:
    """A smaller heading inside a chapter, with paragraphs and then points."""

    heading: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()


@dataclass(frozen=True)
class Chapter:
    """Intro, the chapter's figures, charts and tables in the order given, and smaller headings."""

    intro: Sequence[str] = ()
    figures: Sequence[KeyFigure] = ()
    exhibits: Sequence[ChartSpec | Table] = ()
    parts: Sequence[Part] = ()


@dataclass(frozen=True)
class Lead:
    """The summary: a lead, four great figures, the year in short, what to follow next year, and the proposal."""

    text: str
    figures: Sequence[KeyFigure] = ()
    points: Sequence[str] = ()
    ahead: Sequence[str] = ()
    proposal: str = (
        "Kommunstyrelsen lägger rapporten till handlingarna och överlämnar den som underlag till årsredovisningen."
    )


@dataclass(frozen=True)
class Entry:
    """An engagement in the appendix. Entries stand under their kind, in the order given."""

    title: str
    kind: str
    body: str
    key: str
    registry_number: str = ""
    direction: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnnualReportPaper:
    year: int
    made_on: date
    edition: Edition
    lead: Lead
    cooperation: Chapter = field(default_factory=Chapter)
    legislation: Chapter = field(default_factory=Chapter)
    funding: Chapter = field(default_factory=Chapter)
    visits: Chapter = field(default_factory=Chapter)
    directions: Chapter = field(default_factory=Chapter)
    entries: Sequence[Entry] = ()
    # how many engagements there were, when the appendix shows a choice of them
    entries_of: int | None = None
    # how many of them are secret: counted in the figures, and not among the entries
    secret: int = 0
    # what is said of words that are no figures: (word, meaning)
    definitions: Sequence[tuple[str, str]] = ()
    sources: str = ""
    registry_number: str = ""
    recipient: str = "Kommunstyrelsen"
    sender: str = "Stadsledningskontoret, internationella enheten"
    is_sample: bool = False
    # other editions of the strategy that some of the entries were judged under, the newest first
    earlier: tuple[Edition, ...] = ()

    @property
    def title(self) -> str:
        return f"Stockholms stads internationella arbete {self.year}"

    @property
    def chapters(self) -> list[tuple[str, str, Chapter]]:
        """Anchor, heading and chapter, in the order of the city's own annual report."""
        return [
            ("samarbete", COOPERATION, self.cooperation),
            ("eu-lagstiftning", LEGISLATION, self.legislation),
            ("eu-finansiering", FUNDING, self.funding),
            ("besok", VISITS, self.visits),
            ("inriktningar", DIRECTIONS, self.directions),
        ]

    def figures(self) -> dict[str, KeyFigure]:
        """Every figure of the report once, by code, in the order of printing."""
        found = [
            *self.lead.figures,
            *(figure for _anchor, _heading, chapter in self.chapters for figure in chapter.figures),
        ]
        return {figure.code: figure for figure in reversed(found)} and {figure.code: figure for figure in found}


def annual_report_pdf(paper: AnnualReportPaper, *, progress: Progress = silent) -> bytes:
    """The report as PDF/UA-1. `progress(step, share)` is called as it grows, and may raise to stop it.

    Raises PaperTooLarge for more than 20 000 entries, 1 000 rows in a table, or a text over 12 000 characters.
    """
    progress(_("Diagrammen ritas"), 0.02)
    chapters = [chapter for _anchor, _heading, chapter in paper.chapters]
    require_limits(paper, chapters)
    charts = {
        spec.name: spec
        for chapter in chapters
        for spec in chapter.exhibits
        if isinstance(spec, ChartSpec) and not spec.chart.is_empty
    }
    images = {name: draw(spec.chart) for name, spec in charts.items()}
    progress(_("Texten sätts"), 0.1)
    return render_pdf("pdf/annual_report.html", report_words(paper), images=images, progress=progress)


def require_limits(paper: AnnualReportPaper, chapters: Sequence[Chapter]) -> None:
    require_room(paper.entries, MOST_ENTRIES)
    for chapter in chapters:
        for exhibit in chapter.exhibits:
            if isinstance(exhibit, Table):
                require_room(exhibit.rows, MOST_TABLE_ROWS)
                require_short(*(cell for row in exhibit.rows for cell in row if isinstance(cell, str)))
        require_short(*chapter.intro, *(text for part in chapter.parts for text in (*part.paragraphs, *part.points)))
    require_short(paper.lead.text, *paper.lead.points, *paper.lead.ahead, paper.lead.proposal, paper.sources)
    require_short(*(entry.title for entry in paper.entries))


def report_words(paper: AnnualReportPaper) -> dict[str, Any]:
    chapters = [
        {"anchor": anchor, "heading": heading, **chapter_words(chapter, paper)}
        for anchor, heading, chapter in paper.chapters
    ]
    return {
        "paper": paper,
        "before": paper.year - 1,
        "after": paper.year + 1,
        "made_on": long_date(paper.made_on),
        "lead": {
            "text": unbroken(paper.lead.text),
            "points": [unbroken(text) for text in paper.lead.points],
            "ahead": [unbroken(text) for text in paper.lead.ahead],
        },
        "marks": key_of(paper.edition),
        "older_keys": keys_of_earlier(
            paper.edition, paper.earlier, {code for one in paper.entries for code in (one.direction, *one.others)}
        ),
        "chapters": chapters,
        "entries": entry_groups(paper),
        "is_plain": len(paper.entries) > MOST_EMPHASISED,
        "secret": secret_words(paper.secret),
        "entry_count": number(len(paper.entries)),
        "entries_of": number(paper.entries_of) if paper.entries_of and paper.entries_of > len(paper.entries) else "",
        "definitions": halves(definitions(paper)),
    }


def secret_words(count: int) -> str:
    if not count:
        return ""
    said = (
        "är sekretessmarkerat: det är räknat i rapportens tal"
        if count == 1
        else "är sekretessmarkerade: de är räknade i rapportens tal"
    )
    return f"{number(count).capitalize()} {said} men står inte här."


def chapter_words(chapter: Chapter, paper: AnnualReportPaper) -> dict[str, Any]:
    exhibits = [exhibit_words(exhibit, paper.edition) for exhibit in chapter.exhibits]
    parts = [
        {
            "heading": part.heading,
            "paragraphs": [unbroken(text) for text in part.paragraphs],
            "points": [unbroken(text) for text in part.points],
        }
        for part in chapter.parts
    ]
    intro = [unbroken(text) for text in chapter.intro]
    # three stand wider than four, and five or six stand in two rows of three
    abreast = 3 if len(chapter.figures) in (3, 5, 6) else 4
    return {"intro": intro, "figures": chapter.figures, "abreast": abreast, "exhibits": exhibits, "parts": parts}


def exhibit_words(exhibit: ChartSpec | Table, edition: Edition) -> dict[str, Any]:
    if isinstance(exhibit, ChartSpec):
        return {"chart": exhibit, "alt": f"{exhibit.title}. {exhibit.chart.words()}"}
    return {
        "table": exhibit,
        "columns": [(column, column_class(column)) for column in exhibit.columns],
        "rows": [row_words(row, exhibit, edition) for row in exhibit.rows],
        "sum": row_words(exhibit.sum_row, exhibit, edition) if exhibit.sum_row else None,
    }


def row_words(row: Sequence[Cell], table: Table, edition: Edition) -> list[tuple[str, str]]:
    """The cells as text, each with its class: figures to the right, dates unbroken."""
    pairs = zip(row, table.columns, strict=True)
    return [(cell_words(cell, column, edition), column_class(column)) for cell, column in pairs]


def column_class(column: Column) -> str:
    return "n" if column.kind in TO_THE_RIGHT else "d" if column.kind == "date" else ""


def cell_words(cell: Cell, column: Column, edition: Edition) -> str:
    if column.kind == "direction" and (found := marks(edition, str(cell))):
        return format_html("{} {}", mark_html(found[0]), found[0].name)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return cell
    if cell is None:
        return DASH if column_class(column) == "n" else ""
    if column.kind == "change":
        return change(cell, 0, column.decimals)
    return number(cell, column.decimals) + (f"{NBSP}%" if column.kind == "percent" else "")


def mark_html(mark: Mark) -> SafeString:
    return format_html('<span class="m {} {}">{}</span>', mark.shape, "main" if mark.is_main else "other", mark.short)


def entry_groups(paper: AnnualReportPaper) -> Iterator[tuple[str, str, SafeString]]:
    """Kind, count and its entries as ready HTML: a template loop over 20 000 of them takes longer than the sorting."""
    order = {kind: place for place, kind in enumerate(dict.fromkeys(entry.kind for entry in paper.entries))}
    pattern = EMPHASISED if len(paper.entries) <= MOST_EMPHASISED else PLAIN

    @cache
    def marked(direction: str, others: tuple[str, ...]) -> str:
        found = marks(paper.edition, direction, others, paper.earlier)
        return " ".join(f"{mark.sign}{NBSP}{mark.short}" for mark in found)

    def cells(entry: Entry) -> tuple[str, str, str]:
        dnr = entry.registry_number
        facts = (marked(entry.direction, entry.others), entry.body, dnr.replace(" ", NBSP) if len(dnr) < 25 else dnr)
        return entry.key or DASH, entry.title, f"{NBSP}· ".join(filter(None, facts))

    in_order = sorted(paper.entries, key=lambda entry: order[entry.kind])
    for kind, group in groupby(in_order, key=lambda entry: entry.kind):
        same = list(group)
        yield kind, number(len(same)), format_html_join("\n", pattern, map(cells, same))


def definitions(paper: AnnualReportPaper) -> list[tuple[str, str]]:
    """What each figure counts, then the other words, alphabetically by neither: in the order of the report."""
    found = {
        figure.label + (f", {figure.unit}" if figure.unit else ""): figure.definition
        for figure in paper.figures().values()
    }
    found.update(paper.definitions)
    return [(word, meaning) for word, meaning in found.items() if meaning]


def halves(words: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Two columns of about equal length. Columns in CSS fill unevenly."""
    total, gone = sum(len(meaning) + 60 for _word, meaning in words), 0
    for place, (_word, meaning) in enumerate(words):
        gone += len(meaning) + 60
        if gone * 2 >= total:
            return [words[: place + 1], words[place + 1 :]]
    return [words, []]
