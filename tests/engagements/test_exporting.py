"""Lists as files: the same rows as on the screen, the same eyes."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from engagements.enums import Part
from engagements.secrecy import mark_secret
from engagements.views import exporting
from tests.factories import AT, a_visit
from tests.factories.assignments import an_assignment
from tests.factories.memberships import a_review
from tests.people import People


def rows_of(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.status_code
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.fixture
def matters(people: People) -> dict[str, Any]:
    by, body = people.contact, people.body("169")
    return {
        "visit_list": [
            a_visit(by, body, title=f"=Besök {n}", country="NL" if n else "SE").engagement for n in range(3)
        ],
        "assignment_list": [an_assignment(by, body)],
        "membership_list": [a_review(by, body).engagement],
    }


@pytest.mark.parametrize("name", ["visit_list", "assignment_list", "membership_list"])
def test_a_list_is_exported_as_it_is_filtered(people: People, matters: Any, as_user: Any, name: str) -> None:
    client = as_user(people.contact)
    rows = rows_of(client.get(reverse(name), {"utdrag": "csv"}))
    assert {row["Ärende"] for row in rows} == {matter.key for matter in matters[name]}
    assert rows_of(client.get(reverse(name), {"utdrag": "csv", "ord": "finnsintealls"})) == []
    page = client.get(reverse(name), {"sort": "key"}).content.decode()
    assert "?sort=key&amp;utdrag=csv" in page
    assert rows_of(as_user(people.outsider).get(reverse(name), {"utdrag": "csv"})) == []


def test_filters_and_order_hold_and_formulas_do_not(people: People, matters: Any, as_user: Any) -> None:
    rows = rows_of(as_user(people.auditor).get(reverse("visit_list"), {"utdrag": "csv", "land": "NL", "sort": "key"}))
    assert [row["Ärende"] for row in rows] == [matter.key for matter in matters["visit_list"][1:]]
    assert rows[0]["Rubrik"] == "'=Besök 1"
    assert rows[0]["Land"] == "Nederländerna"
    assert rows[0]["Huvudinriktning"] == "Samverkan"


def test_reviews_and_hits_are_exported(people: People, matters: Any, as_user: Any) -> None:
    client = as_user(people.contact)
    (review,) = rows_of(client.get(reverse("review_list"), {"utdrag": "csv"}))
    assert review["Ärende"] == matters["membership_list"][0].key
    hits = rows_of(client.get(reverse("search"), {"utdrag": "csv", "q": "besök"}))
    assert {row["Ärende"] for row in hits} == {matter.key for matter in matters["visit_list"]}
    assert rows_of(as_user(people.outsider).get(reverse("search"), {"utdrag": "csv", "q": "besök"})) == []


def test_what_is_marked_is_masked_in_the_file(people: People, matters: Any, as_user: Any) -> None:
    visit, membership = matters["visit_list"][1], matters["membership_list"][0]
    for matter in (visit, membership):
        mark_secret(
            engagement=matter, whole=False, parts=[Part.TITLE, Part.COUNTERPART], paragraph="OSL 15:1", ground="x",
            readers=[], by=people.head, at=AT,
        )  # fmt: skip
    for user, shown in ((people.auditor, False), (people.contact, False), (people.head, True)):
        client = as_user(user)
        for name in ("visit_list", "membership_list", "review_list"):
            text = client.get(reverse(name), {"utdrag": "csv"}).content.decode()
            secret = {"visit_list": "Besök 1", "membership_list": "Klimatnätverket", "review_list": "Klimatnätverket"}
            assert (secret[name] in text) is shown, (user, name)
            assert (matter.key or "") in text or name == "visit_list"


def test_too_many_rows_are_told_and_not_cut(
    people: People, matters: Any, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST", 2)
    answer = as_user(people.auditor).get(reverse("visit_list"), {"utdrag": "csv", "sort": "key"}, follow=True)
    assert "fler än 5 000" in answer.content.decode()
    assert answer.redirect_chain == [("/besok/?sort=key", 302)]
    assert len(rows_of(as_user(people.auditor).get(reverse("visit_list"), {"utdrag": "csv", "land": "NL"}))) == 2
