from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction

from engagements.assignments import (
    close_assignment,
    detail_of,
    draft_assignment,
    edit_assignment,
    file_trip_report,
    set_project_money,
    submit_influence,
    update_draft,
)
from engagements.enums import ASSIGNMENT_KINDS, Instrument, Kind, State
from engagements.models import Engagement
from engagements.operations import propose_engagement
from engagements.rules import EditConflict, Incomplete, WrongState
from tests.factories import AT
from tests.factories.assignments import DETAILS, a_granted_assignment, an_assignment
from tests.people import People

TODAY = date(2026, 11, 22)
KINDS = sorted(ASSIGNMENT_KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_keeps_its_details_and_tells_the_router_its_instrument(people: People, kind: Kind) -> None:
    engagement = an_assignment(people.contact, people.body("169"), kind)
    detail = detail_of(engagement)
    assert {name: getattr(detail, name) for name in DETAILS[kind]} == DETAILS[kind]
    assert detail.history.get().history_user == people.contact
    expected = {
        Kind.TRIP: Instrument.TRIP,
        Kind.DECLARATION: Instrument.DECLARATION,
        Kind.EU_INFLUENCE: Instrument.POSITION,
        Kind.PROJECT: Instrument.EU_PROJECT,
    }
    assert engagement.instrument == expected[kind]


def test_an_initiative_and_an_aid_project_have_instruments_of_their_own(people: People) -> None:
    for kind, code, instrument in (
        (Kind.DECLARATION, "initiative", Instrument.INITIATIVE),
        (Kind.PROJECT, "aid", Instrument.AID_PROJECT),
    ):
        draft = draft_assignment(
            kind=kind, body=people.body("169"), by=people.contact, at=AT, matter={"title": "x"}, details={"kind": code}
        )
        assert draft.instrument == instrument


def test_the_same_form_sent_twice_is_one_draft(people: People) -> None:
    submission = uuid4()
    sent = [
        draft_assignment(
            kind=Kind.TRIP, body=people.body("169"), by=people.contact, at=AT, submission=submission,
            matter={"title": title}, details=DETAILS[Kind.TRIP],
        )
        for title in ("Första", "Andra")
    ]  # fmt: skip
    assert sent[0].pk == sent[1].pk
    assert Engagement.objects.get().title == "Andra"


def test_a_late_autosave_changes_nothing_that_is_registered(people: People) -> None:
    engagement = an_assignment(people.contact, people.body("169"))
    update_draft(
        engagement=engagement, body=people.body("181"), by=people.contact, at=AT,
        matter={"title": "För sent"}, details={"kind": "study_trip_out", "place": "Rom"},
    )  # fmt: skip
    engagement.refresh_from_db()
    assert (engagement.title, engagement.body.code) == ("Eurocities årskonferens i Bryssel", "169")
    assert detail_of(engagement).place == "Bryssel"  # type: ignore[union-attr]


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(people: People) -> None:
    engagement = an_assignment(people.contact, people.body("169"))
    seen = engagement.version

    def edit(place: str) -> None:
        edit_assignment(
            engagement=engagement, by=people.contact, at=AT, seen_version=seen, reason="ny ort",
            matter={"title": f"Till {place}"}, details=DETAILS[Kind.TRIP] | {"place": place},
        )  # fmt: skip

    edit("Gent")
    with pytest.raises(EditConflict):
        edit("Paris")
    detail = detail_of(engagement)
    assert detail.place == "Gent"  # type: ignore[union-attr]
    assert detail.history.first().history_change_reason == "ny ort"


def test_nothing_is_edited_once_it_is_proposed(people: People) -> None:
    engagement = an_assignment(people.contact, people.body("169"))
    propose_engagement(engagement=engagement, text="Godkänna resan.", by=people.contact, at=AT)
    with pytest.raises(WrongState):
        edit_assignment(
            engagement=engagement, by=people.contact, at=AT, seen_version=2, matter={}, details=DETAILS[Kind.TRIP]
        )


def test_a_proposal_needs_text_direction_and_motive(people: People) -> None:
    for fields, text in (
        ({}, " "),
        ({"main_direction": "", "motives": {}}, "Godkänna."),
        ({"motives": {}}, "Godkänna."),
    ):
        engagement = an_assignment(people.contact, people.body("169"), **fields)
        with pytest.raises(Incomplete):
            propose_engagement(engagement=engagement, text=text, by=people.contact, at=AT)


# --- After the decision


def test_a_trip_report_carries_the_trip_out_and_can_be_put_right(people: People) -> None:
    trip = a_granted_assignment(people.contact, people.head, people.body("169"))
    for report in ("Vi lärde oss mycket.", "Vi lärde oss tre saker."):
        file_trip_report(engagement=trip, report=report, filed_on=TODAY, by=people.contact, at=AT)
    trip.refresh_from_db()
    detail = detail_of(trip)
    assert (trip.state, detail.report, detail.report_filed_on) == (State.COMPLETED, "Vi lärde oss tre saker.", TODAY)  # type: ignore[union-attr]
    assert detail.history.filter(report="Vi lärde oss mycket.").exists()


def test_a_report_needs_words(people: People) -> None:
    trip = a_granted_assignment(people.contact, people.head, people.body("169"))
    with pytest.raises(Incomplete):
        file_trip_report(engagement=trip, report="  ", filed_on=TODAY, by=people.contact, at=AT)


@pytest.mark.parametrize("state", sorted(set(State) - {State.APPROVED, State.COMPLETED, State.DRAFT}))
def test_only_a_granted_trip_gets_a_report(people: People, state: State) -> None:
    trip = an_assignment(people.contact, people.body("169"))
    Engagement.objects.filter(pk=trip.pk).update(state=state)
    with pytest.raises(WrongState):
        file_trip_report(engagement=trip, report="Bra.", filed_on=TODAY, by=people.contact, at=AT)
    position = an_assignment(people.contact, people.body("169"), Kind.EU_INFLUENCE)
    Engagement.objects.filter(pk=position.pk).update(state=state)
    with pytest.raises(WrongState):
        submit_influence(engagement=position, submitted_on=TODAY, result="", by=people.contact, at=AT)


def test_a_position_is_handed_over_and_its_result_written_later(people: People) -> None:
    position = a_granted_assignment(people.contact, people.head, people.body("169"), Kind.EU_INFLUENCE)
    for result in ("", "Skrivningen kom med."):
        submit_influence(engagement=position, submitted_on=TODAY, result=result, by=people.contact, at=AT)
    position.refresh_from_db()
    detail = detail_of(position)
    assert (position.state, detail.submitted_on, detail.result) == (State.COMPLETED, TODAY, "Skrivningen kom med.")  # type: ignore[union-attr]


def test_a_report_belongs_to_a_trip_alone(people: People) -> None:
    declaration = a_granted_assignment(people.contact, people.head, people.body("169"), Kind.DECLARATION)
    with pytest.raises(WrongState):
        file_trip_report(engagement=declaration, report="Bra.", filed_on=TODAY, by=people.contact, at=AT)
    with pytest.raises(WrongState):
        submit_influence(engagement=declaration, submitted_on=TODAY, result="", by=people.contact, at=AT)


def test_a_projects_money_is_one_row_a_year(people: People) -> None:
    project = an_assignment(people.contact, people.body("169"), Kind.PROJECT)
    for amount in ("100000", "120000.50"):
        set_project_money(
            engagement=project,
            year=2026,
            funding_sek=Decimal(amount),
            own_share_sek=Decimal(0),
            by=people.contact,
            at=AT,
        )
    row = detail_of(project).years.get()  # type: ignore[union-attr]
    assert (row.funding_sek, row.history.count()) == (Decimal("120000.50"), 2)
    with pytest.raises(WrongState):
        set_project_money(
            engagement=an_assignment(people.contact, people.body("169")), year=2026, funding_sek=Decimal(1),
            own_share_sek=Decimal(0), by=people.contact, at=AT,
        )  # fmt: skip


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT}))
def test_only_what_is_decided_is_closed(people: People, state: State) -> None:
    engagement = an_assignment(people.contact, people.body("169"), Kind.DECLARATION)
    Engagement.objects.filter(pk=engagement.pk).update(state=state)
    if state in (State.APPROVED, State.DECLINED, State.COMPLETED):
        close_assignment(engagement=engagement, reason="Deklarationen är ersatt.", by=people.contact, at=AT)
        engagement.refresh_from_db()
        assert engagement.state == State.CLOSED and engagement.closed_at == AT
    else:
        with pytest.raises(WrongState), transaction.atomic():
            close_assignment(engagement=engagement, reason="Ersatt.", by=people.contact, at=AT)
