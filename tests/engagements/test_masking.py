"""The masking by itself: which words a mark covers, in which row, for whom, and what it never does."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from engagements import masking
from engagements.enums import Kind, Part
from engagements.masking import (
    CoveredRow,
    cover_fetched,
    cover_values,
    covered,
    covered_as,
    covered_for_all,
    engagement_of,
    fields_of,
    hides,
    open_in,
    refuse_covered,
)
from engagements.models import Consultation, Document, Engagement, Judgement
from engagements.permission import access_of, grant, visible_to
from organisation.enums import Action
from organisation.models import User
from tests.factories import AT, a_visit, an_engagement
from tests.people import People

MASK = str(masking.MASK)


@pytest.fixture
def visit(people: People) -> Engagement:
    """Titles and delegations are marked; the auditor is named."""
    made = a_visit(people.contact, people.body("169"), summary="Om luften")
    made.delegation, made.sender_name = "Tre ministrar", "Nora Nordvind"
    made.save()
    return mark(made.engagement, people, Part.TITLE, Part.DELEGATION)


def mark(engagement: Engagement, people: People, *parts: Part) -> Engagement:
    engagement.secret_fields, engagement.secrecy_paragraph = [part.value for part in parts], "OSL 15 kap. 1 §"
    engagement.save()
    grant(engagement=engagement, to=people.auditor, action=Action.READ, reason="Granskar", by=None, at=AT)
    return Engagement.objects.get(pk=engagement.pk)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_part_covers_fields_model_by_model() -> None:
    assert fields_of("engagements.engagement", [Part.TITLE, Part.DECISION]) == ["title", "decision_note"]
    assert fields_of("visits.visitrequest", ["sender"]) == ["sender_name", "sender_email"]
    assert fields_of("visits.visitrequest", [Part.TITLE]) == []
    assert masking._column("visits.visitrequest", "wants") == "visit__wants"
    assert masking._column("visits.reception", "participants") == "reception__participants"
    assert masking._column("engagements.engagement", "title") == "title"


# --- Rows of values


def values(**more: Any) -> dict[str, Any]:
    return {"id": 7, "title": "Hemligt", "counterpart": "Zebra", "secret_fields": ["title"]} | more


def test_a_row_of_values_is_covered_where_it_says_something() -> None:
    told = values(country="NL", motives={"a": "b"}, secret_fields=["title", "counterpart", "summary"], partner=3)
    assert cover_values(told) == told
    assert (told["title"], told["counterpart"]) == (MASK, MASK)
    assert (told["country"], told["motives"], told["partner"]) == ("", {}, None)
    empty = cover_values(values(title="", secret_fields=["title", "decision"]))
    assert (empty["title"], empty["counterpart"], "decision_note" in empty) == ("", "Zebra", False)


def test_values_are_covered_for_who_is_not_named(people: People, visit: Engagement) -> None:
    for user, title in ((people.auditor, visit.title), (people.coordinator, MASK)):
        rows = [values(id=visit.pk, title=visit.title), values(id=0, secret_fields=[])]
        cover_fetched(access_of(fresh(user)), rows, ("id", "title", "secret_fields"))
        assert [row["title"] for row in rows] == [title, "Hemligt"]


def test_rows_that_say_whom_they_name_cost_no_query(people: People, visit: Engagement) -> None:
    access = access_of(fresh(people.coordinator))
    rows = [values(is_named=True), values(is_named=False), values(id=9, is_named=False, secret_fields=[])]
    with CaptureQueriesContext(connection) as asked:
        cover_fetched(access, rows, None)
        cover_fetched(access, [values(id=1, secret_fields=[])], None)
        cover_fetched(access, [], ("title", "secret_fields"))
        cover_fetched(access, [], None)
    assert len(asked) == 0
    # the same id twice is the same matter: it is named if any of its rows says so
    assert [row["title"] for row in rows] == ["Hemligt", "Hemligt", "Hemligt"]
    apart = [values(id=1, is_named=True), values(id=2, is_named=False)]
    cover_fetched(access, apart, None)
    assert [row["title"] for row in apart] == ["Hemligt", MASK]


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        ([("Hemligt",)], ("title",)), (["Hemligt"], ("title",)), ([{"title": "Hemligt"}], ("title",)),
        ([{"title": "Hemligt"}], None), ([("Hemligt", ["title"])], ("title", "secret_fields")), ([], ("title",)),
    ],
)  # fmt: skip
def test_what_cannot_be_covered_is_not_given_out(people: People, rows: list[Any], fields: Any) -> None:
    with pytest.raises(CoveredRow, match=r"title"):
        cover_fetched(access_of(people.coordinator), rows, fields)


def test_columns_that_no_mark_covers_are_given_as_they_are(people: People) -> None:
    rows = [("INT-2026-00001", 3)]
    cover_fetched(access_of(people.coordinator), rows, ("key", "id"))
    assert rows == [("INT-2026-00001", 3)]


# --- Rows of models


def test_an_engagement_is_covered_with_its_detail_and_says_so(people: People, visit: Engagement) -> None:
    seen = visible_to(fresh(people.coordinator)).get(pk=visit.pk)
    assert (seen.title, seen.summary, set(seen.covered_parts)) == (MASK, "Om luften", {"title", "delegation"})
    assert (seen.visit.delegation, seen.visit.sender_name) == (MASK, "Nora Nordvind")
    named = visible_to(fresh(people.auditor)).get(pk=visit.pk)
    assert (named.title, named.covered_parts, named.visit.delegation) == (visit.title, frozenset(), "Tre ministrar")


def test_what_hangs_on_it_is_covered_by_its_own_parts(people: People, visit: Engagement) -> None:
    mark(visit, people, Part.DOCUMENTS, Part.SUMMARY)
    Judgement.objects.create(engagement=visit, subject="C1", answer="pass", reason="Zebra", by=people.head, at=AT)
    Consultation.objects.create(engagement=visit, whom="Zebra", on=date(2026, 1, 1), note="")
    told = {people.auditor: ("Zebra", "Zebra", ""), people.coordinator: (MASK, MASK, "")}
    for user, words in told.items():
        rows: list[Any] = [Judgement.objects.get(engagement=visit), Consultation.objects.get(engagement=visit)]
        judgement, consultation = covered(fresh(user), rows)
        assert (judgement.reason, consultation.whom, consultation.note) == words
        assert judgement.answer == "pass"
        is_covered = user == people.coordinator
        assert bool(judgement.engagement.covered_parts) == is_covered
        assert judgement.engagement.summary == ("Sekretess" if is_covered else "Om luften")


def test_many_rows_take_one_question(people: People, visit: Engagement) -> None:
    open_one = an_engagement(people.contact, people.body("169"))
    rows = [Judgement(engagement=engagement, reason="Zebra") for engagement in (visit, open_one, visit)]
    mark(visit, people, Part.SUMMARY)
    visit.secret_fields = [Part.SUMMARY.value]
    user = fresh(people.coordinator)
    access_of(user)
    with CaptureQueriesContext(connection) as asked:
        found = covered(user, iter(rows))
    assert [row.reason for row in found] == [MASK, "Zebra", MASK]
    assert len([one for one in asked if "usergrant" in one["sql"]]) == 1
    with CaptureQueriesContext(connection) as asked:
        assert covered(user, [Judgement(engagement=open_one, reason="Zebra")])[0].reason == "Zebra"
    assert len(asked) == 0


def test_a_row_without_engagement_is_anybodys(people: People) -> None:
    row = SimpleNamespace(engagement=None, title="Öppet")
    assert covered(people.coordinator, [row]) == [row]
    assert covered_for_all(row) is row
    assert engagement_of(row) is None


def test_on_paper_it_is_covered_for_the_named_too(people: People, visit: Engagement) -> None:
    seen = visible_to(fresh(people.auditor)).get(pk=visit.pk)
    assert covered_for_all(seen) is seen
    assert (seen.title, seen.visit.delegation) == (MASK, MASK)
    open_one = an_engagement(people.contact, people.body("169"))
    assert covered_for_all(open_one).title == "Besök från Utrecht om klimatbudget"
    assert open_one.covered_parts == frozenset()


def test_rows_follow_the_eyes_their_engagement_was_fetched_for(people: People, visit: Engagement) -> None:
    for user, reason in ((people.auditor, "Zebra"), (people.coordinator, MASK)):
        mark(visit, people, Part.SUMMARY)
        seen = visible_to(fresh(user)).get(pk=visit.pk)
        rows = (Judgement(engagement=visit, reason="Zebra") for _number in range(2))
        with CaptureQueriesContext(connection) as asked:
            assert [row.reason for row in covered_as(seen, rows)] == [reason, reason]
        assert len(asked) == 0


def test_a_kind_without_its_own_row_is_covered_all_the_same(people: People) -> None:
    bare = mark(an_engagement(people.contact, people.body("169"), Kind.TRIP), people, Part.TITLE)
    assert covered_for_all(bare).title == MASK


def test_what_is_marked_is_not_searched_among(people: People, visit: Engagement) -> None:
    rows: QuerySet[Engagement] = Engagement.objects.filter(pk=visit.pk)
    assert not open_in(rows, Part.TITLE).exists()
    assert open_in(rows, Part.COUNTERPART).exists()


def test_hides_is_about_the_reader(people: People, visit: Engagement) -> None:
    seen = visible_to(fresh(people.coordinator)).get(pk=visit.pk)
    assert hides(seen, "engagements.engagement", "title")
    assert not hides(seen, "engagements.engagement", "counterpart")
    assert not hides(visit, "engagements.engagement", "title")


def test_covered_words_never_become_the_rows_own(people: People, visit: Engagement) -> None:
    document = Document(engagement=visit, name="brev.txt")
    refuse_covered(Document, instance=document)
    refuse_covered(Document, instance=SimpleNamespace(_is_covered=False))
    covered_for_all(document)
    with pytest.raises(CoveredRow, match="engagements.Document None is covered"):
        refuse_covered(Document, instance=document)
    for row in (document.engagement, document.engagement.visit):
        with pytest.raises(CoveredRow):
            row.save()
