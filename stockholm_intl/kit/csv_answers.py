"""A table to open in a spreadsheet: UTF-8 with BOM, semicolons (what a Swedish Excel expects), no cell that is a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

# A spreadsheet takes a text that begins so for a formula, also behind blanks and in its wide forms.
FORMULA = frozenset("=+-@\t\r\0|%")
YES_NO = {True: "ja", False: "nej"}


def csv_answer(name: str, header: Sequence[object], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """`name` is the file's name without its ending."""
    content = csv_text(header, rows).encode("utf-8-sig")
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"', "X-Content-Type-Options": "nosniff"},
    )


def csv_text(header: Sequence[object], rows: Iterable[Sequence[Any]]) -> str:
    written = io.StringIO(newline="")
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow([cell(one) for one in header])
    table.writerows([cell(one) for one in row] for row in rows)
    return written.getvalue()


def cell(value: Any) -> str:
    """The value as its reader would type it; what looks like a formula begins with an apostrophe instead."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return str(value).replace(".", ",")
    text = str(value).replace("\0", "")
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    # control and format signs (a BOM, a zero-width blank) are skipped by spreadsheets as blanks are
    first = next((sign for sign in text if sign in "\t\r" or not is_blank(sign)), "")
    return unicodedata.normalize("NFKC", first)[:1] in FORMULA if first else False


def is_blank(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cf", "Cc"}
