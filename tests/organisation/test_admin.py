from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engagements.models import Partner, Priority
from organisation.models import Body, Mandate, User
from stockholm_intl.kit.admin import site
from tests.people import People

AsUser = Callable[[Any], Client]
REGISTERS = (
    "organisation_body",
    "organisation_mandate",
    "organisation_user",
    "engagements_partner",
    "engagements_priority",
)


@pytest.fixture
def office(people: People, as_user: AsUser) -> Client:
    """The back office in the browser of a superuser, who has no mandate."""
    return as_user(User.objects.create_superuser("super", password="en bra mening för prov"))


def test_only_a_superuser_gets_in(people: People, as_user: AsUser) -> None:
    place = reverse("admin:index")
    answer = Client().get(place, follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("login"))
    for person in people.everyone:
        assert as_user(person).get(place, follow=True).status_code == 403


def test_being_staff_is_not_enough(people: People, as_user: AsUser) -> None:
    User.objects.filter(pk=people.administrator.pk).update(is_staff=True)
    assert as_user(people.administrator).get(reverse("admin:index"), follow=True).status_code == 403


@pytest.mark.parametrize("register", REGISTERS)
def test_each_register_can_be_listed_and_added_to(office: Client, register: str) -> None:
    assert office.get(reverse("admin:index")).status_code == 200
    for page in ("changelist", "add"):
        assert office.get(reverse(f"admin:{register}_{page}")).status_code == 200
    assert office.get(reverse(f"admin:{register}_changelist"), {"q": "å' \x00"}).status_code in (200, 302)


def test_nothing_else_is_here_but_the_outbox() -> None:
    registered = {model._meta.label_lower.replace(".", "_") for model in site._registry}
    assert registered == {*REGISTERS, "kit_outbox"}


def test_a_change_keeps_person_and_reason_in_the_history(people: People, office: Client) -> None:
    body = people.body("181")
    place = reverse("admin:organisation_body_change", args=[body.pk])
    sent = {
        "code": "181",
        "name": "Trafikkontoret",
        "kind": "fackforvaltning",
        "valid_to": "2027-06-30",
        "reason": "slås ihop",
    }
    assert office.post(place, sent).status_code == 302
    last = Body.history.filter(id=body.pk).latest()
    assert (last.valid_to, last.history_change_reason, last.history_user.username) == (
        date(2027, 6, 30),
        "slås ihop",
        "super",
    )
    assert office.get(reverse("admin:organisation_body_history", args=[body.pk])).status_code == 200


def test_a_mandate_remembers_who_appointed(people: People, office: Client) -> None:
    sent = {"person": people.stranger.pk, "body": people.body("169").pk, "role": "delegate", "valid_from": "2026-11-22"}
    assert office.post(reverse("admin:organisation_mandate_add"), sent).status_code == 302
    assert Mandate.objects.get(person=people.stranger).appointed_by == User.objects.get(username="super")


def test_a_mandate_that_ends_before_it_begins_is_told(people: People, office: Client) -> None:
    sent = {
        "person": people.stranger.pk, "body": people.body("169").pk, "role": "delegate",
        "valid_from": "2026-11-22", "valid_to": "2026-11-21",
    }  # fmt: skip
    assert office.post(reverse("admin:organisation_mandate_add"), sent).status_code == 200
    assert not Mandate.objects.filter(person=people.stranger).exists()


def test_partners_and_priorities_are_kept_here(people: People, office: Client) -> None:
    partner = {"name": "Utrechts kommun", "kind": "city", "country": "NL", "city_wide": "unknown"}
    assert office.post(reverse("admin:engagements_partner_add"), partner).status_code == 302
    priority = {"theme": "klimat", "valid_from": "2026-01-01", "decided_by": "kommunstyrelsen"}
    assert office.post(reverse("admin:engagements_priority_add"), priority).status_code == 302
    assert Partner.objects.get().name == "Utrechts kommun" and Priority.objects.get().theme == "klimat"
    assert office.post(reverse("admin:engagements_priority_add"), priority | {"theme": ""}).status_code == 200


def test_people_are_added_without_any_right(people: People, office: Client) -> None:
    sent = {"username": "ny.person", "password1": "en bra mening för prov", "password2": "en bra mening för prov"}
    assert office.post(reverse("admin:organisation_user_add"), sent | {"usable_password": "true"}).status_code == 302
    made = User.objects.get(username="ny.person")
    assert not made.is_staff and not made.is_superuser and not made.mandates.exists()
    change = reverse("admin:organisation_user_change", args=[made.pk])
    assert "is_superuser" not in office.get(change).content.decode()
    assert office.post(change, {"username": "ny.person", "is_superuser": "on", "is_active": "on"}).status_code == 302
    made.refresh_from_db()
    assert not made.is_superuser


