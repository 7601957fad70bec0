"""A reason is free text and may say anything: where something is marked, only the named read why it was done."""

from typing import Any

import pytest
from django.urls import reverse

from decisions.queries import decision_list_paper
from engagements.choosing import choose_way
from engagements.enums import Part
from engagements.models import Engagement
from engagements.secrecy import mark_secret
from organisation.models import User
from tests.decisions.test_correcting import NOW, corrected, ib_trip, own_visit
from tests.factories import a_visit
from tests.people import People

REASON = "Fel stad: Kyiv, inte Lviv"


def marked(engagement: Engagement, by: User, *parts: Part) -> None:
    mark_secret(
        engagement=engagement, whole=False, parts=parts, paragraph="OSL 15 kap. 1 §", ground="Skadar relationen",
        readers=[], by=User.objects.get(pk=by.pk), at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("part", [Part.TITLE, Part.SENDER, Part.DOCUMENTS])
def test_a_correction_s_reason_is_the_named_s_on_the_page(people: People, as_user: Any, part: Part) -> None:
    visit = own_visit(people)
    corrected(people, visit, reason=REASON)
    address = reverse("visit_detail", args=[visit.key])
    assert "Lviv" in as_user(people.auditor).get(address).content.decode()
    marked(visit, people.head, part)
    page = as_user(people.auditor).get(address).content.decode()
    assert "Lviv" not in page
    assert "Rättelse 1" in page
    assert "Lviv" in as_user(people.head).get(address).content.decode()


def test_and_on_a_list_that_is_printed_again(people: People) -> None:
    trip = ib_trip(people)
    corrected(people, trip, values={"cost": 9}, by=people.ib_secretary, reason=REASON)
    marked(trip, people.coordinator, Part.COUNTERPART)
    row = decision_list_paper(trip.agenda_items.get().meeting).corrections[0]
    assert (row.reason, row.changes) == ("Sekretess", ("Kostnad: – → 9",))


def test_why_a_way_was_judged_so_is_the_named_s(people: People, as_user: Any) -> None:
    visit = a_visit(people.contact, people.body("169")).engagement
    choose_way(engagement=visit, question="scope", answer="own_field", reason=REASON, by=people.contact, at=NOW)
    address = reverse("visit_detail", args=[visit.key])
    assert "Lviv" in as_user(people.auditor).get(address).content.decode()
    marked(visit, people.head, Part.SENDER)
    assert "Lviv" not in as_user(people.auditor).get(address).content.decode()
    assert "Lviv" in as_user(people.head).get(address).content.decode()
