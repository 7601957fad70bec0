from datetime import date
from uuid import uuid4

import pytest

from engagements.enums import State
from engagements.models import Engagement
from engagements.rules import STEPS, EditConflict, Incomplete, WrongState
from tests.factories import AT, a_visit
from tests.people import People
from visits.models import VisitRequest
from visits.operations import (
    accept_visit,
    assess_visit,
    complete_visit,
    decline_visit,
    edit_visit,
    propose_visit,
    register_visit,
    save_visit_draft,
)
from visits.rules import points

GRADES = {"learning": 3, "perspectives": 2, "development": 2, "competence": 1, "image": 2}


@pytest.fixture
def visit(people: People) -> VisitRequest:
    return a_visit(people.contact, people.body("169"))


def in_state(visit: VisitRequest, state: State) -> VisitRequest:
    Engagement.objects.filter(pk=visit.pk).update(state=state)
    visit.engagement.refresh_from_db()
    return visit


def test_a_visit_goes_from_note_to_follow_up(people: People, visit: VisitRequest) -> None:
    assess_visit(visit=visit, by=people.contact, at=AT, grades=GRADES)
    propose_visit(visit=visit, by=people.contact, at=AT, proposal="accept", text="De är långt framme.")
    accept_visit(visit=visit, by=people.head, at=AT, note="Bra utbyte.")
    done = complete_visit(visit=visit, by=people.contact, at=AT, visitors_in_fact=12, outcome="Två möten till.")
    done.engagement.refresh_from_db()
    assert (done.engagement.state, done.visitors_in_fact, done.points) == (State.COMPLETED, 12, 10)
    assert done.engagement.decided_by == people.head


def test_registering_gives_a_key_a_title_and_a_day_to_answer_by(people: People) -> None:
    fields = {"counterpart": "Tallinns stad", "country": "EE"}
    draft = save_visit_draft(
        submission=uuid4(), body=people.body("169"), by=people.contact, at=AT, matter=fields, details={}
    )
    engagement = register_visit(visit=draft, by=people.contact, at=AT).engagement
    engagement.refresh_from_db()
    assert engagement.key == "INT-2026-00001"
    assert engagement.title == "Besök från Tallinns stad"
    assert engagement.respond_by == date(2026, 12, 4)
    assert engagement.registered_at is not None


def test_registering_twice_gives_the_same_key(people: People, visit: VisitRequest) -> None:
    again = register_visit(visit=visit, by=people.contact, at=AT)
    assert again.engagement.key == visit.engagement.key


def test_a_draft_without_sender_is_not_registered(people: People) -> None:
    draft = save_visit_draft(
        submission=uuid4(), body=people.body("169"), by=people.contact, at=AT, matter={}, details={}
    )
    with pytest.raises(Incomplete) as problem:
        register_visit(visit=draft, by=people.contact, at=AT)
    assert set(problem.value.missing) == {"title", "counterpart"}
    draft.engagement.refresh_from_db()
    assert draft.engagement.key is None


def test_the_same_submission_is_one_visit_with_the_latest_text(people: People) -> None:
    token = uuid4()
    common = {"submission": token, "body": people.body("169"), "by": people.contact, "at": AT}
    save_visit_draft(**common, matter={"counterpart": "Riga"}, details={"people": 4})
    save_visit_draft(**common, matter={"counterpart": "Riga stad"}, details={"people": 5})
    only = VisitRequest.objects.select_related("engagement").get()
    assert (only.engagement.counterpart, only.people) == ("Riga stad", 5)


def test_a_late_autosave_does_not_touch_a_registered_visit(people: People) -> None:
    token = uuid4()
    common = {"submission": token, "body": people.body("169"), "by": people.contact, "at": AT}
    draft = save_visit_draft(**common, matter={"counterpart": "Riga"}, details={})
    register_visit(visit=draft, by=people.contact, at=AT)
    save_visit_draft(**common, matter={"counterpart": "Någon annan"}, details={})
    assert Engagement.objects.get().counterpart == "Riga"


def test_somebody_elses_submission_token_is_not_taken_over(people: People) -> None:
    token = uuid4()
    save_visit_draft(submission=token, body=people.body("169"), by=people.contact, at=AT, matter={}, details={})
    with pytest.raises(WrongState, match="redan använt"):
        save_visit_draft(submission=token, body=people.body("181"), by=people.outsider, at=AT, matter={}, details={})


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize(
    ("step", "take"),
    [
        ("assess", lambda visit, by: assess_visit(visit=visit, by=by, at=AT, grades=GRADES)),
        ("propose", lambda visit, by: propose_visit(visit=visit, by=by, at=AT, proposal="accept", text="")),
        ("accept", lambda visit, by: accept_visit(visit=visit, by=by, at=AT, note="")),
        ("decline", lambda visit, by: decline_visit(visit=visit, by=by, at=AT, reason="Inte vårt område.")),
        ("complete", lambda visit, by: complete_visit(visit=visit, by=by, at=AT, visitors_in_fact=3, outcome="Bra.")),
    ],
)
def test_a_step_is_taken_from_its_states_and_no_others(people, visit, step, take, state) -> None:
    if state == State.DRAFT:
        Engagement.objects.filter(pk=visit.pk).update(state=state, key=None)
    else:
        in_state(visit, state)
    if state in STEPS[step].since:
        take(visit, people.head)
        visit.engagement.refresh_from_db()
        assert visit.engagement.state == STEPS[step].to
    else:
        with pytest.raises(WrongState):
            take(visit, people.head)
        visit.engagement.refresh_from_db()
        assert visit.engagement.state == state


@pytest.mark.parametrize("empty", ["", "   "])
def test_a_visit_is_not_declined_without_a_reason(people: People, visit: VisitRequest, empty: str) -> None:
    in_state(visit, State.PROPOSED)
    with pytest.raises(Incomplete):
        decline_visit(visit=visit, by=people.head, at=AT, reason=empty)
    visit.engagement.refresh_from_db()
    assert visit.engagement.state == State.PROPOSED


@pytest.mark.parametrize("lacks", [{"main_direction": ""}, {"motives": {}}, {"motives": {"samverkan": "  "}}])
def test_a_visit_without_direction_or_motive_is_not_proposed(people: People, visit: VisitRequest, lacks: dict) -> None:
    Engagement.objects.filter(pk=visit.pk).update(**lacks)
    with pytest.raises(Incomplete):
        propose_visit(visit=visit, by=people.contact, at=AT, proposal="accept", text="")


def test_the_second_editor_is_told_and_nothing_is_overwritten(people: People, visit: VisitRequest) -> None:
    seen = visit.engagement.version
    change = {"by": people.contact, "at": AT, "seen_version": seen, "reason": "", "details": {}}
    edit_visit(visit=visit, matter={"title": "Den förstas text"}, **change)
    with pytest.raises(EditConflict):
        edit_visit(visit=visit, matter={"title": "Den andras text"}, **change)
    visit.engagement.refresh_from_db()
    assert visit.engagement.title == "Den förstas text"


def test_history_tells_who_and_why(people: People, visit: VisitRequest) -> None:
    edit_visit(
        visit=visit,
        by=people.contact,
        at=AT,
        seen_version=visit.engagement.version,
        reason="De bytte datum.",
        matter={"starts_on": date(2027, 2, 1)},
        details={"people": 9},
    )
    latest = visit.engagement.history.first()
    assert (latest.history_user, latest.history_change_reason) == (people.contact, "De bytte datum.")
    assert visit.history.first().people == 9


def test_points_wait_for_all_five_grades() -> None:
    assert points(GRADES) == 10
    assert points(GRADES | {"image": None}) is None
