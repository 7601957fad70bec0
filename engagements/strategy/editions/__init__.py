"""Editions of the strategy: one reviewed TOML file each. An engagement keeps the edition it was judged under.

More editions can stand in a folder outside the code (setting STRATEGY_EDITIONS): `read_also` adds it.
"""

from datetime import date
from functools import cache
from pathlib import Path

from engagements.strategy.editions.reading import BrokenEdition, read_edition
from engagements.strategy.editions.shapes import Check, Choice, Direction, Edition, Principle, Question, Row, say

__all__ = [
    "CURRENT",
    "BrokenEdition",
    "Check",
    "Choice",
    "Direction",
    "Edition",
    "Principle",
    "Question",
    "Row",
    "edition",
    "in_force",
    "known",
    "read_also",
    "say",
]

HERE = Path(__file__).parent
CURRENT = "2016"  # the edition of 2021 is not at hand: domain section 2

_folders: list[Path] = [HERE]


def read_also(folder: Path | None) -> None:
    """Editions in this folder besides our own; None leaves only our own."""
    _folders[1:] = [folder] if folder else []
    _files.cache_clear()
    edition.cache_clear()


@cache
def _files() -> dict[str, Path]:
    """Every edition's file by its code. A name that begins with _ is a form to fill in, not an edition."""
    return {path.stem: path for folder in _folders for path in sorted(folder.glob("[!_]*.toml"))}


@cache
def edition(code: str = CURRENT) -> Edition:
    """The edition with this code, read from its file. Raises KeyError when there is none, BrokenEdition when wrong."""
    return read_edition(_files()[code])


def known() -> tuple[str, ...]:
    """Codes of all editions, the oldest first."""
    return tuple(sorted(_files(), key=lambda code: (edition(code).valid_from, code)))


def in_force(*, on: date) -> Edition:
    """The edition new matters are judged under that day; the oldest one for a day before them all."""
    editions = [edition(code) for code in known()]
    begun = [one for one in editions if one.valid_from <= on]
    return ([one for one in begun if one.in_force(on=on)] or begun or editions[:1])[-1]
