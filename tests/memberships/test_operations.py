import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from engagements.choosing import choose_way
from engagements.enums import Instrument, Scope, State
from engagements.models import Engagement, Judgement
from engagements.operations import propose_engagement
from engagements.routing import MATTER
from engagements.rules import EditConflict, Incomplete, RuleBroken, WrongState
from memberships.enums import AgreementType, MembershipForm, ReviewOutcome
from memberships.models import Agreement, Membership, Review
from memberships.operations import (
    decide_membership,
    draft_membership,
    edit_membership,
    open_review,
    propose_review,
    record_review,
    register_membership,
    update_draft,
)
from organisation.enums import Role
from organisation.models import Mandate, User
from tests.factories import AT
from tests.factories.memberships import (
    a_membership,
    a_membership_draft,
    a_review,
    an_agreement,
    an_agreement_draft,
    entered,
    left,
)
from tests.locks import is_waiting, told
from tests.people import People, person

DAY = date(2026, 11, 20)


# --- Entered


def test_a_draft_has_a_detail_row_and_no_key(people: People) -> None:
    engagement = a_membership_draft(people.contact, people.body("169"))
    assert (engagement.key, engagement.state, engagement.membership.theme) == (None, State.DRAFT, "klimat")


@pytest.mark.parametrize(
    ("make", "details", "instrument"),
    [
        (a_membership_draft, {"form": MembershipForm.ORGANISATION}, Instrument.ORGANISATION),
        (an_agreement_draft, {"agreement_type": AgreementType.COOPERATION}, Instrument.COOPERATION_AGREEMENT),
        (an_agreement_draft, {"agreement_type": AgreementType.TWIN_TOWN}, Instrument.TWIN_TOWN),
    ],
)
def test_the_form_says_the_instrument(people: People, make: Any, details: dict, instrument: Instrument) -> None:
    assert make(people.contact, people.body("169"), **details).instrument == instrument


def test_the_same_form_sent_twice_makes_one_draft(people: People) -> None:
    submission = uuid4()
    made = [
        draft_membership(
            kind="membership",
            body=people.body("169"),
            by=people.contact,
            at=AT,
            matter={"title": "Nätverk"},
            details={"form": MembershipForm.NETWORK, "entered_on": DAY},
            submission=submission,
        )
        for _ in range(2)
    ]
    assert made[0].pk == made[1].pk
    assert Membership.objects.count() == 1


def test_what_is_registered_is_not_written_over_by_a_late_draft(people: People) -> None:
    engagement = registered(people)
    update_draft(
        engagement=engagement,
        body=people.body("181"),
        by=people.contact,
        at=AT,
        matter={"title": "Sent"},
        details={"form": MembershipForm.NETWORK, "entered_on": DAY},
    )
    assert Engagement.objects.get().body == people.body("169")
    assert Membership.objects.get().entered_on != DAY


def test_the_engagement_says_from_when(people: People) -> None:
    engagement = an_agreement_draft(people.contact, people.body("169"), ends_on=date(2027, 1, 1))
    assert (engagement.starts_on, engagement.happens, engagement.ends_on) == (
        date(2023, 1, 15), "2023-01-15", date(2027, 1, 1),
    )  # fmt: skip


def test_it_gets_its_key_when_registered(people: People) -> None:
    engagement = register_membership(
        engagement=a_membership_draft(people.contact, people.body("169")), by=people.contact, at=AT
    )
    assert engagement.key == "INT-2026-00001"


def test_it_is_proposed_and_entered(people: People) -> None:
    engagement = entered(a_membership_draft(people.contact, people.body("169")), people.head)
    assert engagement.state == State.APPROVED
    assert (engagement.decided_by, engagement.decided_at) == (people.head, AT)
    assert engagement.history.first().history_change_reason == "Bra nätverk."


def test_it_is_not_proposed_without_direction_and_motive(people: People) -> None:
    draft = a_membership_draft(people.contact, people.body("169"), matter={"main_direction": "", "motives": {}})
    engagement = register_membership(engagement=draft, by=people.contact, at=AT)
    with pytest.raises(Incomplete) as said:
        propose_engagement(engagement=engagement, text="Staden går med.", by=people.contact, at=AT)
    assert set(said.value.missing) == {"main_direction", "motives"}


def test_a_proposal_says_what_is_proposed(people: People) -> None:
    engagement = registered(people)
    with pytest.raises(Incomplete):
        propose_engagement(engagement=engagement, text="  ", by=people.contact, at=AT)


def test_it_can_be_declined(people: People) -> None:
    engagement = decide_membership(engagement=proposed(people), accept=False, note="För dyrt.", by=people.head, at=AT)
    assert (engagement.state, engagement.state_word) == (State.DECLINED, "Avslaget")


