"""Editions of the strategy: one reviewed TOML file each. An engagement keeps the edition it was judged under."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
CURRENT = "2016"  # the edition of 2021 is not at hand: domain section 2


@dataclass(frozen=True)
class Direction:
    code: str
    short: str
    names: dict[str, str]
    purposes: dict[str, str]
    section: str

    def name(self, language: str = "sv") -> str:
        return self.names.get(language, self.names["sv"])

    def purpose(self, language: str = "sv") -> str:
        return self.purposes.get(language, self.purposes["sv"])


@dataclass(frozen=True)
class Edition:
    code: str
    name: str
    registry_number: str
    in_force_from_year: int
    review_interval_months: int
    source: str
    directions: tuple[Direction, ...]

    def direction(self, code: str) -> Direction:
        """The direction with this code. Raises KeyError for a code the edition does not have."""
        return {direction.code: direction for direction in self.directions}[code]


@cache
def edition(code: str = CURRENT) -> Edition:
    """The edition with this code, read from its file. Raises KeyError when there is none."""
    path = HERE / f"{code}.toml"
    if code not in known():
        raise KeyError(code)
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    directions = tuple(
        Direction(d["code"], d["short"], d["name"], d["purpose"], d["section"]) for d in data.pop("directions")
    )
    return Edition(**data, directions=directions)


@cache
def known() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in HERE.glob("*.toml")))
