"""Engagements as a plain list of hits: title, key, facts, state."""

from typing import Any

from django.utils.translation import gettext as _

from engagements.enums import Kind, state_word
from engagements.models import Engagement
from engagements.showing import country_name, when

VALUES = (
    "id",
    "key",
    "kind",
    "state",
    "title",
    "counterpart",
    "country",
    "starts_on",
    "happens",
    "body__name",
    "secret_fields",
)


def hit(row: dict[str, Any]) -> dict[str, Any]:
    """Ready strings from a row of VALUES."""
    facts = [
        Kind(row["kind"]).label,
        row["body__name"],
        row["counterpart"],
        country_name(row["country"]),
        when(row["starts_on"], row["happens"]),
    ]
    return {
        "url": Engagement(id=row["id"], key=row["key"], kind=row["kind"]).get_absolute_url(),
        "key": row["key"],
        "title": row["title"] or row["counterpart"] or _("Utkast utan rubrik"),
        "facts": " · ".join(str(fact) for fact in facts if fact),
        "state": row["state"],
        "state_label": state_word(row["kind"], row["state"]),
    }