def test_nothing_is_deleted(people: People, office: Client) -> None:
    place = reverse("admin:organisation_body_delete", args=[people.body("181").pk])
    assert office.post(place, {"post": "yes"}).status_code == 403


# --- What operations do is not gone round


def mandate_of(person: User) -> Mandate:
    return person.mandates.get()


def test_a_mandate_is_ended_on_its_own_page_and_not_here(people: People, office: Client) -> None:
    mandate = mandate_of(people.contact)
    place = reverse("admin:organisation_mandate_change", args=[mandate.pk])
    assert "avslutas på sin egen sida i registret" in office.get(place).content.decode()
    sent = {
        "person": people.stranger.pk, "body": people.body("181").pk, "role": "head", "valid_from": "2026-01-01",
        "valid_to": "2026-11-21", "is_deputy": "on", "reason": "prov",
    }  # fmt: skip
    assert office.post(place, sent).status_code == 302
    now = Mandate.objects.get(pk=mandate.pk)
    assert (now.person, now.body, now.role) == (mandate.person, mandate.body, mandate.role)
    assert (now.valid_from, now.valid_to, now.is_deputy) == (mandate.valid_from, None, True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"role": "contact_person"}, "har redan rollen"),
        ({"valid_from": "2019-12-31"}, "Låt mandatet börja då"),
        ({}, "Du kan inte utse dig själv"),
        ({"role": "head"}, "Kontot är stängt"),
    ],
)
def test_a_mandate_is_given_by_the_same_rules_as_on_its_page(
    people: People, office: Client, fields: dict[str, str], said: str
) -> None:
    Body.objects.filter(code="169").update(valid_from=date(2020, 1, 1))
    person = people.contact if fields else User.objects.get(username="super")
    User.objects.filter(pk=people.contact.pk).update(is_active="stängt" not in said)
    sent = {"person": person.pk, "body": people.body("169").pk, "role": "delegate", "valid_from": "2026-11-22"} | fields
    answer = office.post(reverse("admin:organisation_mandate_add"), sent)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Mandate.objects.filter(appointed_by__username="super").exists()


def test_an_older_version_is_read_and_not_put_back(people: People, office: Client) -> None:
    mandate = mandate_of(people.contact)
    mandate.valid_to = date(2026, 12, 31)
    mandate.save()
    first = mandate.history.earliest()
    place = reverse("admin:organisation_mandate_simple_history", args=[mandate.pk, first.pk])
    page = office.get(place)
    assert page.status_code == 200 and 'name="_save"' not in page.content.decode()
    assert office.post(place, {"reason": "tillbaka"}).status_code == 403
    assert Mandate.objects.get(pk=mandate.pk).valid_to == date(2026, 12, 31)


def test_bodies_are_joined_on_their_own_page(people: People, office: Client) -> None:
    body, into = people.body("181"), people.body("169")
    place = reverse("admin:organisation_body_change", args=[body.pk])
    assert "Organ slås samman på organets sida" in office.get(place).content.decode()
    sent = {"code": "181", "name": "Trafikkontoret", "kind": "fackforvaltning", "successor": into.pk, "reason": "x"}
    assert office.post(place, sent).status_code == 302
    assert Body.objects.get(pk=body.pk).successor is None
    Body.objects.filter(pk=body.pk).update(successor=into, valid_to=date(2026, 12, 31))
    assert office.post(place, sent | {"valid_to": "2027-12-31"}).status_code == 302
    assert Body.objects.get(pk=body.pk).valid_to == date(2026, 12, 31)


def test_an_account_is_not_closed_while_its_mandates_are_nobody_s(people: People, office: Client) -> None:
    place = reverse("admin:organisation_user_change", args=[people.contact.pk])
    answer = office.post(place, {"username": people.contact.username})
    assert answer.status_code == 200 and "Lämna över det först" in answer.content.decode()
    assert User.objects.get(pk=people.contact.pk).is_active
    people.contact.mandates.update(valid_to=date(2026, 11, 1))
    assert office.post(place, {"username": people.contact.username}).status_code == 302
    assert not User.objects.get(pk=people.contact.pk).is_active
    assert office.post(place, {"username": people.contact.username, "is_active": "on"}).status_code == 302
    assert User.objects.get(pk=people.contact.pk).is_active, "and it is opened again here"
    own = User.objects.get(username="super")
    answer = office.post(reverse("admin:organisation_user_change", args=[own.pk]), {"username": "super"})
    assert "ditt eget konto" in answer.content.decode()
