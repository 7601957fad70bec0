"""Rows with history, saved and taken away so that it knows who, when and why, also outside a request."""

from datetime import datetime
from typing import Any


def keep(row: Any, *, by: Any, at: datetime, reason: str = "") -> None:
    row._history_date, row._history_user, row._change_reason = at, by, reason
    row.save()


def drop(row: Any, *, by: Any, at: datetime, reason: str) -> None:
    """Delete; what stood there stays in the history."""
    row._history_date, row._history_user, row._change_reason = at, by, reason
    row.delete()
