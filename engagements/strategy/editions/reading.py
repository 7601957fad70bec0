"""From a data file to an edition. A file that does not hold together is refused with what is wrong and where.

`_form.toml` is the schema in words: every table and key, what it means and which are required.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from engagements.strategy.editions.consistency import problems
from engagements.strategy.editions.shapes import (
    YES_NO,
    Check,
    Choice,
    Direction,
    Edition,
    Principle,
    Question,
    Row,
    Said,
)


class BrokenEdition(ValueError):
    """The data file says something it cannot mean."""


class Table:
    """One table of the file, taken key by key; a key that nobody takes is a mistake in the file."""

    def __init__(self, where: str, data: Mapping[str, Any]) -> None:
        self.where, self.left = where, dict(data)

    def broken(self, what: str) -> NoReturn:
        raise BrokenEdition(f"{self.where}: {what}")

    def take(self, name: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        value = self.left.pop(name, default)
        if value is ...:
            self.broken(f"{name} is missing")
        # a yes or no is an int to Python, but not to whoever wrote the file
        if value is not default and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            self.broken(f"{name} = {value!r} is not of the right kind")
        return value

    def said(self, name: str, default: Any = ...) -> Said:
        value: Said = self.take(name, dict, default)
        if value and not (value.get("sv") and all(isinstance(text, str) for text in value.values())):
            self.broken(f"{name} needs a Swedish text (sv)")
        return value

    def codes(self, name: str) -> tuple[str, ...]:
        value = self.take(name, list, [])
        if not all(isinstance(one, str) for one in value):
            self.broken(f"{name} is a list of codes")
        return tuple(value)

    def tables(self, name: str) -> "Iterator[Table]":
        for number, data in enumerate(self.take(name, list, []), start=1):
            label = data.get("id") or data.get("code") or data.get("matter") or data.get("ask") or ""
            yield Table(f"{self.where} [[{name}]] {number} {label}".rstrip(), data)

    def each(self, name: str, read: "Callable[[Table], Any]") -> tuple[Any, ...]:
        found = []
        for table in self.tables(name):
            found.append(read(table))
            table.done()
        return tuple(found)

    def done(self) -> None:
        if self.left:
            self.broken(f"no such key: {', '.join(sorted(self.left))}")


def read_edition(path: Path) -> Edition:
    """The edition in a file. Raises BrokenEdition, which names the place in the file and what is wrong there."""
    try:
        file = Table(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BrokenEdition(f"{path.name}: {wrong}") from wrong
    edition = _edition(file)
    file.done()
    if edition.code != path.stem.lstrip("_"):
        file.broken(f"the code {edition.code!r} is not the name of the file")
    wrongs = problems(edition)
    if wrongs:
        raise BrokenEdition("\n".join(f"{path.name} {wrong}" for wrong in wrongs))
    return edition


def _edition(file: Table) -> Edition:
    words = Table(f"{file.where} [words]", file.take("words", dict, {}))
    return Edition(
        code=file.take("code", str),
        name=file.take("name", str),
        registry_number=file.take("registry_number", str, ""),
        valid_from=_day(file, "valid_from", first=True),
        valid_to=_day(file, "valid_to", first=False),
        review_interval_months=file.take("review_interval_months", int),
        source=file.take("source", str),
        notices=file.said("notice", {}),
        directions=file.each("directions", _direction),
        principles=file.each("principles", _principle),
        instruments=file.each("instruments", _choice),
        questions=file.each("questions", _question),
        matrix=file.each("matrix", _row),
        steps=file.each("steps", _row),
        checks=file.each("checks", _check),
        words={code: words.said(code) for code in list(words.left)},
    )


def _day(file: Table, name: str, *, first: bool) -> Any:
    """A date, or the year alone where no more is known: its first day, or its last."""
    value = file.take(name, (date, int), ... if first else None)
    if isinstance(value, int):
        return date(value, 1, 1) if first else date(value, 12, 31)
    return value


def _direction(table: Table) -> Direction:
    return Direction(
        code=table.take("code", str),
        short=table.take("short", str),
        names=table.said("name"),
        purposes=table.said("purpose"),
        section=table.take("section", str),
        relates_to=table.codes("relates_to"),
    )


def _principle(table: Table) -> Principle:
    return Principle(
        code=table.take("code", str),
        texts=table.said("text"),
        section=table.take("section", str, ""),
        source=table.take("source", str, ""),
    )


def _choice(table: Table) -> Choice:
    return Choice(
        code=table.take("code", str),
        names=table.said("name"),
        matter=table.take("matter", str, ""),
        decides=table.take("decides", str, ""),
        handled_by=table.take("handled_by", str, None),
    )


def _question(table: Table) -> Question:
    return Question(
        code=table.take("code", str),
        texts=table.said("text"),
        choices=table.each("choices", _choice),
        is_judgement=table.take("is_judgement", bool, False),
    )


def _row(table: Table) -> Row:
    return Row(
        matter=table.take("matter", str, ""),
        names=table.said("name", {}),
        instruments=table.codes("instruments"),
        when=_cases(table),
        decides=table.take("decides", str, ""),
        ask=table.take("ask", str, ""),
        coordinates=table.take("coordinates", str, None),
        handled_by=table.take("handled_by", str, None),
        prepares=table.codes("prepares"),
        consults=table.codes("consults"),
        reports=table.codes("reports"),
        section=table.take("section", str),
        source=table.take("source", str, ""),
        reading=table.take("reading", bool, False),
        remarks=table.said("remark", {}),
    )


def _cases(table: Table) -> tuple[Mapping[str, tuple[object, ...]], ...]:
    """`when` is a table of facts, or a list of tables of which one is enough; yes and no are a fact's true and false."""
    value = table.take("when", (dict, list), {})
    return tuple(
        {
            name: tuple(YES_NO.get(str(one), one) for one in (said if isinstance(said, list) else [said]))
            for name, said in case.items()
        }
        for case in (value if isinstance(value, list) else [value])
    )


def _check(table: Table) -> Check:
    return Check(
        id=table.take("id", str),
        names=table.said("name"),
        section=table.take("section", str, ""),
        source=table.take("source", str, ""),
        reading=table.take("reading", bool, False),
        parameters=table.take("parameters", dict, {}),
    )