def test_declining_takes_a_reason_and_entering_does_not(people: People) -> None:
    engagement = proposed(people)
    with pytest.raises(Incomplete):
        decide_membership(engagement=engagement, accept=False, note=" ", by=people.head, at=AT)
    assert decide_membership(engagement=engagement, accept=True, note="", by=people.head, at=AT).state == State.APPROVED


@pytest.mark.parametrize(
    ("make", "title"),
    [(a_membership_draft, "Medlemskap i Klimatnätverket"), (an_agreement_draft, "Avtal med Klimatnätverket")],
)
def test_without_a_title_it_is_called_after_whom(people: People, make: Any, title: str) -> None:
    draft = make(people.contact, people.body("169"), matter={"title": ""})
    assert register_membership(engagement=draft, by=people.contact, at=AT).title == title


STEPS = {
    "register": (lambda e, by: register_membership(engagement=e, by=by, at=AT), {State.DRAFT}),
    "propose": (
        lambda e, by: propose_engagement(engagement=e, text="Gå med.", by=by, at=AT),
        {State.REGISTERED, State.ASSESSED},
    ),
    "accept": (lambda e, by: decide_membership(engagement=e, accept=True, note="Ja.", by=by, at=AT), {State.PROPOSED}),
    "decline": (
        lambda e, by: decide_membership(engagement=e, accept=False, note="Nej.", by=by, at=AT),
        {State.PROPOSED},
    ),
    "open review": (lambda e, by: open_review(engagement=e, by=by, at=AT), {State.APPROVED}),
    "end": (lambda e, by: left(e, by), {State.APPROVED}),
    "edit": (
        lambda e, by: edit_membership(
            engagement=e, by=by, at=AT, seen_version=e.version, matter={}, details={"theme": "annat"}
        ),
        {State.DRAFT, State.REGISTERED, State.ASSESSED, State.APPROVED},
    ),
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_taken_only_from_its_states(people: People, step: str, state: State) -> None:
    engagement = a_membership_draft(people.contact, people.body("169"))
    if state != State.DRAFT:
        engagement = register_membership(engagement=engagement, by=people.contact, at=AT)
        Engagement.objects.filter(pk=engagement.pk).update(state=state)
        engagement.refresh_from_db()
    take, since = STEPS[step]
    if state in since or (step == "register" and state != State.DRAFT):  # registering twice gives the same key
        take(engagement, people.head)
    else:
        with pytest.raises(WrongState):
            take(engagement, people.head)
        engagement.refresh_from_db()
        assert engagement.state == state


# --- Changed


def test_an_edit_changes_both_rows_and_says_why_in_history(people: People) -> None:
    engagement = registered(people)
    edit_membership(
        engagement=engagement,
        by=people.head,
        at=AT,
        seen_version=engagement.version,
        matter={"title": "Nytt namn"},
        details={"form": MembershipForm.ORGANISATION, "theme": "energi"},
        reason="Nätverket blev förening.",
    )
    engagement = Engagement.objects.get(pk=engagement.pk)
    assert (engagement.title, engagement.membership.theme) == ("Nytt namn", "energi")
    assert engagement.instrument == Instrument.ORGANISATION
    newest = engagement.membership.history.first()
    assert (newest.history_user, newest.history_change_reason) == (people.head, "Nätverket blev förening.")


def test_the_second_editor_is_told_and_nothing_is_lost(people: People) -> None:
    engagement = registered(people)
    seen = engagement.version

    def edit(theme: str) -> None:
        edit_membership(
            engagement=engagement, by=people.head, at=AT, seen_version=seen, matter={}, details={"theme": theme}
        )

    edit("första")
    with pytest.raises(EditConflict):
        edit("andra")
    assert Membership.objects.get().theme == "första"


def test_a_new_interval_moves_an_open_review(people: People) -> None:
    review = a_review(people.contact, people.body("169"))
    engagement = review.engagement
    edit_membership(
        engagement=engagement,
        by=people.head,
        at=AT,
        seen_version=engagement.version,
        matter={},
        details={"interval_months": 47, "interval_reason": "Avgiften stiger."},
    )
    review.refresh_from_db()
    assert review.due_on == date(2026, 12, 15)


# --- Reviewed


@pytest.mark.parametrize("outcome", [ReviewOutcome.KEEP, ReviewOutcome.CHANGE])
def test_what_goes_on_is_due_again_an_interval_from_the_decision(people: People, outcome: ReviewOutcome) -> None:
    review = a_review(people.contact, people.body("169"))
    record_review(review=review, outcome=outcome, note="Ger mycket.", by=people.head, at=AT)
    membership = Membership.objects.get()
    assert (membership.last_reviewed_on, membership.review_by) == (DAY, date(2030, 11, 20))
    assert membership.engagement.state == State.APPROVED
    review.refresh_from_db()
    assert (review.outcome, review.note, review.decided_on, review.decided_by) == (
        outcome, "Ger mycket.", DAY, people.head,
    )  # fmt: skip


def test_what_is_left_is_closed_today(people: People) -> None:
    review = a_review(people.contact, people.body("169"))
    record_review(review=review, outcome=ReviewOutcome.LEAVE, note="Kostar mer än det ger.", by=people.head, at=AT)
    membership = Membership.objects.get()
    assert (membership.ended_on, membership.engagement.state) == (DAY, State.CLOSED)
    assert membership.engagement.closed_at == AT
    assert membership.engagement.history.first().history_change_reason == "Kostar mer än det ger."


def test_what_was_to_begin_later_ends_on_the_day_it_would_have_begun(people: People) -> None:
    membership = a_membership(people.contact, people.body("169"), entered_on=date(2027, 1, 1))
    left(membership.engagement, people.head)
    membership.refresh_from_db()
    assert membership.ended_on == date(2027, 1, 1)


def test_an_intent_agreement_is_reviewed_like_a_membership(people: People) -> None:
    engagement = an_agreement(people.contact, people.body("169")).engagement
    review = open_review(engagement=engagement, by=people.contact, at=AT)
    record_review(review=review, outcome=ReviewOutcome.KEEP, note="Löper väl.", by=people.head, at=AT)
    assert Agreement.objects.get().last_reviewed_on == DAY


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), date(2027, 3, 28)),  # 0.30, before the clocks go forward
        (datetime(2027, 3, 28, 22, 30, tzinfo=UTC), date(2027, 3, 29)),  # 0.30 in summer time
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), date(2026, 10, 25)),  # 23.30 in winter time
        (datetime(2028, 2, 28, 23, 30, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_a_review_is_dated_by_the_day_in_stockholm(people: People, at: datetime, day: date) -> None:
    review = a_review(people.contact, people.body("169"))
    record_review(review=review, outcome=ReviewOutcome.KEEP, note="Ja.", by=people.head, at=at)
    assert Membership.objects.get().last_reviewed_on == day


def test_a_review_of_a_leap_day_is_due_on_a_leap_day(people: People) -> None:
    review = a_review(people.contact, people.body("169"))
    at = datetime(2028, 2, 29, 12, tzinfo=UTC)
    record_review(review=review, outcome=ReviewOutcome.KEEP, note="Ja.", by=people.head, at=at)
    assert Membership.objects.get().review_by == date(2032, 2, 29)


def test_a_decided_review_is_not_decided_again(people: People) -> None:
    review = a_review(people.contact, people.body("169"))
    record_review(review=review, outcome=ReviewOutcome.KEEP, note="Ja.", by=people.head, at=AT)
    with pytest.raises(WrongState):
        record_review(review=review, outcome=ReviewOutcome.LEAVE, note="Nej.", by=people.head, at=AT)
    assert Membership.objects.get().engagement.state == State.APPROVED


@pytest.mark.parametrize("note", ["", "  \n"])
def test_an_outcome_takes_a_reason(people: People, note: str) -> None:
    review = a_review(people.contact, people.body("169"))
    with pytest.raises(Incomplete):
        record_review(review=review, outcome=ReviewOutcome.KEEP, note=note, by=people.head, at=AT)


def test_the_contact_person_proposes_and_the_review_stays_open(people: People) -> None:
    review = a_review(people.contact, people.body("169"))
    propose_review(review=review, outcome=ReviewOutcome.CHANGE, note="Byt arbetsgrupp.", by=people.contact, at=AT)
    review.refresh_from_db()
    assert (review.proposed_outcome, review.proposed_by, review.is_open) == (ReviewOutcome.CHANGE, people.contact, True)


def test_a_review_can_be_opened_before_the_clock_does(people: People) -> None:
    engagement = a_membership(people.contact, people.body("169"), entered_on=date(2026, 1, 1)).engagement
    first = open_review(engagement=engagement, by=people.contact, at=AT)
    assert open_review(engagement=engagement, by=people.contact, at=AT) == first
    assert first.due_on == date(2030, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_make_one_decision(people: People) -> None:
    review = a_review(people.contact, people.body("169"))
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def decide(outcome: ReviewOutcome) -> None:
        try:
            start.wait()
            record_review(review=review, outcome=outcome, note="Så.", by=people.head, at=AT)
            outcomes.append(outcome)
        except RuleBroken:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[o]) for o in (ReviewOutcome.KEEP, ReviewOutcome.LEAVE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes).count("refused") == 1
    assert Review.objects.get().outcome in outcomes


def registered(people: People) -> Engagement:
    return register_membership(
        engagement=a_membership_draft(people.contact, people.body("169")), by=people.contact, at=AT
    )


def proposed(people: People) -> Engagement:
    return propose_engagement(engagement=registered(people), text="Staden går med.", by=people.contact, at=AT)


# --- Left by whom (M23, C15)


def city_wide(people: People, **matter: object) -> Engagement:
    """kommunfullmäktige's to enter: the city's membership of an organisation (M1), kept by an administration."""
    return a_membership(
        people.contact, people.body("169"), form=MembershipForm.ORGANISATION,
        matter={"scope": Scope.CITY_WIDE, **matter},
    ).engagement  # fmt: skip


def judged_leaving(engagement: Engagement, answer: str, by: User) -> None:
    Judgement.objects.create(engagement=engagement, subject=MATTER, answer=answer, reason="KS § 7.", by=by, at=AT)


def test_what_another_body_entered_is_not_left_by_this_one(people: People) -> None:
    engagement = city_wide(people)
    with pytest.raises(RuleBroken, match=r"beslutas av kommunfullmäktige \(M23, avsnitt 4\)\. Miljöförvaltningen kan"):
        left(engagement, people.head)
    engagement.refresh_from_db()
    assert (engagement.state, Membership.objects.get().ended_on) == (State.APPROVED, None)


def test_kommunstyrelsen_s_secretary_leaves_what_kommunstyrelsen_owns_and_entered(people: People) -> None:
    secretary = person("sekreterare.ks", "Sekreteraren, Kommunstyrelsen")
    Mandate.objects.create(
        person=secretary, body=people.body("KS"), role=Role.BOARD_SECRETARY, valid_from=date(2020, 1, 1)
    )
    engagement = a_membership(secretary, people.body("KS"), matter={"scope": Scope.CITY_WIDE}).engagement
    left(engagement, secretary)
    engagement.refresh_from_db()
    assert engagement.state == State.CLOSED


def test_a_board_s_secretary_does_not_leave_its_own_matter_as_the_council(people: People) -> None:
    engagement = a_membership(
        people.contact, people.body("MHN"), form=MembershipForm.ORGANISATION, matter={"scope": Scope.CITY_WIDE}
    ).engagement
    with pytest.raises(RuleBroken, match=r"kommunfullmäktige \(M23, avsnitt 4\)\. Miljö- och hälsoskyddsnämnden kan"):
        left(engagement, people.board_secretary)


def test_who_has_judged_that_the_own_body_leaves_is_followed(people: People) -> None:
    engagement = city_wide(people)
    judged_leaving(engagement, "body", people.coordinator)
    left(engagement, people.head)
    engagement.refresh_from_db()
    assert engagement.state == State.CLOSED


def test_who_has_judged_that_kommunstyrelsen_leaves_is_followed(people: People) -> None:
    engagement = a_membership(people.contact, people.body("169"), matter={"scope": Scope.OWN_FIELD}).engagement
    judged_leaving(engagement, "KS", people.coordinator)
    with pytest.raises(RuleBroken, match=r"beslutas av kommunstyrelsen \(M23, avsnitt 4\)"):
        left(engagement, people.head)


def test_while_it_is_not_known_who_entered_the_owner_may_leave(people: People) -> None:
    engagement = a_membership(people.contact, people.body("169"), matter={"scope": ""}).engagement
    left(engagement, people.head)
    assert Membership.objects.get().ended_on == DAY


def test_a_review_that_goes_on_is_decided_where_it_would_be_entered_whatever_was_judged_of_leaving(
    people: People,
) -> None:
    engagement = city_wide(people)
    judged_leaving(engagement, "body", people.coordinator)
    review = open_review(engagement=engagement, by=people.contact, at=AT)
    with pytest.raises(RuleBroken, match=r"kommunfullmäktige \(M22, avsnitt 4\)"):
        record_review(review=review, outcome=ReviewOutcome.KEEP, note="Ja.", by=people.head, at=AT)


@pytest.mark.django_db(transaction=True)
def test_who_judges_the_form_takes_the_rows_in_the_same_order_as_who_edits(people: People) -> None:
    """Otherwise each would hold what the other waits for."""
    engagement = registered(people)

    def judge() -> None:
        choose_way(
            engagement=engagement, question="instrument", answer="organisation", reason="Har stadgar.",
            by=people.contact, at=AT,
        )  # fmt: skip

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            Membership.objects.select_for_update().get()
            judging = threads.submit(told, judge)
            assert is_waiting(judging)
            assert Engagement.objects.select_for_update(nowait=True).get() == engagement
        assert judging.result() == ""
    assert Membership.objects.get().form == MembershipForm.ORGANISATION
