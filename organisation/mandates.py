"""The register of mandates: who has which role where, and what is lacking."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from organisation.models import Body, Mandate
from organisation.register import body_tree
from stockholm_intl.kit.swedish import in_alphabet

ENDING_DAYS = 60


@dataclass(frozen=True)
class Gaps:
    """What C20 asks (strategy 2016 section 5): bodies without a contact person, and mandates about to end."""

    lacking: list[Body]
    ending: list[Mandate]


def gaps(*, on: date) -> Gaps:
    ending = Mandate.objects.ending(on=on, within=ENDING_DAYS).select_related("person", "body")
    lacking = [place.body for place in body_tree(on=on) if place.lacks_contact]
    return Gaps(lacking, list(ending.order_by("valid_to", "pk")))


def mandates(*, on: date, body: Body | None = None, role: str = "", time: str = "") -> QuerySet[Mandate]:
    """`time` is one of the filter's words; empty is those in force. By body in Swedish order, then by role."""
    rows: QuerySet[Mandate] = TIMES[time](on)
    if body is not None:
        rows = rows.filter(body=body)
    if role:
        rows = rows.filter(role=role)
    rows = rows.select_related("person", "body", "appointed_by")
    return rows.order_by(in_alphabet("body__name"), "role", "is_deputy", F("valid_to").asc(nulls_last=True), "pk")


TIMES: dict[str, Any] = {
    "": lambda on: Mandate.objects.in_force(on=on),
    "slutar": lambda on: Mandate.objects.ending(on=on, within=ENDING_DAYS),
    "kommande": lambda on: Mandate.objects.filter(valid_from__gt=on),
    "tidigare": lambda on: Mandate.objects.filter(Q(valid_to__lt=on) | Q(person__is_active=False)),
    "alla": lambda on: Mandate.objects.all(),
}


def life_of(mandate: Mandate) -> list[dict[str, Any]]:
    """What happened to a mandate, newest first, as the history panel takes it."""
    rows = list(mandate.history.select_related("history_user").order_by("history_date", "history_id"))
    return [told(row, before) for before, row in zip([None, *rows], rows, strict=False)][::-1]


def told(row: Any, before: Any) -> dict[str, Any]:
    changes = []
    if before is not None:
        for name in ("valid_from", "valid_to", "is_deputy", "role"):
            old, new = getattr(before, name), getattr(row, name)
            if old != new:
                field = row._meta.get_field(name)
                changes.append({"label": str(field.verbose_name).capitalize(), "old": old or "", "new": new or ""})
    return {
        "at": row.history_date,
        "who": str(row.history_user or ""),
        "why": row.history_change_reason or "",
        "what": "" if before is not None else _("Mandatet lades upp."),
        "changes": changes,
    }
