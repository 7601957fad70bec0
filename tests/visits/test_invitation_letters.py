"""Only a letter is asked for (M18): registered on the visit's page, held against C9, decided by who signs for the host."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from decisions.models import Decision
from decisions.operations import decide_own
from engagements.enums import Instrument, State
from engagements.guard import Standing, findings
from engagements.models import Engagement
from engagements.prioritising import set_priority
from engagements.routing import route_of
from engagements.rules import RuleBroken
from organisation.models import User
from tests.factories import AT, TODAY
from tests.people import People
from visits.operations import propose_visit

AsUser = Callable[[Any], Client]


def registered(client: Client, **changes: Any) -> Engagement:
    """Written down on the page by whoever the browser is."""
    client.post(
        reverse("visit_new"),
        {
            "counterpart": "Utrechts kommun", "country": "NL", "wants": "Ett brev för deras visum, om klimatbudgeten.",
            "main_direction": "samverkan", "motive": "Vi arbetar med samma metod.", "attendance": "on_site",
            "visit_type": "invitation", "level": "ordinary", "body": "169", "submission": str(uuid4()), **changes,
        },
    )  # fmt: skip
    return Engagement.objects.select_related("body", "visit").get()


def prioritised(by: User, **fields: Any) -> None:
    said: dict[str, Any] = {"theme": "", "countries": ["NL"], "body": None, "valid_from": date(2026, 1, 1)} | fields
    set_priority(valid_to=None, decided_by="KS 2026-01-14 § 3", by=by, at=AT, **said)


def c9(engagement: Engagement) -> Standing:
    return next(one for one in findings(Engagement.objects.get(pk=engagement.pk), on=TODAY) if one.id == "C9")


def proposed(engagement: Engagement, by: User) -> Engagement:
    return propose_visit(visit=engagement.visit, by=by, at=AT, proposal="accept", text="Skicka brevet.").engagement


def test_the_page_offers_the_letter_and_the_matrix_takes_it(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    assert "Inbjudningsbrev" in client.get(reverse("visit_new")).content.decode()
    letter = registered(client)
    way = route_of(letter)
    assert (letter.instrument, way.rows, way.deciders) == (Instrument.INVITATION_LETTER, ("M18",), ("signer",))
    shown = client.get(letter.get_absolute_url()).content.decode()
    assert "den som får skriva under för värden" in shown and "C9" in shown
    assert not {"C14"} & {one.id for one in findings(letter, on=TODAY)}


def test_c9_fails_until_somebody_else_has_prioritised(people: People, as_user: AsUser) -> None:
    letter = registered(as_user(people.contact))
    assert c9(letter).result == "fail"
    proposed(letter, people.contact)
    with pytest.raises(RuleBroken, match="C9"):
        decide_own(engagement=letter, outcome="accept", by=people.head, at=AT)
    prioritised(people.head, body=people.body("169"))
    assert c9(letter).result == "pass"
    decision = decide_own(engagement=letter, outcome="accept", by=people.head, at=AT)
    letter.refresh_from_db()
    assert (letter.state, decision.body, decision.text) == (
        State.APPROVED,
        people.body("169"),
        "Inbjudningsbrevet skickas.",
    )


def test_c9_fails_without_a_direction(people: People, as_user: AsUser) -> None:
    prioritised(people.coordinator)
    assert c9(registered(as_user(people.contact), main_direction="", motive="")).result == "fail"


def test_c9_asks_a_person_when_who_prioritised_wrote_the_letter(people: People, as_user: AsUser) -> None:
    prioritised(people.coordinator)
    letter = registered(as_user(people.coordinator), body="110")
    assert letter.body == people.body("110")
    assert c9(letter).result == "judge"


@pytest.mark.parametrize("place", ["contact", "outsider", "coordinator", "ib_secretary"])
def test_nobody_signs_but_who_may_for_the_host(people: People, as_user: AsUser, place: str) -> None:
    prioritised(people.coordinator)
    letter = proposed(registered(as_user(people.contact)), people.contact)
    with pytest.raises(PermissionDenied):
        decide_own(engagement=letter, outcome="accept", by=getattr(people, place), at=AT)
    assert not Decision.objects.exists()
    decide_own(engagement=letter, outcome="accept", by=people.head, at=AT)


def test_the_decider_is_asked_about_a_letter_and_not_a_visit(people: People, as_user: AsUser) -> None:
    letter = proposed(registered(as_user(people.contact)), people.contact)
    shown = as_user(people.head).get(reverse("engagement_decide", args=[letter.key])).content.decode()
    assert "Skicka inbjudningsbrevet" in shown and "Ta emot besöket" not in shown


def test_the_pages_speak_of_a_letter_and_not_a_visit(people: People, as_user: AsUser) -> None:
    letter, client = registered(as_user(people.contact)), as_user(people.contact)
    page = client.get(reverse("visit_assess", args=[letter.key])).content.decode()
    assert "Bedöm inbjudningsbrevet" in page and "Besöket som brevet gäller ger" in page and "Skicka brevet" in page
    assert "den som får skriva under för värden" in page.lower()
    assert "Bedöm besöket" not in page and "Ta emot" not in page
    proposed(letter, people.contact)
    shown = as_user(people.head).get(letter.get_absolute_url()).content.decode()
    assert (
        "Förslag: skicka brevet." in shown and "Besluta om inbjudningsbrevet" in shown and "Bedöm besöket" not in shown
    )


def test_a_letter_that_was_sent_is_followed_up_as_one(people: People, as_user: AsUser) -> None:
    prioritised(people.coordinator)
    letter = proposed(registered(as_user(people.contact)), people.contact)
    decide_own(engagement=letter, outcome="accept", by=people.head, at=AT)
    page = as_user(people.contact).get(reverse("visit_complete", args=[letter.key])).content.decode()
    assert "Följ upp inbjudningsbrevet" in page and "Följ upp besöket" not in page


def test_a_letter_is_changed_back_into_a_visit(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    letter = registered(client)
    client.post(
        reverse("visit_edit", args=[letter.key]),
        {
            "counterpart": "Utrechts kommun", "country": "NL", "wants": "De kommer ändå.", "attendance": "on_site",
            "visit_type": "study_visit", "level": "ordinary", "body": "169", "submission": str(uuid4()),
            "version": letter.version, "reason": "De vill komma.",
        },
    )  # fmt: skip
    letter.refresh_from_db()
    assert letter.instrument == Instrument.VISIT
    assert "C9" not in {one.id for one in findings(Engagement.objects.get(), on=TODAY)}
