import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from engagements.enums import State
from memberships.enums import AgreementType, ReviewOutcome
from memberships.models import Membership, Review
from memberships.operations import FlaggedReviews, flag_due_reviews, open_review, record_review
from memberships.operations.flagging import REASON
from memberships.rules import add_months
from stockholm_intl.kit.models import Outbox
from tests.factories import AT, TODAY
from tests.factories.memberships import a_membership, a_membership_draft, a_review, an_agreement, entered
from tests.people import People

DUE = date(2027, 1, 15)


def test_membership_is_due_four_years_after_it_was_entered(people: People) -> None:
    membership = a_membership(people.contact, people.body("169"), entered_on=date(2023, 1, 15))
    assert membership.review_by == DUE


def test_membership_is_due_four_years_after_last_review(people: People) -> None:
    membership = a_membership(people.contact, people.body("169"), last_reviewed_on=date(2024, 2, 29))
    assert membership.review_by == date(2028, 2, 29)


def test_a_review_is_opened_for_what_is_due_within_six_months(people: People) -> None:
    membership = a_membership(people.contact, people.body("169"))
    assert flag_due_reviews(TODAY) == FlaggedReviews(opened=1, already_open=0, not_due=0)
    review = Review.objects.get(engagement=membership.engagement)
    assert (review.due_on, review.opened_on, review.outcome) == (DUE, TODAY, "")


@pytest.mark.parametrize(("months", "opened"), [(6, 1), (7, 0), (0, 1), (-12, 1)])
def test_the_lead_time_ends_on_its_day(people: People, months: int, opened: int) -> None:
    due = add_months(TODAY, months)
    a_membership(people.contact, people.body("169"), entered_on=add_months(due, -48))
    assert flag_due_reviews(TODAY).opened == opened


def test_one_day_beyond_the_lead_time_is_not_due(people: People) -> None:
    due = add_months(TODAY, 6) + timedelta(days=1)
    a_membership(people.contact, people.body("169"), entered_on=add_months(due, -48))
    assert flag_due_reviews(TODAY) == FlaggedReviews(0, 0, 1)


def test_intent_agreements_are_reviewed_and_other_agreements_are_not(people: People) -> None:
    for agreement_type in AgreementType:
        an_agreement(people.contact, people.body("169"), agreement_type=agreement_type)
    assert flag_due_reviews(TODAY) == FlaggedReviews(1, 0, 0)
    assert Review.objects.get().engagement.agreement.agreement_type == AgreementType.INTENT


@pytest.mark.parametrize("state", [state for state in State if state not in (State.APPROVED, State.DRAFT)])
def test_only_what_is_in_force_is_reviewed(people: People, state: State) -> None:
    engagement = entered(a_membership_draft(people.contact, people.body("169")), people.contact)
    engagement.state = state
    engagement.save()
    assert flag_due_reviews(TODAY) == FlaggedReviews(0, 0, 0)


def test_a_draft_is_not_reviewed(people: People) -> None:
    a_membership_draft(people.contact, people.body("169"))
    assert flag_due_reviews(TODAY) == FlaggedReviews(0, 0, 0)


def test_a_second_run_opens_nothing(people: People) -> None:
    for _ in range(3):
        a_membership(people.contact, people.body("169"))
    a_membership(people.contact, people.body("169"), entered_on=date(2026, 1, 1))
    assert flag_due_reviews(TODAY) == FlaggedReviews(3, 0, 1)
    assert flag_due_reviews(TODAY) == FlaggedReviews(0, 3, 1)
    assert Review.objects.count() == 3


def test_an_open_review_counts_as_open_even_if_it_is_not_due(people: People) -> None:
    a_review(people.contact, people.body("169"), entered_on=date(2026, 1, 1))
    assert flag_due_reviews(TODAY) == FlaggedReviews(0, 1, 0)


def test_the_three_numbers_add_up_to_all(people: People) -> None:
    for years in range(8):
        a_membership(people.contact, people.body("169"), entered_on=date(2018 + years, 11, 1))
        an_agreement(people.contact, people.body("169"), entered_on=date(2018 + years, 11, 1))
    a_review(people.contact, people.body("169"))
    result = flag_due_reviews(TODAY)
    assert result.opened + result.already_open + result.not_due == 17
    assert result == FlaggedReviews(opened=10, already_open=1, not_due=6)


