"""Every address, every method, every role, against a table written by hand; nothing here asks `may` or `visible_to`."""

from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.world import World
from tests.people import People

COLUMNS = (
    "nobody", "outsider", "contact", "head", "board_secretary", "ib_secretary", "ib_member", "commissioner", "coordinator",
    "protocol", "controller", "registrar", "auditor", "administrator", "stranger",
)  # fmt: skip
ADMIN = "admin"  # Django's own pages for the registers: a door of their own, tested last
PUBLIC = {"accessibility", "privacy", "help", "health", "login", "set_language"}


@dataclass(frozen=True)
class Line:
    name: str
    thing: str
    answers: dict[str, str]  # method -> one sign a column


def lines(file: Path) -> list[Line]:
    written = file.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in written if line.strip() and not line.startswith("#")]
    return [Line(name, thing, {"GET": get, "POST": post}) for name, thing, get, post in rows]


TABLE = lines(Path(__file__).parent / "table.txt")


def addresses(patterns: Any = None) -> Iterator[str]:
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace == ADMIN:
            continue
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert sorted(addresses()) == sorted(line.name for line in TABLE)


def test_the_table_is_large_and_balanced() -> None:
    signed_in = [sign for line in TABLE for signs in line.answers.values() for sign in signs[1:]]
    allowed, refused = signed_in.count("+"), signed_in.count("!") + signed_in.count("-")
    print(f"{sum(len(s) for line in TABLE for s in line.answers.values())} cells, {allowed} allowed, {refused} refused")  # noqa: T201
    assert allowed >= 300
    assert refused >= 300


def sign_of(status: int, location: str) -> str:
    if status == 302 and location.startswith("/konto/logga-in/?next="):
        return ">"
    return {403: "!", 404: "-", 405: "x"}.get(status, "+" if status < 500 and status not in (400, 429) else str(status))


@pytest.mark.parametrize("who", COLUMNS)
def test_everyone_gets_what_the_table_says(people: People, who: str) -> None:
    world, column = World(people), COLUMNS.index(who)
    client = Client(raise_request_exception=False)
    if who != "nobody":
        client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
    wrong = []
    for line in TABLE:
        address = reverse(line.name, args=world.args[line.thing])
        for method, signs in line.answers.items():
            for headers in kinds_of_request(who, method):
                got = ask(client, method, address, headers)
                if got != signs[column]:
                    wrong.append(f"{method} {line.name} {headers or ''}: {got}, the table says {signs[column]}")
    assert not wrong, "\n".join(wrong)


def kinds_of_request(who: str, method: str) -> list[dict[str, str]]:
    """A fragment is the same view; those with least and those with a part are asked for fragments as well."""
    as_fragment = method == "GET" and who in ("nobody", "outsider", "contact", "ib_member", "stranger")
    return [{}, {"HX-Request": "true"}] if as_fragment else [{}]


def ask(client: Client, method: str, address: str, headers: dict[str, str]) -> str:
    """One request whose effects are undone, so that the next one meets the same world and the same person."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.generic(method, address, headers=headers)
        sign = sign_of(answer.status_code, answer.get("Location", ""))
        if answer.streaming:  # read to its end, the client closes the file
            b"".join(answer)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)
    return sign


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("who", ["nobody", "outsider", "coordinator"])
def test_no_other_method_gets_anything(people: People, who: str, method: str) -> None:
    world, client = World(people), Client(raise_request_exception=False)
    if who != "nobody":
        client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
    for line in TABLE:
        answer = ask(client, method, reverse(line.name, args=world.args[line.thing]), {})
        # Django's own login view takes a PUT as a POST
        assert answer in ("x", ">", "!", "-") or line.name == "login", (line.name, answer)


def test_nobody_sees_no_data_whatever_the_method(people: People) -> None:
    world, client = World(people), Client(raise_request_exception=False)
    for line in TABLE:
        if line.name in PUBLIC:
            continue
        for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"):
            assert ask(client, method, reverse(line.name, args=world.args[line.thing]), {}) == ">", (line.name, method)


@pytest.mark.parametrize("who", COLUMNS)
def test_nobody_of_the_cast_comes_into_the_register_keepers_pages(people: People, who: str) -> None:
    """They take a superuser made on the command line; a mandate never opens them."""
    client = Client()
    if who != "nobody":
        client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
    for name in ("index", "organisation_body_changelist", "organisation_mandate_add", "organisation_user_changelist"):
        answer = client.get(reverse(f"{ADMIN}:{name}"))
        assert answer.status_code in (302, 403)
        assert answer.status_code == 403 or "logga-in" in answer["Location"] or "/login/" in answer["Location"]
