"""Editions as data: what is in force when, what a broken file is told, and an invented edition that everything follows."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from engagements.enums import Kind, State
from engagements.guard import findings
from engagements.models import Engagement
from engagements.operations import draft_engagement
from engagements.routing import route_of
from engagements.strategy.competence import Facts, route
from engagements.strategy.editions import BrokenEdition, edition, in_force, known, read_also
from engagements.strategy.editions.reading import read_edition
from memberships.forms import MembershipForm
from organisation.models import Body
from tests.decisions.making import a_meeting, a_point, a_reception, decided, referred
from tests.factories import an_engagement
from tests.factories.memberships import a_membership_draft
from tests.people import People
from visits.models import Reception

FOLDER = Path(__file__).parent / "editions"
INVENTED = (FOLDER / "2027.toml").read_text(encoding="utf-8")
NEXT_YEAR = datetime(2027, 3, 1, 9, tzinfo=UTC)
FORM = Path(edition.__wrapped__.__code__.co_filename).parent / "_form.toml"


@pytest.fixture
def invented() -> Iterator[None]:
    read_also(FOLDER)
    yield
    read_also(None)


# --- what there is


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2007, 5, 1), "2008"), (date(2008, 1, 1), "2008"), (date(2015, 12, 31), "2008"), (date(2016, 1, 1), "2016"),
     (date(2021, 12, 1), "2016"), (date(2026, 11, 22), "2016")],
)  # fmt: skip
def test_the_edition_of_a_day(day: date, code: str) -> None:
    assert in_force(on=day).code == code


def test_the_three_directions_of_2008_lead_to_the_four_of_2016() -> None:
    later = [code for direction in edition("2008").directions for code in direction.relates_to]
    assert sorted(later) == sorted(direction.code for direction in edition("2016").directions)


def test_every_text_of_every_edition_is_in_both_languages() -> None:
    for code in known():
        one = edition(code)
        said = [direction.names for direction in one.directions] + [direction.purposes for direction in one.directions]
        said += [one.notices, *one.words.values()] + [principle.texts for principle in one.principles]
        said += [text for question in one.questions for text in (question.texts, *(c.names for c in question.choices))]
        said += [row.names for row in (*one.matrix, *one.steps)] + [check.names for check in one.checks]
        assert all(set(text) >= {"sv", "en"} for text in said if text)


def test_every_rule_of_2016_says_what_it_rests_on() -> None:
    one = edition("2016")
    for rule in (*one.matrix, *one.steps, *one.checks, *one.principles):
        assert rule.section or rule.source, rule


def test_the_city_s_readings_are_marked() -> None:
    rows = (*edition("2016").matrix, *edition("2016").steps)
    assert {"M19", "M21", "M22", "M23", "M24"} <= {row.matter for row in rows if row.reading}


def test_the_form_for_the_next_edition_is_itself_an_edition_and_not_among_them() -> None:
    assert read_edition(FORM).code == "form"
    assert known() == ("2008", "2016")


# --- what a broken file is told


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('code = "2027"', 'code = "2028"', "not the name of the file"),
        ('decides = "KF"\nsection', 'decides = "KX"\nsection', r"\[\[matrix\]\] 1 A1: decides 'KX' is none of"),
        ('instruments = ["trip"]\nwhen = { abroad = "no" }', 'instruments = ["tripp"]', "no instrument 'tripp'"),
        ('when = { abroad = "no" }', 'when = { abroad = "maybe" }', "maybe is no answer"),
        ('when = { abroad = "no" }', 'when = { weather = "rain" }', "'weather' is no fact"),
        ('prepares = ["SLK"]', 'prepares = ["XYZ"]', "'XYZ' is not explained"),
        ('decides = "KS"\nsection', 'decide = "KS"\nsection', "no such key: decide"),
        ('decides = "KS"\nsection', 'ask = "who_knows"\nsection', "no judgement with choices"),
        ('decides = "KS"\nsection = "9"\nreading', 'section = "9"\nreading', "either decides or ask"),
        ("review_interval_months = 24", "review_interval_months = 0", "at least one month"),
        ("review_interval_months = 24", 'review_interval_months = "två år"', "not of the right kind"),
        ("review_interval_months = 24", "", "review_interval_months is missing"),
        ("valid_from = 2027-01-01", "valid_from = 2027-01-01\nvalid_to = 2026-01-01", "ends before it begins"),
        ('code = "klimat"', 'code = "samverkan"', "samverkan: stands twice"),
        ('code = "no_row"', 'code = "norow"', "no_row is missing"),
        ('name = { sv = "Klimat" }', 'name = { en = "Climate" }', "needs a Swedish text"),
        ("reading = true", 'reading = "yes"', "not of the right kind"),
        ("[[matrix]]", "[[matrix", "2027.toml: "),
    ],
)  # fmt: skip
def test_a_broken_edition_is_refused_with_what_is_wrong_and_where(
    tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    assert right in INVENTED
    (tmp_path / "2027.toml").write_text(INVENTED.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(BrokenEdition, match=says) as told:
        read_edition(tmp_path / "2027.toml")
    assert "2027.toml" in str(told.value)


# --- an invented edition


@pytest.mark.usefixtures("invented")
def test_the_router_follows_the_deciders_of_another_edition() -> None:
    new = in_force(on=NEXT_YEAR.date())
    assert (new.code, known()) == ("2027", ("2008", "2016", "2027"))
    assert route(Facts("network", scope="own_field"), new).ways == (("A1", "KF"),)
    assert [question.code for question in route(Facts("trip"), new).questions] == ["abroad"]
    assert route(Facts("trip", abroad=True), new).reading
    assert route(Facts("network", scope="own_field"), edition("2016")).ways == (("M3", "body"),)


@pytest.mark.usefixtures("invented")
def test_the_command_follows_the_day(capsys: Any) -> None:
    found = []
    for day in ("2026-12-31", "2027-01-01"):
        call_command("who_decides", "--instrument", "reception", "--on", day, "--json")
        found.append(json.loads(capsys.readouterr().out)["decides"])
    assert found == ["finansborgarradet", "KS"]


@pytest.mark.usefixtures("invented")
def test_a_new_matter_is_judged_under_the_new_edition_and_an_old_one_under_its_own(people: People) -> None:
    old = an_engagement(people.contact, people.body("169"), Kind.MEMBERSHIP, instrument="network", scope="own_field")
    new, _is_new = draft_engagement(
        kind=Kind.MEMBERSHIP, body=people.body("169"), by=people.contact, at=NEXT_YEAR, instrument="network"
    )
    assert (old.edition, route_of(old).decides) == ("2016", "body")
    assert (new.edition, route_of(new).decides) == ("2027", "KF")


@pytest.mark.usefixtures("invented")
def test_a_new_membership_is_reviewed_as_often_as_the_new_edition_says(people: People) -> None:
    with time_machine.travel(NEXT_YEAR):
        draft = a_membership_draft(people.contact, people.body("169"), at=NEXT_YEAR)
        assert draft.membership.interval_months == 24
        assert MembershipForm(bodies=Body.objects.all()).fields["interval_months"].initial == 24
    assert a_membership_draft(people.contact, people.body("169")).membership.interval_months == 48


@pytest.mark.usefixtures("invented")
def test_the_guard_follows_the_checks_and_their_limits(people: People) -> None:
    made = []
    for code in ("2016", "2027"):
        engagement = an_engagement(people.protocol, people.body("110"), Kind.RECEPTION, edition=code)
        Reception.objects.create(engagement=engagement, guests=200)
        made.append({one.id: one.result for one in findings(engagement, on=NEXT_YEAR.date())})
    assert made[0]["R3"] == "pass"
    assert set(made[1]) <= {"R3", "C8", "C15"}
    assert made[1]["R3"] == "judge"


def everything(engagement: Engagement) -> dict[str, Any]:
    return {field.name: getattr(engagement, field.attname) for field in Engagement._meta.concrete_fields}


def test_loading_an_edition_changes_nothing_that_is_decided_or_closed(people: People, client: Client) -> None:
    matter = a_reception(people)
    decision = decided(people, referred(people, a_meeting(people), matter), a_point(people, "IB 2.2", body="IB"))
    closed = an_engagement(people.contact, people.body("169"), Kind.MEMBERSHIP, instrument="network", scope="own_field")
    Engagement.objects.filter(pk=closed.pk).update(state=State.CLOSED)
    ids = [matter.pk, closed.pk]

    def now() -> list[Any]:
        rows = [Engagement.objects.get(pk=pk) for pk in ids]
        judged = [[(one.id, one.result) for one in findings(row, on=NEXT_YEAR.date())] for row in rows]
        return [[everything(row) for row in rows], [route_of(row) for row in rows], judged, decision.text]

    before = now()
    read_also(FOLDER)
    try:
        assert now() == before
    finally:
        read_also(None)


# --- the page


def test_an_edition_is_read_on_its_page(people: People, client: Client) -> None:
    client.force_login(people.contact)
    page = client.get("/register/strategin/").content.decode()
    for said in (
        "Staden reviderade strategin 2021",
        "Samverkan",
        "vänortsavtal",
        "M27",
        "Storlek",
        "vår läsning",
        "150",
    ):
        assert said in page
    older = client.get("/register/strategin/?utgava=2008").content.decode()
    assert "I nästa utgåva: omvärldsbevakning, påverkan." in older
    assert "M27" not in older


@pytest.mark.usefixtures("invented")
def test_the_page_shows_the_edition_in_force_that_day(people: People, client: Client) -> None:
    client.force_login(people.contact)
    assert "Påhittad strategi" in client.get("/register/strategin/?utgava=2027").content.decode()
    assert "Nya ärenden prövas mot utgåva 2016." in client.get("/register/strategin/").content.decode()
    with time_machine.travel(NEXT_YEAR):
        client.force_login(people.contact)
        assert "Nya ärenden prövas mot utgåva 2027." in client.get("/register/strategin/").content.decode()
        assert "Påhittad strategi" in client.get("/vem-beslutar/").content.decode()
