"""Rows that stand from a day to a day; without a last day they stand until further notice."""

from datetime import date

from django.db.models import Q


def not_ended(on: date, row: str = "") -> Q:
    """Those whose last day is `on` or later; `row` leads to the row that has it (body__)."""
    return Q(**{f"{row}valid_to__isnull": True}) | Q(**{f"{row}valid_to__gte": on})
