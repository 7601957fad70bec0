"""The checks of the principle guard against examples in a data file, one answer at a time."""

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engagements.strategy.checks import CHECKS, FAIL, JUDGE, PASS, RESULTS, finding, run
from engagements.strategy.editions import CURRENT, edition, known
from engagements.strategy.evidence import Activity, Evidence, Forum, Funding, evidence_from
from engagements.strategy.words import (
    counterpart_kind,
    in_the_regions_field,
    last_year,
    speaks_of_duty,
    themes,
    touches,
)

ON = date(2026, 11, 22)
EXAMPLES = tomllib.loads((Path(__file__).parent / "checks.toml").read_text(encoding="utf-8"))["example"]
NESTED = {"activities": Activity, "forums": Forum, "funding": Funding}
SHARED = {"interval_months": edition(CURRENT).review_interval_months}


def evidence_of(said: dict[str, Any]) -> Evidence:
    """The file's plain values as the evidence has them: money as Decimal, lists as tuples."""
    fields: dict[str, Any] = {}
    for name, value in said.items():
        if name in NESTED:
            rows = [{key: money(key, one) for key, one in row.items()} for row in value]
            value = tuple(NESTED[name](**row) for row in rows)
        elif isinstance(value, list):
            value = frozenset(value) if name == "touches" else tuple(value)
        fields[name] = money(name, value)
    return Evidence(on=ON, **fields)


def money(name: str, value: Any) -> Any:
    return Decimal(value) if name in ("cost", "amount", "own_share") else value


def answered(example: dict[str, Any]) -> str:
    rule = edition(CURRENT).check(example["check"])
    assert rule is not None
    rule = replace(rule, parameters={**rule.parameters, **example.get("parameters", {})})
    evidence = evidence_of(example.get("evidence", {}))
    assert CHECKS[rule.id].applies(evidence), "the check does not bear on the example"
    found = finding(evidence, rule, SHARED)
    assert str(found.reason) and "%(" not in str(found.reason), "a reason is a finished sentence"
    assert bool(str(found.mend)) == (found.result != PASS), (
        "what does not pass says how to mend it, what passes does not"
    )
    assert found.section
    if found.result == JUDGE and "judged" in example:
        return str(example["judged"])
    return found.result


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one['check']} {one['result']}: {one['says']}")
def test_the_check_answers_as_the_example_says(example: dict[str, Any]) -> None:
    assert answered(example) == example["result"]


@pytest.mark.parametrize("code", sorted(CHECKS))
def test_no_check_can_only_answer_one_way(code: str) -> None:
    """The build fails for a check that lacks an example of an answer."""
    assert {example["result"] for example in EXAMPLES if example["check"] == code} == set(RESULTS)


def test_only_what_a_person_reads_needs_a_person_to_pass_or_fail() -> None:
    by_person = {example["check"] for example in EXAMPLES if "judged" in example}
    assert by_person == {"C1", "C5", "R6"}


def test_every_rule_of_the_edition_has_its_check_and_the_other_way_round() -> None:
    assert [rule.id for rule in edition("2016").checks] == [f"C{n}" for n in range(1, 24)] + [
        f"R{n}" for n in range(1, 9)
    ]
    assert {rule.id for code in known() for rule in edition(code).checks} <= set(CHECKS)
    assert {rule.id for rule in edition("2016").checks} == set(CHECKS)


def test_what_runs_later_stops_no_first_decision() -> None:
    assert {code for code, check in CHECKS.items() if not check.stops} == {"C8", "C21", "C23", "R8"}


