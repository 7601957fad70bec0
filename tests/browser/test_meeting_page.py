"""The meeting page under the hand: keys, arrows, a phone, and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from decisions.models import Meeting
from tests.decisions.making import a_meeting, a_point, a_trip, referred
from tests.people import People


@pytest.fixture
def meeting(people: People) -> Meeting:
    a_point(people)
    found = a_meeting(people)
    for title in ("Eurocities i Brno", "Polis i Porto", "Miljöforum i Turin"):
        referred(people, found, a_trip(people, title))
    return found


def heading(page: Page) -> Any:
    return page.locator("#punkt")


def order(page: Page) -> list[str]:
    return page.locator("#dagordning li a > span:nth-child(2)").all_inner_texts()


def test_the_keys_j_and_k_go_through_the_agenda(people: People, meeting: Meeting, sign_in: Any) -> None:
    page: Page = sign_in(people.ib_member)
    page.goto(meeting.get_absolute_url())
    expect(heading(page)).to_have_text("Eurocities i Brno")
    page.keyboard.press("j")
    expect(heading(page)).to_have_text("Polis i Porto")
    page.keyboard.press("k")
    expect(heading(page)).to_have_text("Eurocities i Brno")


def test_a_letter_typed_in_the_decision_is_only_a_letter(people: People, meeting: Meeting, sign_in: Any) -> None:
    page: Page = sign_in(people.ib_secretary)
    page.goto(meeting.get_absolute_url())
    page.get_by_label("Beslutets text").press_sequentially("jk")
    expect(heading(page)).to_have_text("Eurocities i Brno")
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(heading(page)).to_have_text("Polis i Porto")


def test_the_arrows_move_a_point_and_keep_the_cursor(people: People, meeting: Meeting, sign_in: Any) -> None:
    page: Page = sign_in(people.ib_secretary)
    page.goto(meeting.get_absolute_url())
    page.get_by_role("link", name="Ändra ordningen").click()
    page.get_by_role("button", name="Flytta ned 1.1 Eurocities i Brno").press("Enter")
    expect(page.get_by_role("button", name="Flytta ned 1.2 Eurocities i Brno")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Flytta upp 1.3 Eurocities i Brno")).to_be_visible()
    assert order(page) == ["Polis i Porto", "Miljöforum i Turin", "Eurocities i Brno"]
    assert [item.title for item in meeting.items.all()] == order(page)


def test_a_secretary_without_javascript_orders_and_decides(people: People, meeting: Meeting, sign_in: Any) -> None:
    page: Page = sign_in(people.ib_secretary, java_script_enabled=False)
    page.goto(f"{meeting.get_absolute_url()}?ordna=1")
    page.get_by_role("button", name="Flytta upp 1.2 Polis i Porto").click()
    assert order(page)[0] == "Polis i Porto"
    page.get_by_role("link", name="Klar").click()
    page.get_by_label("Delegationspunkt").select_option(index=1)
    page.get_by_role("button", name="Besluta", exact=True).click()
    expect(page.get_by_text("Punkt 1.1 är klar: Bifall.")).to_be_visible()
    expect(heading(page)).to_have_text("Eurocities i Brno")


@pytest.mark.parametrize("width", [320, 390, 768, 1600])
def test_no_width_scrolls_sideways(people: People, meeting: Meeting, sign_in: Any, width: int) -> None:
    page: Page = sign_in(people.ib_secretary, viewport={"width": width, "height": 900})
    for place in ("/beredning/", meeting.get_absolute_url(), f"{meeting.get_absolute_url()}?ordna=1"):
        page.goto(place)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_agenda_is_folded(people: People, meeting: Meeting, sign_in: Any) -> None:
    page: Page = sign_in(people.ib_member, viewport={"width": 390, "height": 844})
    page.goto(meeting.get_absolute_url())
    point = page.get_by_role("link", name="1.3 Miljöforum i Turin")
    expect(point).to_be_hidden()
    page.locator("#dagordning summary").click()
    point.click()
    expect(heading(page)).to_have_text("Miljöforum i Turin")
