from typing import Any

import pytest
from django.core.cache import cache

from engagements import search, search_plans
from engagements.enums import Kind
from engagements.models import Engagement
from engagements.permission import access_of, grant
from engagements.search_words import wanted
from organisation.enums import Action
from organisation.models import User
from tests.factories import AT, an_engagement
from tests.people import People


def found(person: User, text: str) -> set[str]:
    return {row.title for row in search.matching(Engagement.objects.visible_to(person), access_of(person), text)}


@pytest.fixture
def utrecht(people: People) -> Engagement:
    return an_engagement(
        people.contact,
        people.body("169"),
        title="Besök från Utrecht om klimatbudgeten",
        summary="De vill se hur nätverken för bostäder arbetar.",
        registry_number="171-482/2026",
    )


@pytest.fixture
def osaka(people: People) -> Engagement:
    return an_engagement(
        people.contact, people.body("169"), title="Delegation från Osaka", counterpart="Osaka stad", country="JP"
    )


@pytest.mark.parametrize(
    "text",
    [
        "utrecht",
        "UTRECHTS kommun",
        "klimatbudget",
        "klimatbud",
        "budgeten utrecht -",
        "nätverk",
        "bostad",
        "171-482/2026",
        "171–482/2026",
        "171-482",
        "Nederländerna",
        "nederl",
        "Netherlands",
        "besök och utrecht",
    ],
)
def test_finds_by_words_beginnings_dnr_and_country(
    people: People, utrecht: Engagement, osaka: Engagement, text: str
) -> None:
    expected = set() if text.startswith("budgeten") else {utrecht.title}
    assert found(people.contact, text) == expected


def test_finds_by_key_however_it_is_written(people: People, utrecht: Engagement, osaka: Engagement) -> None:
    year, number = osaka.key.split("-")[1:]
    for text in (osaka.key, osaka.key.lower(), f"{year}-{int(number)}", f" INT {year} {number} "):
        assert found(people.contact, text) == {osaka.title}


def test_nothing_typed_leaves_the_list_as_it_is(people: People, utrecht: Engagement, osaka: Engagement) -> None:
    for text in ("", "   ", "\u200b\u200b", "\x00"):
        assert found(people.contact, text) == {utrecht.title, osaka.title}


