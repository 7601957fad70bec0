from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from engagements.assignments import detail_of
from engagements.enums import ASSIGNMENT_KINDS, Kind, State
from engagements.forms_assignments import SLUGS
from engagements.models import Engagement
from tests.factories import AT
from tests.factories.assignments import TITLES, a_granted_assignment, an_assignment
from tests.people import People
from tests.queries import queries_of

AsUser = Callable[[Any], Client]
KINDS = sorted(ASSIGNMENT_KINDS)
OWN: dict[Kind, dict[str, str]] = {
    Kind.TRIP: {"kind": "conference", "place": "Bryssel", "people": "2", "country": "BE", "on_behalf_of_ks": "False"},
    Kind.DECLARATION: {"kind": "declaration", "commitments": "Halvera utsläppen.", "signed_on": "2026-05"},
    Kind.EU_INFLUENCE: {"form": "consultation", "addressee": "EU-kommissionen"},
    Kind.PROJECT: {"kind": "eu", "programme": "Horisont Europa", "financing": "mixed"},
}


def filled(which: Kind, /, **more: str) -> dict[str, str]:
    return {
        "title": TITLES[which],
        "counterpart": "Eurocities",
        "main_direction": "paverkan",
        "motive": "Staden får gehör.",
        "body": "169",
        "submission": str(uuid4()),
        **OWN[which],
        **more,
    }


def new(kind: Kind) -> str:
    slug = next(slug for slug, of in SLUGS.items() if of == kind)
    return f"{reverse('assignment_new')}?slag={slug}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


# --- Writing it down


def test_first_one_chooses_what_it_is(people: People, as_user: AsUser) -> None:
    shown = text(as_user(people.contact).get(reverse("assignment_new")))
    for slug in SLUGS:
        assert f"?slag={slug}" in shown
    assert as_user(people.contact).get(f"{reverse('assignment_new')}?slag=annat").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_contact_person_registers_each_kind_and_reads_it(people: People, as_user: AsUser, kind: Kind) -> None:
    client = as_user(people.contact)
    assert client.get(new(kind)).status_code == 200
    answer = client.post(new(kind), filled(kind), follow=True)
    engagement = Engagement.objects.get()
    assert (engagement.kind, engagement.state) == (kind, State.REGISTERED)
    shown = text(answer)
    assert f"registrerat som {engagement.key}" in shown and TITLES[kind] in shown and "Föreslå beslut" in shown


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_is_told_what_it_lacks_and_registers_nothing(people: People, as_user: AsUser, kind: Kind) -> None:
    answer = as_user(people.contact).post(new(kind), {"submission": str(uuid4()), "body": "169"})
    assert answer.status_code == 422 and 'id="fel"' in text(answer)
    assert not Engagement.objects.exists()


HOSTILE = [
    {"starts_on": "2026-13-40"},
    {"starts_on": "0000-01-01"},
    {"starts_on": "2026-12-02", "ends_on": "2026-12-01"},
    {"ends_on": "2026-12-02"},
    {"country": "XX"},
    {"title": "a\x00b"},
    {"title": "\u200b\u200b"},
    {"title": "å" * 10_000},
    {"title": "bak\u202elänges"},
    {"body": "181"},
    {"body": "finns inte"},
    {"people": "-1"},
    {"people": "9" * 40},
    {"cost": "många"},
    {"cost": "-5"},
    {"kind": "rymdfärd"},
    {"main_direction": "vänort"},
    {"main_direction": "", "motive": "Därför."},
    {"on_behalf_of_ks": "kanske"},
    {"submission": "inte ett nummer"},
]


@pytest.mark.parametrize("wrong", HOSTILE)
def test_bad_input_gets_a_swedish_message_and_keeps_what_was_typed(
    people: People, as_user: AsUser, wrong: dict[str, str]
) -> None:
    answer = as_user(people.contact).post(new(Kind.TRIP), filled(Kind.TRIP, place="Åbo", **wrong))
    assert answer.status_code == 422
    assert 'value="Åbo"' in text(answer)
    assert not Engagement.objects.exists()


def test_a_partial_date_may_be_a_month_but_not_nonsense(people: People, as_user: AsUser) -> None:
    for value in ("2026-13", "maj", "2026-02-31", "0000"):
        answer = as_user(people.contact).post(new(Kind.DECLARATION), filled(Kind.DECLARATION, signed_on=value))
        assert answer.status_code == 422


