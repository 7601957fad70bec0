"""The head's decision in the body's own field, the delegate's, and the board's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from decisions.enums import Outcome
from decisions.models import Decision
from decisions.operations import decide_own, send_back
from decisions.queries.own import own_points
from engagements.enums import Kind, State
from engagements.guard import findings
from engagements.history import history_of
from engagements.judging import record_deviation
from engagements.models import Engagement, ExaminedForum
from engagements.operations import move
from engagements.rules import EditConflict, Incomplete, RuleBroken, WrongState
from organisation.models import Absence, Body, Mandate
from stockholm_intl.kit import clock
from tests.decisions.making import AFTER, NOTICE, a_delegate, a_meeting, a_point, a_trip, referred
from tests.factories import TODAY, a_visit, an_engagement
from tests.people import People
from visits.operations import propose_visit


def a_proposed_visit(people: People, proposal: str = "accept") -> Engagement:
    visit = a_visit(people.contact, people.body("169"))
    return propose_visit(visit=visit, by=people.contact, at=NOTICE, proposal=proposal, text="Vi lär av dem.").engagement


def proposed(people: People, kind: Kind, **fields: object) -> Engagement:
    engagement = an_engagement(people.contact, people.body("169"), kind=kind, at=NOTICE, **fields)
    move(engagement, "propose", by=people.contact, at=NOTICE)
    return engagement


def test_the_head_accepts_in_her_own_right(people: People) -> None:
    engagement = a_proposed_visit(people)
    decision = decide_own(engagement=engagement, outcome="accept", by=people.head, at=AFTER, note="Passar oss.")
    engagement.refresh_from_db()
    assert (engagement.state, engagement.decided_by) == (State.APPROVED, people.head)
    assert (decision.delegate, decision.point, decision.decided_on) == ("Förvaltningschefen", None, date(2026, 11, 19))
    assert (decision.outcome, decision.text) == (Outcome.APPROVED, "Besöket tas emot.\nPassar oss.")
    assert decision.item is None


def test_declining_takes_a_reason_and_writes_it(people: People) -> None:
    engagement = a_proposed_visit(people, "decline")
    with pytest.raises(Incomplete) as lack:
        decide_own(engagement=engagement, outcome="decline", by=people.head, at=AFTER, note=" ")
    assert list(lack.value.missing) == ["note"]
    decide_own(engagement=engagement, outcome="decline", by=people.head, at=AFTER, note="Fullt hela våren.")
    engagement.refresh_from_db()
    assert (engagement.state, engagement.decision_note) == (State.DECLINED, "Fullt hela våren.")
    assert Decision.objects.get().text == "Besöket avböjs.\nFullt hela våren."


def test_the_history_tells_a_decision_once_with_its_reason(people: People) -> None:
    engagement = a_proposed_visit(people, "decline")
    decide_own(engagement=engagement, outcome="decline", by=people.head, at=clock.now(), note="Fullt hela våren.")
    told = [entry for entry in history_of(engagement, engagement.visit) if entry["who"] == str(people.head)]
    assert [entry["why"] for entry in told] == ["Beslutet är fattat och låst. Fullt hela våren."]
    assert told[0]["changes"], "never a reason for nothing"


@pytest.mark.parametrize("place", ["contact", "coordinator", "ib_secretary", "auditor", "outsider", "stranger"])
def test_who_prepares_or_reads_does_not_decide(people: People, place: str) -> None:
    with pytest.raises(PermissionDenied):
        decide_own(engagement=a_proposed_visit(people), outcome="accept", by=getattr(people, place), at=AFTER)
    assert not Decision.objects.exists()


def test_a_head_does_not_decide_for_another_body(people: People) -> None:
    visit = a_visit(people.outsider, people.body("181"))
    propose_visit(visit=visit, by=people.outsider, at=NOTICE, proposal="accept", text="")
    with pytest.raises(PermissionDenied):
        decide_own(engagement=visit.engagement, outcome="accept", by=people.head, at=AFTER)


def test_a_delegate_cites_a_point_of_the_body_s_own_scheme(people: People) -> None:
    engagement, delegate = a_proposed_visit(people), a_delegate(people)
    with pytest.raises(Incomplete) as lack:
        decide_own(engagement=engagement, outcome="accept", by=delegate, at=AFTER)
    assert list(lack.value.missing) == ["point"]
    for foreign in (
        a_point(people, "TN 1", body="TN"),
        a_point(people, "MHN 3", body="MHN", version="2025", valid_to=date(2026, 6, 30)),
    ):
        with pytest.raises(RuleBroken, match="gäller inte"):
            decide_own(engagement=engagement, outcome="accept", by=delegate, at=AFTER, point=foreign)
    own = a_point(people, "MHN 3", body="MHN")
    decision = decide_own(engagement=engagement, outcome="accept", by=delegate, at=AFTER, point=own)
    assert (decision.delegate, decision.point) == ("Avdelningschefen", own)


def test_the_board_s_secretary_writes_in_what_the_board_decided(people: People) -> None:
    decision = decide_own(engagement=a_proposed_visit(people), outcome="accept", by=people.board_secretary, at=AFTER)
    assert decision.delegate == "Miljö- och hälsoskyddsnämnden"


def test_what_the_board_itself_owns_is_the_board_s_and_not_the_council_s(people: People) -> None:
    visit = a_visit(people.contact, people.body("MHN"))
    propose_visit(visit=visit, by=people.contact, at=NOTICE, proposal="accept", text="Vi lär av dem.")
    decision = decide_own(engagement=visit.engagement, outcome="accept", by=people.board_secretary, at=AFTER)
    assert decision.delegate == "Miljö- och hälsoskyddsnämnden"


def test_a_board_s_points_are_its_own_and_not_the_council_s(people: People) -> None:
    council, board = a_point(people, "KF 1", body="KF"), a_point(people, "MHN 3", body="MHN")
    assert [*own_points(people.body("MHN"), on=TODAY)] == [board] == [*own_points(people.body("169"), on=TODAY)]
    assert [*own_points(people.body("KF"), on=TODAY)] == [council]


def test_a_company_s_head_is_called_so(people: People) -> None:
    Body.objects.filter(code="169").update(kind="bolag")
    decision = decide_own(engagement=a_proposed_visit(people), outcome="accept", by=people.head, at=AFTER)
    assert decision.delegate == "Verkställande direktören"


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
@pytest.mark.parametrize("outcome", ["accept", "decline"])
def test_only_what_is_proposed_is_decided(people: People, state: State, outcome: str) -> None:
    engagement = a_proposed_visit(people)
    Engagement.objects.filter(pk=engagement.pk).update(state=state)
    if state == State.PROPOSED:
        decide_own(engagement=engagement, outcome=outcome, by=people.head, at=AFTER, note="Skäl.")
    else:
        with pytest.raises(WrongState):
            decide_own(engagement=engagement, outcome=outcome, by=people.head, at=AFTER, note="Skäl.")


def test_other_kinds_are_decided_too(people: People) -> None:
    engagement = proposed(people, Kind.MEMBERSHIP, scope="own_field", instrument="network")
    ExaminedForum.objects.create(engagement=engagement, name="Eurocities", conclusion="Har ingen grupp för frågan.")
    decision = decide_own(engagement=engagement, outcome="accept", by=people.board_secretary, at=AFTER)
    engagement.refresh_from_db()
    assert (engagement.state, decision.text) == (State.APPROVED, "Bifall till förslaget.")


def test_what_is_the_commissioner_s_is_not_decided_by_a_head(people: People) -> None:
    engagement = proposed(people, Kind.RECEPTION)
    with pytest.raises(RuleBroken, match=r"finansborgarrådet \(M19\)"):
        decide_own(engagement=engagement, outcome="accept", by=people.head, at=AFTER)


def test_what_stands_on_an_agenda_is_decided_there(people: People) -> None:
    engagement = a_proposed_visit(people)
    referred(people, a_meeting(people), engagement)
    with pytest.raises(RuleBroken, match=r"IB nr 1/2026, punkt 1\.1"):
        decide_own(engagement=engagement, outcome="accept", by=people.head, at=AFTER)
    with pytest.raises(RuleBroken, match=r"IB nr 1/2026, punkt 1\.1"):
        send_back(engagement=engagement, by=people.head, at=AFTER, reason="Mer underlag.")


def test_an_undirected_matter_is_not_decided(people: People) -> None:
    engagement = a_proposed_visit(people)
    Engagement.objects.filter(pk=engagement.pk).update(main_direction="", motives={})
    with pytest.raises(Incomplete):
        decide_own(engagement=engagement, outcome="accept", by=people.head, at=AFTER)


def test_who_read_an_older_version_reads_again(people: People) -> None:
    engagement = a_proposed_visit(people)
    with pytest.raises(EditConflict):
        decide_own(
            engagement=engagement, outcome="accept", by=people.head, at=AFTER, seen_version=engagement.version - 1
        )


@pytest.mark.django_db(transaction=True)
def test_head_and_secretary_decide_at_once_and_one_is_told(people: People) -> None:
    engagement = a_proposed_visit(people)

    def decide(who: str) -> str:
        try:
            decide_own(engagement=engagement, outcome="accept", by=getattr(people, who), at=AFTER)
            return "decided"
        except WrongState:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(decide, ["head", "board_secretary"])) == ["decided", "told"]
    assert Decision.objects.count() == 1


def test_a_trip_that_nobody_asked_for_the_board_is_the_body_s_own(people: People) -> None:
    engagement = a_trip(people, on_behalf_of_ks=False)
    engagement.body = people.body("169")
    engagement.save()
    move(engagement, "propose", by=people.contact, at=NOTICE)
    assert decide_own(engagement=engagement, outcome="decline", by=people.head, at=AFTER, note="Fel tid.").engagement


def test_a_broken_principle_stops_a_yes_and_not_a_no(people: People) -> None:
    engagement = proposed(people, Kind.MEMBERSHIP, scope="own_field", instrument="network")
    with pytest.raises(RuleBroken, match=r"C12 \(avsnitt 3\)"):
        decide_own(engagement=engagement, outcome="accept", by=people.board_secretary, at=AFTER)
    engagement.refresh_from_db()
    assert engagement.state == State.PROPOSED and not Decision.objects.exists()
    assert decide_own(
        engagement=engagement, outcome="decline", by=people.board_secretary, at=AFTER, note="Räcker inte."
    )


def test_what_the_body_lets_through_is_decided_and_the_decision_keeps_the_answers(people: People) -> None:
    engagement = proposed(people, Kind.MEMBERSHIP, scope="own_field", instrument="network")
    record_deviation(
        engagement=engagement,
        check="C12",
        body=people.body("169"),
        reason="Inget forum finns.",
        by=people.head,
        at=NOTICE,
    )
    decision = decide_own(engagement=engagement, outcome="accept", by=people.board_secretary, at=AFTER)
    kept = {row["id"]: row for row in Decision.objects.get(pk=decision.pk).findings}
    assert kept["C12"]["result"] == "fail"
    assert kept["C12"]["deviation"]["body"] == "Miljöförvaltningen"
    assert kept["C18"]["result"] == "judge"


def test_the_answers_of_a_decided_matter_are_those_it_was_decided_on(people: People) -> None:
    engagement = a_proposed_visit(people)
    decide_own(engagement=engagement, outcome="accept", by=people.head, at=AFTER, note="Passar oss.")
    Mandate.objects.filter(person=people.contact).delete()
    engagement.refresh_from_db()
    found = {row.id: row for row in findings(engagement, on=TODAY)}
    assert (found["C20"].result, found["C20"].is_frozen) == ("pass", True)


def test_who_stands_in_for_the_head_decides_and_the_decision_says_so(people: People) -> None:
    day = AFTER.date()
    Absence.objects.create(
        person=people.head, body=people.body("169"), substitute=people.stranger, valid_from=day, valid_to=clock.today(),
        reason="Semester", registered_by=people.head, registered_at=NOTICE,
    )  # fmt: skip
    decision = decide_own(engagement=a_proposed_visit(people), outcome="accept", by=people.stranger, at=AFTER)
    assert (decision.delegate, decision.delegate_person) == ("Förvaltningschefen genom vikarie", people.stranger)
