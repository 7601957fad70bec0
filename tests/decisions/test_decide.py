"""The outcome of a point, and what it does to its matter."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import product

import pytest
from django.db import connection

from decisions.enums import FINAL_OUTCOMES, Outcome, Section
from decisions.models import AgendaItem, Decision
from decisions.operations import add_item, record_decision, undo_decision
from decisions.rules import UNDECIDED_OUTCOMES
from engagements.enums import Kind, State
from engagements.models import Engagement
from engagements.operations import edit_engagement, move
from engagements.rules import EditConflict, Incomplete, RuleBroken, WrongState
from tests.decisions.making import (
    AFTER,
    HELD_ON,
    NOTICE,
    a_declaration,
    a_meeting,
    a_point,
    a_reception,
    a_trip,
    decided,
    referred,
)
from tests.factories import an_engagement
from tests.people import People

LANDS = {
    Outcome.APPROVED: State.APPROVED,
    Outcome.CHANGED: State.APPROVED,
    Outcome.DECLINED: State.DECLINED,
    Outcome.REMITTED: State.REGISTERED,
    Outcome.TABLED: State.REGISTERED,
    Outcome.NOTED: State.REGISTERED,
}


def a_trip_item(people: People, **fields: object) -> AgendaItem:
    return referred(people, a_meeting(people), a_trip(people, **fields))


def undo(people: People, item: AgendaItem, seen_version: int = 1, reason: str = "Fel punkt") -> AgendaItem:
    return undo_decision(item=item, by=people.ib_secretary, at=AFTER, seen_version=seen_version, reason=reason)


@pytest.mark.parametrize("outcome", Outcome)
def test_each_outcome_lands_the_matter_in_its_state(people: People, outcome: Outcome) -> None:
    item = a_trip_item(people)
    decision = decided(people, item, a_point(people), outcome)
    item.engagement.refresh_from_db()
    assert item.engagement.state == LANDS[outcome]
    assert (decision.outcome, decision.decided_on, decision.body.code) == (outcome, HELD_ON, "IB")


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_only_an_open_matter_is_decided(people: People, state: State) -> None:
    item, point = a_trip_item(people), a_point(people)
    Engagement.objects.filter(pk=item.engagement_id).update(state=state)
    item.refresh_from_db()
    if state in {State.REGISTERED, State.ASSESSED, State.PROPOSED}:
        assert decided(people, item, point).outcome == Outcome.APPROVED
    else:
        with pytest.raises(WrongState):
            decided(people, item, point)
        assert not Decision.objects.exists()


@pytest.mark.parametrize(("before", "after"), [pair for pair in product(Outcome, Outcome) if pair[0] != pair[1]])
def test_an_outcome_is_changed_to_any_other_until_the_report(people: People, before: Outcome, after: Outcome) -> None:
    item, point = a_trip_item(people), a_point(people)
    decided(people, item, point, before)
    decision = decided(people, item, point, after, seen_version=1, reason="Fel utgång skrevs in")
    item.engagement.refresh_from_db()
    open_again = State.PROPOSED if before in FINAL_OUTCOMES else State.REGISTERED
    assert item.engagement.state == (LANDS[after] if after in FINAL_OUTCOMES else open_again)
    assert (Decision.objects.get(), decision.version) == (decision, 2)
    assert decision.history.first().history_change_reason == "Fel utgång skrevs in"


def test_the_matter_carries_the_decision_that_stands(people: People) -> None:
    item = a_trip_item(people)
    decided(people, item, a_point(people), delegate_person=people.commissioner)
    matter = Engagement.objects.get(pk=item.engagement_id)
    assert (matter.decided_by, matter.decided_at) == (people.commissioner, AFTER)
    assert matter.decision_note == "Staden deltar med fyra personer."
    assert matter.history.first().history_change_reason == "IB nr 1/2026, punkt 1.1"


def test_a_changed_text_reaches_the_matter(people: People) -> None:
    item, point = a_trip_item(people), a_point(people)
    decided(people, item, point)
    decided(people, item, point, Outcome.CHANGED, text="Två personer.", seen_version=1, reason="Färre reser")
    assert Engagement.objects.get(pk=item.engagement_id).decision_note == "Två personer."


def test_undoing_opens_the_matter_again(people: People) -> None:
    item = a_trip_item(people)
    gone = decided(people, item, a_point(people))
    undo(people, item)
    matter = Engagement.objects.get(pk=item.engagement_id)
    assert (matter.state, matter.decided_at, matter.decision_note) == (State.PROPOSED, None, "")
    assert not Decision.objects.exists()
    last = Decision.history.filter(id=gone.pk).first()
    assert (last.history_type, last.history_change_reason) == ("-", "Fel punkt")


def test_an_undone_point_is_decided_anew(people: People) -> None:
    item, point = a_trip_item(people), a_point(people)
    decided(people, item, point)
    undo(people, item)
    assert decided(people, item, point, Outcome.DECLINED).outcome == Outcome.DECLINED


def test_undoing_needs_a_reason_and_something_to_undo(people: People) -> None:
    item = a_trip_item(people)
    with pytest.raises(WrongState, match="ingen utgång"):
        undo(people, item, seen_version=0)
    decided(people, item, a_point(people))
    with pytest.raises(Incomplete, match="ångras"):
        undo(people, item, reason=" ")


def test_what_has_gone_on_is_not_undone(people: People) -> None:
    item = a_trip_item(people)
    decided(people, item, a_point(people))
    move(Engagement.objects.get(pk=item.engagement_id), "complete", by=people.coordinator, at=AFTER)
    with pytest.raises(WrongState):
        undo(people, item)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("missing", ["text", "delegate", "point"])
def test_a_decision_says_what_by_whom_and_on_what_ground(people: People, missing: str) -> None:
    item = a_trip_item(people)
    given = {"text": "Bifall.", "delegate": "Finansborgarrådet", "point": a_point(people)}
    given[missing] = None if missing == "point" else "  "
    with pytest.raises(Incomplete) as lack:
        record_decision(item=item, outcome=Outcome.APPROVED, by=people.ib_secretary, at=AFTER, **given)
    assert list(lack.value.missing) == [missing]
    assert Engagement.objects.get(pk=item.engagement_id).state == State.REGISTERED


@pytest.mark.parametrize("outcome", sorted(UNDECIDED_OUTCOMES))
def test_what_is_not_decided_needs_none_of_it(people: People, outcome: Outcome) -> None:
    assert decided(people, a_trip_item(people), None, outcome, text="", delegate="").outcome == outcome


@pytest.mark.parametrize(
    "fields",
    [
        {"body": "MHN"},
        {"valid_from": date(2026, 11, 19)},
        {"valid_from": date(2025, 1, 1), "valid_to": date(2026, 11, 17)},
    ],
)
def test_the_point_must_be_the_commissioner_s_and_valid_that_day(people: People, fields: dict[str, object]) -> None:
    with pytest.raises(RuleBroken, match="Delegationspunkt IB 2.1 gäller inte"):
        decided(people, a_trip_item(people), a_point(people, **fields))


def test_the_direction_must_be_tagged(people: People) -> None:
    item = a_trip_item(people)
    edit_engagement(
        engagement=item.engagement, by=people.coordinator, at=NOTICE, seen_version=item.engagement.version,
        main_direction="", motives={},
    )  # fmt: skip
    with pytest.raises(Incomplete) as lack:
        decided(people, item, a_point(people))
    assert list(lack.value.missing) == ["main_direction", "motives"]


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        (Kind.MEMBERSHIP, {"scope": "city_wide", "instrument": "organisation"}, r"kommunfullmäktige \(M1\)"),
        (Kind.MEMBERSHIP, {"scope": "city_wide", "instrument": "network"}, r"kommunstyrelsen \(M2\)"),
        (Kind.PROJECT, {"scope": "own_field"}, "nämnden eller bolagsstyrelsen"),
        (Kind.EU_INFLUENCE, {"scope": "city_wide"}, "kommunstyrelsen"),
        (Kind.DECLARATION, {"burden": "added"}, r"kommunstyrelsen \(M8\)"),
        (Kind.VISIT, {}, "tar emot"),
    ],
)
@pytest.mark.parametrize("outcome", sorted(FINAL_OUTCOMES))
def test_others_matters_are_prepared_and_noted_never_decided(
    people: People, kind: Kind, fields: dict[str, object], says: str, outcome: Outcome
) -> None:
    matter = an_engagement(people.coordinator, people.body("110"), kind=kind, at=NOTICE, **fields)
    item = referred(people, a_meeting(people), matter)
    with pytest.raises(RuleBroken, match=says):
        decided(people, item, a_point(people), outcome)
    assert decided(people, item, None, Outcome.NOTED, text="").outcome == Outcome.NOTED


def test_where_the_strategy_overlaps_the_secretary_says_why(people: People) -> None:
    matter = a_declaration(people, instrument="initiative", scope="city_wide")
    item, point = referred(people, a_meeting(people), matter), a_point(people, "IB 2.3")
    with pytest.raises(Incomplete) as lack:
        decided(people, item, point)
    assert list(lack.value.missing) == ["ground"]
    decision = decided(people, item, point, ground="Uppropet binder ingen nämnd och kostar inget.")
    assert decision.ground == "Uppropet binder ingen nämnd och kostar inget."


def test_a_reception_and_a_declaration_without_burden_are_decided(people: People) -> None:
    meeting, point = a_meeting(people), a_point(people, "IB 2.2", body="IB")
    for matter in (a_reception(people), a_declaration(people)):
        assert decided(people, referred(people, meeting, matter), point).engagement == matter


def test_a_point_without_matter_is_noted_not_decided(people: People) -> None:
    item = add_item(
        meeting=a_meeting(people), section=Section.INTERNATIONAL, title="Minnesanteckningar", by=people.ib_secretary,
        at=NOTICE,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="saknar ärende"):
        decided(people, item, a_point(people))
    assert decided(people, item, None, Outcome.NOTED, text="").engagement is None


def test_nothing_is_decided_before_the_meeting_s_day(people: People) -> None:
    with pytest.raises(RuleBroken, match="18 november 2026"):
        decided(people, a_trip_item(people), a_point(people), at=NOTICE)


def test_the_second_to_decide_is_told_and_overwrites_nothing(people: People) -> None:
    item, point = a_trip_item(people), a_point(people)
    decided(people, item, point)
    with pytest.raises(EditConflict, match="Någon annan"):
        decided(people, item, point, Outcome.DECLINED)
    with pytest.raises(EditConflict):
        decided(people, item, point, Outcome.DECLINED, seen_version=2, reason="Fel")
    assert Decision.objects.get().outcome == Outcome.APPROVED


def test_a_change_needs_a_reason(people: People) -> None:
    item, point = a_trip_item(people), a_point(people)
    decided(people, item, point)
    with pytest.raises(Incomplete, match="ändras"):
        decided(people, item, point, Outcome.DECLINED, seen_version=1)


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_decide_at_once_and_one_is_told(people: People) -> None:
    item, point = a_trip_item(people), a_point(people)

    def decide(outcome: Outcome) -> str:
        try:
            decided(people, item, point, outcome)
            return "decided"
        except EditConflict:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(decide, [Outcome.APPROVED, Outcome.DECLINED])) == ["decided", "told"]
    assert Engagement.objects.get(pk=item.engagement_id).state == LANDS[Outcome(Decision.objects.get().outcome)]
