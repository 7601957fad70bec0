"""A chart or a table of the paper as text: figures to the right, dates unbroken, directions with their mark."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from engagements.strategy.editions import Edition
from engagements.strategy.marks import Mark, marks
from reporting.papers import Cell, ChartSpec, Column, Table
from stockholm_intl.kit.swedish import DASH, NBSP, change, number

TO_THE_RIGHT = frozenset({"number", "change", "percent", "figure"})


def exhibit_words(exhibit: ChartSpec | Table, edition: Edition) -> dict[str, Any]:
    if isinstance(exhibit, ChartSpec):
        return {"chart": exhibit, "alt": f"{exhibit.title}. {exhibit.chart.words()}"}
    return {
        "table": exhibit,
        "columns": [(column, column_class(column)) for column in exhibit.columns],
        "rows": [row_words(row, exhibit, edition) for row in exhibit.rows],
        "sum": row_words(exhibit.sum_row, exhibit, edition) if exhibit.sum_row else None,
    }


def row_words(row: Sequence[Cell], table: Table, edition: Edition) -> list[tuple[str, str]]:
    """The cells as text, each with its class: figures to the right, dates unbroken."""
    pairs = zip(row, table.columns, strict=True)
    return [(cell_words(cell, column, edition), column_class(column)) for cell, column in pairs]


def column_class(column: Column) -> str:
    return "n" if column.kind in TO_THE_RIGHT else "d" if column.kind == "date" else ""


def cell_words(cell: Cell, column: Column, edition: Edition) -> str:
    if column.kind == "direction" and (found := marks(edition, str(cell))):
        return format_html("{} {}", mark_html(found[0]), found[0].name)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return cell
    if cell is None:
        return DASH if column_class(column) == "n" else ""
    if column.kind == "change":
        return change(cell, 0, column.decimals)
    return number(cell, column.decimals) + (f"{NBSP}%" if column.kind == "percent" else "")


def mark_html(mark: Mark) -> SafeString:
    return format_html('<span class="m {} {}">{}</span>', mark.shape, "main" if mark.is_main else "other", mark.short)
