"""Free text over engagements.

The shapes are those that stay fast over a million rows: hits are fetched through the two-column text index first, only
the newest thousand are ranked, and a list is told the few hits there are rather than left to look for them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from engagements.enums import Kind
from engagements.models import Engagement
from engagements.permission import granted_ids
from engagements.queries import COUNT_CAP, NEWEST, in_bodies
from engagements.search_words import CONFIG, wanted
from organisation.queries import Access

FEW_HITS = 500


@dataclass(frozen=True)
class Found:
    """Ids, the best first. `count` is how many there are in all, COUNT_CAP + 1 when there are more than that."""

    ids: tuple[int, ...] = ()
    count: int = 0


def search(access: Access, text: str, *, kinds: Collection[Kind] | None = None, limit: int = 50) -> Found:
    """The best `limit` of what this access may read: an exact key first, then by rank among the newest hits."""
    asked = wanted(text)
    if not asked.terms or access.user_id is None:
        return Found()
    rows = Engagement.objects.filter(asked.condition())
    sql, params = _newest_hits(access, rows.filter(kind__in=kinds) if kinds else rows)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH newest AS MATERIALIZED ({sql})"
            " SELECT hit.id, (SELECT count(*) FROM newest) FROM newest JOIN engagements_engagement hit USING (id)"
            " ORDER BY hit.key IS NOT DISTINCT FROM %s DESC, ts_rank(hit.search, to_tsquery(%s::regconfig, %s)) DESC,"
            " hit.updated_at DESC, hit.id DESC LIMIT %s",
            [*params, asked.key or "", CONFIG, asked.tsquery, limit],
        )
        hits = cursor.fetchall()
    return Found(tuple(pk for pk, _count in hits), hits[0][1] if hits else 0)


def _newest_hits(access: Access, found: QuerySet[Engagement]) -> tuple[str, tuple[Any, ...]]:
    """SQL for the ids of the newest hits, one more than are counted."""
    if access.reads_everything:
        open_to_all = found.filter(Q(is_secret=False) | Q(id__in=granted_ids(access))).order_by(*NEWEST.by())
        return open_to_all.values("id")[: COUNT_CAP + 1].query.sql_with_params()
    # all hits first, else the planner walks the rows in order of date to find them
    own, own_params = _plain(in_bodies(access, found.filter(is_secret=False)))
    shared, shared_params = _plain(found.filter(id__in=granted_ids(access)))
    sql = (
        f"WITH hits AS MATERIALIZED ({own} UNION {shared})"
        f" SELECT id FROM hits ORDER BY updated_at DESC, id DESC LIMIT {COUNT_CAP + 1}"
    )
    return sql, (*own_params, *shared_params)


def _plain(rows: QuerySet[Engagement]) -> tuple[str, tuple[Any, ...]]:
    return rows.order_by().values("id", "updated_at").query.sql_with_params()


def matching(rows: QuerySet[Engagement], access: Access, text: str) -> QuerySet[Engagement]:
    """Those of `rows` that the text means. Nothing typed: all of them; nothing to look for in it: none.

    The filter is not a permission: the caller still goes through `visible_to`, `newest_page` or `capped_count`.
    """
    asked = wanted(text)
    if not asked.text:
        return rows
    if not asked.terms:
        return rows.none()
    hits = _few_hits(rows.filter(asked.condition()), access)
    return rows.filter(asked.condition()) if hits is None else rows.filter(id__in=hits)


def _few_hits(found: QuerySet[Engagement], access: Access) -> list[int] | None:
    """Ids when there are few: then the planner must not walk a million rows in order of date to find them."""
    if access.reads_everything:
        ids = found.order_by().values_list("id", flat=True)[: FEW_HITS + 1]
    else:
        own = in_bodies(access, found).order_by().values_list("id", flat=True)[: FEW_HITS + 1]
        shared = found.filter(id__in=granted_ids(access)).order_by().values_list("id", flat=True)[: FEW_HITS + 1]
        ids = own.union(shared)
    hits = list(ids)
    return None if len(hits) > FEW_HITS else hits
