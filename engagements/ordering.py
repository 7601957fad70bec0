"""The ways to sort a list of engagements, each with a unique end so that a page can begin after a given row."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OrderBy

Sql = tuple[str, tuple[Any, ...]]
Place = tuple[date | datetime | None, int]  # a row's value of the order's field (None for `id`) and its id


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

    def sql(self) -> str:
        """`by` for hand-written SQL in which a row goes by the name `row`."""
        way = "DESC" if self.falling else "ASC"
        if self.field == "id":
            return f"row.id {way}"
        nulls = f" NULLS {'FIRST' if self.backwards else 'LAST'}" if self.field == "starts_on" else ""
        return f"row.{self.field} {way}{nulls}, row.id {way}"

    def beyond(self, place: Place) -> Sql:
        """Rows beyond this place, for hand-written SQL: `a <= x AND (a < x OR id < y)` walks the index, OR does not.

        The place is a subquery to the planner: it then plans alike wherever the place is, and keeps the plan.
        """
        value, pk = place
        column, way = f"row.{self.field}", "<" if self.falling else ">"
        further = f"row.id {way} (SELECT %s)"
        if self.field == "id":
            return further, (pk,)
        undated = f"{column} IS NULL"
        if value is None:
            return (
                f"({undated} AND {further} OR NOT {undated})" if self.backwards else f"{undated} AND {further}",
                (pk,),
            )
        here = f"{column} {way}= (SELECT %s) AND ({column} {way} (SELECT %s) OR {further})"
        either = f"({here} OR {undated})" if self.field == "starts_on" and not self.backwards else here
        return either, (value, value, pk)


NEWEST = Order("updated_at")
ORDERS = {
    "-updated": NEWEST,
    "updated": Order("updated_at", descending=False),
    "-date": Order("starts_on"),
    "date": Order("starts_on", descending=False),
    "-key": Order("id"),
    "key": Order("id", descending=False),
}