def test_after_an_outcome_it_is_opened_again_next_time(people: People) -> None:
    review = a_review(people.contact, people.body("169"))
    record_review(review=review, outcome=ReviewOutcome.KEEP, note="Ger mycket.", by=people.head, at=AT)
    assert flag_due_reviews(TODAY).opened == 0
    later = date(2030, 6, 1)
    assert flag_due_reviews(later).opened == 1
    assert Review.objects.open().get().due_on == date(2030, 11, 20)


def test_batches_go_on_until_all_are_open(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memberships.operations.flagging.BATCH", 2)
    for _ in range(5):
        a_membership(people.contact, people.body("169"))
    assert flag_due_reviews(TODAY).opened == 5


def test_history_is_what_save_would_have_written(people: People) -> None:
    a_membership(people.contact, people.body("169"))
    flag_due_reviews(TODAY)
    flagged = Review.objects.get()
    by_hand = a_review(people.contact, people.body("169"), due_on=flagged.due_on)
    by_hand.opened_on = flagged.opened_on
    by_hand._change_reason = REASON
    by_hand.save()

    def said(review: Review) -> dict[str, Any]:
        row = review.history.latest()
        own = {"history_id", "history_date", "history_type", "id", "engagement_id"}
        return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in own}

    assert said(flagged) == said(by_hand)
    first = flagged.history.get()
    assert (first.history_type, first.id, first.engagement_id) == ("+", flagged.pk, flagged.engagement_id)


def test_queries_do_not_grow_with_what_is_due(people: People) -> None:
    counts = []
    for more in (1, 30):
        for _ in range(more):
            a_membership(people.contact, people.body("169"))
        with CaptureQueriesContext(connection) as queries:
            assert flag_due_reviews(TODAY).opened == more
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_one_mail_is_asked_for_per_owner(people: People) -> None:
    for _ in range(3):
        a_membership(people.contact, people.body("169"))
    a_membership(people.outsider, people.body("181"))
    flag_due_reviews(TODAY)
    asked = Outbox.objects.filter(name="memberships.mail_review_digest").values_list("ids__person_id", flat=True)
    assert sorted(asked) == sorted([people.contact.pk, people.outsider.pk])


@pytest.mark.django_db(transaction=True)
def test_eight_runs_at_once_open_each_review_once(people: People) -> None:
    for _ in range(12):
        a_membership(people.contact, people.body("169"))
    results: list[FlaggedReviews] = []
    start = threading.Barrier(8)

    def run() -> None:
        try:
            start.wait()
            results.append(flag_due_reviews(TODAY))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(result.opened for result in results) == 12
    assert Review.objects.count() == 12
    assert Review.history.count() == 12
    assert {result.opened + result.already_open + result.not_due for result in results} == {12}
    assert all(result.not_due == 0 for result in results)


@pytest.mark.django_db(transaction=True)
def test_what_is_decided_while_the_clock_looks_is_not_opened_again(people: People) -> None:
    """The decision holds the row; the clock waits for it, looks again, and finds it reviewed."""
    engagement = a_membership(people.contact, people.body("169")).engagement
    holding, done = threading.Event(), threading.Event()

    def decide() -> None:
        try:
            with transaction.atomic():
                review = open_review(engagement=engagement, by=people.head, at=AT)
                record_review(review=review, outcome=ReviewOutcome.KEEP, note="Ger mycket.", by=people.head, at=AT)
                holding.set()
                done.wait(1)
        finally:
            connection.close()

    thread = threading.Thread(target=decide)
    thread.start()
    holding.wait(10)
    flag_due_reviews(TODAY)
    done.set()
    thread.join()
    assert not Review.objects.open().exists()
    assert Membership.objects.get().last_reviewed_on == date(2026, 11, 20)
    assert flag_due_reviews(TODAY) == FlaggedReviews(0, 0, 1)
