"""A number of the annual report, and the book that keeps all of them. Plain data: nothing here asks the database."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.text import slugify

from reporting.enums import Heading, Unit
from stockholm_intl.kit.swedish import alphabetical

CENT = Decimal("0.01")
LONGEST_SLUG = 50


@dataclass
class Amount:
    """What a figure is in one year, and what it is made of. `value` is None where there is nothing to share."""

    value: Decimal | None = Decimal(0)
    engagements: dict[int, None] = field(default_factory=dict)
    meetings: dict[int, None] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(self.engagements)

    @property
    def meeting_ids(self) -> tuple[int, ...]:
        return tuple(self.meetings)


@dataclass(frozen=True)
class Figure:
    """One number with the same definition for every year of the book. `term` names the definition it follows."""

    code: str
    label: str
    heading: Heading
    term: str
    years: Mapping[int, Amount]
    year: int
    group: str = ""
    unit: Unit = Unit.COUNT

    @property
    def name(self) -> str:
        """The label as it reads when the number stands alone."""
        return f"{self.group}: {self.label}" if self.group else self.label

    @property
    def value(self) -> Decimal | None:
        return self.years[self.year].value

    @property
    def previous(self) -> Decimal | None:
        return self.years[self.year - 1].value

    @property
    def ids(self) -> tuple[int, ...]:
        return self.years[self.year].ids

    @property
    def meeting_ids(self) -> tuple[int, ...]:
        return self.years[self.year].meeting_ids

    @property
    def is_empty(self) -> bool:
        return not any(amount.value for amount in self.years.values())


class Ledger:
    """Counts several years in one pass. Figures are opened first, in the order they are read; then things are added."""

    def __init__(self, years: Sequence[int]) -> None:
        self.years = tuple(years)
        self.figures: dict[str, Figure] = {}

    def open(
        self, code: str, label: object, heading: Heading, term: str, *, group: object = "", unit: Unit = Unit.COUNT
    ) -> None:
        amounts = {year: Amount() for year in self.years}
        self.figures[code] = Figure(code, str(label), heading, term, amounts, self.years[-1], str(group), unit)

    def open_group(
        self,
        prefix: str,
        labels: Mapping[str, object],
        heading: Heading,
        term: str,
        *,
        group: object,
        unit: Unit = Unit.COUNT,
    ) -> None:
        for ending, label in labels.items():
            self.open(f"{prefix}.{ending}", label, heading, term, group=group, unit=unit)

    def add(
        self, code: str, year: int, engagement: int | None, amount: int | Decimal = 1, *, meeting: int | None = None
    ) -> None:
        entry = self.figures[code].years[year]
        entry.value = (entry.value or 0) + Decimal(amount)
        if engagement is not None:
            entry.engagements[engagement] = None
        if meeting is not None:
            entry.meetings[meeting] = None

    def divide(self, code: str, part: str, whole: str, *, times: int = 1) -> None:
        """Fill an opened figure with part / whole for each year; the list behind it is the part's."""
        for year in self.years:
            above, below = self.figures[part].years[year], self.figures[whole].years[year]
            share = self.figures[code].years[year]
            share.value = None
            if below.value:
                share.value = ((above.value or 0) * times / below.value).quantize(CENT, ROUND_HALF_UP)
            share.engagements = above.engagements


@dataclass(frozen=True)
class Book:
    """All figures of a year, with the years before it reckoned the same way."""

    year: int
    figures: Mapping[str, Figure]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(next(iter(self.figures.values())).years) if self.figures else (self.year,)

    def __getitem__(self, code: str) -> Figure:
        return self.figures[code]

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures.values())

    def value(self, code: str) -> Decimal:
        return self.figures[code].value or Decimal(0)

    def count(self, code: str) -> int:
        return int(self.value(code))

    def group(self, prefix: str) -> list[Figure]:
        """The figures right under a prefix, in the order they were opened."""
        depth = prefix.count(".") + 1
        return [one for one in self if one.code.startswith(f"{prefix}.") and one.code.count(".") == depth]

    def largest(self, prefix: str) -> list[Figure]:
        """The same with the largest first, and those that are empty all years left out."""
        filled = [one for one in self.group(prefix) if not one.is_empty]
        return sorted(filled, key=lambda one: (-(one.value or 0), -(one.previous or 0)))


def code_of(text: str) -> str:
    """The end of a code for a free text: what differs only in case and marks counts as the same."""
    slug = slugify(text)
    if slug and len(slug) <= LONGEST_SLUG:
        return slug
    digest = hashlib.sha256(text.strip().casefold().encode()).hexdigest()[:8]
    return f"{slug[: LONGEST_SLUG - 9]}-{digest}".lstrip("-")


def labels_of(texts: Iterable[str], missing: object) -> dict[str, object]:
    """Codes and labels for free texts, in Swedish order; the first spelling met is the one shown. Empty ones last."""
    found: dict[str, str] = {}
    empty = False
    for text in texts:
        if text.strip():
            found.setdefault(code_of(text), text.strip()[:1].upper() + text.strip()[1:])
        else:
            empty = True
    ordered: dict[str, object] = {
        code: found[code] for code in sorted(found, key=lambda code: alphabetical(found[code]))
    }
    return ordered | ({NONE: missing} if empty else {})


NONE = "utan"
OTHER_EDITION = "annan"


def ending(text: str) -> str:
    """The code a free text has within its group."""
    return code_of(text) if text.strip() else NONE
