"""T14: looking leaves no trace. Every address is fetched as every role, and PostgreSQL counts the rows written."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.access.test_table import TABLE
from tests.access.world import World
from tests.people import People

# What a session keeps is about the visitor, not the city.
NOT_OURS = ("django_session",)
WRITTEN = """
SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND relname <> ALL(%s)
"""
ROLES = ("nobody", "contact", "head", "ib_secretary", "ib_member", "coordinator", "controller", "auditor", "stranger")


def written() -> dict[str, int]:
    """Rows inserted, changed and removed so far in this test's transaction, by table; undone ones count too."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [list(NOT_OURS)])
        return dict(cursor.fetchall())


@pytest.mark.parametrize("who", ROLES)
def test_no_get_writes_a_row(people: People, who: str) -> None:
    world, client = World(people), Client(raise_request_exception=False)
    if who != "nobody":
        client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
    before, guilty = written(), []
    for line in TABLE:
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(reverse(line.name, args=world.args[line.thing]), headers=headers)
            if answer.streaming:
                b"".join(answer)
            after = written()
            if after != before:
                guilty.append((line.name, {table: n - before.get(table, 0) for table, n in after.items()}))
            before = after
    assert not guilty


def test_the_count_sees_a_write_that_was_undone(people: People) -> None:
    """So that the test above cannot pass by being blind."""
    before = written()
    world, client = World(people), Client()
    client.force_login(people.ib_secretary, backend="django.contrib.auth.backends.ModelBackend")
    made = written()
    assert made != before
    client.post(reverse("meeting_print_agenda", args=world.args["meeting"]))
    assert written()["decisions_paper"] == made["decisions_paper"] + 1
