"""Rätta: the page that puts right what is decided, and what everybody sees of it afterwards."""

from typing import Any

import pytest

from decisions.models import Correction
from engagements.models import Engagement
from tests.decisions.pages import HOSTILE, AsUser, text_of, url
from tests.decisions.test_correcting import ib_trip, own_visit
from tests.people import People


def sent(page: Any, **changes: Any) -> dict[str, Any]:
    """The form as it was shown, with changes."""
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in shown.items()} | {"reason": "Fel stad"} | changes


def test_the_head_corrects_and_everybody_sees_it(people: People, as_user: AsUser) -> None:
    engagement = own_visit(people)
    head, contact = as_user(people.head), as_user(people.contact)
    address = url("engagement_correct", engagement.key)
    assert address in head.get(engagement.get_absolute_url()).content.decode()
    page = head.get(address)
    answer = head.post(address, sent(page, title="Besök från Utrecht", own_people="12"), follow=True)
    assert "Rättelse 1 är inskriven." in text_of(answer)
    seen = text_of(contact.get(engagement.get_absolute_url()))
    assert "Rättelse 1" in seen
    assert "Antal personer: 14 → ändrat till 12" in seen
    assert "Fel stad" in seen
    changes = Correction.objects.get().changes
    assert [(change["field"], change["new"]) for change in changes] == [("title", "Besök från Utrecht"), ("people", 12)]


def test_who_prepares_sees_no_button_and_comes_not_in(people: People, as_user: AsUser) -> None:
    engagement = own_visit(people)
    client = as_user(people.contact)
    page = client.get(engagement.get_absolute_url()).content.decode()
    assert url("engagement_correct", engagement.key) not in page
    assert url("visit_edit", engagement.key) not in page
    assert client.get(url("visit_edit", engagement.key)).status_code == 403
    assert client.post(url("engagement_correct", engagement.key), {"title": "Annat"}).status_code == 403
    assert as_user(people.outsider).get(url("engagement_correct", engagement.key)).status_code == 404


def test_what_nobody_changed_is_no_correction(people: People, as_user: AsUser) -> None:
    client, address = as_user(people.head), url("engagement_correct", own_visit(people).key)
    answer = client.post(address, sent(client.get(address)))
    assert answer.status_code == 422
    assert "Inget är ändrat" in text_of(answer)


def test_a_correction_without_reason_keeps_what_was_typed(people: People, as_user: AsUser) -> None:
    client, address = as_user(people.head), url("engagement_correct", own_visit(people).key)
    answer = client.post(address, sent(client.get(address), title="Besök från Gent", reason=""))
    assert answer.status_code == 422
    assert "Besök från Gent" in answer.content.decode()
    assert not Correction.objects.exists()


def test_the_second_to_correct_is_told(people: People, as_user: AsUser) -> None:
    engagement = own_visit(people)
    client, address = as_user(people.head), url("engagement_correct", engagement.key)
    old = client.get(address)
    client.post(address, sent(old, title="Besök från Gent", country="BE"))
    answer = client.post(address, sent(old, title="Besök från Brno"))
    assert answer.status_code == 409
    text = text_of(answer)
    assert "Det här skiljer" in text
    assert "Besök från Gent Besök från Brno" in text and "Belgien" in text, "both versions, in words"
    engagement.refresh_from_db()
    assert engagement.title == "Besök från Gent"


def test_the_secretary_corrects_the_directions_of_what_the_committee_decided(people: People, as_user: AsUser) -> None:
    trip = ib_trip(people)
    client, address = as_user(people.ib_secretary), url("engagement_correct", trip.key)
    page = client.get(address)
    data = sent(
        page,
        main_direction="paverkan",
        motive="Vi driver frågan.",
        motive_samverkan="Vi lär.",
        other_directions=["paverkan", "samverkan"],
    )
    assert client.post(address, data).status_code == 302
    trip = Engagement.objects.get(pk=trip.pk)
    assert (trip.main_direction, trip.other_directions) == ("paverkan", ["samverkan"])
    assert trip.motives["paverkan"] == "Vi driver frågan."


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("name", ["title", "country", "starts_on", "cost", "main_direction", "version", "own_people"])
def test_bad_input_is_answered(people: People, as_user: AsUser, name: str, typed: str) -> None:
    client, address = as_user(people.head), url("engagement_correct", own_visit(people).key)
    answer = client.post(address, sent(client.get(address), **{name: typed}))
    assert answer.status_code in (302, 409, 422)


def test_who_may_not_read_a_part_puts_nothing_right(people: People, as_user: AsUser) -> None:
    engagement = own_visit(people)
    client, address = as_user(people.head), url("engagement_correct", engagement.key)
    assert client.get(address).status_code == 200
    Engagement.objects.filter(pk=engagement.pk).update(
        secret_fields=["counterpart"], secrecy_paragraph="15 kap. 1 § OSL", secrecy_ground="Utrikes"
    )
    assert client.get(address).status_code == 403
