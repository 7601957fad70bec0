"""Free text over engagements: the best hits for the search page, and a filter for every list."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from engagements.enums import Kind
from engagements.models import Engagement
from engagements.search_plans import newest_hits
from engagements.search_words import CONFIG, wanted
from organisation.queries import Access

FEW_HITS = 500


@dataclass(frozen=True)
class Found:
    """Ids, the best first. `count` is how many there are in all, COUNT_CAP + 1 when there are more than that."""

    ids: tuple[int, ...] = ()
    count: int = 0


def search(access: Access, text: str, *, kinds: Collection[Kind] | None = None, limit: int = 50) -> Found:
    """The best `limit` of what this access may read: an exact key first, then by rank among the newest thousand hits."""
    asked = wanted(text)
    if not asked.terms or access.user_id is None:
        return Found()
    hits = newest_hits(access, asked, tuple(sorted(kinds or ())))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH newest AS MATERIALIZED ({hits.text})"
            " SELECT id, (SELECT count(*) FROM newest) FROM newest"
            " ORDER BY key IS NOT DISTINCT FROM %s DESC, ts_rank(search, to_tsquery(%s::regconfig, %s)) DESC,"
            " updated_at DESC, id DESC LIMIT %s",
            [*hits.params, asked.key or "", CONFIG, asked.tsquery(), limit],
        )
        rows = cursor.fetchall()
    return Found(tuple(pk for pk, _count in rows), rows[0][1] if rows else 0)


def matching(rows: QuerySet[Engagement], access: Access, text: str) -> QuerySet[Engagement]:
    """Those of `rows` that the text means. Nothing typed: all of them; nothing to look for in it: none.

    When there are few they are named by id, else the planner would walk a million rows in order of date to find them.
    The filter is not a permission: the caller still goes through `visible_to`, `newest_page` or `capped_count`.
    """
    asked = wanted(text)
    if not asked.text:
        return rows
    if not asked.terms or access.user_id is None:
        return rows.none()
    hits = newest_hits(access, asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({hits.text}) AS hit", hits.params)
        ids = [pk for (pk,) in cursor.fetchall()]
    return rows.filter(id__in=ids) if len(ids) <= FEW_HITS else rows.filter(asked.condition(walking=True))
