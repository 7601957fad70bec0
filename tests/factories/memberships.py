"""Memberships and agreements for tests, taken through the real steps."""

from datetime import date, datetime
from typing import Any

from engagements.enums import Kind
from engagements.models import Engagement
from engagements.operations import propose_engagement
from memberships.enums import AgreementType, MembershipForm, ReviewOutcome
from memberships.models import Agreement, Membership, Review
from memberships.operations import decide_membership, draft_membership, open_review, record_review, register_membership
from organisation.models import Body, User
from tests.factories import AT

ENTERED = date(2023, 1, 15)  # due on 2027-01-15, within the lead time of 2026-11-22


def a_membership_draft(by: User, body: Body, at: datetime = AT, **details: Any) -> Engagement:
    filled = {"form": MembershipForm.NETWORK, "theme": "klimat", "entered_on": ENTERED} | details
    return draft(Kind.MEMBERSHIP, by, body, at, filled)


def an_agreement_draft(by: User, body: Body, at: datetime = AT, **details: Any) -> Engagement:
    filled = {"agreement_type": AgreementType.INTENT, "theme": "klimat", "entered_on": ENTERED} | details
    return draft(Kind.AGREEMENT, by, body, at, filled)


def draft(kind: Kind, by: User, body: Body, at: datetime, details: dict[str, Any]) -> Engagement:
    matter = {
        "title": "Nordiskt nätverk för klimatbudget",
        "counterpart": "Klimatnätverket",
        "main_direction": "samverkan",
        "motives": {"samverkan": "Vi delar metod och uppföljning."},
    } | details.pop("matter", {})
    return draft_membership(kind=kind, body=body, by=by, at=at, matter=matter, details=details)


def a_membership(by: User, body: Body, at: datetime = AT, **details: Any) -> Membership:
    """In force."""
    return Membership.objects.get(pk=entered(a_membership_draft(by, body, at, **details), by, at).pk)


def an_agreement(by: User, body: Body, at: datetime = AT, **details: Any) -> Agreement:
    """In force; of intent unless said otherwise."""
    return Agreement.objects.get(pk=entered(an_agreement_draft(by, body, at, **details), by, at).pk)


def entered(engagement: Engagement, by: User, at: datetime = AT) -> Engagement:
    register_membership(engagement=engagement, by=by, at=at)
    propose_engagement(engagement=engagement, text="Staden går med.", by=by, at=at)
    return decide_membership(engagement=engagement, accept=True, note="Bra nätverk.", by=by, at=at)


def left(engagement: Engagement, by: User, reason: str = "Nedlagt.", at: datetime = AT) -> Engagement:
    """Left by its decider, who opens a review for it."""
    review = open_review(engagement=engagement, by=by, at=at)
    return record_review(review=review, outcome=ReviewOutcome.LEAVE, note=reason, by=by, at=at).engagement


def a_review(by: User, body: Body, due_on: date = date(2027, 1, 15), **details: Any) -> Review:
    """Open, of a membership in force."""
    membership = a_membership(by, body, **details)
    return Review.objects.create(engagement=membership.engagement, due_on=due_on, opened_on=date(2026, 7, 15))
