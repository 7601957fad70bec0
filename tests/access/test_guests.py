"""Who prepares what another body owns helps it along, and never makes it their own."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from engagements.models import Engagement
from engagements.permission import grant
from organisation.enums import Action, Role
from organisation.models import Mandate, User
from stockholm_intl.kit import clock
from tests.factories import AT, a_visit
from tests.people import People

SignedIn = Callable[[User], Client]


@pytest.fixture
def theirs(people: People) -> Engagement:
    """Trafikkontoret's visit, which Miljöförvaltningen prepares with them."""
    visit = a_visit(people.outsider, people.body("181"))
    visit.wants = "Se cykelbanorna"
    visit.save()
    told: Any = {"engagement": visit.engagement, "to": people.body("169"), "by": people.outsider, "at": AT}
    grant(action=Action.PREPARE, reason="Vi tar emot tillsammans", **told)
    return visit.engagement


def filled(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """The form as the page shows it, with these values changed."""
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in (shown | changes).items() if value not in (None, False)}


def test_a_guest_changes_the_matter_and_not_whose_it_is(people: People, theirs: Engagement, as_user: SignedIn) -> None:
    client, address = as_user(people.contact), reverse("visit_edit", args=[theirs.key])
    answer = client.post(address, filled(client, address, title="Besök om cykling", reason="Tydligare"))
    assert answer.status_code == 302
    theirs.refresh_from_db()
    assert (theirs.title, theirs.body.code) == ("Besök om cykling", "181")


def test_a_guest_does_not_take_it_over(
    people: People, theirs: Engagement, as_user: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    client, address = as_user(people.contact), reverse("visit_edit", args=[theirs.key])
    answer = client.post(address, filled(client, address, body="169", title="Vårt besök"))
    assert answer.status_code == 422
    assert "body" in answer.context["form"].errors
    theirs.refresh_from_db()
    assert (theirs.title, theirs.body.code) == ("Besök från Utrecht om klimatbudget", "181")


def test_who_prepares_in_both_bodies_may_move_it(people: People, theirs: Engagement, as_user: SignedIn) -> None:
    Mandate.objects.create(
        person=people.outsider, body=people.body("169"), role=Role.CONTACT_PERSON, valid_from=date(2020, 1, 1)
    )
    client, address = as_user(people.outsider), reverse("visit_edit", args=[theirs.key])
    assert client.post(address, filled(client, address, body="169", reason="Hör dit")).status_code == 302
    theirs.refresh_from_db()
    assert theirs.body.code == "169"


# --- A form that was opened once


def written(body: str, submission: Any) -> dict[str, Any]:
    return {
        "submission": str(submission), "counterpart": "Oslo kommune", "country": "NO", "wants": "Se", "body": body,
        "utkast": "1", "attendance": "on_site", "visit_type": "study_visit", "level": "ordinary",
    }  # fmt: skip


def test_anothers_form_gives_nobody_their_draft(people: People, as_user: SignedIn) -> None:
    submission, address = uuid4(), reverse("visit_new")
    assert as_user(people.contact).post(address, written("169", submission)).status_code == 302
    answer = as_user(people.outsider).post(address, written("181", submission))
    assert answer.status_code == 422
    assert "redan använt" in answer.content.decode()
    assert [draft.body.code for draft in Engagement.objects.filter(submission=submission)] == ["169"]


def test_an_old_form_moves_no_draft_out_of_a_body_one_has_left(people: People, as_user: SignedIn) -> None:
    submission, address = uuid4(), reverse("visit_new")
    as_user(people.contact).post(address, written("169", submission))
    people.contact.mandates.update(valid_to=clock.today().replace(year=2021))
    Mandate.objects.create(
        person=people.contact, body=people.body("181"), role=Role.CONTACT_PERSON, valid_from=date(2021, 1, 1)
    )
    answer = as_user(people.contact).post(address, written("181", submission))
    assert answer.status_code == 422
    assert Engagement.objects.get(submission=submission).body.code == "169"


def test_sent_twice_it_is_one_draft(people: People, as_user: SignedIn) -> None:
    submission, address, client = uuid4(), reverse("visit_new"), as_user(people.contact)
    places = [client.post(address, written("169", submission))["Location"] for _time in range(2)]
    assert len(set(places)) == 1
    assert Engagement.objects.filter(submission=submission).count() == 1