def test_a_dnr_of_another_matter_of_the_body_is_told(people: People, as_user: AsUser) -> None:
    an_assignment(people.contact, people.body("169"), registry_number="171-482/2026")
    answer = as_user(people.contact).post(new(Kind.TRIP), filled(Kind.TRIP, registry_number="171–482/2026"))
    assert answer.status_code == 422 and "Numret finns redan" in text(answer)


def test_a_draft_is_kept_autosaved_and_registered_later(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    sent = {"title": "", "counterpart": "", "kind": "conference", "submission": str(uuid4()), "body": "169"}
    assert text(client.post(f"{new(Kind.TRIP)}&auto=1", sent)).startswith("Sparat ")
    draft = Engagement.objects.get()
    assert draft.key is None
    place = reverse("assignment_draft", args=[draft.pk])
    assert client.get(place).status_code == 200
    client.post(place, sent | {"title": "Halvfärdig", "utkast": "1"})
    client.post(place, filled(Kind.TRIP))
    draft.refresh_from_db()
    assert (draft.title, draft.state) == (TITLES[Kind.TRIP], State.REGISTERED)
    assert client.get(place).status_code == 302


def test_a_draft_can_be_thrown_away_and_a_registered_one_cannot(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    client.post(new(Kind.TRIP), filled(Kind.TRIP, utkast="1"))
    client.post(reverse("assignment_remove", args=[Engagement.objects.get().pk]))
    assert not Engagement.objects.exists()
    kept = an_assignment(people.contact, people.body("169"))
    client.post(reverse("assignment_remove", args=[kept.pk]))
    assert Engagement.objects.get() == kept


# --- Changing it


def test_an_edit_says_why_and_the_second_editor_sees_both_texts(people: People, as_user: AsUser) -> None:
    engagement = an_assignment(people.contact, people.body("169"))
    place = reverse("assignment_edit", args=[engagement.key])
    client = as_user(people.contact)
    assert client.get(place).status_code == 200
    first = filled(Kind.TRIP, version=str(engagement.version), title="Ny rubrik", reason="stavfel")
    assert client.post(place, first).status_code == 302
    second = client.post(place, first | {"title": "Min rubrik"})
    assert second.status_code == 409
    shown = text(second)
    assert "Ny rubrik" in shown and "Min rubrik" in shown and "Sparat av någon annan" in shown
    engagement.refresh_from_db()
    assert engagement.title == "Ny rubrik"
    assert engagement.history.first().history_change_reason == "stavfel"


def test_a_year_that_history_brought_survives_an_edit(people: People, as_user: AsUser) -> None:
    engagement = an_assignment(people.contact, people.body("169"), happens="2011", starts_on=None)
    place = reverse("assignment_edit", args=[engagement.key])
    as_user(people.contact).post(place, filled(Kind.TRIP, version=str(engagement.version)))
    engagement.refresh_from_db()
    assert (engagement.title, engagement.happens) == (TITLES[Kind.TRIP], "2011")
    assert "2011" in text(as_user(people.contact).get(engagement.get_absolute_url()))


# --- Its life


def test_proposed_then_granted_then_reported(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    engagement = an_assignment(people.contact, people.body("169"))
    place = reverse("assignment_propose", args=[engagement.key])
    assert client.get(place).status_code == 200
    assert client.post(place, {"text": ""}).status_code == 422
    assert "väntar på beslut" in text(client.post(place, {"text": "Godkänna resan."}, follow=True))
    assert client.get(place).status_code == 403
    assert "Besluta" in text(as_user(people.head).get(engagement.get_absolute_url()))

    granted = a_granted_assignment(people.contact, people.head, people.body("169"))
    report = reverse("trip_report", args=[granted.key])
    assert "Lämna reserapport" in text(client.get(granted.get_absolute_url()))
    assert client.post(report, {"report": "", "filed_on": "2026-11-22"}).status_code == 422
    shown = text(client.post(report, {"report": "Tre lärdomar.", "filed_on": "2026-11-22"}, follow=True))
    assert "Reserapporten är lämnad" in shown and "Tre lärdomar." in shown and "Ändra reserapporten" in shown
    granted.refresh_from_db()
    assert granted.state == State.COMPLETED


def test_the_other_kinds_steps(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    position = a_granted_assignment(people.contact, people.head, people.body("169"), Kind.EU_INFLUENCE)
    sent = {"submitted_on": "2026-11-22", "result": "Kom med."}
    assert "Kom med." in text(client.post(reverse("influence_submitted", args=[position.key]), sent, follow=True))

    project = an_assignment(people.contact, people.body("169"), Kind.PROJECT)
    money = {"year": "2026", "funding_sek": "1 250 000", "own_share_sek": ""}
    shown = text(client.post(reverse("project_money", args=[project.key]), money, follow=True))
    assert "1\u00a0250\u00a0000\u00a0kr" in shown
    for wrong in ({"year": "0"}, {"funding_sek": "-1"}, {"funding_sek": ""}, {"year": "9" * 30}):
        assert client.post(reverse("project_money", args=[project.key]), money | wrong).status_code == 422

    declaration = a_granted_assignment(people.contact, people.head, people.body("169"), Kind.DECLARATION)
    place = reverse("assignment_close", args=[declaration.key])
    assert client.post(place, {"reason": ""}).status_code == 422
    assert "Avslutat" in text(client.post(place, {"reason": "Ersatt av en ny."}, follow=True))
    assert client.get(place).status_code == 403


STEPS = ("assignment_edit", "assignment_propose", "trip_report", "assignment_close")


def test_who_may_not_see_or_not_write_is_kept_out(people: People, as_user: AsUser) -> None:
    granted = a_granted_assignment(people.contact, people.head, people.body("169"))
    for name in STEPS:
        place = reverse(name, args=[granted.key])
        assert as_user(people.outsider).get(place).status_code == 404
        assert as_user(people.coordinator).get(place).status_code == 403
    assert as_user(people.coordinator).get(granted.get_absolute_url()).status_code == 200
    assert as_user(people.outsider).get(granted.get_absolute_url()).status_code == 404
    assert as_user(people.controller).get(reverse("assignment_new")).status_code == 403
    assert as_user(people.contact).get(reverse("assignment_detail", args=["INT-2026-99999"])).status_code == 404
    assert as_user(people.contact).get("/uppdrag/INT-2026-0000%00/").status_code == 404


# --- The list


def test_the_list_shows_all_four_kinds_and_can_be_narrowed(people: People, as_user: AsUser) -> None:
    for kind in KINDS:
        an_assignment(people.contact, people.body("169"), kind)
    client = as_user(people.contact)
    shown = text(client.get(reverse("assignment_list")))
    assert "4 uppdrag" in shown and all(title in shown for title in TITLES.values())
    for query, expected in (
        ({"slag": "trip"}, {Kind.TRIP}),
        ({"ord": "luftkvalitet"}, {Kind.EU_INFLUENCE}),
        ({"lage": "approved"}, set()),
        ({"lage": "registered", "inriktning": "paverkan", "ar": "2026", "land": "BE", "sort": "date"}, set(KINDS)),
    ):
        shown = text(client.get(reverse("assignment_list"), query))
        assert {kind for kind in KINDS if TITLES[kind] in shown} == expected, query


@pytest.mark.parametrize(
    "query",
    [
        {"slag": "visit"}, {"slag": "x"}, {"ord": "\x00"}, {"ord": "&|!"}, {"ar": "0"}, {"sort": "password"},
        {"page": "-1"}, {"efter": "x~y"}, {"efter": "~999999999999999999999"}, {"fore": "2026~1"}, {"land": "\x00"},
    ],
)  # fmt: skip
def test_hostile_addresses_are_answered_in_swedish(people: People, as_user: AsUser, query: dict[str, str]) -> None:
    an_assignment(people.contact, people.body("169"))
    answer = as_user(people.contact).get(reverse("assignment_list"), query)
    assert answer.status_code in (200, 422) and 'lang="sv"' in text(answer)


def test_lists_and_pages_take_as_many_queries_for_thirty_as_for_one(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    an_assignment(people.contact, people.body("169"))

    def ask() -> None:
        assert client.get(reverse("assignment_list"), {"ord": "eurocities"}).status_code == 200

    ask()
    once = queries_of(ask)
    for number in range(29):
        an_assignment(people.contact, people.body("169"), KINDS[number % 4])
    assert queries_of(ask) == once


def test_days_are_told_as_days_or_as_history_has_them(people: People, as_user: AsUser) -> None:
    engagement = an_assignment(people.contact, people.body("169"), ends_on=date(2026, 12, 4))
    shown = text(as_user(people.contact).get(engagement.get_absolute_url()))
    assert "2–4 december 2026" in shown


def test_that_it_was_written_down_is_told_once(people: People, as_user: AsUser) -> None:
    engagement = an_assignment(people.contact, people.body("169"))
    detail_of(engagement).history.update(history_date=AT + timedelta(minutes=1))
    assert text(as_user(people.contact).get(engagement.get_absolute_url())).count("Ärendet lades upp.") == 1
