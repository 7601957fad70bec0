"""Whom a marked matter must name: it waits somewhere for their words, and nobody else can write them there."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _

from engagements.models import Engagement
from engagements.rules import Incomplete
from organisation.models import User
from stockholm_intl.kit.swedish import listed

# What the apps above know: where a matter waits for somebody to write, who that is, by what the place is called.
_needed: list[Callable[..., dict[str, list[User]]]] = []


def readers_needed_by(told: Callable[..., dict[str, list[User]]]) -> None:
    """Register `told(engagement, on=)`: by place those of whom one must be named while the matter waits there."""
    if told not in _needed:
        _needed.append(told)


def readers_needed(engagement: Engagement, *, on: date) -> dict[str, list[User]]:
    return {place: people for told in _needed for place, people in told(engagement, on=on).items()}


def require_needed(engagement: Engagement, named: Collection[int], *, on: date) -> None:
    """Raises Incomplete when it waits at a meeting whose secretary would not read it: the point could not be closed."""
    for place, people in readers_needed(engagement, on=on).items():
        if not any(person.pk in named for person in people):
            said = _(
                "Ärendet står på dagordningen för %(place)s. Namnge mötets sekreterare som läsare (%(names)s), "
                "eller be att punkten tas bort därifrån först."
            ) % {"place": place, "names": one_of(people)}
            raise Incomplete(said, {"readers": said})


def one_of(people: Iterable[User]) -> str:
    return listed([str(person) for person in people], _("eller"))