ALWAYS = {"C1", "C11", "C15", "C20"}
ASKED = [
    ("a visit", {"kind": "visit", "instrument": "visit"}, {"C14"}),
    ("a visit that profiles the city", {"kind": "visit", "directions": ("profilering",)}, {"C14", "C22"}),
    ("an invitation letter", {"kind": "visit", "instrument": "invitation_letter"}, {"C9"}),
    ("a new membership", {"kind": "membership", "instrument": "network"}, {"C2", "C12", "C18"}),
    ("a membership the city has had since before", {"kind": "membership", "instrument": "network", "in_force": True}, {"C2", "C8", "C18"}),
    ("a membership under review", {"kind": "membership", "instrument": "network", "step": "review", "in_force": True},
     {"C2", "C8", "C18"}),
    ("a cooperation agreement", {"kind": "agreement", "instrument": "cooperation_agreement"}, {"C2", "C3", "C4", "C5", "C6", "C12"}),
    ("an intent agreement", {"kind": "agreement", "instrument": "intent_agreement"}, {"C2", "C7", "C12"}),
    ("a twin town", {"kind": "agreement", "instrument": "twin_town"}, {"C2"}),
    ("a declaration", {"kind": "declaration", "instrument": "declaration"}, {"C2", "C16", "C18"}),
    ("an initiative the city signs", {"kind": "declaration", "instrument": "initiative"}, {"C2", "C16", "C18"}),
    ("a declaration that costs work", {"kind": "declaration", "instrument": "declaration", "burden": "added"}, {"C2", "C18"}),
    ("a trip of the body's own", {"kind": "trip", "instrument": "trip", "is_delegated": False}, {"C18"}),
    ("a trip for kommunstyrelsen", {"kind": "trip", "instrument": "trip", "is_delegated": True}, {"C17", "C18"}),
    ("a trip that has been made", {"kind": "trip", "instrument": "trip", "is_delegated": False, "in_force": True}, {"C18", "C23"}),
    ("an EU project", {"kind": "project", "instrument": "eu_project"}, {"C13", "C18"}),
    ("an aid project", {"kind": "project", "instrument": "aid_project"}, {"C10", "C18"}),
    ("an EU position", {"kind": "eu_influence", "instrument": "position"}, {"C19"}),
    ("a reception", {"kind": "reception", "instrument": "reception"}, {"C18", "R1", "R2", "R3", "R4", "R5", "R6"}),
    ("a reception in the region's field", {"kind": "reception", "region_field": True}, {"C18", "R1", "R2", "R3", "R4", "R5", "R6", "R7"}),
    ("a reception that is granted", {"kind": "reception", "in_force": True}, {"C18", "R1", "R2", "R3", "R4", "R5", "R6", "R8"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "said", "more"), ASKED, ids=[row[0] for row in ASKED])
def test_only_what_bears_on_a_matter_is_asked(what: str, said: dict[str, Any], more: set[str]) -> None:
    found = run(Evidence(on=ON, **said), edition(CURRENT))
    assert {one.id for one in found} == ALWAYS | more
    assert {one.result for one in found} <= set(RESULTS)


def test_a_delegated_decision_and_an_optional_contact_person() -> None:
    ids = {
        one.id for one in run(Evidence(on=ON, kind="visit", decision_cites=True, needs_contact=False), edition(CURRENT))
    }
    assert "C21" in ids and "C20" not in ids


def test_nothing_known_never_passes_and_fails_only_where_the_table_says_that_absence_does() -> None:
    for kind, instrument in {(row[1]["kind"], row[1].get("instrument")) for row in ASKED}:
        found = run(Evidence(on=ON, kind=kind, instrument=instrument), edition(CURRENT))
        assert not [one.id for one in found if one.result == PASS and one.id != "C2"]
        assert {one.id for one in found if one.result == FAIL} <= {"C2", "C3", "C6", "C9", "C11", "C12", "C13", "C19"}


def test_an_edition_has_its_own_numbers() -> None:
    rule = edition(CURRENT).check("R3")
    assert rule is not None
    few = Evidence(on=ON, kind="reception", guests=100)
    assert finding(few, rule, {}).result == JUDGE
    assert finding(few, replace(rule, parameters={"guests": 100}), {}).result == PASS


def test_a_rule_that_nobody_has_written_a_check_for_asks_a_person() -> None:
    rule = edition(CURRENT).check("C1")
    assert rule is not None
    found = finding(Evidence(on=ON), replace(rule, id="C99"), {})
    assert (found.id, found.result) == ("C99", JUDGE)


def test_evidence_leaves_out_what_no_check_asks() -> None:
    assert evidence_from({"on": ON, "level": "high", "kind": "visit"}) == Evidence(on=ON, kind="visit")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Utrechts kommun", "city"), ("Japans ambassad", "state"), ("EU-kommissionen, GD Miljö", "eu"),
        ("Eurocities", "network"), ("European Society of Cardiology", "organisation"), ("Helsingfors universitet", "academia"),
        ("Siemens AB", "company"), ("Region Uppsala", "region"), ("Utrikesdepartementet", "state"), ("Nils Andersson", None),
        ("ICLEI – Local Governments for Sustainability", None), ("Government of Estonia", "state"),
    ],
)  # fmt: skip
def test_a_name_tells_what_kind_of_counterpart_it_is(name: str, kind: str | None) -> None:
    assert counterpart_kind(name) == kind


def test_words_that_hint() -> None:
    assert touches("Återuppbyggnad efter kriget") == {"aid", "security"}
    assert touches("Klimatbudget") == frozenset()
    assert speaks_of_duty("Rapportera varje år.") is True
    assert speaks_of_duty("Stödja gemensamma värden.") is False
    assert speaks_of_duty(" ") is None
    assert in_the_regions_field("Kongress om kardiologi") and not in_the_regions_field("Kongress om arkitektur")
    assert last_year("Miljöprogrammet 2020–2023") == 2023 and last_year("God luft") is None
    assert themes("klimat, trafik och buller") == ("klimat", "trafik", "buller")
    assert themes(" ") == ()
