"""Everything a year's paper is made of, read from the register at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from engagements.enums import Kind
from engagements.masking import cover_values
from engagements.models import Engagement
from engagements.strategy.editions import Edition
from reporting.figures import Book
from reporting.lives import ongoing
from reporting.papers import Entry
from reporting.queries import book_of, earlier_editions, edition_of, one_snapshot

# Figures small enough for the text to name what they are made of.
NAMED = ("memberships.new", "memberships.ended", "memberships.posts", "conferences", "visits.state", "inputs")
MOST_NAMED = 200
NAMED_COLUMNS = (
    "id", "title", "counterpart", "body__name", "country", "membership__post_of_trust", "euinfluence__submitted_on",
    "euinfluence__form", "euinfluence__result", "secret_fields",
)  # fmt: skip
ENTRY_COLUMNS = (
    "kind", "body__name", "title", "key", "registry_number", "main_direction", "other_directions", "secret_fields",
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """An engagement that the paper may name: never a secret one."""

    id: int
    title: str
    counterpart: str
    body: str
    country: str
    post: str
    on: date | None
    form: str
    result: str


@dataclass(frozen=True)
class Material:
    book: Book
    edition: Edition
    named: dict[int, Named]
    entries: tuple[Entry, ...]
    is_sample: bool
    earlier: tuple[Edition, ...] = ()
    # how many of the year's engagements are secret: counted, and not among the entries
    secret: int = 0

    def names(self, code: str) -> list[Named]:
        """What is behind a figure, as far as it may be named, in the figure's own order."""
        return [self.named[pk] for pk in self.book[code].ids if pk in self.named]


def material_of(year: int) -> Material:
    with one_snapshot():
        book = book_of(year)
        ids = {pk for code in NAMED for pk in book[code].ids[:MOST_NAMED]}
        earlier = tuple(earlier_editions(year))
        secret = ongoing((year,)).filter(is_secret=True).count()
        return Material(book, edition_of(year), named(ids), tuple(entries(year)), is_sample(year), earlier, secret)


def named(ids: Iterable[int]) -> dict[int, Named]:
    found = Engagement.objects.filter(id__in=list(ids), is_secret=False).values(*NAMED_COLUMNS)
    return {row["id"]: Named(*(row[name] for name in NAMED_COLUMNS[:-1])) for row in map(plain, found)}


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what is marked secret in it: a report is read by everybody."""
    return {
        name: value if value is not None or name.endswith("_on") else "" for name, value in cover_values(row).items()
    }


def entries(year: int) -> list[Entry]:
    """The year's engagements for the appendix, kind by kind and body by body; secret ones are left out."""
    kinds = {kind.value: (place, str(kind.label)) for place, kind in enumerate(Kind)}
    found = ongoing((year,)).filter(is_secret=False)
    rows = [plain(row) for row in found.values(*ENTRY_COLUMNS)]
    rows.sort(key=lambda row: (kinds[row["kind"]][0], row["body__name"], row["title"], row["key"]))
    return [
        Entry(
            row["title"], kinds[row["kind"]][1], row["body__name"], row["key"], row["registry_number"],
            row["main_direction"], tuple(row["other_directions"]),
        )
        for row in rows
    ]  # fmt: skip


def is_sample(year: int) -> bool:
    return bool(ongoing((year,)).filter(is_sample=True).exists())
