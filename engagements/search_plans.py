"""Two ways to find hits in a million rows, and a look at the newest few to choose between them.

Beginnings of words make the planner's own guess worthless (it takes every one for two rows in a hundred), so a common
word sent it through the whole text index and a rare one through the whole table. `OFFSET 0` keeps it to the chosen way.
All SQL here is for one access; what it may not read never leaves the database.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import connection
from django.db.models import Count

from engagements.models import EngagementGroupGrant
from engagements.permission import granted_ids, seen_sql
from engagements.queries import COUNT_CAP
from engagements.search_words import CONFIG, Wanted
from organisation.enums import Action
from organisation.queries import Access

SAMPLE = 120
# More than this are shared with somebody: reading them one by one takes longer than a rare word's hits in the whole text.
MANY_GRANTS = 500
# From which share of the rows a word is so common that walking them beats the text index.
COMMON_IN_BODIES = 0.05
COMMON_IN_ALL = 0.01
MOST = COUNT_CAP + 1
COLUMNS = "id, body_id, key, kind, country, secret_fields, search, updated_at"
HIT = "row.id, row.updated_at, row.key, row.search"  # what ranking needs, so that it reads no row again
NEWEST_FIRST = "ORDER BY updated_at DESC, id DESC"


class Sql(NamedTuple):
    text: str
    params: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Sample:
    """Of the newest rows: how many were looked at, how many have all the words, how many any; and were they all there are.

    `is_rarer_than_grants`: more is shared with the person than there are likely to be hits in the whole register.
    """

    rows: int
    hits: int
    any_word: int
    is_whole: bool
    is_rarer_than_grants: bool


def newest_hits(access: Access, asked: Wanted, kinds: tuple[str, ...] = ()) -> Sql:
    """SQL for the newest hits this access may read (as in HIT), at most one more than are counted."""
    sample = take_sample(access, asked)
    if access.reads_everything:
        common = sample.is_whole or sample.hits >= COMMON_IN_ALL * sample.rows
        return walk_all(access, asked, kinds) if common else index_all(access, asked, kinds)
    rare = sample.is_rarer_than_grants and not asked.countries
    found = index_grants(access, asked, kinds) if rare else walk_grants(access, asked, kinds)
    if sample.hits or not sample.is_whole:
        common = sample.is_whole or sample.any_word >= COMMON_IN_BODIES * sample.rows
        own = walk_own(access, asked, kinds) if common else index_own(access, asked, kinds)
        found = Sql(f"{own.text} UNION ALL {found.text}", own.params + found.params)
    return Sql(f"SELECT * FROM ({found.text}) AS hit {NEWEST_FIRST} LIMIT {MOST}", found.params)


def take_sample(access: Access, asked: Wanted) -> Sample:
    """How common the words are among the newest rows."""
    bodies = own_bodies(access)
    each = SAMPLE if access.reads_everything else max(20, SAMPLE // max(1, len(bodies)))
    rows = everything(each) if access.reads_everything else own_rows(bodies, each)
    rarer = rarer_than_grants(access, asked)
    all_words, params = asked.sql("row")
    sql = (
        f"SELECT count(*), count(*) FILTER (WHERE {all_words}),"
        f" count(*) FILTER (WHERE row.search @@ to_tsquery('{CONFIG}'::regconfig, %s)), {rarer.text}"
        f" FROM ({rows.text}) AS row"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, asked.tsquery("|"), *rarer.params, *rows.params])
        looked_at, hits, any_word, is_rarer = cursor.fetchone()
    return Sample(looked_at, hits, any_word, is_whole=looked_at < each, is_rarer_than_grants=is_rarer)


def rarer_than_grants(access: Access, asked: Wanted) -> Sql:
    """Whether much is shared with the person's bodies, and none of the words stands in the newest rows of the register."""
    if access.reads_everything or crowded_groups().isdisjoint(access.group_ids):
        return Sql("false")
    return Sql(
        f"NOT EXISTS (SELECT FROM ({everything(SAMPLE).text}) AS newest"
        f" WHERE newest.search @@ to_tsquery('{CONFIG}'::regconfig, %s))",
        (asked.tsquery("|"),),
    )


def crowded_groups() -> frozenset[int]:
    """The bodies' groups with which more than MANY_GRANTS are shared; kept for ten minutes, for it only chooses a way."""
    known: frozenset[int] | None = cache.get("crowded_groups")
    if known is None:
        counted = EngagementGroupGrant.objects.values("group").annotate(shared=Count("pk"))
        known = frozenset(counted.filter(shared__gt=MANY_GRANTS).values_list("group", flat=True))
        cache.set("crowded_groups", known, 600)
    return known


def own_bodies(access: Access) -> list[int]:
    return sorted(access.bodies(Action.READ))


