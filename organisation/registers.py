"""The register of bodies as a file: what a row must say, and which rows do not hold together.

Nothing here reads or writes the database; `operations.load_bodies` does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from organisation.enums import BodyKind
from stockholm_intl.kit.csv_files import Refusal, Row, RowRefused

BODIES_FILE = Path(__file__).parent / "data" / "bodies.csv"
BODY_COLUMNS = ("code", "name_sv", "kind", "parent_code", "valid_from", "valid_to", "successor_code", "source")
REASON = "Registerladdning"


@dataclass(frozen=True)
class BodyRow:
    line: int
    code: str
    name: str
    kind: BodyKind
    parent: str
    successor: str
    valid_from: date | None
    valid_to: date | None
    source: str

    @property
    def links(self) -> list[str]:
        return [code for code in (self.parent, self.successor) if code]


@dataclass
class Tally:
    """What a load did, in the words the command prints."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        refused = [refusal.as_dict() for refusal in sorted(self.refused, key=lambda refusal: refusal.line)]
        return {"added": self.added, "changed": self.changed, "unchanged": self.unchanged, "refused": refused}


def read_body(row: Row) -> BodyRow:
    """One body. Raises RowRefused."""
    body = BodyRow(
        line=row.line,
        code=required(row, "code", most=20),
        name=required(row, "name_sv", most=120),
        kind=kind_of(row["kind"]),
        parent=row["parent_code"],
        successor=row["successor_code"],
        valid_from=day(row, "valid_from"),
        valid_to=day(row, "valid_to"),
        source=required(row, "source", most=2000),
    )
    if body.valid_from and body.valid_to and body.valid_to < body.valid_from:
        raise RowRefused(
            _("Slutet %(end)s ligger före början %(start)s.") % {"end": body.valid_to, "start": body.valid_from}
        )
    if body.code in body.links:
        raise RowRefused(_("Organet %(code)s pekar på sig självt.") % {"code": body.code})
    return body


def required(row: Row, column: str, *, most: int) -> str:
    value = row[column]
    if not value:
        raise RowRefused(_("%(column)s saknas.") % {"column": column})
    if len(value) > most:
        raise RowRefused(
            _("%(column)s är för lång: %(found)s tecken, högst %(most)s.")
            % {"column": column, "found": len(value), "most": most}
        )
    return value


def kind_of(text: str) -> BodyKind:
    try:
        return BodyKind(text)
    except ValueError:
        raise RowRefused(_("Okänt slag av organ: ”%(kind)s”.") % {"kind": text[:40]}) from None


def day(row: Row, column: str) -> date | None:
    text = row[column]
    if not text:
        return None
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        found = None
    if found is None or not 1800 <= found.year <= 2100:
        raise RowRefused(
            _("%(column)s är inget datum: ”%(text)s”. Skriv det som 2023-07-01.")
            % {"column": column, "text": text[:40]}
        )
    return found


def sound_rows(rows: Iterable[BodyRow], known: Mapping[str, list[str]]) -> tuple[list[BodyRow], list[Refusal]]:
    """Rows that can be saved, what they point at first, and those that cannot.

    `known` is what the register has already: each code with the codes it points at.
    """
    unique: dict[str, BodyRow] = {}
    refused: list[Refusal] = []
    for row in rows:
        if row.code in unique:
            first = unique[row.code].line
            refused.append(
                Refusal(row.line, _("Koden %(code)s står redan på rad %(line)s.") % {"code": row.code, "line": first})
            )
        else:
            unique[row.code] = row
    refused += drop_cycles(unique, known)
    refused += drop_dangling(unique, known)
    return links_first(unique), refused


def drop_cycles(rows: dict[str, BodyRow], known: Mapping[str, list[str]]) -> list[Refusal]:
    """Take out the rows that by parents and successors come back to themselves."""
    links = {**known, **{code: row.links for code, row in rows.items()}}
    found = [row for row in rows.values() if row.code in reached_from(row.links, links)]
    for row in found:
        del rows[row.code]
    return [Refusal(row.line, _("Organet %(code)s ligger under sig självt.") % {"code": row.code}) for row in found]


def reached_from(codes: list[str], links: Mapping[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    todo = list(codes)
    while todo:
        code = todo.pop()
        if code not in seen:
            seen.add(code)
            todo += links.get(code, [])
    return seen


def drop_dangling(rows: dict[str, BodyRow], known: Mapping[str, list[str]]) -> list[Refusal]:
    """Take out rows that point at nothing; a row that falls may take those below it along."""
    refused: list[Refusal] = []
    while True:
        lost = {
            row.code: next((code for code in row.links if code not in rows and code not in known), "")
            for row in rows.values()
        }
        if not any(lost.values()):
            return refused
        for code, missing in lost.items():
            if missing:
                row = rows.pop(code)
                refused.append(
                    Refusal(row.line, _("Organet %(code)s, som raden pekar på, finns inte.") % {"code": missing})
                )


def links_first(rows: dict[str, BodyRow]) -> list[BodyRow]:
    """Parents and successors before those that point at them, whatever the order of the file."""
    ordered: dict[str, BodyRow] = {}
    while len(ordered) < len(rows):
        ready = [row for code, row in rows.items() if code not in ordered]
        for row in ready:
            if all(code in ordered or code not in rows for code in row.links):
                ordered[row.code] = row
    return list(ordered.values())
