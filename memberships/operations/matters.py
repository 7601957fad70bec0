"""A membership or an agreement from draft to end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.enums import Kind
from engagements.locking import require_kept
from engagements.models import Engagement
from engagements.operations import (
    Fields,
    assign,
    draft_engagement,
    edit_engagement,
    locked,
    move,
    register_engagement,
    save_with_reason,
    write_over,
)
from engagements.routing import edition_of
from engagements.rules import WrongState, editable
from memberships.models import Agreement, Membership, Review, Reviewed
from memberships.operations.reviews import lock_both, require_note
from memberships.rules import INSTRUMENTS, UPKEEP_STATES
from organisation.models import Body, User

DETAILS: dict[Kind, type[Membership] | type[Agreement]] = {Kind.MEMBERSHIP: Membership, Kind.AGREEMENT: Agreement}


@transaction.atomic
def draft_membership(
    *, kind: Kind, body: Body, by: User, at: datetime, matter: Fields, details: Fields, submission: UUID | None = None
) -> Engagement:
    """Keep what is written so far: `matter` is the engagement's part, `details` the kind's own.

    One `submission` is one draft, however often and however quickly it is sent.
    """
    engagement, is_new = draft_engagement(
        kind=kind, body=body, by=by, at=at, submission=submission, **shared(matter, details)
    )
    if not is_new:
        return update_draft(engagement=engagement, body=body, by=by, at=at, matter=matter, details=details)
    usual = {"interval_months": edition_of(engagement).review_interval_months}
    save_with_reason(DETAILS[kind](engagement=engagement, **(usual | details)), by=by, reason="")
    return engagement


@transaction.atomic
def update_draft(
    *, engagement: Engagement, body: Body, by: User, at: datetime, matter: Fields, details: Fields
) -> Engagement:
    """Write over the draft. One that has been registered meanwhile is left as it is: the second click of two."""
    detail, engagement = lock_both(engagement)
    if engagement.key:
        return engagement
    matter = shared(matter, details)
    write_over(engagement, detail, body=body, matter=matter, details=details, by=by, at=at)
    return engagement


def shared(matter: Fields, details: Fields) -> Fields:
    """What the engagement repeats of the detail row, for every list and the router: the form, and from when to when."""
    said = dict(matter)
    if form := details.get("form") or details.get("agreement_type"):
        said["instrument"] = INSTRUMENTS[form]
    if "entered_on" in details:
        said["starts_on"], said["happens"] = details["entered_on"], details["entered_on"].isoformat()
    if "ends_on" in details:
        said["ends_on"] = details["ends_on"]
    return said


@transaction.atomic
def register_membership(*, engagement: Engagement, by: User, at: datetime) -> Engagement:
    """Put it on record with a key. Registering twice gives the same key."""
    engagement = locked(engagement)
    if not engagement.key and not engagement.title:
        engagement.title = default_title(engagement)
        save_with_reason(engagement, by=by, reason="")
    return register_engagement(engagement=engagement, by=by, at=at)


def default_title(engagement: Engagement) -> str:
    """The record's own language is Swedish, whatever the reader's is."""
    if not engagement.counterpart:
        return ""
    said = "Medlemskap i" if engagement.kind == Kind.MEMBERSHIP else "Avtal med"
    return f"{said} {engagement.counterpart}"[:200]


@transaction.atomic
def edit_membership(
    *,
    engagement: Engagement,
    by: User,
    at: datetime,
    seen_version: int,
    matter: Fields,
    details: Fields,
    reason: str = "",
) -> Engagement:
    """Change both rows. Raises EditConflict when somebody saved meanwhile, WrongState when it is past changing."""
    detail, engagement = lock_both(engagement)
    if not editable(engagement.state) and engagement.state not in UPKEEP_STATES:
        raise WrongState(_("Ärendet kan inte ändras i läget ”%(state)s”.") % {"state": engagement.state_word})
    engagement = edit_engagement(
        engagement=engagement, by=by, at=at, seen_version=seen_version, reason=reason, **shared(matter, details)
    )
    require_kept(engagement, detail, details)
    assign(detail, details)
    save_with_reason(detail, by=by, reason=reason)
    move_open_review(detail, by=by)
    return engagement


def move_open_review(detail: Reviewed, *, by: User) -> None:
    """A new interval gives a new day, to a review that is already open as well."""
    detail.refresh_from_db(fields=["review_by"])
    review = Review.objects.select_for_update().open().filter(engagement=detail.pk).first()
    if review and review.due_on != detail.review_by:
        review.due_on = detail.review_by
        save_with_reason(review, by=by, reason=_("Intervallet ändrades"))


@transaction.atomic
def decide_membership(*, engagement: Engagement, accept: bool, note: str, by: User, at: datetime) -> Engagement:
    """Enter it or leave it be, in the body's own field (M3, M4, M9, M10). What is entered is reviewed by the clock."""
    if not accept:
        require_note(note)
    engagement = locked(engagement)
    engagement.decision_note, engagement.decided_at, engagement.decided_by = note, at, by
    move(engagement, "accept" if accept else "decline", by=by, at=at, reason=note)
    return engagement
