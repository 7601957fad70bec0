"""The annual report as a paper, under the city's four headings (domain section 9), with the directions as second axis.

Plain data: every text and number is reckoned elsewhere, and stands here only to be printed (reporting.typesetting).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from engagements.strategy.editions import Edition
from reporting.sentences import KeyFigure
from stockholm_intl.kit.charts import Chart

COOPERATION = "Samarbete i internationella organisationer och nätverk"
LEGISLATION = "EU-lagstiftning med påverkan på Stockholm"
FUNDING = "EU-finansiering"
VISITS = "Internationella besök och evenemang"
DIRECTIONS = "Strategins inriktningar"

Cell = str | int | Decimal | date | None
# "figure" is a number that is written already, unit and all
Kind = Literal["text", "number", "change", "percent", "figure", "date", "direction"]
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
