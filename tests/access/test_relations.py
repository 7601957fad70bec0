"""The table's other dimension: who gets what depends on how they stand to the very object."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.related import Related
from tests.access.test_table import COLUMNS, TABLE, Line, ask, kinds_of_request, lines
from tests.people import People

RELATIONS = lines(Path(__file__).parent / "relations.txt")


def test_both_tables_together_are_large_and_balanced() -> None:
    cells = [sign for line in (*TABLE, *RELATIONS) for signs in line.answers.values() for sign in signs]
    signed_in = [sign for line in (*TABLE, *RELATIONS) for signs in line.answers.values() for sign in signs[1:]]
    allowed, refused = signed_in.count("+"), signed_in.count("!") + signed_in.count("-")
    print(f"{len(cells)} cells, {allowed} allowed, {refused} refused")  # noqa: T201
    assert len(cells) >= 1_500
    assert allowed >= 300
    assert refused >= 300


def test_every_relation_is_asked_for_the_same_addresses() -> None:
    asked: dict[str, list[str]] = {}
    for line in RELATIONS:
        asked.setdefault(line.thing, []).append(line.name)
    asked.pop("their_draft")
    assert len(asked) == 11
    assert len({tuple(names) for names in asked.values()}) == 1


@pytest.mark.parametrize("who", COLUMNS)
def test_everyone_gets_what_the_table_says(people: People, who: str) -> None:
    related, client = Related(people), Client(raise_request_exception=False)
    if who != "nobody":
        client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
    wrong = [told for line in RELATIONS for told in differences(related, client, line, who)]
    assert not wrong, "\n".join(wrong)


def differences(related: Related, client: Client, line: Line, who: str) -> list[str]:
    address, found = reverse(line.name, args=related.args(line.name, line.thing)), []
    for method, signs in line.answers.items():
        wanted = signs[COLUMNS.index(who)]
        for headers in kinds_of_request(who, method):
            got = ask(client, method, address, headers)
            if got != wanted:
                found.append(f"{method} {line.name} {line.thing} {headers or ''}: {got}, the table says {wanted}")
    return found
