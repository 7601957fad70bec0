"""The SQL of a list page: which rows, asked anew each time, and the columns around them, written once.

Django takes longer to write a page's statement than the database to answer it. What varies from page to page is which
rows; the columns, the joins and the order around them are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from engagements.models import Engagement
from engagements.ordering import NEWEST, Order, Place, Sql
from engagements.permission import granted_ids, named_ids, seen_sql
from organisation.enums import Action
from organisation.queries import Access

# Stand in the kept statement for what each page puts there.
ROWS, NAMED = "«rows»", "«named»"


def page_ids(access: Access, rows: QuerySet[Engagement], order: Order, limit: int, after: Place | None = None) -> Sql:
    """The ids of the first `limit` of `rows` that this access may read, of those beyond `after` when it is given.

    Each body gives its own first rows by the index `(body, order…)`, and what is granted gives its own; the first of
    those are the page. Bodies and place are subqueries to the planner, which then plans alike wherever they are.
    """
    filtered, params = rows_sql(rows, order)
    seen = seen_sql(access, "row")
    beyond, place = order.beyond(after) if after else ("true", ())
    first = f"AND {beyond} ORDER BY {order.sql()} LIMIT {limit:d}"
    if access.reads_everything:
        return f"SELECT row.id FROM ({filtered}) AS row WHERE {seen.sql} {first}", (*params, *seen.params, *place)
    granted = granted_ids(access)
    return (
        "SELECT row.id FROM ("
        "SELECT own.* FROM unnest((SELECT %s::bigint[])) AS mine(id) CROSS JOIN LATERAL ("
        f"SELECT row.* FROM ({filtered}) AS row WHERE row.body_id = mine.id AND NOT row.is_secret {first}) AS own"
        f" UNION (SELECT row.* FROM ({filtered}) AS row WHERE row.id IN ({granted.sql}) AND {seen.sql} {first})"
        f") AS row ORDER BY {order.sql()} LIMIT {limit:d}",
        (sorted(access.bodies(Action.READ)), *params, *place, *params, *granted.params, *seen.params, *place),
    )


def rows_sql(rows: QuerySet[Engagement], order: Order = NEWEST) -> Sql:
    """SQL for `rows` in no order, with what says who may read them and where they come in the order."""
    columns = dict.fromkeys(("id", "body_id", "is_secret", order.field))
    try:
        sql, params = rows.order_by().values(*columns).query.sql_with_params()
        return sql, tuple(params)
    except EmptyResultSet:
        # Django knows beforehand that there are none and would write no SQL
        return f"SELECT {', '.join(columns)} FROM engagements_engagement WHERE false", ()


@dataclass(frozen=True)
class Around:
    """A page's statement without its rows, and the names of its columns."""

    sql: str
    names: tuple[str, ...]

    def fetch(self, ids: Sql, named: Sql) -> list[dict[str, Any]]:
        # as the statement has them: the columns first, then the rows
        sql = self.sql.replace(NAMED, named[0]).replace(ROWS, ids[0])
        with connection.cursor() as cursor:
            cursor.execute(sql, (*named[1], *ids[1]))
            return [dict(zip(self.names, row, strict=True)) for row in cursor.fetchall()]


def fetch_page(access: Access, ids: Sql, names: Sequence[str], order: Order) -> list[dict[str, Any]]:
    """These columns of these rows, in order, and in `is_named` whether a grant names the reader. One query."""
    named = named_ids(access)
    return around(tuple(dict.fromkeys(names)), order).fetch(ids, (named.sql, tuple(named.params)))


@lru_cache(maxsize=256)
def around(names: tuple[str, ...], order: Order) -> Around:
    """Raises TypeError for a column that Django would convert once it is fetched: here nobody does."""
    named = RawSQL(f"engagements_engagement.id IN ({NAMED})", (), BooleanField())  # noqa: S611
    page = Engagement.objects.filter(id__in=RawSQL(ROWS, ())).order_by(*order.by())  # noqa: S611
    compiler = page.annotate(is_named=named).values(*names, "is_named").query.get_compiler("default")
    sql, params = compiler.as_sql()
    if compiler.get_converters([column[0] for column in compiler.select]) or params:
        raise TypeError(f"a list page cannot fetch all of {names} as they stand in the database")
    return Around(sql, (*names, "is_named"))
