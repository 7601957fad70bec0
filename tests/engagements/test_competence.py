"""The router over the matrix of edition 2016: examples in routes.toml, and what must hold whatever is known."""

import tomllib
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from engagements.enums import Burden, Financing, Instrument, Scope, Step
from engagements.strategy.competence import Facts, Route, route
from engagements.strategy.editions import edition
from engagements.strategy.editions.shapes import YES_NO
from engagements.way import as_json

EXAMPLES = tomllib.loads((Path(__file__).parent / "routes.toml").read_text(encoding="utf-8"))["route"]
THE_MATRIX = {f"M{number}" for number in range(1, 28)}


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Each test asks the router itself, not what it answered an earlier one."""
    route.cache_clear()


def facts_in(told: dict[str, str]) -> Facts:
    return Facts(**{name: YES_NO.get(value, value) for name, value in told.items()})  # type: ignore[arg-type]


def named(example: dict[str, Any]) -> str:
    return " ".join(f"{name}={value}" for name, value in example["facts"].items())


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_a_matter_goes_its_way(example: dict[str, Any]) -> None:
    way = route(facts_in(example["facts"]), edition("2016"))
    found = as_json(way) | {"ask": [question.code for question in way.questions]}
    expected = {"ask": []} | example["way"]
    assert {name: found[name] or "" for name in expected if name not in ("reading", "ask")} == {
        name: value for name, value in expected.items() if name not in ("reading", "ask")
    }
    assert (found["ask"], found["reading"]) == (expected["ask"], expected.get("reading", found["reading"]))


def test_every_row_of_the_matrix_has_two_examples_that_reach_it() -> None:
    decided = Counter(example["way"]["matter"] for example in EXAMPLES if example["way"]["decides"])
    assert {matter for matter, times in decided.items() if times >= 2} == THE_MATRIX


def test_the_edition_has_every_row_and_no_other() -> None:
    rows = (*edition("2016").matrix, *edition("2016").steps)
    assert {row.matter for row in rows if row.matter} == THE_MATRIX


def test_the_register_s_instruments_are_known_to_the_edition() -> None:
    assert set(Instrument.values) <= set(edition("2016").instrument_codes)


@cache
def all_routes() -> list[tuple[Facts, Route]]:
    """Every combination of what can be said of the facts that the rows look at."""
    found = []
    for instrument, scope, burden, step, for_ks, abroad, level in product(
        edition("2016").instrument_codes, [None, *Scope.values], [None, *Burden.values], Step.values,
        [None, True, False], [None, True, False], [None, "ordinary", "high"],
    ):  # fmt: skip
        facts = Facts(instrument, scope, step, burden, for_ks, abroad, level=level)
        found.append((facts, route(facts, edition("2016"))))
    return found


def test_either_somebody_decides_or_something_is_asked() -> None:
    for facts, way in all_routes():
        assert (way.decides is None) == bool(way.questions), facts


SAID = ("scope", "burden", "on_behalf_of_ks", "abroad", "level")


def test_nobody_is_asked_what_is_known_already() -> None:
    for facts, way in all_routes():
        known = {name for name in SAID if getattr(facts, name) is not None}
        assert not known & {question.code for question in way.questions}, facts


def test_an_answer_never_leads_to_a_decider_that_was_not_possible_before() -> None:
    for facts, way in all_routes():
        for question in (one for one in way.questions if not one.is_judgement):
            for choice in question.choices:
                further = route(replace(facts, **{question.code: choice.value}), edition("2016"))  # type: ignore[arg-type]
                assert set(further.ways) <= set(way.ways), (facts, question.code, choice.code)


def test_what_nobody_knows_asks_what_it_is() -> None:
    way = route(Facts(), edition("2016"))
    assert [question.code for question in way.questions] == ["instrument"]
    assert len(way.questions[0].choices) == len(edition("2016").instruments)


def test_organisation_or_network_is_asked_among_the_two() -> None:
    way = route(Facts(among=("organisation", "network"), scope="city_wide"), edition("2016"))
    assert [choice.code for choice in way.questions[0].choices] == ["organisation", "network"]
    assert way.ways == (("M1", "KF"), ("M2", "KS"))
    own = route(Facts(among=("organisation", "network"), scope="own_field"), edition("2016"))
    assert (own.matter, own.decides, own.questions) == ("M3", "body", ())


def test_an_instrument_the_edition_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="no instrument"):
        route(Facts("space_programme"), edition("2016"))


def test_an_edition_without_a_matrix_asks_a_person() -> None:
    way = route(Facts("trip", financing=Financing.OWN), edition("2008"))
    assert (way.decides, [question.code for question in way.questions]) == (None, ["edition"])


def test_a_judged_row_brings_what_that_row_says() -> None:
    way = route(Facts("initiative", scope="city_wide", burden="none", judged="M7"), edition("2016"))
    assert (way.prepares, way.reports) == (("internationella_enheten",), ("IB_notes", "KS_report"))


def test_aid_with_the_city_s_money_is_told_it_is_a_deviation() -> None:
    told = [
        bool(route(Facts("aid_project", scope="own_field", financing=financing), edition("2016")).remarks)
        for financing in (None, *Financing.values)
    ]
    assert told == [False, True, False, True]


# --- What a person's choice, a step and an edition with gaps do


def test_what_is_known_is_facts_alone() -> None:
    told = Facts("network", scope="city_wide", among=("network",), judged="M2").known()
    assert told == {"instrument": "network", "scope": "city_wide", "step": "new", "theme": "", "prioritised": False}


def test_a_choice_closes_the_question_and_says_which() -> None:
    way = route(Facts("initiative", scope="city_wide", burden="none", judged="M7"), edition("2016"))
    assert (way.matter, way.decides, way.handled_by, way.questions) == ("M7", "finansborgarradet", "IB", ())
    assert way.judged is not None
    assert way.judged.code == "initiative"
    assert way.ways == (("M7", "finansborgarradet"),)


def test_the_ways_that_are_open_stand_in_the_order_of_their_numbers() -> None:
    way = route(Facts(among=("position", "eu_project", "organisation")), edition("2016"))
    numbers = [int(matter.removeprefix("M")) for matter in way.rows]
    assert numbers == sorted(numbers)
    assert {4, 12} <= set(numbers)


def test_leaving_asks_who_decided_to_enter_and_the_answer_decides() -> None:
    asked = route(Facts("declaration", burden="none", step="exit"), edition("2016"))
    assert [question.code for question in asked.questions] == ["exit"]
    assert set(asked.ways) == {("M23", decider) for decider in ("KF", "KS", "finansborgarradet", "body")}
    chosen = route(Facts("declaration", burden="none", step="exit", judged="finansborgarradet"), edition("2016"))
    assert (chosen.matter, chosen.decides, chosen.handled_by, chosen.questions) == (
        "M23",
        "finansborgarradet",
        "IB",
        (),
    )
    assert chosen.ways == (("M23", "finansborgarradet"),)
    assert chosen.judged is not None
    assert chosen.judged.code == "exit"
    still = route(Facts("organisation", step="exit", judged="body"), edition("2016"))
    assert (still.decides, still.questions, still.handled_by) == ("body", (), None)


def test_a_step_that_names_its_decider_needs_no_other_answer() -> None:
    known = edition("2016")
    step = replace(known.steps[1], decides="KF", ask="", section="6", remarks={"sv": "Alltid fullmäktige."})
    way = route(Facts("organisation", step="exit"), replace(known, steps=(known.steps[0], step)))
    assert (way.matter, way.decides, way.questions, way.ways) == ("M23", "KF", (), (("M23", "KF"),))
    assert (way.section, way.prepares, way.reports, way.remarks) == ("6", ("owner",), ("minutes",), (step.remarks,))


def test_a_step_keeps_what_the_row_of_entering_remarks() -> None:
    entering = route(Facts("aid_project", scope="own_field", financing="own"), edition("2016"))
    leaving = route(Facts("aid_project", scope="own_field", financing="own", step="exit"), edition("2016"))
    assert leaving.remarks == entering.remarks != ()
    assert (leaving.section, leaving.consults, leaving.reading) == ("4", ("users",), True)


def test_a_matter_that_no_row_speaks_of_is_put_to_a_person() -> None:
    known = edition("2016")
    gap = replace(known, matrix=tuple(row for row in known.matrix if "post" not in row.instruments))
    way = route(Facts("post"), gap)
    assert (way.matter, way.decides, [question.code for question in way.questions]) == (None, None, ["no_row"])
    assert way.rows == ()
    judged = route(Facts("post", judged=way.questions[0].choices[0].code), gap)
    assert judged.decides == way.questions[0].choices[0].decides
    assert judged.matter is None
