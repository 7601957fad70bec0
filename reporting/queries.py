"""All figures of a year, reckoned from the register as it is now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.translation import get_language

from engagements.strategy.editions import Edition, edition, in_force, known
from organisation.models import User
from reporting import counting, sources
from reporting.figures import Book, Ledger
from stockholm_intl.kit import clock
from stockholm_intl.kit.models import OPEN_JOB_STATES, Job

YEARS = 3
JOB_KIND = "annual_report"


def edition_of(year: int) -> Edition:
    """The edition of the strategy that a year is told by: the one in force when it ends, or today while it runs."""
    return in_force(on=min(date(year, 12, 31), max(date(year, 1, 1), clock.today())))


def earlier_editions(year: int) -> list[Edition]:
    """Those that a year's matters may have been judged under besides it, the newest first."""
    own = edition_of(year)
    return [one for code in reversed(known()) if (one := edition(code)) is not own and one.valid_from.year <= year]


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Everything read inside is the register at one moment. Inside another transaction that one decides."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@dataclass(frozen=True)
class Chapter:
    """What is counted together: the first words of its codes, and how."""

    codes: tuple[str, ...]
    count: Callable[[Ledger], None]


def directions(book: Ledger) -> None:
    year = book.years[-1]
    spans = list(sources.span_rows(book.years))
    counting.count_directions(book, spans, [edition_of(year), *earlier_editions(year)], get_language() or "sv")


CHAPTERS = (
    Chapter(("memberships",), lambda book: counting.count_memberships(book, sources.membership_rows(book.years))),
    Chapter(("agreements",), lambda book: counting.count_agreements(book, sources.agreement_rows(book.years))),
    Chapter(
        ("reviews",),
        lambda book: counting.count_reviews(book, sources.review_rows(book.years), sources.due_rows(book.years)),
    ),
    Chapter(("inputs",), lambda book: counting.count_influence(book, sources.influence_rows(book.years))),
    Chapter(
        ("funding", "projects"),
        lambda book: counting.count_funding(book, sources.money_rows(book.years), sources.project_rows(book.years)),
    ),
    Chapter(("visits", "visitors"), lambda book: counting.count_visits(book, sources.visit_rows(book.years))),
    Chapter(
        ("receptions", "conferences"),
        lambda book: counting.count_events(book, sources.reception_rows(book.years), sources.hosted_rows(book.years)),
    ),
    Chapter(
        ("meetings", "decisions"),
        lambda book: counting.count_board(book, sources.meeting_rows(book.years), sources.decision_rows(book.years)),
    ),
    Chapter(("engagements", "directions"), directions),
)


def book_of(year: int, *, only: str | None = None) -> Book:
    """Every figure of the year beside the two years before. `only` takes the chapter that holds one code."""
    ledger = Ledger([year - back for back in reversed(range(YEARS))])
    first_word = only.partition(".")[0] if only else None
    for chapter in CHAPTERS:
        if first_word is None or first_word in chapter.codes:
            chapter.count(ledger)
    return Book(year, ledger.figures)


def open_jobs(by: User) -> list[Job]:
    """This person's reports that are being made, the newest first."""
    return list(Job.objects.filter(kind=JOB_KIND, requested_by=by, state__in=OPEN_JOB_STATES))
