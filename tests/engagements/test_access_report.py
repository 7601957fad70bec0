"""Who can see and do what: the report agrees with what people may, and tells nobody more than they may see."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from engagements.access_report import of_body, of_engagement, of_person
from engagements.enums import Part
from engagements.models import Engagement
from engagements.permission import grant, may, visible_to
from engagements.secrecy import mark_secret
from organisation.enums import Action, BodyKind, Role
from organisation.models import Absence, Body, User
from stockholm_intl.kit import clock
from tests.factories import AT, a_visit
from tests.people import People

ONE = (Action.READ, Action.PREPARE, Action.DECIDE, Action.REFER, Action.MARK_SECRET)


@pytest.fixture
def visit(people: People) -> Engagement:
    return a_visit(people.contact, people.body("169")).engagement


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def secret(visit: Engagement, people: People, *parts: Part) -> None:
    mark_secret(
        engagement=visit, whole=not parts, parts=parts, paragraph="OSL 15:1", ground="x", readers=[people.contact],
        by=people.head, at=AT,
    )  # fmt: skip
    visit.refresh_from_db()


@pytest.mark.parametrize("parts", [None, (), (Part.SENDER,)])
def test_an_engagements_report_names_those_who_may_and_nobody_else(
    people: People, visit: Engagement, parts: Any
) -> None:
    grant(engagement=visit, to=people.body("181"), action=Action.PREPARE, reason="Samma resa", by=None, at=AT)
    grant(engagement=visit, to=people.body("IB"), action=Action.READ, reason="Hänskjutet", by=None, at=AT)
    if parts is not None:
        secret(visit, people, *parts)
    told = {row["user"]: row["actions"] for row in of_engagement(visit)["people"]}
    for user in people.everyone:
        wanted = [action.value for action in ONE if may(fresh(user), action, visit)]
        assert told.get(user.username, []) == wanted, user


def test_what_was_shared_with_a_body_that_is_no_more_is_read_in_the_house_it_went_up_in(people: People) -> None:
    theirs = a_visit(people.outsider, people.body("181")).engagement
    grant(engagement=theirs, to=people.body("169"), action=Action.READ, reason="Samma resa", by=None, at=AT)
    board = Body.objects.create(code="KMN", name="Klimatnämnden", kind=BodyKind.SPECIALIST_COMMITTEE)
    office = Body.objects.create(code="170", name="Klimat", kind=BodyKind.SPECIALIST_ADMINISTRATION, parent=board)
    yesterday = clock.today() - timedelta(days=1)
    Body.objects.filter(code="169").update(successor=office, valid_to=yesterday)
    people.stranger.mandates.create(body=board, role=Role.BOARD_SECRETARY, valid_from=AT.date())
    assert may(fresh(people.stranger), Action.READ, theirs)
    told = {row["user"]: row["actions"] for row in of_engagement(theirs)["people"]}
    assert told[people.stranger.username] == ["read"]
    old = {row["user"] for row in of_body(Body.objects.get(code="169"))["people"]}
    assert people.stranger.username in old


def test_grounds_say_why_also_for_who_stands_in(people: People, visit: Engagement) -> None:
    today = clock.today()
    Absence.objects.create(
        person=people.head, body=people.body("169"), substitute=people.stranger, valid_from=today,
        valid_to=today + timedelta(days=7), reason="Semester", registered_by=people.head, registered_at=AT,
    )  # fmt: skip
    told = {row["user"]: row["grounds"] for row in of_engagement(visit)["people"]}
    assert told[people.contact.username] == ["Kontaktperson, Miljöförvaltningen"]
    assert f"vikarie för {people.head}" in told[people.stranger.username][0]
    assert "läser allt" in told[people.auditor.username][0]
    assert people.outsider.username not in told


def test_a_persons_report_has_mandates_rights_grants_and_a_number(people: People, visit: Engagement) -> None:
    grant(engagement=visit, to=people.outsider, action=Action.READ, reason="Hjälper till", by=people.head, at=AT)
    told = of_person(fresh(people.outsider))
    assert told["mandates"][0]["body"] == "181"
    assert told["bodies"] == [
        {"body": "181", "name": "Trafikkontoret", "actions": ["read", "prepare"]},
        {"body": "TN", "name": "Trafiknämnden", "actions": ["read", "prepare"]},
    ]
    assert told["grants"] == [
        {"engagement": visit.key, "action": "read", "reason": "Hjälper till", "until": None, "by": people.head.username}
    ]
    assert told["visible"] == 1 == visible_to(fresh(people.outsider)).count()
    people.outsider.is_active = False
    people.outsider.save()
    gone = of_person(fresh(people.outsider))
    assert (gone["active"], gone["mandates"], gone["bodies"], gone["visible"]) == (False, [], [], 0)


def test_a_bodys_report_names_its_people_and_its_shares(people: People, visit: Engagement) -> None:
    told = of_body(people.body("169"))
    assert {row["user"]: row["actions"] for row in told["people"]} == {
        people.contact.username: ["read", "prepare"],
        people.head.username: ["read", "prepare", "decide", "mark_secret"],
        people.board_secretary.username: ["read", "decide"],
    }
    assert told["engagements"] == 1
    grant(engagement=visit, to=people.body("181"), action=Action.READ, reason="Samma tema", by=None, at=AT)
    assert [row["engagement"] for row in of_body(people.body("181"))["grants"]] == [visit.key]


def test_what_is_secret_is_told_only_to_the_named(people: People, visit: Engagement, as_user: Any) -> None:
    secret(visit, people)
    page = reverse("access_report")
    client = as_user(people.auditor)
    assert client.get(page, {"arende": visit.key}).status_code == 422
    for asked in ({"person": people.contact.username}, {"organ": "169"}, {"person": people.head.username}):
        text = client.get(page, asked).content.decode()
        assert visit.key not in text
    assert of_person(fresh(people.contact), by=fresh(people.auditor))["visible"] == 0
    assert of_body(people.body("169"), by=fresh(people.auditor))["engagements"] == 0
    grant(engagement=visit, to=people.auditor, action=Action.READ, reason="Granskar", by=people.head, at=AT)
    text = client.get(page, {"arende": visit.key}).content.decode()
    assert str(people.contact) in text
    assert visit.title not in text


def test_the_report_is_exported(people: People, visit: Engagement, as_user: Any) -> None:
    answer = as_user(people.coordinator).get(reverse("access_report"), {"arende": visit.key, "utdrag": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert {row["Person"] for row in rows} >= {str(people.contact), str(people.auditor)}


def told_by_command(**options: Any) -> dict[str, Any]:
    out = io.StringIO()
    call_command("access_report", json=True, stdout=out, **options)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def test_several_tables_are_exported_with_headings_of_their_own(people: People, as_user: Any) -> None:
    answer = as_user(people.coordinator).get(
        reverse("access_report"), {"person": people.contact.username, "utdrag": "csv"}
    )
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert ["Tabell", "Roll", "Organ", "Till och med", "Vikarie för"] in lines
    assert ["Tabell", "Organ", "Får"] in lines
    assert ["Rätt i organ", "Miljöförvaltningen", "läsa, bereda"] in lines


def test_the_command_answers_the_same(people: People, visit: Engagement) -> None:
    assert told_by_command(user=people.contact.username) == of_person(fresh(people.contact))
    assert told_by_command(engagement=visit.key) == of_engagement(visit)
    assert told_by_command(body="169") == of_body(Body.objects.get(code="169"))
    out = io.StringIO()
    call_command("access_report", user=people.contact.username, stdout=out)
    assert "Miljöförvaltningen" in out.getvalue()
    for wrong in ({"user": "ingen"}, {"engagement": "INT-1999-00001"}, {"body": "x"}):
        with pytest.raises(CommandError):
            call_command("access_report", **wrong)
