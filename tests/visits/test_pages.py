import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagements.enums import State
from engagements.models import Engagement
from engagements.views.writing import shown
from tests.factories import AT, a_visit
from tests.people import People
from visits.models import VisitRequest
from visits.operations import assess_visit, propose_visit

AsUser = Callable[[Any], Client]
FILLED = {
    "counterpart": "Utrechts kommun",
    "country": "NL",
    "people": "14",
    "wants": "Se hur klimatbudgeten används.",
    "starts_on": "2027-01-19",
    "main_direction": "samverkan",
    "motive": "Vi arbetar med samma metod.",
    "attendance": "on_site",
    "visit_type": "study_visit",
    "level": "ordinary",
    "body": "169",
}


def filled(**changes: Any) -> dict[str, Any]:
    return FILLED | {"submission": str(uuid4())} | changes


def test_a_contact_person_registers_a_visit(people: People, as_user: AsUser) -> None:
    answer = as_user(people.contact).post("/besok/nytt/", filled(), follow=True)
    assert answer.redirect_chain[-1][0] == "/besok/INT-2026-00001/"
    page = answer.content.decode()
    assert re.search(r"Besöket är registrerat som INT-2026-00001\. Bedöm det senast \d+ [a-zåäö]+\b", page)
    assert "Besök från Utrechts kommun" in page
    assert VisitRequest.objects.get().people == 14


