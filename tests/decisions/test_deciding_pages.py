"""The secretary writes in outcomes on the meeting page."""

import re
from datetime import date

import pytest

from decisions.models import Decision
from decisions.operations import report_to_ks
from tests.decisions.making import (
    AFTER,
    a_declaration,
    a_meeting,
    a_point,
    a_trip,
    approved,
    decided,
    referred,
)
from tests.decisions.pages import (
    AsUser,
    a_full_meeting,
    decision_data,
    text_of,
    url,
)
from tests.people import People


def test_after_a_decision_comes_the_next_open_point(people: People, as_user: AsUser) -> None:
    meeting, items = a_full_meeting(people)
    point, client = a_point(people), as_user(people.ib_secretary)
    for item, following in zip(items, [items[1], items[2], items[2]], strict=True):
        answer = client.post(url("item_decide", item.pk), decision_data(point))
        assert answer["Location"].endswith(f"?punkt={following.pk}")
    assert "3 punkter, 3 klara" in text_of(client.get(url("meeting_detail", meeting.pk)))


def test_the_point_last_cited_in_such_a_matter_is_suggested(people: People, as_user: AsUser) -> None:
    earlier = a_meeting(people, date(2026, 9, 9))
    point = a_point(people, "IB 2.9")
    a_point(people, "IB 2.1")
    decided(people, referred(people, earlier, a_trip(people, "Turin")), point)
    meeting, _items = a_full_meeting(people)
    page = as_user(people.ib_secretary).get(url("meeting_detail", meeting.pk))
    assert page.context["form"].initial["point"] == point.pk
    assert "IB nr 1/2026, 1.1. Bifall, 74" in text_of(page)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"outcome": ""}, "Välj"),
        ({"text": " "}, "Skriv beslutets text"),
        ({"point": ""}, "Ange delegationspunkten"),
        ({"point": "0"}, "Välj ett av alternativen"),
        ({"cost": "gratis"}, "siffror"),
        ({"delegate": "Kungen"}, "Välj ett av alternativen"),
        ({"outcome": "abdicated"}, "Välj ett av alternativen"),
        ({"text": "a\x00b"}, "inte går att spara"),
        ({"text": "x" * 10_000}, "Korta den"),
        ({"version": ""}, "Fältet är tomt"),
    ],
)
def test_a_decision_that_lacks_something_says_what(
    people: People, as_user: AsUser, changes: dict[str, str], says: str
) -> None:
    _meeting, items = a_full_meeting(people)
    data = decision_data(a_point(people), **changes)
    answer = as_user(people.ib_secretary).post(url("item_decide", items[0].pk), data)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not Decision.objects.exists()


def test_the_second_secretary_sees_both_texts_and_can_save_hers(people: People, as_user: AsUser) -> None:
    _meeting, items = a_full_meeting(people)
    point, client = a_point(people), as_user(people.ib_secretary)
    decided(people, items[0], point, text="Den förstas text.")
    answer = client.post(url("item_decide", items[0].pk), decision_data(point, text="Den andras text."))
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Den förstas text." in page
    assert "Den andras text." in page
    again = decision_data(point, text="Den andras text.", version="1", reason="Rättad text")
    assert client.post(url("item_decide", items[0].pk), again).status_code == 302
    assert Decision.objects.get().text == "Den andras text."


def test_an_outcome_is_undone_with_a_reason(people: People, as_user: AsUser) -> None:
    _meeting, items = a_full_meeting(people)
    decided(people, items[0], a_point(people))
    client = as_user(people.ib_secretary)
    client.post(url("item_undo", items[0].pk), {"reason": "", "version": "1"})
    assert Decision.objects.exists()
    client.post(url("item_undo", items[0].pk), {"reason": "Fel punkt", "version": "1"})
    assert not Decision.objects.exists()


def test_before_its_day_the_meeting_is_read_and_not_decided(people: People, as_user: AsUser) -> None:
    meeting = a_meeting(people, date(2031, 5, 6))
    referred(people, meeting, a_trip(people))
    page = as_user(people.ib_secretary).get(url("meeting_detail", meeting.pk))
    assert page.context["form"] is None
    assert "från och med mötesdagen, 6 maj 2031" in text_of(page)


def test_another_s_matter_offers_no_decision(people: People, as_user: AsUser) -> None:
    meeting = a_meeting(people)
    referred(people, meeting, a_declaration(people, burden="added"))
    form = as_user(people.ib_secretary).get(url("meeting_detail", meeting.pk)).context["form"]
    assert {value for value, _label in form.fields["outcome"].choices} == {"remitted", "tabled", "noted"}


def test_a_reported_meeting_offers_nothing_to_change(people: People, as_user: AsUser) -> None:
    meeting = a_meeting(people)
    item = referred(people, meeting, a_trip(people))
    decided(people, item, a_point(people))
    report_to_ks(meeting=approved(people, meeting), by=people.ib_secretary, at=AFTER, on=AFTER.date(), paragraph="14")
    client = as_user(people.ib_secretary)
    page = client.get(url("meeting_detail", meeting.pk)).content.decode()
    actions = re.findall(r'action="([^"]+)"', page.split('id="innehall"')[1].split("<footer")[0])
    assert all("skriv-ut" in action for action in actions)
    answer = client.post(url("item_undo", item.pk), {"reason": "Fel", "version": "1"}, follow=True)
    assert "kan inte längre ändras" in text_of(answer)
