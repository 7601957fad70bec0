"""Lists of engagements, shaped for a million of them.

`visible_to` is right everywhere; a list page needs it fast. `newest_page` asks each body (and the grants) for its own
first rows by the index `(body, order…)` and merges those, so a page costs the same however much there is. A property
test holds it to `visible_to`.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from engagements.masking import cover_fetched
from engagements.models import Engagement
from engagements.ordering import NEWEST, Order, Place
from engagements.page_sql import fetch_page, page_ids, rows_sql
from engagements.permission import granted_ids, seen_sql
from organisation.enums import Action
from organisation.queries import Access

COUNT_CAP = 1_000


def newest_page(
    access: Access, rows: QuerySet[Engagement], *, order: Order = NEWEST, limit: int = 50
) -> QuerySet[Engagement]:
    """The first `limit` of `rows` that this access may read, in order.

    `rows` carries the filters and no slice; they are pushed inside the union. Same rows as
    `visible_to(user, rows).order_by(*order.by())[:limit]`.
    """
    if access.user_id is None:
        return Engagement.objects.none()
    page = RawSQL(*page_ids(access, rows, order, limit))  # noqa: S611
    return Engagement.objects.filter(id__in=page).order_by(*order.by()).read_by(access)


def page_values(
    access: Access,
    rows: QuerySet[Engagement],
    names: Sequence[str],
    *,
    order: Order = NEWEST,
    limit: int = 50,
    after: Place | None = None,
) -> list[dict[str, Any]]:
    """`newest_page` as dicts of these columns, covered for the reader; with `after` those beyond that place.

    One query, marked rows among them or not.
    """
    if access.user_id is None:
        return []
    found = fetch_page(access, page_ids(access, rows, order, limit, after), names, order)
    cover_fetched(access, found, tuple(names))
    return found


def capped_count(access: Access, rows: QuerySet[Engagement], *, cap: int = COUNT_CAP) -> int:
    """How many of `rows` this access may read, at most `cap + 1` (then the page says "fler än 1 000"). One query."""
    if access.user_id is None:
        return 0
    filtered, params = rows_sql(rows)
    seen = seen_sql(access, "row")
    most = cap + 1
    if access.reads_everything:
        sql, values = f"SELECT FROM ({filtered}) AS row WHERE {seen.sql} LIMIT {most:d}", (*params, *seen.params)
    else:
        bodies, granted = sorted(access.bodies(Action.READ)), granted_ids(access)
        own = "row.body_id = ANY(%s::bigint[]) AND NOT row.is_secret"
        sql = (
            f"(SELECT FROM ({filtered}) AS row WHERE {own} LIMIT {most:d}) UNION ALL (SELECT FROM ({filtered}) AS row"
            f" WHERE row.id IN ({granted.sql}) AND {seen.sql} AND NOT ({own}) LIMIT {most:d})"
        )
        values = (*params, bodies, *params, *granted.params, *seen.params, bodies)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) AS found", values)
        return min(int(cursor.fetchone()[0]), most)
