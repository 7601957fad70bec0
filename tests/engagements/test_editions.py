"""Editions as data: what is in force when, what a broken file is told, and an invented edition that everything follows."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from engagements.enums import Burden, Financing, Kind, Scope, State, Step
from engagements.guard import findings
from engagements.models import Engagement
from engagements.operations import draft_engagement
from engagements.routing import route_of
from engagements.strategy.competence import Facts, route
from engagements.strategy.editions import BrokenEdition, edition, in_force, known, read_also, require_whole
from engagements.strategy.editions.reading import read_edition
from engagements.strategy.editions.rows import ANSWERS
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


def test_what_is_known_of_2008_rests_on_the_reply_and_no_section_is_made_up() -> None:
    assert {(one.section, one.source) for one in edition("2008").directions} == {("", "Stadsdelsnämndens svar 2008")}


def test_the_city_s_readings_are_marked() -> None:
    rows = (*edition("2016").matrix, *edition("2016").steps)
    assert {"M19", "M21", "M22", "M23", "M24"} <= {row.matter for row in rows if row.reading}
    # section 7 has no fail for these receptions; ours are
    assert {"R3", "R4", "R7"} <= {check.id for check in edition("2016").checks if check.reading}


def test_the_form_for_the_next_edition_is_itself_an_edition_and_not_among_them() -> None:
    assert read_edition(FORM).code == "form"
    assert known() == ("2008", "2016")


# --- what a broken file is told


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        # the file
        ("[[matrix]]", "[[matrix", r"2027.toml: filen är inte skriven som TOML. Rätta raden: .*line"),
        ('code = "2027"', 'code = "2028"', r"är inte filens namn: döp om filen eller skriv '2027'"),
        ("review_interval_months = 24", "", r"review_interval_months saknas: skriv in det"),
        ("review_interval_months = 24", "review_interval_months = 0", r"skriv minst en månad"),
        ("review_interval_months = 24", 'review_interval_months = "två år"', r"av fel slag: skriv ett heltal"),
        ("valid_from = 2027-01-01", 'valid_from = "2027"', r"valid_from är ingen dag: skriv valid_from = 2027-03-01"),
        ("valid_from = 2027-01-01", "valid_from = 99999", r"valid_from är ingen dag"),
        ("valid_from = 2027-01-01", "valid_from = 2027-01-01T08:00:00", r"valid_from är ingen dag"),
        ("valid_from = 2027-01-01", "valid_from = 2027-01-01\nvalid_to = 2026-01-01", r"valid_to är före valid_from"),
        # tables and texts
        ('{ code = "network", name = { sv = "Nätverk" } }', '"network"', r"instruments är ingen lista av tabeller"),
        ("[[directions]]", "[[directionz]]", r"directionz finns inte: rätta stavningen"),
        ('code = "klimat"', f'code = "{25 * "k"}"', r"k är för lång: skriv högst 24 tecken"),
        ('code = "klimat"', 'code = "samverkan"', r"\[\[directions\]\] samverkan står två gånger"),
        ('code = "klimat"', 'code = "grönt klimat"', r"'grönt klimat': skriv koden med a–z"),
        ('name = { sv = "Klimat" }', 'name = { en = "Climate" }', r"2 klimat: name saknar svensk text: skriv name = "),
        ('name = { sv = "Klimat" }', 'name = "Klimat"', r"av fel slag: skriv en tabell"),
        ("reading = true", 'reading = "yes"', r"av fel slag: skriv true eller false"),
        ('purpose = { sv = "Gå före." }\nsection = "2"', 'purpose = { sv = "Gå före." }',
         r"\[\[directions\]\] 2 klimat: skriv section .* eller source"),
        # questions
        ('code = "no_row"', 'code = "norow"', r"\[\[questions\]\] no_row saknas: skriv in frågan"),
        (', { code = "no", name = { sv = "Nej" } }', "", r"abroad: skriv minst två svar"),
        ('{ code = "no", name', '{ code = "nej", name', r"abroad nej: registret har inte det svaret. Skriv no eller yes"),
        ('code = "abroad"\ntext', 'code = "utomlands"\ntext', r"utomlands frågar inte efter något faktum: skriv abroad"),
        ('[{ code = "KF", decides = "KF"', '[{ code = "KF", decides = "KX"', r"no_row KF: decides = 'KX' finns inte"),
        ('[{ code = "KF", decides = "KF"', '[{ code = "KF", decides = "KF", handled_by = "IB"', r"'IB' saknas i \[words\]"),
        # rows
        ('decides = "KF"\nsection', 'decides = "KX"\nsection', r"\[\[matrix\]\] 1 A1: decides = 'KX' finns inte. Skriv KF"),
        ('decides = "KS"\nsection', 'decide = "KS"\nsection', r"\[\[matrix\]\] 2 A2: decide finns inte: rätta"),
        ('decides = "KS"\nsection', 'ask = "who_knows"\nsection', r"A2: ask = 'who_knows': skriv in den bedömningen"),
        ('decides = "KS"\nsection = "9"\nreading', 'section = "9"\nreading', r"skriv antingen decides eller ask"),
        ('matter = "A3"\n', "", r"\[\[matrix\]\] 3 : matter saknas"),
        ('prepares = ["SLK"]', 'prepares = ["XYZ"]', r"'XYZ' saknas i \[words\]: skriv XYZ = "),
        ('prepares = ["SLK"]', "prepares = [1]", r"prepares innehåller annat än koder"),
        ('instruments = ["trip"]\nwhen = { abroad = "no" }', 'instruments = ["tripp"]', r"'tripp' finns inte. Skriv network"),
        ('when = { abroad = "no" }', 'when = { abroad = "maybe" }', r"when abroad = maybe är inget svar. Skriv no eller yes"),
        ('when = { abroad = "no" }', 'when = { scope = "own_field" }', r"frågan scope saknas bland \[\[questions\]\]"),
        ('when = { abroad = "no" }', 'when = { theme = "mat" }', r"theme = mat är inget svar"),
        ('when = { abroad = "no" }', 'when = { weather = "rain" }', r"when 'weather' är inget faktum. Skriv abroad"),
        ('when = { abroad = "no" }', 'when = ["no"]', r"3 A3: when är ingen tabell"),
        ('when = { abroad = "no" }', "when = { abroad = false }", r'when abroad är inget svar: skriv abroad = "…"'),
        ('when = { abroad = "no" }', 'when = { abroad = "yes" }', r"3 A3: nås aldrig, för rad 2 A2 tar samma ärenden"),
        # checks
        ("parameters = { guests = 500 }", "", r"\[\[checks\]\] R3: parameters guests saknas: skriv guests = 150"),
        ("guests = 500", "guest = 500", r"R3: parameters guest finns inte. Det som kan sättas är guests"),
        ("guests = 500", 'guests = "många"', r"guests = 'många' går inte: skriv guests = 150"),
        ("guests = 500", "guests = -1", r"guests = -1 går inte"),
        ('direction = "synlighet"', 'direction = "syn"', r"C22: parameters direction finns inte i .* Skriv samverkan, klimat"),
        ('id = "C15"', 'id = "R5"\nparameters = { slots = ["18"], max_hours = 2 }', r"R5: parameters slots = \['18'\] går inte"),
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


def test_a_code_too_long_to_keep_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2027andra.toml").write_text(INVENTED.replace('"2027"', '"2027andra"', 1), encoding="utf-8")
    with pytest.raises(BrokenEdition, match="code = '2027andra' är för lång: skriv högst 8 tecken"):
        read_edition(tmp_path / "2027andra.toml")


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    wrong = INVENTED.replace('decides = "KF"\nsection', 'decides = "KX"\nsection').replace(
        "guests = 500", "guests = -1"
    )
    (tmp_path / "2027.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(BrokenEdition) as told:
        read_edition(tmp_path / "2027.toml")
    assert ["A1" in str(told.value), "R3" in str(told.value)] == [True, True]


def test_a_file_saved_in_another_way_than_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text(INVENTED, encoding="utf-8-sig")
    assert read_edition(tmp_path / "2027.toml").code == "2027"
    (tmp_path / "2027.toml").write_text(INVENTED, encoding="latin-1")
    with pytest.raises(BrokenEdition, match="inte sparad som UTF-8"):
        read_edition(tmp_path / "2027.toml")


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("2016.toml", "2016", "utgåva 2016 finns redan i .*Ge den en egen kod"),
        ("2027.toml", "2027", "relates_to 'klimatet' finns inte i någon annan utgåva. Skriv "),
    ],
)
def test_editions_that_do_not_stand_together_are_refused(tmp_path: Path, name: str, code: str, says: str) -> None:
    direction = 'section = "2"\nrelates_to = ["klimatet"]'
    wrong = INVENTED.replace('section = "2"', direction, 1).replace('code = "2027"', f'code = "{code}"')
    (tmp_path / name).write_text(wrong, encoding="utf-8")
    read_also(tmp_path)
    try:
        with pytest.raises(BrokenEdition, match=says):
            require_whole()
    finally:
        read_also(None)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenEdition, match="är ingen mapp: rätta STRATEGY_EDITIONS"):
        read_also(tmp_path / "borta")


def test_the_command_line_says_what_to_write_and_shows_no_code(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text(INVENTED.replace("guests = 500", "guests = -1"), encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "manage.py", "who_decides", "--instrument", "trip"],
        env=os.environ | {"STRATEGY_EDITIONS": str(tmp_path)}, cwd=settings.BASE_DIR, capture_output=True, text=True,
    )  # fmt: skip
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.strip() == "2027.toml [[checks]] R3: parameters guests = -1 går inte: skriv guests = 150"


def test_what_a_row_may_look_at_is_what_the_register_can_answer() -> None:
    asked = {"scope": Scope, "burden": Burden, "financing": Financing, "step": Step}
    assert {name: set(ANSWERS[name]) for name in asked} == {name: set(words.values) for name, words in asked.items()}
    assert {*ANSWERS} == {one.name for one in fields(Facts)} - {"instrument", "among", "judged"}


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
    assert set(made[1]) <= {"R3", "C8", "C15", "C24"}
    assert made[1]["R3"] == made[1]["C24"] == "judge", "the one by its limit, the other as nobody has written it"


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
        "minst 150 gäster",
        "börjar 18.00, 19.00<br>högst 2 timmar",
    ):
        assert said in page
    older = client.get("/register/strategin/?utgava=2008").content.decode()
    assert "I nästa utgåva: omvärldsbevakning, påverkan." in older
    assert "Stadsdelsnämndens svar 2008" in older
    assert "Inte heller hur ofta något skulle omprövas" in older
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