HOSTILE = [
    "&|!",
    "((((",
    "':*",
    "<->",
    "\\",
    "och",
    "🙂",
    "a" * 10_000,
    "utrecht " * 2_000,
    "'; drop table x",
    "\ud800",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_finds_nothing_and_breaks_nothing(people: People, utrecht: Engagement, text: str) -> None:
    assert found(people.contact, text) <= {utrecht.title}


def test_zero_width_signs_inside_a_word_do_not_hide_it(people: People, utrecht: Engagement) -> None:
    assert found(people.contact, "utr\u200becht\x00") == {utrecht.title}


def test_the_filter_opens_nothing(people: People, utrecht: Engagement) -> None:
    assert found(people.outsider, "utrecht") == set()
    assert found(people.coordinator, "utrecht") == {utrecht.title}


def test_many_hits_are_looked_for_in_order_and_few_by_number(
    people: People, utrecht: Engagement, osaka: Engagement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FEW_HITS", 0)
    assert found(people.contact, "utrecht") == {utrecht.title}
    assert found(people.coordinator, "osaka") == {osaka.title}


# --- The search page's own query


def titles(person: User, text: str, **asked: Any) -> list[str]:
    ids = search.search(access_of(person), text, **asked).ids
    by_id = Engagement.objects.in_bulk(ids)
    return [by_id[pk].title for pk in ids]


def test_an_exact_key_comes_first_even_when_others_mention_it(people: People, osaka: Engagement) -> None:
    an_engagement(people.contact, people.body("169"), title=f"Uppföljning av {osaka.key}", summary=f"{osaka.key} " * 9)
    assert titles(people.contact, osaka.key)[0] == osaka.title
    assert len(titles(people.contact, osaka.key)) == 2


def test_a_word_in_the_title_ranks_above_one_in_the_text(people: People, utrecht: Engagement) -> None:
    newer = an_engagement(people.contact, people.body("169"), title="Resa", summary="Vi såg Utrecht.")
    assert titles(people.contact, "utrecht") == [utrecht.title, newer.title]


def test_search_opens_nothing_but_what_is_visible(people: People, utrecht: Engagement) -> None:
    secret = an_engagement(people.contact, people.body("169"), title="Utrecht, hemligt")
    Engagement.objects.filter(pk=secret.pk).update(is_secret=True, secrecy_paragraph="OSL 15:1")
    for person in (people.contact, people.coordinator):
        assert titles(person, "utrecht") == [utrecht.title]
    assert titles(people.outsider, "utrecht") == titles(people.stranger, "utrecht") == []
    grant(engagement=utrecht, to=people.body("181"), action=Action.READ, reason="", by=people.head, at=AT)
    grant(engagement=secret, to=people.coordinator, action=Action.READ, reason="", by=people.head, at=AT)
    assert titles(fresh(people.outsider), "utrecht") == [utrecht.title]
    assert set(titles(fresh(people.coordinator), "utrecht")) == {utrecht.title, secret.title}


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def test_search_finds_the_same_as_the_list_filter(people: People, utrecht: Engagement, osaka: Engagement) -> None:
    an_engagement(people.outsider, people.body("181"), title="Utrecht och trafiken")
    for text in ("utrecht", "besök", "nederländerna", "osaka stad", "klimat utrecht", osaka.key, "finns inte"):
        for person in (people.contact, people.outsider, people.coordinator):
            assert set(titles(person, text)) == found(person, text)


@pytest.mark.parametrize("rarer", [True, False])
@pytest.mark.parametrize("common", [True, False])
def test_every_way_through_the_rows_finds_the_same(
    people: People, utrecht: Engagement, osaka: Engagement, monkeypatch: pytest.MonkeyPatch, common: bool, rarer: bool
) -> None:
    seen = int(common)
    sample = search_plans.Sample(rows=1, hits=seen, any_word=seen, is_whole=common, is_rarer_than_grants=rarer)
    monkeypatch.setattr(search_plans, "take_sample", lambda *_args: sample)
    secret = an_engagement(people.contact, people.body("169"), title="Utrecht, hemligt")
    Engagement.objects.filter(pk=secret.pk).update(is_secret=True, secrecy_paragraph="OSL 15:1")
    shared = an_engagement(people.outsider, people.body("181"), title="Utrecht och trafiken")
    grant(engagement=shared, to=people.body("169"), action=Action.READ, reason="", by=people.outsider, at=AT)
    for text in ("utrecht", "nederländerna", "osaka stad", "utrecht klimat", osaka.key):
        for person in (people.contact, people.outsider, people.coordinator, people.stranger):
            visible = set(Engagement.objects.visible_to(person).filter(wanted(text).condition()))
            assert set(titles(person, text)) == {row.title for row in visible}
            assert set(titles(person, text, kinds=[Kind.TRIP])) == set()


def test_the_sample_tells_common_words_from_rare_ones(people: People, utrecht: Engagement, osaka: Engagement) -> None:
    for person in (people.contact, people.coordinator):
        sample = search_plans.take_sample(access_of(person), wanted("besök utrecht osaka"))
        assert sample == search_plans.Sample(rows=2, hits=0, any_word=2, is_whole=True, is_rarer_than_grants=False)


def test_a_word_rarer_than_what_is_shared_is_looked_up_in_the_whole_text(
    people: People, utrecht: Engagement, osaka: Engagement, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_rarer(text: str) -> bool:
        return search_plans.take_sample(access_of(people.contact), wanted(text)).is_rarer_than_grants

    monkeypatch.setattr(search_plans, "MANY_GRANTS", 1)
    cache.delete("crowded_groups")
    assert not is_rarer("ankdammar")
    for shared in (utrecht, osaka):
        grant(engagement=shared, to=people.body("169"), action=Action.READ, reason="", by=people.outsider, at=AT)
    assert not is_rarer("ankdammar")
    cache.delete("crowded_groups")
    assert is_rarer("ankdammar")
    assert not is_rarer("ankdammar utrecht")


def test_search_can_be_held_to_some_kinds_and_to_a_number(people: People, utrecht: Engagement) -> None:
    trip = an_engagement(people.contact, people.body("169"), kind=Kind.TRIP, title="Resa till Utrecht")
    assert titles(people.contact, "utrecht", kinds=[Kind.TRIP]) == [trip.title]
    assert len(titles(people.contact, "utrecht", limit=1)) == 1
    assert search.search(access_of(people.contact), "utrecht", limit=1).count == 2


def test_more_hits_than_are_counted_say_so(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_plans, "MOST", 3)
    for number in range(4):
        an_engagement(people.contact, people.body("169"), title=f"Klimatmöte {number}")
    for person in (people.contact, people.coordinator):
        found = search.search(access_of(person), "klimatmöte")
        assert (len(found.ids), found.count) == (3, 3)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_breaks_no_search(people: People, utrecht: Engagement, text: str) -> None:
    for person in (people.contact, people.coordinator, people.stranger):
        search.search(access_of(person), text)
