"""The ways to sort a list of engagements, each with a unique end so that a page can begin after a given row."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, OrderBy, Q


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

    def sql(self, row: str) -> str:
        """`by` for hand-written SQL in which a row goes by the name `row`."""
        way = "DESC" if self.falling else "ASC"
        if self.field == "id":
            return f"{row}.id {way}"
        nulls = f" NULLS {'FIRST' if self.backwards else 'LAST'}" if self.field == "starts_on" else ""
        return f"{row}.{self.field} {way}{nulls}, {row}.id {way}"

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
