"""Reading the CSV files people hand us: any of the usual shapes, and each broken row told by its line.

A file that is no table at all raises CsvError. Inside a table a broken row is a Refusal and the rest goes on.
"""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from stockholm_intl.kit.text import Unfit, clean_text

MAX_BYTES = 20_000_000
MAX_CELL = 5_000
MAX_LINES_A_ROW = 200  # a quote that is never closed would otherwise swallow the rest of the file


class CsvError(Exception):
    """The file is no table we can read. The message is Swedish and says how to mend it."""


class RowRefused(Exception):
    """One row cannot be taken; the message says why."""


@dataclass(frozen=True)
class Refusal:
    line: int
    reason: str

    def as_dict(self) -> dict[str, int | str]:
        return {"line": self.line, "reason": self.reason}


@dataclass(frozen=True)
class Row:
    """Cells by column. `line` is where the row begins in the file; the header is line 1."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_rows(path: Path, *, columns: Collection[str]) -> tuple[list[Row], list[Refusal]]:
    """The rows of the file, and those too broken to be rows. Raises CsvError when `columns` are not there."""
    lines = list(io.StringIO(read_text(path), newline=""))
    delimiter, header, start = find_header(lines, columns)
    rows: list[Row] = []
    refused: list[Refusal] = []
    for line, cells in records(lines, delimiter, start):
        try:
            rows.append(Row(line, named(cells, header, columns)))
        except RowRefused as refusal:
            refused.append(Refusal(line, str(refusal)))
    return rows, refused


def read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CsvError(_("Filen är större än 20 megabyte. Dela den i flera."))
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise CsvError(_("Filen %(path)s finns inte.") % {"path": path}) from None
    except OSError:
        raise CsvError(_("Filen %(path)s går inte att läsa.") % {"path": path}) from None
    except UnicodeDecodeError:
        raise CsvError(_("Filen är inte text i UTF-8. Spara den som CSV UTF-8 och försök igen.")) from None


def find_header(lines: list[str], columns: Collection[str]) -> tuple[str, list[str], int]:
    """Delimiter, column names, and the line the table begins after."""
    if not any(line.strip() for line in lines):
        raise CsvError(_("Filen är tom."))
    headers = {mark: next(csv.reader(lines[:1], delimiter=mark), []) for mark in ",;\t"}
    mark, header = max(headers.items(), key=lambda pair: len(set(map(name_of, pair[1])) & set(columns)))
    names = [name_of(cell) for cell in header]
    if missing := [column for column in columns if column not in names]:
        raise CsvError(
            _("Filen är inte en tabell i rätt form. På första raden saknas: %(columns)s.")
            % {"columns": ", ".join(missing)}
        )
    if twice := sorted({name for name in names if name in columns and names.count(name) > 1}):
        raise CsvError(_("Kolumnen %(columns)s står två gånger.") % {"columns": ", ".join(twice)})
    return mark, names, 1


def name_of(cell: str) -> str:
    try:
        return clean_text(cell).lower()
    except Unfit:
        return ""


def records(lines: list[str], delimiter: str, start: int) -> Iterator[tuple[int, list[str] | str]]:
    """Line number and cells of each record; a string instead of cells says why it cannot be read."""
    at = start
    while at < len(lines):
        reader = csv.reader(lines[at : at + MAX_LINES_A_ROW], delimiter=delimiter, strict=True)
        try:
            cells: list[str] | str = next(reader)
        except csv.Error:
            # only this line is given up: the rows below it may be sound
            yield at + 1, _("Raden går inte att läsa: ett citattecken öppnas men stängs inte, eller stängs för tidigt.")
            at += 1
            continue
        if any(cell.strip() for cell in cells):
            yield at + 1, cells
        at += reader.line_num


def named(cells: list[str] | str, header: list[str], columns: Collection[str]) -> dict[str, str]:
    if isinstance(cells, str):
        raise RowRefused(cells)
    if len(cells) != len(header):
        raise RowRefused(
            _("Raden har %(found)s värden, men tabellen har %(wanted)s kolumner.")
            % {"found": len(cells), "wanted": len(header)}
        )
    return {column: clean(cell, column) for column, cell in zip(header, cells, strict=True) if column in columns}


def clean(text: str, column: str) -> str:
    """As a form would keep it; a text of only invisible characters is empty. Raises RowRefused."""
    if len(text) > MAX_CELL:
        raise RowRefused(
            _("%(column)s är för lång: %(found)s tecken, högst %(most)s.")
            % {"column": column, "found": len(text), "most": MAX_CELL}
        )
    try:
        return clean_text(text)
    except Unfit:
        raise RowRefused(_("%(column)s innehåller styrtecken som inte kan sparas.") % {"column": column}) from None
