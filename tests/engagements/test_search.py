import pytest

from engagements import search
from engagements.models import Engagement
from engagements.permission import access_of
from organisation.models import User
from tests.factories import an_engagement
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


@pytest.mark.parametrize(
    "text",
    ["&|!", "((((", "':*", "<->", "\\", "och", "🙂", "a" * 10_000, "utrecht " * 2_000, "'; drop table x", "\ud800"],
)
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
