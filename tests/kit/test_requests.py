"""What every answer carries, and what a person sees when the database is away or gave up waiting."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from stockholm_intl.kit import errors
from stockholm_intl.kit.logs import JsonFormatter
from tests.people import People

AsUser = Callable[[Any], Client]
LOGIN = "/konto/logga-in/"


@pytest.mark.django_db
def test_a_page_may_run_only_our_own_scripts_and_styles(client: Client) -> None:
    told = client.get(LOGIN).headers["Content-Security-Policy"]
    policy = dict(part.strip().split(" ", 1) for part in told.split(";"))
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in told


def test_a_shared_computer_keeps_no_page(people: People, as_user: AsUser) -> None:
    for answer in (as_user(people.contact).get("/"), Client().get(LOGIN), Client().get("/finns-inte/")):
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert answer.headers["X-Request-Id"]


@pytest.mark.django_db
def test_a_wrong_host_gets_no_page(client: Client) -> None:
    assert client.get(LOGIN, headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "accepts", "language"),
    [("", "en-GB,en", "sv"), ("en", "", "en"), ("xx", "en", "sv"), ("sv", "en", "sv")],
)
def test_swedish_until_the_person_chooses(cookie: str, accepts: str, language: str, client: Client) -> None:
    client.cookies["django_language"] = cookie
    answer = client.get(LOGIN, headers={"Accept-Language": accepts})
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.content.decode()


# --- Health


@pytest.mark.django_db
def test_health_tells_a_probe_without_login(client: Client) -> None:
    answer = client.get("/halsa/")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "database": True, "queue": True})


@pytest.mark.django_db
def test_without_redis_the_pages_still_work(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from stockholm_intl.celery import app

    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    answer = client.get("/halsa/")
    assert (answer.status_code, answer.json()["queue"]) == (200, False)


@pytest.mark.django_db
def test_without_the_database_health_says_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stockholm_intl.kit.health.database_answers", lambda: False)
    assert client.get("/halsa/").status_code == 503


# --- When the database gives up


def too_slow(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '50ms'")
        cursor.execute("SELECT pg_sleep(5)")
    return HttpResponse()


def broken(request: HttpRequest) -> HttpResponse:
    raise IntegrityError("Key (email)=(anna@stockholm.example) already exists")


for view in (too_slow, broken):
    view.login_required = False  # type: ignore[attr-defined]
urlpatterns = [path("slow/", too_slow), path("broken/", broken)]
handler500 = errors.server_error


@pytest.fixture
def odd_pages() -> Any:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.django_db
def test_a_query_that_takes_too_long_is_503_with_a_time_to_come_back(odd_pages: None) -> None:
    answer = Client(raise_request_exception=False).get("/slow/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "<h1" in answer.content.decode()


@pytest.mark.django_db
def test_a_fault_of_ours_is_500_and_tells_the_reader_nothing(
    odd_pages: None, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = Client(raise_request_exception=False).get("/broken/")
    assert answer.status_code == 500
    assert "anna@" not in answer.content.decode() + capfd.readouterr().err


def test_a_database_error_outside_a_view_is_503_too() -> None:
    try:
        raise OperationalError("the connection is lost")
    except OperationalError:
        answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 503


@pytest.mark.django_db
def test_the_web_waits_for_nothing_without_end() -> None:
    with connection.cursor() as cursor:
        limits = {}
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SHOW {name}")
            limits[name] = cursor.fetchone()[0]
    assert limits == {
        "statement_timeout": "15s",
        "lock_timeout": "3s",
        "idle_in_transaction_session_timeout": "1min",
    }


# --- Log lines


def line(message: str, error: Exception | None = None) -> dict[str, Any]:
    record = logging.LogRecord("register", logging.ERROR, __file__, 1, message, None, None)
    if error:
        try:
            raise error
        except type(error) as raised:
            record.exc_info = (type(raised), raised, raised.__traceback__)
    told: dict[str, Any] = json.loads(JsonFormatter().format(record))
    return told


def test_a_log_line_is_one_line_whatever_it_holds() -> None:
    told = JsonFormatter().format(
        logging.LogRecord("register", logging.INFO, __file__, 1, "one\nfake line\x1b[2J", None, None)
    )
    assert "\n" not in told
    assert "\x1b" not in told


def test_an_error_is_told_by_name_and_place_not_by_what_people_wrote() -> None:
    told = line("failed", ValueError("anna@stockholm.example"))["error"]
    assert told["type"] == "builtins.ValueError"
    assert any("test_requests.py" in place for place in told["at"])
    assert "text" not in told


def test_what_the_servers_say_is_told() -> None:
    assert line("failed", OperationalError("connection refused"))["error"]["text"] == "connection refused"