def test_a_draft_is_kept_with_half_the_fields(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    answer = client.post("/besok/nytt/", filled(country="", wants="", utkast="1"))
    engagement = Engagement.objects.get()
    assert engagement.state == State.DRAFT
    assert answer["Location"] == f"/besok/utkast/{engagement.pk}/"
    assert "Utrechts kommun" in client.get(answer["Location"]).content.decode()
    assert "Skriv klart" in client.get("/").content.decode()


def test_autosave_says_when_it_saved_and_makes_one_draft(people: People, as_user: AsUser) -> None:
    client, form = as_user(people.contact), filled()
    for text in ("U", "Utrecht"):
        answer = client.post("/besok/nytt/?auto=1", form | {"counterpart": text})
        assert re.fullmatch(r"Sparat [0-9]{2}\.[0-9]{2}", answer.content.decode())
    assert Engagement.objects.get().counterpart == "Utrecht"
    client.post("/besok/nytt/", form)
    assert Engagement.objects.get().key == "INT-2026-00001"


def test_going_back_after_registering_finds_the_visit_and_not_an_empty_form(people: People, as_user: AsUser) -> None:
    client, form = as_user(people.contact), filled()
    saved = client.post("/besok/nytt/?auto=1", form, headers={"hx-request": "true"})
    address = saved["HX-Replace-Url"]
    assert address == Engagement.objects.get().get_absolute_url()
    assert "Utrechts kommun" in client.get(address).content.decode()
    client.post("/besok/nytt/", form)
    assert client.get(address)["Location"] == "/besok/INT-2026-00001/"


def test_an_assessment_without_direction_says_where_to_choose_one(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    with_one = client.get(reverse("visit_assess", args=[a_visit(people.contact, people.body("169")).engagement.key]))
    without = a_visit(people.contact, people.body("169"), main_direction="", motives={}).engagement
    page = client.get(reverse("visit_assess", args=[without.key])).content.decode()
    assert f'href="{reverse("visit_edit", args=[without.key])}#id_main_direction"' in page
    assert "Välj huvudinriktning" not in with_one.content.decode()


HOSTILE = [
    ("counterpart", "", "Fältet är tomt"),
    ("counterpart", "\u200b\u200b", "Fältet är tomt"),
    ("counterpart", "a\x00b", "tecken som inte går att spara"),
    ("counterpart", "x" * 10_000, "Korta den till högst 200"),
    ("wants", "x" * 10_000, "Korta den till högst"),
    ("country", "", "Välj"),
    ("country", "ZZ", "Välj"),
    ("people", "0", "minst 1"),
    ("people", "fjorton", "heltal"),
    ("people", "9" * 30, "heltal"),
    ("starts_on", "0000-01-01", "Året ska ligga mellan"),
    ("starts_on", "2027-02-30", "finns inte i kalendern"),
    ("starts_on", "i morgon", "år-månad-dag"),
    ("ends_on", "2027-01-18", "Sista dagen är före första dagen"),
    ("sender_email", "ingen adress", "fullständig e-postadress"),
    ("main_direction", "positionering", "Välj"),
    ("other_directions", "hittepå", "Välj"),
    ("body", "181", "Välj"),
    ("body", "'; drop table", "Välj"),
    ("visit_type", "fest", "Välj"),
    ("submission", "inte-ett-nummer", ""),
]


@pytest.mark.parametrize(("name", "value", "told"), HOSTILE)
def test_wrong_input_is_told_in_swedish_and_what_was_typed_is_kept(
    people: People, as_user: AsUser, name: str, value: str, told: str
) -> None:
    answer = as_user(people.contact).post("/besok/nytt/", filled(**{name: value, "time_of_day": "kl. 9–15"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "kl. 9–15" in page
    assert not Engagement.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "sort=password", "sort=-updated", "sort=date", "sort=-key", "page=-1", "page=abc", "efter=%00", "efter=~", "efter=x~9",
        "efter=2026-01-01~99999999999999999999", "fore=~5", "ar=0", "ar=99999", "land=XX", "lage=borta", "inriktning=upp",
        "ord=%00", "ord=" + "x" * 3000, "ord=%E2%80%8B", "ord=!!!", "organ=0", "ar=2026&land=NL&lage=registered&ord=klimat",
    ],
)  # fmt: skip
def test_the_list_takes_any_address(people: People, as_user: AsUser, query: str) -> None:
    a_visit(people.contact, people.body("169"))
    answer = as_user(people.contact).get(f"/besok/?{query}")
    assert answer.status_code in (200, 422)
    assert "Besök" in answer.content.decode()


def test_an_unknown_order_or_page_is_told(people: People, as_user: AsUser) -> None:
    page = as_user(people.contact).get("/besok/?sort=password&page=-1").content.decode()
    assert "Listan kan inte sorteras så" in page
    assert "Den sidan finns inte" in page


def listed(client: Client, query: str) -> list[str]:
    return re.findall(r'class="key" href="/besok/(INT-[0-9-]+)/"', client.get(f"/besok/?{query}").content.decode())


def test_filters_narrow_and_sort_orders(people: People, as_user: AsUser) -> None:
    body = people.body("169")
    a_visit(people.contact, body, starts_on="2027-01-19", title="Besök om klimatbudget")
    a_visit(
        people.contact, body, starts_on="2026-12-01", country="DK", title="Besök om buller", counterpart="Köpenhamn"
    )
    a_visit(
        people.contact, body, country="NO", main_direction="paverkan", motives={"paverkan": "x"}, title="Besök om snö"
    )
    client = as_user(people.contact)
    one, two, three = "INT-2026-00001", "INT-2026-00002", "INT-2026-00003"
    assert listed(client, "sort=key") == [one, two, three]
    assert listed(client, "sort=-key") == [three, two, one]
    assert listed(client, "sort=-date") == [one, two, three]
    assert listed(client, "sort=date") == [two, one, three]
    assert listed(client, "land=DK") == [two]
    assert listed(client, "inriktning=paverkan") == [three]
    assert listed(client, "ar=2027") == [one]
    assert listed(client, "ord=klimatbudgeten") == [one]
    assert listed(client, "lage=proposed") == []


def test_pages_follow_one_another_without_losing_a_row(people: People, as_user: AsUser, monkeypatch: Any) -> None:
    monkeypatch.setattr("engagements.views.lists.PAGE", 3)
    days = [None, "2027-01-02", "2027-01-01", None, "2027-01-01", "2026-12-24", None]
    for day in days:
        a_visit(people.contact, people.body("169"), starts_on=day)
    client = as_user(people.contact)
    for sort in ("-updated", "updated", "-date", "date", "-key", "key"):
        whole: list[str] = []
        address = f"?sort={sort}"
        pages = []
        while address:
            page = client.get(f"/besok/{address}").content.decode()
            pages.append(address)
            whole += re.findall(r'class="key" href="/besok/(INT-[0-9-]+)/"', page)
            following = re.search(r'href="(\?[^"]*efter=[^"]*)"', page)
            address = following.group(1).replace("&amp;", "&") if following else ""
        assert len(whole) == len(set(whole)) == 7, sort
        back = re.search(r'href="(\?[^"]*fore=[^"]*)"', client.get(f"/besok/{pages[-1]}").content.decode())
        assert back is not None
        assert listed(client, back.group(1).replace("&amp;", "&")[1:]) == whole[3:6], sort


def test_the_list_costs_the_same_for_one_row_and_thirty(people: People, as_user: AsUser) -> None:
    def queries(client: Client) -> int:
        client.get("/besok/")
        with CaptureQueriesContext(connection) as found:
            client.get("/besok/")
        return len(found)

    clients = [as_user(people.contact), as_user(people.coordinator)]
    a_visit(people.contact, people.body("169"))
    one = [queries(client) for client in clients]
    for _number in range(29):
        a_visit(people.contact, people.body("169"))
    assert [queries(client) for client in clients] == one
    assert one[0] <= 5


def test_another_body_does_not_know_that_the_visit_exists(people: People, as_user: AsUser) -> None:
    visit = a_visit(people.contact, people.body("169"))
    stranger = as_user(people.outsider)
    for address in ("", "andra/", "bedom/", "folj-upp/"):
        assert stranger.get(f"/besok/{visit.engagement.key}/{address}").status_code == 404
    assert "Inga besök ännu" in stranger.get("/besok/").content.decode()
    assert as_user(people.contact).get(f"/besok/{visit.engagement.key}/").status_code == 200


def test_a_reader_sees_and_may_not_change(people: People, as_user: AsUser) -> None:
    visit = a_visit(people.contact, people.body("169"))
    reader = as_user(people.auditor)
    assert reader.get(f"/besok/{visit.engagement.key}/").status_code == 200
    assert reader.get(f"/besok/{visit.engagement.key}/andra/").status_code == 403
    assert reader.get("/besok/nytt/").status_code == 403


def test_assessing_needs_every_grade_to_be_proposed(people: People, as_user: AsUser) -> None:
    visit = a_visit(people.contact, people.body("169"))
    client, address = as_user(people.contact), f"/besok/{visit.engagement.key}/bedom/"
    some = {"learning": "3", "learning_why": "De är före oss."}
    answer = client.post(address, some)
    assert answer.status_code == 422
    assert "Välj en grad innan förslaget lämnas." in answer.content.decode()
    assert "De är före oss." in answer.content.decode()
    assert client.post(address, some | {"spara": "1"}).status_code == 302
    visit.refresh_from_db()
    visit.engagement.refresh_from_db()
    assert (visit.learning, visit.engagement.state) == (3, State.ASSESSED)
    every = dict.fromkeys(("learning", "perspectives", "development", "competence", "image"), "2")
    assert client.post(address, every | {"proposal": "decline"}).status_code == 422
    assert client.post(address, every | {"proposal": "accept"}).status_code == 302
    visit.engagement.refresh_from_db()
    assert visit.engagement.state == State.PROPOSED
    assert "Besluta:" in as_user(people.head).get("/").content.decode()


def test_the_second_editor_sees_both_texts(people: People, as_user: AsUser) -> None:
    visit = a_visit(people.contact, people.body("169"))
    address = f"/besok/{visit.engagement.key}/andra/"
    version = str(visit.engagement.version)
    first = as_user(people.contact).post(address, filled(counterpart="Den förstas", version=version))
    assert first.status_code == 302
    second = as_user(people.head).post(address, filled(counterpart="Den andras", version=version))
    page = second.content.decode()
    assert second.status_code == 409
    assert "Den förstas" in page
    assert "Den andras" in page
    version = re.search(r'name="version" value="([0-9]+)"', page)
    assert version is not None
    third = as_user(people.head).post(address, filled(counterpart="Den andras", version=version.group(1)))
    assert third.status_code == 302
    visit.engagement.refresh_from_db()
    assert visit.engagement.counterpart == "Den andras"


def test_a_proposed_visit_is_not_edited(people: People, as_user: AsUser) -> None:
    visit = a_visit(people.contact, people.body("169"))
    grades = dict.fromkeys(("learning", "perspectives", "development", "competence", "image"), 1)
    assess_visit(visit=visit, by=people.contact, at=AT, grades=grades)
    propose_visit(visit=visit, by=people.contact, at=AT, proposal="accept", text="")
    assert as_user(people.contact).get(f"/besok/{visit.engagement.key}/andra/").status_code == 403


def test_the_page_tells_history_and_why_one_sees_it(people: People, as_user: AsUser) -> None:
    visit = a_visit(people.contact, people.body("169"))
    page = as_user(people.contact).get(f"/besok/{visit.engagement.key}/").content.decode()
    assert "Ärendet lades upp." in page
    assert "Du är kontaktperson för Miljöförvaltningen." in page
    assert "Bedöm besöket" in page
    reader = as_user(people.controller).get(f"/besok/{visit.engagement.key}/").content.decode()
    assert "Du läser allt som inte är sekretessmarkerat" in reader
    assert "Bedöm besöket" not in reader


def test_a_registered_number_twice_is_told_on_the_field(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    client.post("/besok/nytt/", filled(registry_number="2026–1187"))
    answer = client.post("/besok/nytt/", filled(registry_number="2026-1187"))
    assert answer.status_code == 422
    assert "Numret finns redan" in answer.content.decode()


def test_fields_that_are_not_in_the_form_change_nothing(people: People, as_user: AsUser) -> None:
    extra = {
        "state": "approved",
        "key": "INT-1999-00001",
        "decided_by": people.contact.pk,
        "is_secret": "1",
        "version": "9",
    }
    as_user(people.contact).post("/besok/nytt/", filled(**extra))
    engagement = Engagement.objects.get()
    assert (engagement.state, engagement.key, engagement.is_secret) == (State.REGISTERED, "INT-2026-00001", False)
    assert engagement.decided_by is None


def test_a_draft_can_be_taken_away(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    client.post("/besok/nytt/", filled(utkast="1"))
    pk = Engagement.objects.get().pk
    assert client.get(f"/besok/utkast/{pk}/ta-bort/").status_code == 405
    client.post(f"/besok/utkast/{pk}/ta-bort/")
    assert not Engagement.objects.exists()


def test_a_conflict_says_yes_and_no_in_words() -> None:
    assert [shown(value) for value in (True, False, None, ["b", "a"], 14)] == ["Ja", "Nej", "", "a, b", "14"]
