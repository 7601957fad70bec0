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
    "require_whole",
    "say",
]

HERE = Path(__file__).parent
CURRENT = "2016"  # the edition of 2021 is not at hand: domain section 2

_folders: list[Path] = [HERE]


def read_also(folder: Path | None) -> None:
    """Editions in this folder besides our own; None leaves only our own. Raises BrokenEdition when there is none."""
    if folder and not folder.is_dir():
        raise BrokenEdition(f"{folder} är ingen mapp: rätta STRATEGY_EDITIONS, eller skapa mappen")
    _folders[1:] = [folder] if folder else []
    _files.cache_clear()
    edition.cache_clear()


@cache
def _files() -> dict[str, Path]:
    """Every edition's file by its code. A name that begins with _ is a form to fill in, not an edition."""
    found: dict[str, Path] = {}
    for path in (path for folder in _folders for path in sorted(folder.glob("[!_]*.toml"))):
        if path.stem in found:
            raise BrokenEdition(f"{path}: utgåva {path.stem} finns redan i {found[path.stem]}. Ge den en egen kod")
        found[path.stem] = path
    return found


@cache
def edition(code: str = CURRENT) -> Edition:
    """The edition with this code, read from its file. Raises KeyError when there is none, BrokenEdition when wrong."""
    return read_edition(_files()[code])


def known() -> tuple[str, ...]:
    """Codes of all editions, the oldest first."""
    return tuple(sorted(_files(), key=lambda code: (edition(code).valid_from, code)))


def require_whole() -> None:
    """Every edition holds together, and its directions relate to those of another. Raises BrokenEdition."""
    for one in map(edition, known()):
        others = {direction.code for code in known() if code != one.code for direction in edition(code).directions}
        for direction in one.directions:
            for code in set(direction.relates_to) - others:
                raise BrokenEdition(
                    f"{one.code}.toml [[directions]] {direction.code}: relates_to {code!r} finns inte i någon annan "
                    f"utgåva. Skriv {', '.join(sorted(others))}"
                )


def in_force(*, on: date) -> Edition:
    """The edition new matters are judged under that day; the oldest one for a day before them all."""
    editions = [edition(code) for code in known()]
    begun = [one for one in editions if one.valid_from <= on]
    return ([one for one in begun if one.in_force(on=on)] or begun or editions[:1])[-1]
