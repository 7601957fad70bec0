"""What a kind's own row, or a matter's decisions, know about an engagement: the router and the guard ask here.

The apps above register a function each in `AppConfig.ready`, so that engagements never looks upwards.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from engagements.models import Engagement, Judgement
from engagements.strategy.evidence import Written
from stockholm_intl.kit import clock

Gatherer = Callable[[Engagement], Mapping[str, Any]]
DatedGatherer = Callable[[Engagement, date], Mapping[str, Any]]

_gatherers: list[DatedGatherer] = []


def gathers(gatherer: DatedGatherer) -> DatedGatherer:
    """Register a function that answers with what it knows about an engagement on a day; nothing for kinds not its own."""
    if gatherer not in _gatherers:
        _gatherers.append(gatherer)
    return gatherer


# The guard asks for more than the router, and more seldom: each of these may cost a few queries.
_witnesses: list[Gatherer] = []


def witnesses(gatherer: Gatherer) -> Gatherer:
    """Register a function that tells the checks what it knows; nothing for kinds not its own."""
    if gatherer not in _witnesses:
        _witnesses.append(gatherer)
    return gatherer


class Dossier:
    """What is known of an engagement, each part asked for once.

    Made for one page or one answer and thrown away with it: it does not see what is written in between.
    """

    def __init__(self, engagement: Engagement, *, on: date | None = None) -> None:
        """`on` is the day it is asked about, today unless said otherwise."""
        self.engagement, self.on = engagement, on or clock.today()

    @cached_property
    def gathered(self) -> dict[str, Any]:
        """Everything the apps know, by the names of the router's facts."""
        told = (gatherer(self.engagement, self.on) for gatherer in _gatherers)
        return {name: value for one in told for name, value in one.items()}

    @cached_property
    def witnessed(self) -> dict[str, Any]:
        """Everything the apps tell the checks, by the names of `engagements.strategy.evidence`."""
        return {name: value for gatherer in _witnesses for name, value in gatherer(self.engagement).items()}

    @cached_property
    def answers(self) -> dict[str, list[Judgement]]:
        """What people have answered to each check and each question of the router, newest first, deviations among them."""
        if self.engagement.pk is None:
            return {}
        return self.sorted(standing([self.engagement.pk]))

    def sorted(self, rows: Iterable[Judgement]) -> dict[str, list[Judgement]]:
        found: dict[str, list[Judgement]] = {}
        for row in sorted(rows, key=age, reverse=True):
            found.setdefault(row.subject, []).append(self.own(row))
        return found

    @cached_property
    def judgements(self) -> dict[str, Judgement]:
        """The latest judgement of each check and each question of the router, with whoever made it and why."""
        judged = {name: [row for row in rows if not row.is_deviation] for name, rows in self.answers.items()}
        return {name: rows[0] for name, rows in judged.items() if rows}

    def own(self, row: Judgement) -> Judgement:
        """The row with this engagement, as its reader may read it, and not one fetched anew."""
        row.engagement = self.engagement
        return row


def dossiers(engagements: Collection[Engagement]) -> list[Dossier]:
    """One of each, for a list: what people have answered is fetched for all of them at once."""
    rows: dict[int, list[Judgement]] = {}
    for row in standing([engagement.pk for engagement in engagements]) if engagements else ():
        rows.setdefault(row.engagement_id, []).append(row)
    found = [Dossier(engagement) for engagement in engagements]
    for dossier in found:
        dossier.answers = dossier.sorted(rows.get(dossier.engagement.pk, []))
    return found


def standing(ids: Collection[int]) -> QuerySet[Judgement]:
    return Judgement.objects.filter(engagement__in=ids).standing().select_related("by", "body__successor")


def age(row: Judgement) -> tuple[datetime, int]:
    """Two of the same moment came in the order they were written."""
    return row.at, row.pk


def last_written(row: Any, *names: str) -> Written | None:
    """Who last changed these fields of a row and when, by its history; None when there is none."""
    now = {name: getattr(row, name) for name in names}
    rows = row.history.order_by("history_date", "history_id")
    other = rows.exclude(**now).last()
    if other:
        same_moment = Q(history_date=other.history_date, history_id__gt=other.history_id)
        rows = rows.filter(Q(history_date__gt=other.history_date) | same_moment)
    first = rows.filter(**now).first()
    return Written(first.history_user_id, first.history_date) if first else None
