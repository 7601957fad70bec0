"""The standing cast put back as it was first written: making it anew took longer than most tests.

It is made once a run, by the models as anybody would, and its rows are kept as the database copies them out. A test gets
them copied in, with objects of its own.
"""

import pickle
from dataclasses import dataclass

import time_machine
from django.db import connection, transaction

from organisation.models import Body
from tests.people import People

BEGAN = "2020-01-01T08:00:00Z"  # their mandates' first day: before anything that a test lets happen
# In the order that foreign keys allow. What stands there before (guardian's nobody) is everybody's and is not copied.
TABLES = (
    ("auth_group", "id"), ("organisation_body", "id"), ("organisation_user", "id"), ("organisation_mandate", "id"),
    ("organisation_historicalbody", "history_id"), ("organisation_historicaluser", "history_id"),
    ("organisation_historicalmandate", "history_id"),
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    rows: tuple[bytes, ...]  # by table, as COPY writes them
    people: bytes

    def put_back(self) -> People:
        """Where other bodies stand already, the cast must find its place among them: then it is made anew."""
        if Body.objects.exists():
            return People()
        for (table, _key), rows in zip(TABLES, self.rows, strict=True):
            copy_in(table, rows)
        people: People = pickle.loads(self.people)  # noqa: S301 - our own, from this very process
        return people


def make_standing() -> Standing:
    """Made and taken back again: the database is as it was, but no later row gets the ids that the cast has."""
    with time_machine.travel(BEGAN, tick=False), transaction.atomic():
        before = [last_of(table, key) for table, key in TABLES]
        people = People()
        rows = [copy_out(table, key, after) for (table, key), after in zip(TABLES, before, strict=True)]
        transaction.set_rollback(True)
    return Standing(tuple(rows), pickle.dumps(people))


def last_of(table: str, key: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(max({key}), 0) FROM {table}")
        return int(cursor.fetchone()[0])


def copy_out(table: str, key: str, after: int) -> bytes:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY (SELECT * FROM {table} WHERE {key} > {after}) TO STDOUT") as rows,
    ):
        return b"".join(bytes(part) for part in rows)


def copy_in(table: str, rows: bytes) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as into:
        into.write(rows)
