"""What a kind's own row, or a matter's decisions, know about an engagement: the router and the guard ask here.

The apps above register a function each in `AppConfig.ready`, so that engagements never looks upwards.
"""

from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Any

from engagements.models import Engagement
from engagements.strategy.evidence import Written

Gatherer = Callable[[Engagement], Mapping[str, Any]]

_gatherers: list[Gatherer] = []


def gathers(gatherer: Gatherer) -> Gatherer:
    """Register a function that answers with what it knows about an engagement; nothing for kinds not its own."""
    if gatherer not in _gatherers:
        _gatherers.append(gatherer)
    return gatherer


def gathered(engagement: Engagement) -> dict[str, Any]:
    """Everything the apps know, by the names of the router's facts and the guard's evidence."""
    found: dict[str, Any] = {}
    for gatherer in _gatherers:
        found.update(gatherer(engagement))
    return found


# The guard asks for more than the router, and more seldom: each of these may cost a few queries.
_witnesses: list[Gatherer] = []


def witnesses(gatherer: Gatherer) -> Gatherer:
    """Register a function that tells the checks what it knows; nothing for kinds not its own."""
    if gatherer not in _witnesses:
        _witnesses.append(gatherer)
    return gatherer


def witnessed(engagement: Engagement) -> dict[str, Any]:
    """Everything the apps tell the checks, by the names of `engagements.strategy.evidence`."""
    found: dict[str, Any] = {}
    for gatherer in _witnesses:
        found.update(gatherer(engagement))
    return found


def last_written(row: Any, *names: str) -> Written | None:
    """Who last changed these fields of a row and when, by its history; None when there is none."""
    rows = list(row.history.order_by("-history_date", "-history_id")[:50])
    now = [getattr(row, name) for name in names]
    kept = takewhile(lambda then: [getattr(then, name) for name in names] == now, rows)
    found = list(kept)
    return Written(found[-1].history_user_id, found[-1].history_date) if found else None