def own_rows(bodies: list[int], each: int | None = None) -> Sql:
    """Rows of these bodies, the newest of each body first; all of them or `each`."""
    limit = "OFFSET 0" if each is None else f"LIMIT {each}"
    return Sql(
        "SELECT own.* FROM unnest(%s::bigint[]) AS mine(id) CROSS JOIN LATERAL ("
        f"SELECT {COLUMNS} FROM engagements_engagement WHERE body_id = mine.id AND NOT is_secret {NEWEST_FIRST} {limit}"
        ") AS own",
        (bodies,),
    )


def everything(limit: int) -> Sql:
    return Sql(f"SELECT {COLUMNS} FROM engagements_engagement WHERE NOT is_secret {NEWEST_FIRST} LIMIT {limit}")


def narrowed(asked: Wanted, kinds: tuple[str, ...], row: str) -> Sql:
    text, params = asked.sql(row)
    return Sql(f"{text} AND {row}.kind = ANY(%s)", (*params, list(kinds))) if kinds else Sql(text, params)


def walk_own(access: Access, asked: Wanted, kinds: tuple[str, ...]) -> Sql:
    """Body by body, from the newest on, until there are enough."""
    wanted = narrowed(asked, kinds, "row")
    return Sql(
        f"(SELECT hit.* FROM unnest(%s::bigint[]) AS mine(id) CROSS JOIN LATERAL (SELECT {HIT} FROM ("
        f"SELECT {COLUMNS} FROM engagements_engagement WHERE body_id = mine.id AND NOT is_secret {NEWEST_FIRST} OFFSET 0"
        f") AS row WHERE {wanted.text} LIMIT {MOST}) AS hit)",
        (own_bodies(access), *wanted.params),
    )


def index_own(access: Access, asked: Wanted, kinds: tuple[str, ...]) -> Sql:
    """All hits in these bodies at once, through the two-column text index."""
    wanted = narrowed(asked, kinds, "row")
    return Sql(
        f"(SELECT {HIT} FROM engagements_engagement AS row"
        f" WHERE {wanted.text} AND (ARRAY[row.body_id]) && %s::bigint[] AND NOT row.is_secret OFFSET 0)",
        (*wanted.params, own_bodies(access)),
    )


def walk_grants(access: Access, asked: Wanted, kinds: tuple[str, ...]) -> Sql:
    """Hits among what grants open beside the own, read one by one."""
    grants, beside = granted_ids(access), beside_own(access, "engagements_engagement")
    wanted = narrowed(asked, kinds, "row")
    return Sql(
        f"(SELECT {HIT} FROM (SELECT {COLUMNS} FROM engagements_engagement WHERE id IN ({grants.sql})"
        f" AND {beside.text} OFFSET 0)"
        f" AS row WHERE {wanted.text})",
        (*grants.params, *beside.params, *wanted.params),
    )


def index_grants(access: Access, asked: Wanted, kinds: tuple[str, ...]) -> Sql:
    """Hits in the whole register, then those that grants open beside the own."""
    grants, beside = granted_ids(access), beside_own(access, "row")
    wanted = narrowed(asked, kinds, "row")
    return Sql(
        f"(SELECT {HIT} FROM (SELECT row.* FROM engagements_engagement AS row WHERE {wanted.text} OFFSET 0) AS row"
        f" WHERE row.id IN ({grants.sql}) AND {beside.text})",
        (*wanted.params, *grants.params, *beside.params),
    )


def beside_own(access: Access, row: str) -> Sql:
    """What a grant opens, less what is read without one: then nothing is found twice."""
    seen = seen_sql(access, row)
    own = f"({row}.body_id = ANY(%s::bigint[]) AND NOT {row}.is_secret)"
    return Sql(f"{seen.sql} AND NOT {own}", (*seen.params, own_bodies(access)))


def walk_all(access: Access, asked: Wanted, kinds: tuple[str, ...]) -> Sql:
    """Everything from the newest on, until there are enough."""
    seen = seen_sql(access, "engagements_engagement")
    wanted = narrowed(asked, kinds, "row")
    return Sql(
        f"SELECT {HIT} FROM (SELECT {COLUMNS} FROM engagements_engagement WHERE {seen.sql}"
        f" {NEWEST_FIRST} OFFSET 0) AS row WHERE {wanted.text} LIMIT {MOST}",
        (*seen.params, *wanted.params),
    )


def index_all(access: Access, asked: Wanted, kinds: tuple[str, ...]) -> Sql:
    """All hits at once, then those this access may read."""
    seen = seen_sql(access, "row")
    wanted = narrowed(asked, kinds, "row")
    return Sql(
        "WITH hits AS MATERIALIZED (SELECT row.* FROM engagements_engagement AS row"
        f" WHERE {wanted.text}) SELECT {HIT} FROM hits AS row WHERE {seen.sql} {NEWEST_FIRST} LIMIT {MOST}",
        (*wanted.params, *seen.params),
    )
