"""A review is decided as the matter would be entered today, on the same ground (M22), and left likewise (M23)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from decisions.enums import Outcome
from decisions.gathering import last_decision
from decisions.models import Decision, Meeting
from decisions.operations import approve_item, approve_meeting, decide_review, mark_held, undo_decision
from engagements.choosing import choose_way, questions_for
from engagements.enums import Burden, Part, Scope, State, Step
from engagements.judging import record_judgement
from engagements.models import Engagement
from engagements.routing import route_of
from engagements.rules import Incomplete, RuleBroken, WrongState
from engagements.secrecy import mark_secret
from engagements.submitting import submit_engagement
from memberships.enums import MembershipForm, ReviewOutcome
from memberships.models import Membership, Review
from memberships.operations import open_review, propose_review
from organisation.models import Absence, User
from tests.decisions.making import AFTER, HELD_ON, NOTICE, a_delegate, a_meeting, a_point, decided, referred
from tests.factories import AT, TODAY
from tests.factories.memberships import a_membership, an_agreement
from tests.people import People, a_secretary_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)  # that of AT
KEEP, CHANGE, LEAVE = ReviewOutcome.KEEP, ReviewOutcome.CHANGE, ReviewOutcome.LEAVE


@pytest.fixture
def own(people: People) -> Engagement:
    """What the nämnd would enter today (M3)."""
    return a_membership(people.contact, people.body("169"), matter={"scope": Scope.OWN_FIELD}).engagement


def decide(engagement: Engagement, by: User, outcome: ReviewOutcome = KEEP, **more: Any) -> Decision:
    return decide_review(engagement=engagement, outcome=outcome, note="Ger mycket.", by=by, at=AT, **more)


@pytest.mark.parametrize("outcome", ReviewOutcome)
def test_the_head_names_a_point_where_the_board_would_decide(
    people: People, own: Engagement, outcome: ReviewOutcome
) -> None:
    with pytest.raises(Incomplete, match="Låt sekreteraren i Miljö- och hälsoskyddsnämnden föra in beslutet") as lack:
        decide(own, people.head, outcome)
    assert list(lack.value.missing) == ["point"]
    for foreign in (
        a_point(people, "TN 1", body="TN"),
        a_point(people, "MHN 3", body="MHN", version="2025", valid_to=date(2026, 6, 30)),
    ):
        with pytest.raises(RuleBroken, match="gäller inte"):
            decide(own, people.head, outcome, point=foreign)
    # what was refused opened nothing
    assert not Review.objects.exists() and not Decision.objects.exists()
    point = a_point(people, "MHN 7", body="MHN")
    decision = decide(own, people.head, outcome, point=point)
    review = Review.objects.get()
    assert (decision.review, decision.point, decision.delegate) == (review, point, "Förvaltningschefen")
    assert (review.outcome, review.decided_by, review.decided_on) == (outcome, people.head, DAY)


@pytest.mark.parametrize(
    ("outcome", "kept", "text", "state"),
    [
        (KEEP, Outcome.APPROVED, "Medlemskapet fortsätter.\nGer mycket.", State.APPROVED),
        (CHANGE, Outcome.CHANGED, "Medlemskapet fortsätter med ändring.\nGer mycket.", State.APPROVED),
        (LEAVE, Outcome.DECLINED, "Medlemskapet avslutas.\nGer mycket.", State.CLOSED),
    ],
)
def test_the_board_s_secretary_writes_in_day_and_paragraph(
    people: People, own: Engagement, outcome: ReviewOutcome, kept: str, text: str, state: State
) -> None:
    day = date(2026, 11, 12)
    decision = decide(own, people.board_secretary, outcome, decided_on=day, paragraph="§ 9")
    own.refresh_from_db()
    membership = Membership.objects.get()
    assert (decision.outcome, decision.text, own.state) == (kept, text, state)
    assert (decision.body.code, decision.delegate) == ("MHN", "Miljö- och hälsoskyddsnämnden")
    assert (decision.decided_on, decision.paragraph, decision.recorded_by) == (day, "§ 9", people.board_secretary)
    assert (membership.ended_on if outcome == LEAVE else membership.last_reviewed_on) == day


def test_an_agreement_is_called_one(people: People) -> None:
    agreement = an_agreement(people.contact, people.body("169"), matter={"scope": Scope.OWN_FIELD}).engagement
    assert decide(agreement, people.board_secretary).text == "Avtalet fortsätter.\nGer mycket."


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 11, 21), "Dagen har inte varit än"), (date(2020, 1, 1), "före den dag då det ingicks")],
)
def test_a_day_that_cannot_be_is_said_so(people: People, own: Engagement, day: date, said: str) -> None:
    with pytest.raises(Incomplete, match=said) as lack:
        decide(own, people.board_secretary, decided_on=day)
    assert list(lack.value.missing) == ["decided_on"]
    assert not Review.objects.exists()


def test_what_the_checks_answered_is_kept_and_what_it_was_entered_on_stands(people: People, own: Engagement) -> None:
    entered = Decision.objects.create(
        engagement=own, body=people.body("MHN"), outcome=Outcome.APPROVED, text="Bifall.", delegate="Nämnden",
        decided_on=date(2023, 1, 15), recorded_by=people.head, recorded_at=AT, findings=[{"id": "C9"}],
    )  # fmt: skip
    decision = decide(own, people.board_secretary)
    # of the rest nobody is asked again: how it was tagged, what was examined on the way in
    kept = {row["id"]: row["result"] for row in decision.findings}
    assert (set(kept), kept["C18"]) == ({"C1", "C2", "C18"}, "judge")
    # who asks on what it was decided is told of its entering
    assert last_decision(own) == entered


@pytest.mark.parametrize("place", ["contact", "coordinator", "ib_secretary", "auditor", "outsider"])
def test_nobody_else_decides_it(people: People, own: Engagement, place: str) -> None:
    with pytest.raises(PermissionDenied):
        decide(own, getattr(people, place), point=a_point(people, "MHN 7", body="MHN"))
    assert not Review.objects.exists()


def test_a_delegate_names_a_point_too(people: People, own: Engagement) -> None:
    delegate = a_delegate(people)
    with pytest.raises(Incomplete):
        decide(own, delegate)
    assert decide(own, delegate, point=a_point(people, "MHN 7", body="MHN")).delegate == "Avdelningschefen"


def test_what_waits_at_a_meeting_is_not_decided_beside_it(people: People, own: Engagement) -> None:
    referred(people, a_meeting(people), own)
    with pytest.raises(RuleBroken, match="står på dagordningen"):
        decide(own, people.board_secretary)


def test_it_is_decided_once_and_stays_so(people: People, own: Engagement) -> None:
    decision = decide(own, people.board_secretary, LEAVE)
    with pytest.raises(WrongState):
        decide(own, people.board_secretary)
    for change in (
        lambda: Decision.objects.filter(pk=decision.pk).update(text="Något annat."),
        lambda: Review.objects.update(note="Något annat."),
        lambda: Review.objects.update(outcome=KEEP),
        decision.delete,
    ):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            change()


def test_an_open_review_is_still_written_in(people: People, own: Engagement) -> None:
    review = open_review(engagement=own, by=people.contact, at=AT)
    propose_review(review=review, outcome=LEAVE, note="Dyrt.", by=people.contact, at=AT)
    assert Review.objects.get().proposed_outcome == LEAVE


# --- Handed to the body that decides


def city_wide(people: People) -> Engagement:
    """What kommunstyrelsen would enter today (M2)."""
    return a_membership(people.contact, people.body("169"), matter={"scope": Scope.CITY_WIDE}).engagement


def test_what_kommunstyrelsen_decides_is_handed_over_once_it_is_proposed(people: People, as_user: Any) -> None:
    engagement, ks = city_wide(people), a_secretary_of(people.body("KS"))
    with pytest.raises(WrongState, match="Lämna ett förslag först"):
        submit_engagement(engagement=engagement, by=people.contact, at=AT)
    address = reverse("engagement_submit", args=[engagement.key])
    assert address not in as_user(people.contact).get(engagement.get_absolute_url()).content.decode()
    review = open_review(engagement=engagement, by=people.contact, at=AT)
    propose_review(review=review, outcome=LEAVE, note="Dyrt.", by=people.contact, at=AT)
    assert address in as_user(people.contact).get(engagement.get_absolute_url()).content.decode()
    assert as_user(people.contact).post(address).status_code == 302
    page = as_user(people.contact).get(engagement.get_absolute_url()).content.decode()
    assert address not in page and "Ärendet är lämnat till Kommunstyrelsen" in page
    with pytest.raises(RuleBroken, match="beslutas av kommunstyrelsen"):
        decide(engagement, people.head, LEAVE, point=a_point(people, "MHN 7", body="MHN"))
    decision = decide(engagement, ks, LEAVE, decided_on=DAY, paragraph="§ 30")
    assert (decision.body.code, decision.delegate, decision.point) == ("KS", "Kommunstyrelsen", None)
    engagement.refresh_from_db()
    assert engagement.state == State.CLOSED


@pytest.mark.parametrize("outcome", [KEEP, LEAVE])
def test_what_the_council_entered_it_lets_go_on_and_end_though_nobody_has_judged_who_does(
    people: People, outcome: ReviewOutcome
) -> None:
    matter = {"scope": Scope.CITY_WIDE}
    found = a_membership(people.coordinator, people.body("110"), form=MembershipForm.ORGANISATION, matter=matter)
    decision = decide(found.engagement, a_secretary_of(people.body("KS")), outcome, decided_on=DAY, paragraph="§ 3")
    assert (decision.body.code, decision.delegate) == ("KF", "Kommunfullmäktige")


# --- The page


def test_the_head_s_page_asks_for_the_point_and_the_secretary_s_for_the_day(
    people: People, own: Engagement, as_user: Any
) -> None:
    address = reverse("membership_review", args=[own.key])
    said = {"outcome": "keep", "note": "Ger mycket."}
    page = as_user(people.head).get(address).content.decode()
    assert "Lämna förslaget" in page and "Ingen delegationspunkt ger dig rätt att besluta." in page
    assert as_user(people.head).post(address, said).status_code == 302
    assert Review.objects.get().is_open and Review.objects.get().proposed_by == people.head
    point = a_point(people, "MHN 7", body="MHN")
    page = as_user(people.head).get(address).content.decode()
    assert "Välj punkt" in page and 'name="decided_on"' not in page
    answer = as_user(people.head).post(address, said)
    assert answer.status_code == 422 and "Ange delegationspunkten" in answer.content.decode()
    assert "Ger mycket." in answer.content.decode()
    page = as_user(people.board_secretary).get(address).content.decode()
    assert 'name="decided_on"' in page and "Beslutar: Miljö- och hälsoskyddsnämnden." in page
    answer = as_user(people.board_secretary).post(address, said | {"decided_on": "2026-12-24"})
    assert answer.status_code == 422 and "Dagen har inte varit än" in answer.content.decode()
    assert as_user(people.head).post(address, said | {"point": point.pk}).status_code == 302
    page = as_user(people.contact).get(own.get_absolute_url()).content.decode()
    assert "Förvaltningschefen (MHN 7, version 2026-01)" in page


def test_who_proposes_is_asked_for_no_ground(people: People, own: Engagement, as_user: Any) -> None:
    a_point(people, "MHN 7", body="MHN")
    page = as_user(people.contact).get(reverse("membership_review", args=[own.key])).content.decode()
    assert 'name="point"' not in page and 'name="decided_on"' not in page


def test_a_substitute_decides_as_one(people: People, own: Engagement) -> None:
    Absence.objects.create(
        person=people.head,
        body=people.body("169"),
        substitute=people.contact,
        valid_from=DAY,
        valid_to=TODAY,
        reason="Semester",
        registered_by=people.head,
        registered_at=AT,
    )
    decision = decide(own, User.objects.get(pk=people.contact.pk), point=a_point(people, "MHN 7", body="MHN"))
    assert decision.delegate == "Förvaltningschefen genom vikarie"


def test_what_a_marked_review_says_is_covered(people: People, own: Engagement, as_user: Any) -> None:
    decide(own, people.board_secretary)
    mark_secret(
        engagement=own, whole=False, parts=[Part.DECISION], paragraph="21 kap. 7 §", ground="Uppgift om enskild.",
        readers=[people.head], by=people.head, at=AT,
    )  # fmt: skip
    page = as_user(people.contact).get(own.get_absolute_url()).content.decode()
    assert "Ger mycket." not in page and "Fortsätter" in page


# --- What finansborgarrådet decides, handled in Internationella beredningen (M7)


@pytest.fixture
def declared(people: People) -> Review:
    """A declaration without added burden, whose review is proposed: to be left."""
    matter = {"scope": Scope.CITY_WIDE, "burden": Burden.NONE}
    found = a_membership(
        people.coordinator, people.body("110"), form=MembershipForm.DECLARATION, matter=matter
    ).engagement
    review = open_review(engagement=found, by=people.coordinator, at=NOTICE)
    return propose_review(review=review, outcome=LEAVE, note="Åtagandet är uppfyllt.", by=people.coordinator, at=NOTICE)


def written_in(people: People, review: Review, outcome: Outcome = Outcome.APPROVED) -> Decision:
    meeting = a_meeting(people)
    item = referred(people, meeting, review.engagement, proposal="Medlemskapet avslutas.")
    decision = decided(people, item, a_point(people), outcome, text="Deklarationen avslutas.", cost=None)
    mark_held(meeting=meeting, by=people.ib_secretary, at=AFTER)
    return decision


def approve(people: People, decision: Decision) -> None:
    meeting = Meeting.objects.get(pk=decision.item.meeting_id)  # type: ignore[union-attr]
    approve_meeting(meeting=meeting, approvers=[people.commissioner], by=people.ib_secretary, at=AFTER, on=AFTER.date())


def test_what_stands_on_an_agenda_waits_there_and_on_no_desk(people: People, declared: Review, as_user: Any) -> None:
    Engagement.objects.update(body=people.body("169"), contact=people.contact)
    title = declared.engagement.title
    assert f"omprövning: {title}" in as_user(people.head).get(reverse("desk")).content.decode()
    referred(people, a_meeting(people), Engagement.objects.get())
    assert f"omprövning: {title}" not in as_user(people.head).get(reverse("desk")).content.decode()


def test_nobody_else_decides_what_is_finansborgarradet_s(people: People, declared: Review) -> None:
    for by in (people.coordinator, a_secretary_of(people.body("KS"))):
        with pytest.raises((PermissionDenied, RuleBroken)):
            decide(declared.engagement, by, LEAVE, decided_on=DAY)


def test_it_ends_when_the_list_is_approved_and_not_before(people: People, declared: Review) -> None:
    decision = written_in(people, declared)
    assert (decision.review, decision.body.code) == (declared, "IB")
    declared.refresh_from_db()
    assert declared.is_open and declared.engagement.state == State.APPROVED
    approve(people, decision)
    declared = Review.objects.get()
    assert (declared.outcome, declared.decided_on, declared.note) == (LEAVE, HELD_ON, "Deklarationen avslutas.")
    assert declared.engagement.state == State.CLOSED
    assert Membership.objects.get().ended_on == HELD_ON


def test_at_once_where_the_point_is_approved_at_once_and_not_again_with_the_list(
    people: People, declared: Review
) -> None:
    decision = written_in(people, declared)
    approve_item(
        item=decision.item, approvers=[people.commissioner], by=people.ib_secretary, at=AFTER, on=AFTER.date()  # type: ignore[arg-type]
    )  # fmt: skip
    assert Review.objects.get().outcome == LEAVE
    approve(people, decision)
    assert Review.objects.get().history.count() == 3


def test_what_is_undone_has_changed_nothing(people: People, declared: Review) -> None:
    decision = written_in(people, declared)
    undo_decision(
        item=decision.item, by=people.ib_secretary, at=AFTER, seen_version=1, reason="Fel ärende."  # type: ignore[arg-type]
    )  # fmt: skip
    declared.refresh_from_db()
    assert (declared.proposed_outcome, declared.engagement.state) == (LEAVE, State.APPROVED)
    assert not Decision.objects.exists()


def test_an_outcome_changed_to_none_leaves_the_matter_in_force(people: People, declared: Review) -> None:
    decision = written_in(people, declared)
    decided(
        people, decision.item, None, Outcome.TABLED, text="", delegate="", cost=None, seen_version=1, reason="Bordlades."  # type: ignore[arg-type]
    )  # fmt: skip
    declared.engagement.refresh_from_db()
    assert declared.engagement.state == State.APPROVED
    assert Decision.objects.get().review is None
    again = decided(
        people, decision.item, a_point(people, "IB 2.2"), seen_version=2, reason="Togs upp igen.", cost=None
    )  # type: ignore[arg-type]
    assert again.review == declared
    approve(people, again)
    assert Review.objects.get().outcome == LEAVE


def test_what_is_turned_down_waits_for_another_proposal(people: People, declared: Review) -> None:
    approve(people, written_in(people, declared, Outcome.DECLINED))
    declared.refresh_from_db()
    assert (declared.is_open, declared.proposed_outcome, declared.proposed_at) == (True, "", None)
    assert declared.engagement.state == State.APPROVED


@pytest.mark.parametrize(
    ("proposed", "outcome", "becomes"),
    [(KEEP, Outcome.APPROVED, KEEP), (KEEP, Outcome.CHANGED, CHANGE), (CHANGE, Outcome.APPROVED, CHANGE)],
)
def test_it_goes_on_as_it_was_proposed(
    people: People, declared: Review, proposed: ReviewOutcome, outcome: Outcome, becomes: ReviewOutcome
) -> None:
    propose_review(review=declared, outcome=proposed, note="Ger mycket.", by=people.coordinator, at=NOTICE)
    approve(people, written_in(people, declared, outcome))
    assert (Review.objects.get().outcome, Membership.objects.get().last_reviewed_on) == (becomes, HELD_ON)
    declared.engagement.refresh_from_db()
    # what was decided when it was entered is locked by that, not by its review
    assert (declared.engagement.state, declared.engagement.locked_at) == (State.APPROVED, None)


def test_another_proposal_after_the_outcome_stops_the_approval(people: People, declared: Review) -> None:
    decision = written_in(people, declared)
    later = AFTER + timedelta(hours=1)
    propose_review(review=declared, outcome=KEEP, note="Vi ångrar oss.", by=people.coordinator, at=later)
    with pytest.raises(RuleBroken, match="har ändrats sedan utgången skrevs in"):
        approve(people, decision)
    assert Review.objects.get().is_open


def test_a_principle_stops_that_it_goes_on(people: People, declared: Review) -> None:
    Engagement.objects.update(counterpart="Japans ambassad")
    record_judgement(
        engagement=declared.engagement, check="C1", answer="fail", reason="Tar ställning.", by=people.coordinator,
        at=NOTICE,
    )  # fmt: skip
    propose_review(review=declared, outcome=KEEP, note="Ger mycket.", by=people.coordinator, at=NOTICE)
    with pytest.raises(RuleBroken, match="kan inte fortsätta utan avsteg"):
        written_in(people, declared)
    assert not Decision.objects.exists()


def test_the_point_s_page_offers_the_decision_and_the_words_of_the_proposal(
    people: People, declared: Review, as_user: Any
) -> None:
    meeting, engagement = a_meeting(people), declared.engagement
    page = as_user(people.coordinator).get(reverse("engagement_refer", args=[engagement.key])).content.decode()
    assert "Medlemskapet avslutas.\nÅtagandet är uppfyllt." in page
    item = referred(people, meeting, engagement, proposal="Medlemskapet avslutas.")
    page = as_user(people.ib_secretary).get(f"{meeting.get_absolute_url()}?punkt={item.pk}").content.decode()
    assert 'value="approved"' in page


def test_which_of_two_ways_is_judged_of_what_is_in_force(people: People, as_user: Any) -> None:
    """M2 or M7: an initiative without burden, whoever entered it."""
    matter = {"scope": Scope.CITY_WIDE, "burden": Burden.NONE}
    found = a_membership(
        people.coordinator, people.body("110"), form=MembershipForm.INITIATIVE, matter=matter
    ).engagement
    assert [one.code for one in questions_for(found)] == ["initiative", "exit"]
    choose_way(
        engagement=found, question="initiative", answer="M7", reason="Ingen ny kostnad.", by=people.coordinator, at=AT
    )
    assert route_of(found, step=Step.REVIEW).decides == "finansborgarradet"


def test_a_fact_that_nobody_knew_is_told_while_no_decision_has_locked_it(people: People) -> None:
    matter = {"scope": Scope.CITY_WIDE, "burden": ""}
    owner = people.body("110")
    found = a_membership(people.coordinator, owner, form=MembershipForm.DECLARATION, matter=matter).engagement
    assert [one.code for one in questions_for(found)] == ["burden", "exit"]
    found.locked_at = AT
    assert [one.code for one in questions_for(found)] == ["exit"]
    choose_way(engagement=found, question="burden", answer="added", reason="Ny tjänst.", by=people.coordinator, at=AT)
    found.refresh_from_db()
    assert (found.burden, route_of(found, step=Step.REVIEW).decides) == (Burden.ADDED, "KS")
