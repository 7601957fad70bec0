"""The limit: the same answers by hand over psycopg, as one would write them for one page and nothing else."""

from typing import Any

import psycopg
from django.db import connection

from engagements.views.lists import PAGE
from organisation.enums import BOARD_KINDS, OFFICE_KINDS
from organisation.models import User
from organisation.queries import LENT, REACH
from stockholm_intl.kit import clock

COLUMNS = """e.id, e.key, e.kind, e.state, e.title, e.counterpart, e.country, e.starts_on, e.happens, e.edition,
    e.main_direction, e.other_directions, e.respond_by, e.updated_at, b.name, e.secret_fields"""
NAMED = """SELECT content_object_id FROM engagements_engagementusergrant
    WHERE user_id = %(user)s AND (valid_to IS NULL OR valid_to >= %(today)s)"""
GRANTED = f"""SELECT content_object_id FROM engagements_engagementgroupgrant
    WHERE group_id = ANY(%(groups)s) AND (valid_to IS NULL OR valid_to >= %(today)s) UNION {NAMED}"""
OPEN = f"(NOT is_secret OR id IN ({NAMED}))"
PAGE_OWN = f"""
WITH page AS (
    SELECT own.id, own.updated_at FROM unnest(%(bodies)s::bigint[]) AS mine(id) CROSS JOIN LATERAL (
        SELECT id, updated_at FROM engagements_engagement WHERE body_id = mine.id AND NOT is_secret
        ORDER BY updated_at DESC, id DESC LIMIT {PAGE + 1}) AS own
    UNION (SELECT id, updated_at FROM engagements_engagement WHERE {OPEN} AND id IN ({GRANTED})
        ORDER BY updated_at DESC, id DESC LIMIT {PAGE + 1})
), first AS (SELECT id FROM page ORDER BY updated_at DESC, id DESC LIMIT {PAGE + 1})
SELECT {COLUMNS} FROM first JOIN engagements_engagement e USING (id) JOIN organisation_body b ON b.id = e.body_id
ORDER BY e.updated_at DESC, e.id DESC"""
PAGE_ALL = f"""
SELECT {COLUMNS} FROM engagements_engagement e JOIN organisation_body b ON b.id = e.body_id
WHERE NOT e.is_secret OR e.id IN ({NAMED}) ORDER BY e.updated_at DESC, e.id DESC LIMIT {PAGE + 1}"""
COUNT_OWN = f"""
SELECT least(1001, (SELECT count(*) FROM (SELECT 1 FROM engagements_engagement
        WHERE body_id = ANY(%(bodies)s) AND NOT is_secret LIMIT 1001) AS own)
    + (SELECT count(*) FROM engagements_engagement WHERE {OPEN} AND id IN ({GRANTED})
        AND NOT (body_id = ANY(%(bodies)s) AND NOT is_secret)))"""
COUNT_ALL = f"""
SELECT count(*) FROM (SELECT 1 FROM engagements_engagement WHERE NOT is_secret OR id IN ({NAMED}) LIMIT 1001) AS found"""
HITS_OWN = f"""
WITH hits AS MATERIALIZED (
    SELECT id, updated_at FROM engagements_engagement
    WHERE search @@ to_tsquery('swedish', %(q)s) AND (ARRAY[body_id]) && %(bodies)s::bigint[] AND NOT is_secret
    UNION SELECT id, updated_at FROM engagements_engagement
    WHERE {OPEN} AND id IN ({GRANTED})
      AND search @@ to_tsquery('swedish', %(q)s)
) SELECT id FROM hits ORDER BY updated_at DESC, id DESC LIMIT 50"""
WALK_OWN = f"""
SELECT id FROM (
    SELECT own.id, own.updated_at FROM unnest(%(bodies)s::bigint[]) AS mine(id) CROSS JOIN LATERAL (
        SELECT id, updated_at FROM engagements_engagement
        WHERE body_id = mine.id AND NOT is_secret AND search @@ to_tsquery('swedish', %(q)s)
        ORDER BY updated_at DESC, id DESC LIMIT 50) AS own
    UNION SELECT id, updated_at FROM engagements_engagement
    WHERE {OPEN} AND id IN ({GRANTED})
      AND search @@ to_tsquery('swedish', %(q)s)
) AS found ORDER BY updated_at DESC, id DESC LIMIT 50"""
HITS_ALL = """
WITH hits AS MATERIALIZED (SELECT id, updated_at FROM engagements_engagement
    WHERE search @@ to_tsquery('swedish', %(q)s) AND NOT is_secret)
SELECT id FROM hits ORDER BY updated_at DESC, id DESC LIMIT 50"""
WALK_ALL = """
SELECT id FROM engagements_engagement WHERE search @@ to_tsquery('swedish', %(q)s) AND NOT is_secret
ORDER BY updated_at DESC, id DESC LIMIT 50"""


class Hand:
    """One person's pages by hand, on a connection of its own."""

    def __init__(self, user: User) -> None:
        settings = connection.get_connection_params()
        wanted = {name: settings[name] for name in ("dbname", "user", "password", "host", "port") if settings.get(name)}
        self.connection = psycopg.connect(**wanted, autocommit=True, options="-c timezone=UTC")
        self.user_id = user.pk
        self.everything = False
        self.bodies: list[int] = []
        self.groups: list[int] = []
        self.who()

    def run(self, sql: str, **params: Any) -> list[Any]:
        params |= {"user": self.user_id, "today": clock.today(), "bodies": self.bodies, "groups": self.groups}
        return self.connection.execute(sql, params).fetchall()

    def who(self) -> None:
        """The person and what the mandates reach."""
        self.run("SELECT * FROM organisation_user WHERE id = %(user)s")
        rows = self.run(
            REACH,
            person=self.user_id,
            on=clock.today(),
            boards=sorted(BOARD_KINDS),
            offices=sorted(OFFICE_KINDS),
            lent=sorted(LENT),
        )
        self.bodies = sorted({row[1] for row in rows})
        self.groups = sorted({row[2] for row in rows})
        self.everything = any(row[0] == "coordinator" for row in rows)

    def page(self) -> list[Any]:
        return self.run(PAGE_ALL if self.everything else PAGE_OWN)

    def whole_page(self) -> list[Any]:
        self.who()
        return self.page()

    def count(self) -> int:
        return int(self.run(COUNT_ALL if self.everything else COUNT_OWN)[0][0])

    def searches(self) -> tuple[str, str]:
        return (HITS_ALL, WALK_ALL) if self.everything else (HITS_OWN, WALK_OWN)
