"""Whose decision a matter is, over all kinds; and what may be referred."""

import pytest

from decisions.enums import FINAL_OUTCOMES, MeetingState, Outcome, Section
from decisions.rules import (
    REFERABLE_STATES,
    UNDECIDED_OUTCOMES,
    Belonging,
    Verdict,
    belonging,
    changeable,
    section_for,
)
from engagements.enums import Instrument, Kind, Scope, State
from engagements.routing import facts_for
from engagements.strategy.competence import route
from engagements.strategy.editions import edition

OURS, JUDGE, OTHERS = Verdict.OURS, Verdict.JUDGE, Verdict.OTHERS
CONFERENCE = {"trip_kind": "conference"}
CITY, FIELD = {"scope": "city_wide"}, {"scope": "own_field"}
INITIATIVE, NETWORK = {"instrument": "initiative"}, {"instrument": "network"}

MATRIX = [
    (Kind.RECEPTION, {}, OURS, "M19"),
    (Kind.TRIP, {"on_behalf_of_ks": True} | CONFERENCE, OURS, "M5"),
    (Kind.TRIP, {"on_behalf_of_ks": True}, JUDGE, "M5"),
    (Kind.TRIP, {"on_behalf_of_ks": True, "in_sweden": True} | CONFERENCE, JUDGE, "M5"),
    (Kind.TRIP, {"on_behalf_of_ks": True, "trip_kind": "study_trip_out"}, JUDGE, "M5"),
    (Kind.TRIP, CONFERENCE, JUDGE, "M5"),
    (Kind.TRIP, {"on_behalf_of_ks": False} | CONFERENCE, OTHERS, "M6"),
    (Kind.DECLARATION, {"burden": "none"}, OURS, "M7"),
    (Kind.DECLARATION, {"burden": "added"}, OTHERS, "M8"),
    (Kind.DECLARATION, {}, JUDGE, "M7"),
    (Kind.DECLARATION, {"burden": "none"} | INITIATIVE | CITY, JUDGE, "M7"),
    (Kind.DECLARATION, {"burden": "none"} | INITIATIVE, JUDGE, "M7"),
    (Kind.DECLARATION, {"burden": "none"} | INITIATIVE | FIELD, OTHERS, "M4"),
    (Kind.MEMBERSHIP, CITY, OTHERS, "M1"),
    (Kind.MEMBERSHIP, CITY | NETWORK, OTHERS, "M2"),
    (Kind.MEMBERSHIP, FIELD | NETWORK, OTHERS, "M3"),
    (Kind.MEMBERSHIP, {}, OTHERS, "M1"),
    (Kind.MEMBERSHIP, {"instrument": "declaration", "burden": "none"}, OURS, "M7"),
    (Kind.AGREEMENT, CITY, OTHERS, "M10"),
    (Kind.AGREEMENT, FIELD, OTHERS, "M10"),
    (Kind.AGREEMENT, {"instrument": "intent_agreement", "burden": "none"}, JUDGE, "M9"),
    (Kind.AGREEMENT, {"instrument": "intent_agreement", "burden": "added"}, OTHERS, "M9"),
    (Kind.EU_INFLUENCE, CITY, OTHERS, "M12"),
    (Kind.EU_INFLUENCE, FIELD, OTHERS, "M13"),
    (Kind.PROJECT, FIELD, OTHERS, "M4"),
    (Kind.PROJECT, {"instrument": "aid_project"}, OTHERS, "M21"),
    (Kind.VISIT, {}, OTHERS, "M15"),
]


def found_for(kind: Kind, **facts: object) -> Belonging:
    return belonging(route(facts_for(kind, **facts), edition()))  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "facts", "verdict", "row"), MATRIX)
def test_whose_decision_a_matter_is(kind: Kind, facts: dict[str, object], verdict: Verdict, row: str) -> None:
    found = found_for(kind, **facts)
    assert (found.verdict, found.row) == (verdict, row)
    assert str(found.decider)


def test_every_kind_of_matter_stands_in_the_matrix() -> None:
    assert {kind for kind, *_rest in MATRIX} == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_a_twin_town_is_never_decided_on_delegation(kind: Kind) -> None:
    assert found_for(kind, instrument=Instrument.TWIN_TOWN).verdict is OTHERS


@pytest.mark.parametrize("scope", Scope)
def test_an_own_answer_never_makes_another_s_matter_ours(scope: Scope) -> None:
    for kind in (Kind.VISIT, Kind.PROJECT, Kind.EU_INFLUENCE):
        assert found_for(kind, scope=scope).verdict is OTHERS


def test_every_outcome_either_ends_the_matter_or_leaves_it_open() -> None:
    assert set(Outcome) == FINAL_OUTCOMES | UNDECIDED_OUTCOMES
    assert not FINAL_OUTCOMES & UNDECIDED_OUTCOMES


def test_drafts_and_ended_matters_are_not_referred() -> None:
    assert set(State) - REFERABLE_STATES == {State.DRAFT, State.DECLINED, State.CLOSED, State.STRUCK}


def test_a_reported_meeting_is_the_only_one_that_is_closed() -> None:
    assert [state for state in MeetingState if not changeable(state)] == [MeetingState.APPROVED, MeetingState.REPORTED]


@pytest.mark.parametrize(
    ("kind", "comes_back", "section"),
    [
        (Kind.TRIP, True, Section.TRAVEL_REPORTS),
        (Kind.TRIP, False, Section.INTERNATIONAL),
        (Kind.RECEPTION, False, Section.REPRESENTATION),
        (Kind.DECLARATION, True, Section.INTERNATIONAL),
    ],
)
def test_where_on_the_agenda_a_matter_stands(kind: Kind, comes_back: bool, section: Section) -> None:
    assert section_for(kind, comes_back=comes_back) is section
