"""Whom a marked matter must name: it waits somewhere for their words, and nobody else can write them there."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from engagements.models import Engagement
from engagements.rules import Incomplete
from organisation.models import User
from stockholm_intl.kit.swedish import listed


@dataclass(frozen=True)
class Needed:
    """Of `people` one must be named. `said` tells in Swedish, to who marks, where it waits and what to do."""

    people: list[User]
    said: str


_needed: list[Callable[..., list[Needed]]] = []


def readers_needed_by(told: Callable[..., list[Needed]]) -> Callable[..., list[Needed]]:
    """Register `told(engagement, on=)`: whom it must name while it waits at a place that the module knows of."""
    if told not in _needed:
        _needed.append(told)
    return told


def readers_needed(engagement: Engagement, *, on: date) -> list[Needed]:
    return [needed for told in _needed for needed in told(engagement, on=on)]


def require_needed(engagement: Engagement, named: Collection[int], *, on: date) -> None:
    """Raises Incomplete when it waits where nobody who writes would read it: it could not be decided there."""
    for needed in readers_needed(engagement, on=on):
        if not any(person.pk in named for person in needed.people):
            raise Incomplete(needed.said, {"readers": needed.said})


def one_of(people: Iterable[User]) -> str:
    return listed([str(person) for person in people], _("eller"))
