"""Lists of engagements, shaped for a million of them.

`visible_to` is right everywhere; a list page needs it fast. `newest_page` asks each body (and the grants) for its own
first rows by the index `(body, order…)` and merges those, so a page costs the same however much there is. A property
test holds it to `visible_to`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, OrderBy, Q, QuerySet
from django.db.models.expressions import RawSQL

from engagements.models import Engagement
from engagements.permission import granted_ids, named_ids, not_secret_to
from organisation.enums import Action
from organisation.queries import Access

COUNT_CAP = 1_000


@dataclass(frozen=True)
class Order:
    """A way to sort with a unique end, so that a page can begin after a given row. Rows without a date come last."""

    field: str
    descending: bool = True
    backwards: bool = False  # the page before this one, read from its end

    @property
    def falling(self) -> bool:
        return self.descending != self.backwards

    def reversed(self) -> "Order":
        return Order(self.field, self.descending, not self.backwards)

    def by(self) -> list[OrderBy]:
        if self.field == "id":
            return [OrderBy(F("id"), descending=self.falling)]
        nulls = {"nulls_first" if self.backwards else "nulls_last": True} if self.field == "starts_on" else {}
        return [OrderBy(F(self.field), descending=self.falling, **nulls), OrderBy(F("id"), descending=self.falling)]

    def after(self, value: date | datetime | None, pk: int) -> Q:
        """Rows beyond the one with this value and id: `a <= x AND (a < x OR id < y)` walks the index, OR does not."""
        beyond = "lt" if self.falling else "gt"
        further = Q(**{f"id__{beyond}": pk})
        if self.field == "id":
            return further
        undated = Q(**{f"{self.field}__isnull": True})
        if value is None:
            return (undated & further) | ~undated if self.backwards else undated & further
        here = Q(**{f"{self.field}__{beyond}e": value}) & (Q(**{f"{self.field}__{beyond}": value}) | further)
        return here | undated if self.field == "starts_on" and not self.backwards else here


NEWEST = Order("updated_at")
ORDERS = {
    "-updated": NEWEST,
    "updated": Order("updated_at", descending=False),
    "-date": Order("starts_on"),
    "date": Order("starts_on", descending=False),
    "-key": Order("id"),
    "key": Order("id", descending=False),
}


def newest_page(
    access: Access, rows: QuerySet[Engagement], *, order: Order = NEWEST, limit: int = 50
) -> QuerySet[Engagement]:
    """The first `limit` of `rows` that this access may read, in order.

    `rows` carries the filters and no slice; they are pushed inside the union. Same rows as
    `visible_to(user, rows).order_by(*order.by())[:limit]`.
    """
    ordered: Any = rows.order_by(*order.by())
    if access.user_id is None:
        return ordered.none()  # type: ignore[no-any-return]
    if access.reads_everything:
        seen = ordered.filter(not_secret_to(access))
        return seen.read_by(access)[:limit]  # type: ignore[no-any-return]
    sql, params = _per_body(access, rows, order, limit)
    mine = Engagement.objects.filter(id__in=RawSQL(sql, params)).order_by(*order.by())  # noqa: S611
    return mine.read_by(access)[:limit]


def page_values(
    access: Access, rows: QuerySet[Engagement], names: Sequence[str], *, order: Order = NEWEST, limit: int = 50
) -> list[dict[str, Any]]:
    """`newest_page` as dicts of these columns, covered for the reader. One query, marked rows among them or not."""
    ids = named_ids(access)
    named = RawSQL(f"engagements_engagement.id IN ({ids.sql})", ids.params, BooleanField())  # noqa: S611
    page = newest_page(access, rows, order=order, limit=limit).annotate(is_named=named)
    return list(page.values(*dict.fromkeys((*names, "is_named"))))


def _per_body(access: Access, rows: QuerySet[Engagement], order: Order, limit: int) -> tuple[str, tuple[Any, ...]]:
    """SQL for the ids of the newest rows of each body, and of what grants open."""
    own = rows.filter(is_secret=False, body_id=RawSQL("mine.body_id", ()))  # noqa: S611
    own_sql, own_params = _ids_sql(own.order_by(*order.by())[:limit])
    shared = rows.filter(not_secret_to(access), id__in=granted_ids(access))
    shared_sql, shared_params = _ids_sql(shared.order_by(*order.by())[:limit])
    bodies = sorted(access.bodies(Action.READ))
    sql = (
        f"SELECT own.id FROM unnest(%s::bigint[]) AS mine(body_id) CROSS JOIN LATERAL ({own_sql}) AS own"
        f" UNION ({shared_sql})"
    )
    return sql, (bodies, *own_params, *shared_params)


def _ids_sql(rows: QuerySet[Engagement]) -> tuple[str, tuple[Any, ...]]:
    """SQL for the ids of `rows`, also when Django knows beforehand that there are none and would write no SQL."""
    try:
        return rows.values("id").query.sql_with_params()
    except EmptyResultSet:
        return "SELECT NULL::bigint AS id WHERE false", ()


def capped_count(access: Access, rows: QuerySet[Engagement], *, cap: int = COUNT_CAP) -> int:
    """How many of `rows` this access may read, at most `cap + 1` (then the page says "fler än 1 000"). One query."""
    if access.user_id is None:
        return 0
    if access.reads_everything:
        return rows.filter(not_secret_to(access)).order_by()[: cap + 1].count()
    bodies = access.bodies(Action.READ)
    own = rows.filter(body_id__in=bodies, is_secret=False)
    shared = rows.filter(not_secret_to(access), id__in=granted_ids(access)).exclude(body_id__in=bodies, is_secret=False)
    parts = [_ids_sql(part.order_by()[: cap + 1]) for part in (own, shared)]
    sql = "SELECT " + " + ".join(f"(SELECT count(*) FROM ({sql}) AS part)" for sql, _params in parts)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _sql, params in parts for value in params])
        return min(int(cursor.fetchone()[0]), cap + 1)


def in_bodies(access: Access, rows: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Restrict to the access's own bodies through the two-column text index."""
    bodies = sorted(access.bodies(Action.READ))
    return rows.filter(
        RawSQL("(ARRAY[engagements_engagement.body_id]) && %s::bigint[]", (bodies,), BooleanField())  # noqa: S611
    )
