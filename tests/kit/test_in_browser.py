"""What the pages' own script adds to links and forms, in Chromium and under the strict content policy."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests.people import People

AsUser = Callable[[Any], Client]


@pytest.fixture
def signed_in(page: Page, live_server: Any, transactional_db: None, as_user: AsUser) -> Iterator[Page]:
    """A contact person's browser. Whatever the policy stops or the script trips over fails the test."""
    cookie = as_user(People().contact).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda line: troubles.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    # what the page still asks for would read while the tables are emptied
    page.wait_for_load_state("networkidle")
    assert troubles == []


def stands_since(page: Page) -> bool:
    """Whether the page is the one that was marked, not a new one at the same address."""
    return bool(page.evaluate("window.marked === true"))


def test_a_slash_goes_to_the_search_box(signed_in: Page, live_server: Any) -> None:
    signed_in.goto(f"{live_server.url}/besok/")
    signed_in.keyboard.press("/")
    expect(signed_in.locator("#sok")).to_be_focused()
    signed_in.keyboard.type("a/b")
    expect(signed_in.locator("#sok")).to_have_value("a/b")


def test_a_filter_changes_list_tabs_and_address_without_a_new_page(signed_in: Page, live_server: Any) -> None:
    page = signed_in
    page.goto(f"{live_server.url}/besok/")
    page.evaluate("window.marked = true")
    page.get_by_label("Läge").select_option("oppna")
    expect(page.locator("#urval [aria-current]")).to_have_text("Öppna")
    expect(page.get_by_role("link", name="Rensa", exact=True)).to_be_visible()
    assert page.url == f"{live_server.url}/besok/?lage=oppna"
    page.get_by_label("Ord i ärendet").fill("klimat")
    page.keyboard.press("Enter")
    page.wait_for_url("**/besok/?lage=oppna&ord=klimat")
    expect(page.get_by_label("Ord i ärendet")).to_be_focused()
    assert stands_since(page)


def test_back_shows_the_list_before_the_filter(signed_in: Page, live_server: Any) -> None:
    page = signed_in
    page.goto(f"{live_server.url}/besok/")
    page.get_by_label("Läge").select_option("oppna")
    page.wait_for_url("**/besok/?lage=oppna")
    page.go_back()
    expect(page.locator("#urval [aria-current]")).to_have_text("Alla")
    expect(page.get_by_role("heading", level=1)).to_have_text("Besök")
    expect(page.locator("header.top")).to_have_count(1)


def test_a_wrong_form_puts_the_cursor_at_its_errors(signed_in: Page, live_server: Any) -> None:
    page = signed_in
    page.goto(f"{live_server.url}/besok/nytt/")
    page.get_by_role("button", name="Registrera besöket").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Fel: Registrera besök – Internationella registret, Stockholms stad")
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Vem frågar?")).to_be_focused()


def test_a_list_that_has_lost_its_session_leads_to_the_login_page(signed_in: Page, live_server: Any) -> None:
    page = signed_in
    page.goto(f"{live_server.url}/besok/")
    page.wait_for_load_state("networkidle")  # the menu's number has come, and will not lead away by itself
    page.context.clear_cookies()
    page.get_by_label("Läge").select_option("oppna")
    page.wait_for_url("**/konto/logga-in/?next=%2Fbesok%2F*")
    expect(page.get_by_role("heading", level=1)).to_have_text("Logga in")


@pytest.mark.parametrize("width", [320, 390, 900, 1600])
def test_no_page_scrolls_sideways(signed_in: Page, live_server: Any, width: int) -> None:
    page = signed_in
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", "/besok/", "/besok/nytt/", "/hjalp/", "/finns-inte/"):
        page.goto(f"{live_server.url}{path}")
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, path
