from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engagements.enums import FactKind
from engagements.models import Engagement, Fact, Partner
from engagements.register_queries import facts, partners
from tests.factories import an_engagement
from tests.people import People
from tests.queries import queries_of

AsUser = Callable[[Any], Client]
PLACES = ("register_index", "body_list", "partner_list", "fact_list", "strategy")


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", PLACES)
def test_registers_are_for_those_whose_roles_see_them(people: People, as_user: AsUser, name: str) -> None:
    for person in (people.contact, people.head, people.registrar, people.administrator):
        assert page(as_user(person), name)
    for person in (people.ib_member, people.commissioner, people.stranger):
        assert as_user(person).get(reverse(name)).status_code == 403
    assert Client().get(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", ["partner_list", "fact_list", "body_list"])
@pytest.mark.parametrize(
    "query",
    [
        {"sida": "0"}, {"sida": "-1"}, {"sida": "abc"}, {"sida": "9" * 400}, {"sida": "٣"}, {"sort": "password"},
        {"page": "-1"}, {"slag": "finns-inte"}, {"land": "\x00"}, {"ord": "\x00"}, {"ord": "a" * 9_999}, {"ord": "%_'"},
    ],
)  # fmt: skip
def test_hostile_addresses_are_answered_in_swedish(
    people: People, as_user: AsUser, name: str, query: dict[str, str]
) -> None:
    answer = as_user(people.contact).get(reverse(name), query)
    assert answer.status_code in (200, 422)
    assert 'lang="sv"' in answer.content.decode()


def test_index_counts_each_register(people: People, as_user: AsUser) -> None:
    Partner.objects.create(name="C40", kind="network")
    shown = page(as_user(people.contact), "register_index")
    assert "Organ" in shown and ">9<" in shown and ">1<" in shown


# --- Bodies


def test_a_bodys_page_tells_mandates_kin_and_what_is_seen_of_its_matters(people: People, as_user: AsUser) -> None:
    old = people.body("TN")
    old.successor, old.valid_to = people.body("MHN"), date(2023, 6, 30)
    old.save()
    an_engagement(people.contact, people.body("169"))
    shown = page(as_user(people.contact), "body_detail", "169")
    assert "Kontaktpersonen, Miljöförvaltningen" in shown and "1 besök" in shown
    assert "Miljö- och hälsoskyddsnämnden" in shown
    assert "0 besök" in page(as_user(people.outsider), "body_detail", "169")
    assert "Trafiknämnden" in page(as_user(people.contact), "body_detail", "MHN")
    assert "har upphört" in page(as_user(people.contact), "body_detail", "TN")


@pytest.mark.parametrize("code", ["finns-inte", "%00", "a" * 200, "169%27"])
def test_a_body_that_is_not_there_is_not_found(people: People, as_user: AsUser, code: str) -> None:
    assert as_user(people.contact).get(f"/register/organ/{code}/").status_code == 404


# --- Partners


def test_partners_stand_in_swedish_order(people: People) -> None:
    names = ["Zürich", "Åbo", "Örebro", "Ängelholm", "Évry", "Aarhus", "Östersund", "london"]
    for name in names:
        Partner.objects.create(name=name, kind="city")
    expected = ["Aarhus", "Évry", "london", "Zürich", "Åbo", "Ängelholm", "Örebro", "Östersund"]
    assert [partner.name for partner in partners()] == expected
    assert [partner.name for partner in partners(order="-namn")] == expected[::-1]


def test_partners_are_found_by_kind_country_and_words(people: People, as_user: AsUser) -> None:
    Partner.objects.create(name="Utrechts kommun", kind="city", country="NL", theme="klimat")
    Partner.objects.create(name="EUROCITIES", acronym="EC", kind="network", theme="storstadsfrågor")
    client = as_user(people.contact)
    for query, seen in ({"slag": "city"}, "Utrecht"), ({"land": "NL"}, "Utrecht"), ({"ord": "storstad"}, "EUROCITIES"):
        shown = page(client, "partner_list", **query)
        assert seen in shown and "1 part" in shown
    assert "Ingen part passar urvalet" in page(client, "partner_list", ord="finns inte")


def test_a_partners_page_shows_the_matters_one_may_see(people: People, as_user: AsUser) -> None:
    partner = Partner.objects.create(
        name="Utrechts kommun", kind="city", country="NL", homepage="https://utrecht.example"
    )
    matter = an_engagement(people.contact, people.body("169"), partner=partner)
    assert matter.title in page(as_user(people.contact), "partner_detail", partner.pk)
    assert matter.title not in page(as_user(people.outsider), "partner_detail", partner.pk)
    assert as_user(people.contact).get("/register/parter/999999999999999999999/").status_code == 404


def test_partner_pages_follow_each_other(people: People, as_user: AsUser) -> None:
    for number in range(60):
        Partner.objects.create(name=f"Stad {number:02}", kind="city")
    client = as_user(people.contact)
    first, second = page(client, "partner_list"), page(client, "partner_list", sida="2")
    assert "Stad 49" in first and "Stad 50" not in first and "Sida 1 av 2" in first
    assert "Stad 50" in second and "Stad 49" not in second
    assert "Den sidan finns inte" in page(client, "partner_list", sida="3")


# --- Facts and the strategy


def a_fact(title: str, happened: str = "2019", kind: FactKind = FactKind.FIGURE) -> Fact:
    return Fact.objects.create(kind=kind, happened=happened, title=title, source="AR21", fingerprint=title)


def test_facts_come_newest_first_and_undated_last(people: People) -> None:
    for title, happened in ("utan", ""), ("gammal", "2011"), ("ny", "2020-12"), ("nyast", "2020-12-08"):
        a_fact(title, happened)
    assert [fact.title for fact in facts()] == ["nyast", "ny", "gammal", "utan"]


def test_facts_are_shown_with_source_and_filtered(people: People, as_user: AsUser) -> None:
    a_fact("650 besöksgrupper", "2019")
    a_fact("Regel om mottagningar", "2012", FactKind.RULE)
    client = as_user(people.contact)
    shown = page(client, "fact_list")
    assert "650 besöksgrupper" in shown and "AR21" in shown and "2 uppgifter" in shown
    assert "650 besöksgrupper" not in page(client, "fact_list", slag="rule")
    assert "Regel om" not in page(client, "fact_list", ord="besöksgrupper")


def test_the_strategy_is_shown_with_directions_and_source(people: People, as_user: AsUser) -> None:
    shown = page(as_user(people.contact), "strategy")
    for words in ("Profilering", "Omvärldsbevakning", "Samverkan", "Påverkan", "171-482/2016", "avsnitt 3"):
        assert words in shown
    assert "Positionering" in page(as_user(people.contact), "strategy", utgava="2008")
    assert as_user(people.contact).get(reverse("strategy"), {"utgava": "../2016"}).status_code == 404


# --- As many questions for one row as for thirty


def test_lists_take_as_many_queries_for_thirty_rows_as_for_one(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    partner = Partner.objects.create(name="Stad", kind="city", owner=people.body("169"))
    an_engagement(people.contact, people.body("169"), partner=partner)
    a_fact("ett")
    asks = {
        "partner_list": lambda: page(client, "partner_list"),
        "fact_list": lambda: page(client, "fact_list"),
        "partner_detail": lambda: page(client, "partner_detail", partner.pk),
    }
    for ask in asks.values():
        ask()
    once = {name: queries_of(ask) for name, ask in asks.items()}
    for number in range(29):
        Partner.objects.create(name=f"Stad {number}", kind="city", owner=people.body("181"))
        Engagement.objects.filter(pk=an_engagement(people.contact, people.body("169")).pk).update(partner=partner)
        a_fact(f"tal {number}")
    assert {name: queries_of(ask) for name, ask in asks.items()} == once
