"""Statements, help, the choice of language, and the pages for what goes wrong. None of them needs the database."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from stockholm_intl.kit import pages


@pytest.fixture
def request_of_htmx(rf: RequestFactory) -> HttpRequest:
    return rf.get("/besok/", headers={"HX-Request": "true"})


@pytest.mark.parametrize("path", ["/tillganglighet/", "/personuppgifter/", "/hjalp/"])
def test_statements_and_help_are_open_to_everybody(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "<h1>" in answer.content.decode()


def test_a_page_names_its_language_and_the_place(client: Client) -> None:
    text = client.get("/hjalp/").content.decode()
    assert '<html lang="sv"' in text
    assert "Hjälp – Internationella registret, Stockholms stad</title>" in text


def test_nobody_is_shown_places_or_a_search_box(client: Client) -> None:
    text = client.get("/hjalp/").content.decode()
    assert 'role="search"' not in text
    assert 'class="places"' not in text


def test_the_language_is_kept_and_one_comes_back_to_the_page(client: Client) -> None:
    answer = client.post("/sprak/", {"language": "en", "next": "/hjalp/"})
    assert (answer.status_code, answer["Location"]) == (302, "/hjalp/")
    assert '<html lang="en"' in client.get("/hjalp/").content.decode()


def test_a_language_choice_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/sprak/", {"language": "en", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    client.post("/sprak/", {"language": "xx", "next": "/hjalp/"})
    assert '<html lang="sv"' in client.get("/hjalp/").content.decode()


def test_reading_changes_no_language(client: Client) -> None:
    assert client.get("/sprak/?language=en").status_code == 405


def test_the_address_of_a_button_asked_for_as_a_page_says_what_to_do(client: Client) -> None:
    answer = client.get("/sprak/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Ingenting är sparat." in answer.content.decode()
    assert not client.head("/sprak/").content


def test_what_cannot_be_read_is_400(rf: RequestFactory) -> None:
    answer = pages.bad_request(rf.get("/"), ValueError("<b>"))
    assert answer.status_code == 400
    assert "Begäran gick inte att läsa" in answer.content.decode()
    assert "<b>" not in answer.content.decode()


def test_what_is_not_allowed_is_403_and_says_why(rf: RequestFactory) -> None:
    told = pages.permission_denied(rf.get("/"), PermissionDenied("Bara förvaltningschefen beslutar."))
    plain = pages.permission_denied(rf.get("/"), PermissionDenied())
    assert told.status_code == plain.status_code == 403
    assert "Bara förvaltningschefen beslutar." in told.content.decode()
    assert "din roll ger inte rätt" in plain.content.decode()


def test_what_does_not_exist_is_404_and_tells_nothing(rf: RequestFactory) -> None:
    text = pages.page_not_found(rf.get("/besok/INT-2026-00042/"), Http404("INT-2026-00042")).content.decode()
    assert "Sidan finns inte" in text
    assert "No " not in text


def test_an_address_nobody_knows_is_answered_in_swedish(client: Client) -> None:
    answer = client.get("/tillganglighet/finns-inte/")
    assert answer.status_code in {302, 404}


def test_a_form_too_old_says_that_nothing_was_saved(rf: RequestFactory) -> None:
    answer = pages.csrf_failure(rf.post("/"), reason="CSRF cookie not set.")
    assert answer.status_code == 403
    assert "Ingenting är sparat" in answer.content.decode()


@pytest.mark.parametrize(("wait", "words"), [(1, "Vänta en minut"), (60, "Vänta en minut"), (61, "Vänta 2 minuter")])
def test_too_many_tries_say_how_long_to_wait(rf: RequestFactory, wait: int, words: str) -> None:
    answer = pages.too_many(rf.get("/"), wait=wait)
    assert (answer.status_code, answer["Retry-After"]) == (429, str(wait))
    assert words in answer.content.decode()


def test_a_fault_of_ours_is_500_and_an_outage_503(rf: RequestFactory) -> None:
    broken, away = pages.server_error(rf.get("/")), pages.unavailable(rf.get("/"))
    assert (broken.status_code, away.status_code) == (500, 503)
    assert "Något gick fel hos oss" in broken.content.decode()
    assert away["Retry-After"]


def test_error_pages_speak_the_pages_language(rf: RequestFactory) -> None:
    with translation.override("en"):
        assert '<html lang="en"' in pages.server_error(rf.get("/")).content.decode()


def test_an_error_takes_the_middle_of_a_page_that_htmx_asked_from(request_of_htmx: HttpRequest) -> None:
    for answer in (
        pages.page_not_found(request_of_htmx),
        pages.permission_denied(request_of_htmx),
        pages.too_many(request_of_htmx, wait=5),
        pages.bad_request(request_of_htmx),
        pages.server_error(request_of_htmx),
        pages.unavailable(request_of_htmx),
    ):
        assert answer["HX-Retarget"] == "#innehall"
        assert 'id="innehall"' in answer.content.decode()


def test_no_page_carries_inline_script_or_style(client: Client) -> None:
    text = client.get("/hjalp/").content.decode()
    assert "style=" not in text
    assert "<style" not in text
    assert "onclick" not in text
    assert text.count("<script") == text.count("<script src=")
