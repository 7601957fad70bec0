"""Everything a year's paper is made of, read from the register at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engagements.enums import Kind
from engagements.models import Engagement
from engagements.strategy.editions import Edition
from reporting.figures import Book
from reporting.lives import ongoing
from reporting.papers import Entry
from reporting.queries import book_of, edition_of, one_snapshot

# Figures small enough for the text to name what they are made of.
NAMED = ("memberships.new", "memberships.ended", "memberships.posts", "conferences", "visits.state", "inputs")
MOST_NAMED = 200


@dataclass(frozen=True)
class Named:
    """An engagement that the paper may name: never a secret one."""

    id: int
    title: str
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

    def names(self, code: str) -> list[Named]:
        """What is behind a figure, as far as it may be named, in the figure's own order."""
        return [self.named[pk] for pk in self.book[code].ids if pk in self.named]


def material_of(year: int) -> Material:
    with one_snapshot():
        book = book_of(year)
        ids = {pk for code in NAMED for pk in book[code].ids[:MOST_NAMED]}
        return Material(book, edition_of(year), named(ids), tuple(entries(year)), is_sample(year))


def named(ids: Iterable[int]) -> dict[int, Named]:
    found = Engagement.objects.filter(id__in=list(ids), is_secret=False).values_list(
        "id",
        "title",
        "body__name",
        "country",
        "membership__post_of_trust",
        "euinfluence__submitted_on",
        "euinfluence__form",
        "euinfluence__result",
    )
    return {pk: Named(pk, title, body, country, post or "", on, form or "", result or "")
            for pk, title, body, country, post, on, form, result in found}  # fmt: skip


def entries(year: int) -> list[Entry]:
    """The year's engagements for the appendix, kind by kind and body by body; secret ones are left out."""
    kinds = {kind.value: (place, str(kind.label)) for place, kind in enumerate(Kind)}
    found = ongoing((year,)).filter(is_secret=False)
    rows = found.values_list(
        "kind", "body__name", "title", "key", "registry_number", "main_direction", "other_directions"
    )
    return [
        Entry(title, kinds[kind][1], body, key, registry_number, main, tuple(others))
        for kind, body, title, key, registry_number, main, others in sorted(
            rows, key=lambda row: (kinds[row[0]][0], row[1], row[2], row[3])
        )
    ]


def is_sample(year: int) -> bool:
    return bool(ongoing((year,)).filter(is_sample=True).exists())
