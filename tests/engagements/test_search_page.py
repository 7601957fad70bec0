from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engagements.enums import Kind
from engagements.models import Engagement, Partner
from tests.factories import an_engagement
from tests.people import People
from tests.queries import queries_of

AsUser = Callable[[Any], Client]


@pytest.fixture
def utrecht(people: People) -> Engagement:
    return an_engagement(people.contact, people.body("169"), title="Besök från Utrecht")


def page(client: Client, text: str, **more: str) -> str:
    answer = client.get(reverse("search"), {"q": text, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_hit_tells_kind_body_and_state_and_leads_to_the_matter(
    people: People, utrecht: Engagement, as_user: AsUser
) -> None:
    shown = page(as_user(people.contact), "utrecht")
    assert "1 ärende på ”utrecht”" in shown
    assert f'href="{utrecht.get_absolute_url()}"' in shown
    assert "Besök · Miljöförvaltningen" in shown and "Ny" in shown


def test_a_key_leads_straight_to_its_matter(people: People, utrecht: Engagement, as_user: AsUser) -> None:
    answer = as_user(people.contact).get(reverse("search"), {"q": utrecht.key.lower()})
    assert answer.status_code == 302 and answer.headers["Location"] == utrecht.get_absolute_url()


def test_a_key_of_what_one_may_not_see_leads_nowhere(people: People, utrecht: Engagement, as_user: AsUser) -> None:
    assert "Inget du får se passar" in page(as_user(people.outsider), utrecht.key)


def test_the_same_words_can_be_held_to_one_place(people: People, utrecht: Engagement, as_user: AsUser) -> None:
    trip = an_engagement(people.contact, people.body("169"), kind=Kind.TRIP, title="Resa till Utrecht")
    client = as_user(people.contact)
    shown = page(client, "utrecht", slag="uppdrag")
    assert trip.title in shown and utrecht.title not in shown
    assert utrecht.title in page(client, "utrecht", slag="finns-inte")


def test_registers_are_searched_by_those_who_see_them(people: People, as_user: AsUser) -> None:
    Partner.objects.create(name="Utrechts kommun", kind="city", country="NL")
    assert "Utrechts kommun" in page(as_user(people.contact), "utrecht")
    assert "Utrechts kommun" not in page(as_user(people.ib_member), "utrecht")
    assert "Miljöförvaltningen" in page(as_user(people.outsider), "miljöförv")


def test_nothing_typed_says_what_can_be_typed(people: People, as_user: AsUser) -> None:
    for text in ("", "   ", "\u200b"):
        assert "Vad letar du efter?" in page(as_user(people.contact), text)


@pytest.mark.parametrize("text", ["&|!", "\x00", "(((", "🙂", "a\x00b", "%", "__", "' OR 1=1 --"])
def test_hostile_words_are_answered_in_swedish(people: People, utrecht: Engagement, as_user: AsUser, text: str) -> None:
    assert 'lang="sv"' in page(as_user(people.contact), text)


def test_ten_thousand_characters_are_too_many(people: People, as_user: AsUser) -> None:
    answer = as_user(people.contact).get(reverse("search"), {"q": "a" * 10_000})
    assert answer.status_code == 422
    assert "Sökningen är för lång" in answer.content.decode()


def test_what_is_typed_is_shown_as_text(people: People, as_user: AsUser) -> None:
    shown = page(as_user(people.contact), "<script>alert(1)</script>")
    assert "<script>alert(1)" not in shown and "&lt;script&gt;" in shown


def test_search_takes_as_many_queries_for_thirty_hits_as_for_one(people: People, as_user: AsUser) -> None:
    def search() -> str:
        return page(as_user(people.contact), "klimatmöte")

    an_engagement(people.contact, people.body("169"), title="Klimatmöte ett")
    one = queries_of(search)
    for number in range(29):
        an_engagement(people.contact, people.body("169"), title=f"Klimatmöte {number}")
    assert queries_of(search) == one
