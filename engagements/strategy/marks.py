"""The directions as they are marked: the shape each has, and in a row the main one first, then the others.

There are four shapes, one for each direction of 2016. A direction that another edition adds borrows one that none of its
own has; with more directions than shapes, the circle.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from engagements.strategy.editions import Direction, Edition

# Shapes as signs, for lists so long that a picture a mark costs too much: filled for the main one, outlined for others.
SIGNS = {"profilering": "▲△", "omvarldsbevakning": "●○", "samverkan": "■□", "paverkan": "▶▷"}
CIRCLE = "omvarldsbevakning"


@dataclass(frozen=True)
class Mark:
    code: str
    short: str
    name: str
    is_main: bool
    shape: str = CIRCLE  # the direction of 2016 whose shape it is
    purpose: str = ""

    @property
    def sign(self) -> str:
        """■ or □."""
        return SIGNS[self.shape][0 if self.is_main else 1]


@cache
def shapes_of(edition: Edition) -> Mapping[str, str]:
    """By direction the one of 2016 whose shape it has."""
    codes = [direction.code for direction in edition.directions]
    free = [code for code in SIGNS if code not in codes]
    return {code: code if code in SIGNS else free.pop(0) if free else CIRCLE for code in codes}


def marks(
    edition: Edition, main: str, others: Collection[str] = (), earlier: Iterable[Edition] = ()
) -> tuple[Mark, ...]:
    """Those of the edition in its own order, then those that only an earlier one has. Codes that none has are left out."""
    known: dict[str, tuple[Direction, str]] = {}
    for one in (edition, *earlier):
        for direction in one.directions:
            known.setdefault(direction.code, (direction, shapes_of(one)[direction.code]))
    chosen = [(main, True)] if main in known else []
    chosen += [(code, False) for code in known if code in others and code != main]
    return tuple(mark_of(*known[code], is_main=is_main) for code, is_main in chosen)


def mark_of(direction: Direction, shape: str, *, is_main: bool = True) -> Mark:
    return Mark(direction.code, direction.short, direction.name(), is_main, shape, direction.purpose())


def key_of(edition: Edition) -> list[Mark]:
    """What each mark means."""
    return [mark_of(direction, shapes_of(edition)[direction.code]) for direction in edition.directions]


def keys_of_earlier(
    edition: Edition, earlier: Sequence[Edition], used: Collection[str]
) -> list[tuple[Edition, list[Mark]]]:
    """The same for the marks on a paper that only an earlier edition has."""
    told = {direction.code for direction in edition.directions}
    found = []
    for one in earlier:
        marks_of_it = [mark for mark in key_of(one) if mark.code in used and mark.code not in told]
        told |= {mark.code for mark in marks_of_it}
        found.append((one, marks_of_it))
    return [(one, shown) for one, shown in found if shown]
