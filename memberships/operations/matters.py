"""A membership or an agreement from draft to end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.enums import Kind
from engagements.models import Engagement
from engagements.operations import (
    draft_engagement,
    edit_engagement,
    locked,
    move,
    register_engagement,
    require_filled,
    save_with_reason,
)
from engagements.rules import Incomplete, WrongState, editable
from memberships.models import Agreement, Membership, Review, Reviewed
from memberships.operations.reviews import end, lock_both, require_in_force, require_note
from memberships.rules import INSTRUMENTS, UPKEEP_STATES
from organisation.models import Body, User

DETAILS: dict[Kind, type[Reviewed]] = {Kind.MEMBERSHIP: Membership, Kind.AGREEMENT: Agreement}
ENTER = "accept"


@transaction.atomic
def draft_membership(
    *,
    kind: Kind,
    body: Body,
    by: User,
    at: datetime,
    matter: dict[str, Any],
    details: dict[str, Any],
    submission: UUID | None = None,
) -> tuple[Engagement, bool]:
    """A draft of a membership or an agreement: `matter` is the engagement's part, `details` the kind's own."""
    matter = {**matter, "instrument": instrument(details)}
    engagement, is_new = draft_engagement(kind=kind, body=body, by=by, at=at, submission=submission, **matter)
    if is_new:
        save_with_reason(DETAILS[kind](engagement=engagement, **details), by=by, reason="")
    return engagement, is_new


def register_membership(*, engagement: Engagement, by: User, at: datetime) -> Engagement:
    return register_engagement(engagement=engagement, by=by, at=at)


@transaction.atomic
def edit_membership(
    *,
    engagement: Engagement,
    by: User,
    at: datetime,
    seen_version: int,
    matter: dict[str, Any],
    details: dict[str, Any],
    reason: str = "",
) -> Engagement:
    """Change both rows. Raises EditConflict when somebody saved meanwhile, WrongState when it is past changing."""
    detail, engagement = lock_both(engagement)
    if not editable(engagement.state) and engagement.state not in UPKEEP_STATES:
        raise WrongState(_("Ärendet kan inte ändras i läget ”%(state)s”.") % {"state": engagement.state_word})
    if editable(engagement.state):
        matter = {**matter, "instrument": instrument(details)}
    engagement = edit_engagement(
        engagement=engagement, by=by, at=at, seen_version=seen_version, reason=reason, **matter
    )
    for name, value in details.items():
        setattr(detail, name, value)
    save_with_reason(detail, by=by, reason=reason)
    move_open_review(detail, by=by)
    return engagement


def instrument(details: dict[str, Any]) -> str:
    return INSTRUMENTS.get(details.get("form") or details.get("agreement_type", ""), "")


def move_open_review(detail: Reviewed, *, by: User) -> None:
    """A new interval gives a new day, to a review that is already open as well."""
    detail.refresh_from_db(fields=["review_by"])
    review = Review.objects.select_for_update().open().filter(engagement=detail.pk).first()
    if review and review.due_on != detail.review_by:
        review.due_on = detail.review_by
        save_with_reason(review, by=by, reason=_("Intervallet ändrades"))


@transaction.atomic
def propose_membership(*, engagement: Engagement, text: str, by: User, at: datetime) -> Engagement:
    """The contact person proposes that it is entered. Raises Incomplete until a decision can be made on it."""
    engagement = locked(engagement)
    require_filled(engagement, stage="decision")
    if not text.strip():
        why = _("Skriv vad som föreslås.")
        raise Incomplete(why, {"text": why})
    engagement.proposal, engagement.proposal_text = ENTER, text
    move(engagement, "propose", by=by, at=at)
    return engagement


@transaction.atomic
def send_back_membership(*, engagement: Engagement, note: str, by: User, at: datetime) -> Engagement:
    """To the contact person again, with what is missing."""
    require_note(note)
    engagement = locked(engagement)
    move(engagement, "send_back", by=by, at=at, reason=note)
    return engagement


@transaction.atomic
def decide_membership(*, engagement: Engagement, accept: bool, note: str, by: User, at: datetime) -> Engagement:
    """Enter it or leave it be, in the body's own field (M3, M4, M9, M10). From now on it is reconsidered by the clock."""
    require_note(note)
    engagement = locked(engagement)
    engagement.decision_note, engagement.decided_at, engagement.decided_by = note, at, by
    move(engagement, "accept" if accept else "decline", by=by, at=at, reason=note)
    return engagement


@transaction.atomic
def end_membership(*, engagement: Engagement, reason: str, by: User, at: datetime) -> Engagement:
    """Leave what is in force, without a review. An open one is left undecided: it is no longer asked for."""
    require_note(reason)
    detail, engagement = lock_both(engagement)
    require_in_force(engagement)
    end(detail, engagement, by=by, at=at, reason=reason)
    return engagement
