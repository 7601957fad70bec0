"""What a kind's own row, or a matter's decisions, know about an engagement: the router and the guard ask here.

The apps above register a function each in `AppConfig.ready`, so that engagements never looks upwards.
"""

from collections.abc import Callable, Mapping
from typing import Any

from engagements.models import Engagement

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
