"""The command, the page and an engagement's panel give the same answer, and it is the one in who_decides.txt."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from engagements.enums import Kind, TripKind
from engagements.models import Engagement, Trip
from engagements.routing import ANY_KIND, FAMILY, route_of
from engagements.strategy.editions import in_force
from engagements.way import as_json, shown
from tests.factories import a_visit, an_engagement
from tests.people import People

LINES = [
    [cell.strip() for cell in line.split("|")]
    for line in (Path(__file__).parent / "who_decides.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
YES_NO = {"yes": True, "no": False}
# What an engagement has a field for, whatever its kind is; the rest stands in the row of its kind.
FIELDS = {"scope", "step", "burden", "on_behalf_of_ks", "financing"}
KINDS: dict[str, Kind] = {name: Kind(kind) for kind, family in reversed(FAMILY.items()) for name in family}
KINDS |= dict.fromkeys(ANY_KIND, Kind.AGREEMENT)


def facts_in(line: list[str]) -> dict[str, str]:
    instrument, *told = line[0].split()
    return {"instrument": instrument} | dict(one.split("=") for one in told)


def command(facts: dict[str, str]) -> dict[str, Any]:
    out = StringIO()
    words = [word for name, value in facts.items() for word in (f"--{name.replace('_', '-')}", value)]
    call_command("who_decides", *words, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_the_command_answers_as_was_judged_by_hand(line: list[str]) -> None:
    found = command(facts_in(line))
    said = [found["matter"], found["decides"], found["coordinates"], found["handled_by"]]
    asks = " ".join(question["code"] for question in found["questions"])
    assert [*(cell or "-" for cell in said), asks or "-", "reading" if found["reading"] else "-"] == line[1:]
    assert (found["decides"] is None) == bool(found["questions"])


def test_there_are_lines_of_every_row_that_a_flag_can_lead_to() -> None:
    assert {line[1] for line in LINES} - {"-"} == {f"M{number}" for number in range(1, 27)} - {"M25"}
    assert len(LINES) >= 120


def test_the_page_answers_as_the_command_does(people: People, client: Client) -> None:
    client.force_login(people.stranger)
    for line in LINES:
        facts = facts_in(line)
        if "on" in facts:
            continue  # the page answers for today
        answer = client.get("/vem-beslutar/", facts)
        found, way = command(facts), answer.context["way"]
        assert as_json(way) == found, line[0]
        page = answer.content.decode()
        decider = shown(way, in_force(on=date(2026, 11, 22)))["decides"]
        if found["decides"] == "none":
            assert "Inget beslut fattas." in page, line[0]
        elif found["decides"]:
            assert f"<strong>{decider}</strong> beslutar.</p>" in page, line[0]
        else:
            assert found["questions"][0]["text"] in page and "beslutar.</p>" not in page, line[0]


def test_the_panel_answers_as_the_command_does(people: People) -> None:
    asked = 0
    for line in LINES:
        facts = facts_in(line)
        if can_be_a_matter(facts):
            asked += 1
            assert as_json(route_of(a_matter(people, facts))) == command(facts), line[0]
    assert asked >= 100


def can_be_a_matter(facts: dict[str, str]) -> bool:
    """Guidelines and mandates are no engagements; a visit has a level from the start, and other kinds have none."""
    kind = KINDS.get(facts["instrument"])
    own: dict[Kind, set[str]] = {Kind.TRIP: {"abroad"}, Kind.VISIT: {"level", "theme"}}
    if kind is None or (kind == Kind.VISIT and "level" not in facts):
        return False
    return set(facts) <= {"instrument"} | FIELDS | own.get(kind, set())


def a_matter(people: People, facts: dict[str, str]) -> Engagement:
    kind, body = KINDS[facts["instrument"]], people.body("169")
    fields: dict[str, Any] = {name: YES_NO.get(value, value) for name, value in facts.items() if name in FIELDS}
    fields["instrument"] = facts["instrument"]
    if kind == Kind.VISIT:
        visit = a_visit(people.contact, body)
        types = {"protocol_visit": "protocol_visit", "state_visit": "state_visit"}
        visit.level, visit.is_urban_development = facts["level"], "theme" in facts
        visit.visit_type = types.get(facts["instrument"], visit.visit_type)
        visit.save()
        Engagement.objects.filter(pk=visit.pk).update(**({"scope": ""} | fields))
        return Engagement.objects.get(pk=visit.pk)
    country = {"yes": "NL", "no": "SE"}.get(facts.get("abroad", ""), "")
    engagement = an_engagement(people.contact, body, kind, country=country, **fields)
    if "abroad" in facts:
        Trip.objects.create(engagement=engagement, kind=TripKind.CONFERENCE)
    return engagement
