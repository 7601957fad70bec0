"""From a data file to an edition. A file that does not hold together is refused with what is wrong and where.

`_form.toml` is the schema in words: every table and key, what it means and which are required.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, date, datetime
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

KINDS: dict[Any, str] = {
    str: 'en text inom citattecken, "…"',
    int: "ett heltal, utan citattecken",
    bool: "true eller false",
    dict: 'en tabell, { sv = "…" }',
    list: "en lista, [ … ]",
}


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
            self.broken(f"{name} saknas: skriv in det, se _form.toml")
        # a yes or no is an int to Python, but not to whoever wrote the file
        if value is not default and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            wanted = " eller ".join(KINDS.get(one, "") for one in (kind if isinstance(kind, tuple) else (kind,)))
            self.broken(f"{name} = {short(value)} är av fel slag: skriv {wanted}")
        return value

    def said(self, name: str, default: Any = ...) -> Said:
        value: Said = self.take(name, dict, default)
        if value and not (value.get("sv") and all(isinstance(text, str) for text in value.values())):
            self.broken(f'{name} saknar svensk text: skriv {name} = {{ sv = "…" }}')
        return value

    def codes(self, name: str) -> tuple[str, ...]:
        value = self.take(name, list, [])
        if not all(isinstance(one, str) for one in value):
            self.broken(f'{name} innehåller annat än koder: skriv {name} = ["…", "…"]')
        return tuple(value)

    def tables(self, name: str) -> "Iterator[Table]":
        value = self.left.get(name, [])
        if not (isinstance(value, list) and all(isinstance(one, dict) for one in value)):
            self.broken(f"{name} är ingen lista av tabeller: skriv [[{name}]] framför var och en")
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
            self.broken(f"{', '.join(sorted(self.left))} finns inte: rätta stavningen eller ta bort det, se _form.toml")


def short(value: object) -> str:
    return text if len(text := repr(value)) < 60 else f"{text[:60]}…"


def read_edition(path: Path) -> Edition:
    """The edition in a file. Raises BrokenEdition, which names the place in the file and what is wrong there."""
    try:
        file = Table(path.name, tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except tomllib.TOMLDecodeError as wrong:
        raise BrokenEdition(f"{path.name}: filen är inte skriven som TOML. Rätta raden: {wrong}") from wrong
    except UnicodeDecodeError as wrong:
        raise BrokenEdition(f"{path.name}: filen är inte sparad som UTF-8. Spara om den") from wrong
    edition = _edition(file)
    file.done()
    if edition.code != path.stem.lstrip("_"):
        file.broken(f"code = {edition.code!r} är inte filens namn: döp om filen eller skriv {path.stem!r}")
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
        valid_from=_day(file, "valid_from", first=True) or date.min,
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


def _day(file: Table, name: str, *, first: bool) -> date | None:
    """A date, or the year alone where no more is known: its first day, or its last."""
    value = file.left.pop(name, None)
    if value is None and not first:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and MINYEAR <= value <= MAXYEAR:
        return date(value, 1, 1) if first else date(value, 12, 31)
    if not isinstance(value, date) or isinstance(value, datetime):
        file.broken(f"{name} är ingen dag: skriv {name} = 2027-03-01, eller bara året")
    return value


def _direction(table: Table) -> Direction:
    return Direction(
        code=table.take("code", str),
        short=table.take("short", str),
        names=table.said("name"),
        purposes=table.said("purpose"),
        section=table.take("section", str, ""),
        source=table.take("source", str, ""),
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
        by_board=table.take("by_board", bool, False),
        coordinates=table.take("coordinates", str, None),
        handled_by=table.take("handled_by", str, None),
        prepares=table.codes("prepares"),
        consults=table.codes("consults"),
        reports=table.codes("reports"),
        section=table.take("section", str, ""),
        source=table.take("source", str, ""),
        reading=table.take("reading", bool, False),
        remarks=table.said("remark", {}),
    )


def _cases(table: Table) -> tuple[Mapping[str, tuple[object, ...]], ...]:
    """`when` is a table of facts, or a list of tables of which one is enough; yes and no are a fact's true and false."""
    value = table.left.pop("when", {})
    cases = value if isinstance(value, list) else [value]
    if not all(isinstance(case, dict) for case in cases):
        table.broken('when är ingen tabell: skriv when = { scope = "own_field" }')
    return tuple({name: _answers(table, name, said) for name, said in case.items()} for case in cases)


def _answers(table: Table, name: str, said: object) -> tuple[object, ...]:
    answers = said if isinstance(said, list) else [said]
    if not all(isinstance(one, str) for one in answers):
        table.broken(f'when {name} är inget svar: skriv {name} = "…" eller {name} = ["…", "…"]')
    return tuple(YES_NO.get(str(one), one) for one in answers)


def _check(table: Table) -> Check:
    return Check(
        id=table.take("id", str),
        names=table.said("name"),
        section=table.take("section", str, ""),
        source=table.take("source", str, ""),
        reading=table.take("reading", bool, False),
        parameters=table.take("parameters", dict, {}),
    )
