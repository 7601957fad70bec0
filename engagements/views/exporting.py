"""A list as a file: the rows of the screen's own filters, through the same permission and the same masking."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from engagements.enums import Kind, state_word
from engagements.models import Engagement
from engagements.ordering import Order
from engagements.queries import page_values
from engagements.showing import country_name, direction_name, when
from organisation.queries import Access

ASKED = "utdrag"  # in the address: ?utdrag=csv
MOST = 5_000
EXTRA = ("registry_number", "contact__first_name", "contact__last_name", "ends_on", "registered_at")


class Column(NamedTuple):
    label: Any
    value: Callable[[dict[str, Any]], Any]


def person_of(row: dict[str, Any]) -> str:
    return " ".join(filter(None, [row["contact__first_name"], row["contact__last_name"]]))


def direction_of(row: dict[str, Any]) -> str:
    return direction_name(row["main_direction"], row["edition"]) if row["main_direction"] else ""


def others_of(row: dict[str, Any]) -> str:
    return ", ".join(direction_name(code, row["edition"]) for code in row["other_directions"])


COLUMNS = (
    Column(_("Ärende"), lambda row: row["key"]),
    Column(_("Diarienummer"), lambda row: row["registry_number"]),
    Column(_("Slag"), lambda row: Kind(row["kind"]).label),
    Column(_("Rubrik"), lambda row: row["title"]),
    Column(_("Motpart"), lambda row: row["counterpart"]),
    Column(_("Land"), lambda row: country_name(row["country"])),
    Column(_("Organ"), lambda row: row["body__name"]),
    Column(_("Handläggare"), person_of),
    Column(_("När"), lambda row: when(row["starts_on"], row["happens"])),
    Column(_("Sista dag"), lambda row: row["ends_on"]),
    Column(_("Svara senast"), lambda row: row["respond_by"]),
    Column(_("Huvudinriktning"), direction_of),
    Column(_("Övriga inriktningar"), others_of),
    Column(_("Läge"), lambda row: state_word(row["kind"], row["state"])),
    Column(_("Registrerat"), lambda row: row["registered_at"]),
    Column(_("Ändrat"), lambda row: row["updated_at"]),
)


def rows_to_export(access: Access, rows: Any, order: Order, values: Sequence[str]) -> list[dict[str, Any]] | None:
    """All of `rows` that this access may read, in order; None when they are more than a file should hold."""
    found = page_values(access, rows, (*values, *EXTRA), order=order, limit=MOST + 1)
    return None if len(found) > MOST else found


def hits_to_export(access: Access, ids: Sequence[int], values: Sequence[str]) -> list[dict[str, Any]]:
    """These, in this order; the ids come from a search of what the access may read."""
    rows = Engagement.objects.filter(id__in=ids).read_by(access).values(*dict.fromkeys((*values, *EXTRA)))
    by_id = {row["id"]: row for row in rows}
    return [by_id[pk] for pk in ids if pk in by_id]


def table_of(columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> tuple[list[Any], list[list[Any]]]:
    return [column.label for column in columns], [[column.value(row) for column in columns] for row in rows]
