"""Sekretess: what is marked is nowhere to be read but by the named, and the mark itself is kept in order."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagements.enums import DisclosureOutcome, Kind, Part
from engagements.history import history_of
from engagements.masking import COVERABLE, DETAIL, FIELDS, OPEN, CoveredRow, covered, fields_of
from engagements.models import Disclosure, Engagement
from engagements.operations import edit_engagement
from engagements.permission import access_of, grant, may, visible_to
from engagements.rules import Incomplete, RuleBroken
from engagements.search import search
from engagements.secrecy import mark_secret, record_disclosure, unmark
from engagements.sharing import readers_by_name, share_engagement
from organisation.enums import Action
from organisation.models import User
from stockholm_intl.kit import clock
from tests.factories import AT, a_visit
from tests.people import People

LATER = AT + timedelta(hours=1)


@pytest.fixture
def visit(people: People) -> Engagement:
    made = a_visit(people.contact, people.body("169"), title="Hemligheten i Utrecht", counterpart="Zebrabolaget")
    made.sender_name, made.delegation = "Nora Nordvind", "Tre ministrar"
    made.save()
    return made.engagement


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def marked(engagement: Engagement, by: User, *parts: Part, readers: Any = (), **more: Any) -> Engagement:
    told = {"whole": not parts, "parts": parts, "paragraph": "OSL 15 kap. 1 §", "ground": "Skadar relationen"} | more
    return mark_secret(engagement=engagement, readers=readers, by=by, at=LATER, **told)


def as_read_by(user: User, engagement: Engagement) -> Engagement:
    return visible_to(fresh(user)).get(pk=engagement.pk)


def test_a_marked_part_is_covered_for_all_but_the_named(people: People, visit: Engagement) -> None:
    marked(visit, people.head, Part.TITLE, Part.SENDER, readers=[people.contact])
    for user in (people.head, people.contact):
        assert as_read_by(user, visit).title == "Hemligheten i Utrecht"
        assert as_read_by(user, visit).visit.sender_name == "Nora Nordvind"
    for user in (people.board_secretary, people.coordinator, people.auditor):
        seen = as_read_by(user, visit)
        assert (seen.title, seen.counterpart) == ("Sekretess", "Zebrabolaget")
        assert (seen.visit.sender_name, seen.visit.delegation) == ("Sekretess", "Tre ministrar")


@pytest.mark.parametrize(
    ("was", "more", "moves"),
    [
        ([Part.TITLE], {"readers": True}, False),
        ([Part.TITLE], {"ground": "Skadar mer än relationen"}, False),
        ([Part.TITLE], {"paragraph": "OSL 15 kap. 2 §"}, False),
        ([Part.TITLE, Part.SENDER], {"parts": [Part.TITLE]}, False),
        ([], {"whole": False, "parts": [Part.TITLE]}, False),
        ([Part.TITLE], {"parts": [Part.TITLE, Part.SENDER]}, True),
        ([Part.TITLE], {"parts": [Part.SENDER]}, True),
        ([Part.TITLE], {"whole": True}, True),
    ],
)
def test_the_day_of_the_mark_is_the_day_it_last_came_to_cover_more(
    people: People, visit: Engagement, was: list[Part], more: dict[str, Any], moves: bool
) -> None:
    """What was printed covered stays good when somebody is named: only a wider mark shuts it."""
    visit = marked(visit, people.head, *was)
    told: dict[str, Any] = {
        "whole": not was, "parts": was, "paragraph": "OSL 15 kap. 1 §", "ground": "Skadar relationen"
    }  # fmt: skip
    readers = [people.contact] if more.get("readers") else []
    since = LATER + timedelta(days=1)
    visit = mark_secret(engagement=visit, by=people.head, at=since, **(told | more | {"readers": readers}))
    assert (visit.secrecy_at == since) == moves
    assert visit.updated_at == since


def test_who_does_not_see_all_reads_and_does_nothing_else(people: People, visit: Engagement, as_user: Any) -> None:
    assert may(people.contact, Action.PREPARE, visit)
    visit = marked(visit, people.head, Part.SENDER)
    contact = fresh(people.contact)
    assert may(contact, Action.READ, visit)
    assert not any(may(contact, action, visit) for action in Action if action is not Action.READ)
    assert as_user(people.contact).get(reverse("visit_edit", args=[visit.key])).status_code == 403
    assert as_user(people.coordinator).get(reverse("engagement_refer", args=[visit.key])).status_code == 403
    assert may(fresh(people.head), Action.PREPARE, visit)


def test_a_covered_row_cannot_be_saved(people: People, visit: Engagement) -> None:
    marked(visit, people.head, Part.TITLE, Part.DELEGATION)
    seen = as_read_by(people.auditor, visit)
    for row in (seen, seen.visit):
        with pytest.raises(CoveredRow):
            row.save()
    visit.refresh_from_db()
    assert visit.title == "Hemligheten i Utrecht"


def test_values_of_what_somebody_reads_must_bring_the_mark(people: People, visit: Engagement) -> None:
    rows = visible_to(people.auditor)
    for asked in (rows.values("title"), rows.values_list("id", "title"), rows.values_list("country", flat=True)):
        with pytest.raises(CoveredRow):
            list(asked)
    assert list(rows.values_list("pk", "key")) == [(visit.pk, visit.key)]
    with pytest.raises(TypeError):
        rows.iterator()


PAGES = ("visit_list", "desk", "search", "assignment_list", "membership_list", "review_list")


def test_the_marked_words_stand_on_no_page_of_the_unnamed(people: People, visit: Engagement, as_user: Any) -> None:
    grant(engagement=visit, to=people.body("IB"), action=Action.READ, reason="prov", by=None, at=AT)
    marked(visit, people.head, Part.TITLE, Part.COUNTERPART, Part.SENDER, Part.DELEGATION, Part.SUMMARY)
    secrets = ("Hemligheten", "Zebra", "Nora", "ministrar", "Nederländerna", "Se hur klimatbudgeten", "samma metod")
    for user in (people.contact, people.board_secretary, people.ib_member, people.coordinator, people.auditor):
        client = as_user(user)
        for address in (*map(reverse, PAGES), reverse("visit_detail", args=[visit.key])):
            text = client.get(address).content.decode()
            assert not [word for word in secrets if word in text.split("</form>")[-1]], (user, address)
        detail = client.get(reverse("visit_detail", args=[visit.key])).content.decode()
        assert "Sekretess i vissa uppgifter" in detail
        assert visit.key in client.get(reverse("visit_list")).content.decode() or user == people.ib_member
    assert "Hemligheten" in as_user(people.head).get(reverse("visit_detail", args=[visit.key])).content.decode()


def test_the_rest_of_a_list_and_its_count_stay_as_they_were(people: People, visit: Engagement, as_user: Any) -> None:
    a_visit(people.contact, people.body("169"))
    marked(visit, people.head, Part.TITLE, Part.COUNTERPART)
    assert "2 besök" in as_user(people.auditor).get(reverse("visit_list")).content.decode()


@pytest.mark.parametrize(
    ("part", "word"),
    [(Part.TITLE, "hemligheten"), (Part.COUNTERPART, "zebrabolaget"), (Part.COUNTERPART, "nederländerna")],
)
def test_a_masked_word_finds_nothing_for_anybody(people: People, visit: Engagement, part: Part, word: str) -> None:
    for user in (people.contact, people.auditor):
        assert search(access_of(fresh(user)), word).ids == (visit.pk,)
    marked(visit, people.head, part, readers=[people.contact])
    for user in (people.contact, people.head, people.auditor, people.board_secretary):
        assert search(access_of(fresh(user)), word).count == 0
    assert search(access_of(fresh(people.auditor)), visit.key or "").ids == (visit.pk,)
    unmark(engagement=visit, reason="Avtalet är offentligt", by=fresh(people.head), at=LATER)
    assert search(access_of(fresh(people.auditor)), word).ids == (visit.pk,)


def test_a_masked_country_is_not_filtered_on(people: People, visit: Engagement, as_user: Any) -> None:
    asked = reverse("visit_list") + "?land=NL"
    assert visit.key in as_user(people.auditor).get(asked).content.decode()
    marked(visit, people.head, Part.COUNTERPART)
    assert visit.key not in as_user(people.auditor).get(asked).content.decode()


def test_old_words_in_the_history_are_masked_too(people: People, visit: Engagement) -> None:
    edit_engagement(
        engagement=visit, by=people.contact, at=LATER, seen_version=visit.version, reason="rättelse", title="Öppet namn"
    )
    marked(visit, people.head, Part.TITLE)

    def told(user: User) -> str:
        seen = as_read_by(user, visit)
        return str(history_of(seen, seen.visit))

    assert "Hemligheten" in told(people.head)
    assert "Hemligheten" not in told(people.auditor)
    assert "Öppet namn" not in told(people.auditor)


def test_the_whole_is_seen_by_the_named_alone(people: People, visit: Engagement, as_user: Any) -> None:
    share_engagement(
        engagement=visit, to=people.outsider, action=Action.READ, reason="Hjälp", until=None, by=people.contact, at=AT
    )
    marked(visit, people.head, readers=[people.contact])
    seen = {user.username for user in people.everyone if visible_to(fresh(user)).exists()}
    assert seen == {people.head.username, people.contact.username}
    assert as_user(people.coordinator).get(reverse("visit_detail", args=[visit.key])).status_code == 404
    with pytest.raises(RuleBroken, match="namngivna personer"):
        share_engagement(
            engagement=visit, to=people.body("181"), action=Action.READ, reason="x", until=None, by=people.head, at=AT
        )
    with pytest.raises(RuleBroken, match="Bara den som får sekretessmarkera"):
        share_engagement(
            engagement=visit, to=people.auditor, action=Action.READ, reason="x", until=None,
            by=fresh(people.contact), at=AT,
        )  # fmt: skip
    share_engagement(
        engagement=visit, to=people.auditor, action=Action.READ, reason="x", until=None, by=fresh(people.head), at=AT
    )
    assert visible_to(fresh(people.auditor)).exists()


def test_the_marker_is_always_named_and_only_holders_of_the_right_mark(
    people: People, visit: Engagement, as_user: Any
) -> None:
    address = reverse("engagement_secrecy", args=[visit.key])
    sent = {"extent": "delar", "parts": ["sender"], "paragraph": "OSL 15 kap. 1 §", "ground": "Skada"}
    for user in (people.contact, people.board_secretary, people.coordinator):
        assert as_user(user).post(address, sent).status_code == 403
    client = as_user(people.head)
    assert client.post(address, sent | {"parts": []}).status_code == 422
    assert client.post(address, sent | {"parts": ["key"]}).status_code == 422
    assert client.post(address, sent | {"readers": [str(people.outsider.pk)]}).status_code == 422
    visit.refresh_from_db()
    assert (visit.secret_fields, visit.version) == ([], 1)
    assert client.post(address, sent | {"readers": [str(people.contact.pk)]}).status_code == 302
    assert set(readers_by_name(visit)) == {people.head, people.contact}
    page = client.get(address).content.decode()
    assert "En markering är en varning, inte ett beslut" in page
    assert client.post(address, sent | {"readers": [str(people.contact.pk)]}).status_code == 422, "a double click"


def test_unmarking_takes_a_reason_and_the_readers_own_right_ends(people: People, visit: Engagement) -> None:
    marked(visit, people.head, Part.TITLE, readers=[people.contact])
    with pytest.raises(Incomplete):
        unmark(engagement=visit, reason=" ", by=fresh(people.head), at=LATER)
    unmark(engagement=visit, reason="Avtalet är offentligt", by=fresh(people.head), at=LATER)
    assert as_read_by(people.auditor, visit).title == "Hemligheten i Utrecht"
    assert readers_by_name(visit) == []
    with pytest.raises(RuleBroken, match="inte sekretessmarkerat"):
        unmark(engagement=visit, reason="igen", by=fresh(people.head), at=LATER)


def test_a_right_that_ended_since_the_page_was_opened_marks_nothing(people: People, visit: Engagement) -> None:
    people.head.mandates.update(valid_to=clock.today() - timedelta(days=1))
    with pytest.raises(RuleBroken, match="inte längre"):
        marked(visit, fresh(people.head), Part.TITLE)


def test_each_request_is_logged_once_and_only_for_what_is_marked(
    people: People, visit: Engagement, as_user: Any
) -> None:
    told: dict[str, Any] = {
        "asked_on": date(2026, 11, 18), "decided_on": date(2026, 11, 20), "what": "Brevet", "reason": "Ingen skada",
        "outcome": DisclosureOutcome.IN_PART, "decider": "Förvaltningschefen", "submission": uuid4(),
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="inte sekretessmarkerat"):
        record_disclosure(engagement=visit, by=people.head, at=LATER, **told)
    marked(visit, people.head, Part.SENDER)
    head = fresh(people.head)
    with pytest.raises(Incomplete):
        record_disclosure(engagement=visit, by=head, at=LATER, **told | {"decided_on": date(2026, 11, 17)})
    made = [record_disclosure(engagement=visit, by=head, at=LATER, **told)[1] for _n in range(2)]
    assert made == [True, False]
    assert Disclosure.objects.count() == 1
    page = as_user(people.head).get(reverse("engagement_secrecy", args=[visit.key])).content.decode()
    assert "Lämnades ut delvis" in page
    assert "Ingen skada" in page


def test_rows_that_hang_on_a_matter_are_covered_with_one_more_query(
    people: People, visit: Engagement, django_assert_num_queries: Any
) -> None:
    marked(visit, people.head, Part.TITLE)
    auditor = fresh(people.auditor)
    access_of(auditor)
    rows = [Engagement.objects.get(pk=visit.pk) for _n in range(3)]
    with django_assert_num_queries(4):  # the named, and each matter's own detail row
        covered(auditor, rows)


def test_the_mark_itself_is_told_in_the_history(people: People, visit: Engagement) -> None:
    marked(visit, people.head, Part.TITLE, Part.SENDER)
    seen = as_read_by(people.auditor, visit)
    told = [(entry["why"], change["new"]) for entry in history_of(seen) for change in entry["changes"]]
    assert ("Sekretessmarkerat, OSL 15 kap. 1 §", "rubrik, kontaktpersoner hos motparten") in told
    assert "Läser det som är sekretessmarkerat" in [entry["why"] for entry in history_of(seen)]


def test_marked_rows_cost_a_list_one_query_however_many(people: People, as_user: Any) -> None:
    client, counts = as_user(people.auditor), []
    for _n in range(3):
        marked(a_visit(people.contact, people.body("169")).engagement, people.head, Part.TITLE)
        client.get(reverse("visit_list"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("visit_list"))
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 6, "five, and who is named where"


def test_every_text_of_an_engagement_is_coverable_or_said_to_be_open() -> None:
    """A new text is judged when it is written: FIELDS, or OPEN."""
    unjudged = []
    for model in apps.get_models():
        label = model._meta.label_lower
        if label.split(".")[1].startswith("historical") or not belongs(model):
            continue
        judged = {*fields_of(label, Part.values), *OPEN.get(label, ())}
        unjudged += [f"{label}.{field.name}" for field in texts(model) if field.name not in judged]
    assert not unjudged, unjudged
    assert {"title", "visit__sender_name", "euinfluence__result"} <= COVERABLE


def belongs(model: type[models.Model]) -> bool:
    points_at = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    return model is Engagement or Engagement in points_at


def texts(model: type[models.Model]) -> list[Any]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [field for field in model._meta.concrete_fields if isinstance(field, kinds) and not field.choices]


def test_the_table_of_fields_names_real_ones() -> None:
    for found in FIELDS.values():
        for label, names in found.items():
            model = apps.get_model(label)
            assert all(model._meta.get_field(name) for name in names)
    assert set(DETAIL) == set(Kind)
