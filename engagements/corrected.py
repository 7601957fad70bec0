"""Corrections in words: what it said, what it says now."""

from typing import Any

from django.apps import apps

from engagements.history import label, said
from engagements.masking import MASK, covered_as, fields_of, hides
from engagements.models import Engagement


def corrections_of(engagement: Engagement) -> list[dict[str, Any]]:
    """Oldest first, as whoever the engagement was fetched for may read them."""
    if not engagement.locked_at:
        return []
    rows: Any = engagement.corrections.select_related("by").order_by("number")
    return [{"correction": row, "changes": changes_of(row, engagement)} for row in covered_as(engagement, rows)]


def changes_of(correction: Any, engagement: Engagement, *, on_paper: bool = False) -> list[dict[str, str]]:
    """{label, old, new} a change. On paper what is marked is covered for everybody."""
    return [words(change, engagement, on_paper) for change in correction.changes]


def words(change: dict[str, Any], engagement: Engagement, on_paper: bool) -> dict[str, str]:
    field: Any = apps.get_model(change["row"])._meta.get_field(change["field"])
    marked = change["field"] in fields_of(change["row"], engagement.secret_fields) if on_paper else False
    if marked or hides(engagement, change["row"], change["field"]):
        return {"label": label(field), "old": str(MASK), "new": str(MASK)}
    return {
        "label": label(field),
        "old": said(field, change["old"], engagement),
        "new": said(field, change["new"], engagement),
    }
