"""A review from opened to decided."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.enums import Step
from engagements.guard import require_renewable
from engagements.models import Engagement
from engagements.operations import locked, move, require_text, save_with_reason, touch
from engagements.routing import deciding_body, require_decider
from engagements.rules import Incomplete, WrongState
from memberships.enums import ReviewOutcome
from memberships.models import Review, Reviewed
from memberships.queries import detail_of
from memberships.rules import UPKEEP_STATES
from organisation.models import Body, User
from stockholm_intl.kit import clock
from stockholm_intl.kit.templatetags.formats import date_sv


def lock_both(engagement: Engagement) -> tuple[Reviewed, Engagement]:
    """The detail row first and then the engagement: everything here locks in that order, the clock's job as well."""
    detail = detail_of(engagement, lock=True)
    return detail, locked(engagement)


@transaction.atomic
def open_review(*, engagement: Engagement, by: User, at: datetime) -> Review:
    """The open review of this matter, opened now if the clock has not: one may reconsider before it is due."""
    detail, engagement = lock_both(engagement)
    require_in_force(engagement)
    known = Review.objects.open().filter(engagement=engagement).first()
    if known:
        known.engagement = engagement
        return known
    review = Review(engagement=engagement, due_on=detail.review_by, opened_on=clock.local_date(at))
    save_with_reason(review, by=by, reason="")
    return review


@transaction.atomic
def propose_review(*, review: Review, outcome: ReviewOutcome, note: str, by: User, at: datetime) -> Review:
    """The contact person says how it should go and why; whoever would enter it today decides (M22)."""
    _detail, engagement = lock_both(review.engagement)
    review = require_open(review, engagement)
    require_note(note)
    review.proposed_outcome, review.proposal_note = outcome, note
    review.proposed_by, review.proposed_at = by, at
    save_with_reason(review, by=by, reason=note)
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason="")
    return review


@transaction.atomic
def record_review(
    *,
    review: Review,
    outcome: ReviewOutcome,
    note: str,
    by: User,
    at: datetime,
    decided_on: date | None = None,
    deciding: Body | None = None,
) -> Review:
    """What was decided on that day, today if none is given: it goes on and is due again an interval later, or it ends.

    `deciding` is the body whose decision it is, where `by` only writes it in for another than her own.
    Raises WrongState when somebody decided it first, Incomplete without a note or for a day before it was entered,
    RuleBroken when another body decides, or when what would go on breaks a principle and is not let through: the checks
    are run again here. On what ground the person decides is asked by the one who calls (decisions.decide_review).
    """
    detail, engagement = lock_both(review.engagement)
    review = require_open(review, engagement)
    require_note(note)
    day = decided_on or clock.local_date(at)
    if day < detail.entered_on < clock.local_date(at):
        said = _("Dagen är före den dag då det ingicks, %(day)s. Ändra den.") % {"day": date_sv(detail.entered_on)}
        raise Incomplete(said, {"decided_on": said})
    today, step = clock.local_date(at), step_to(outcome)
    deciding = deciding or deciding_body(by, engagement, on=today, step=step)
    require_decider(engagement, deciding, step=step, may_be_asked=True)
    if outcome != ReviewOutcome.LEAVE:
        # to leave breaks no principle; to go on may
        require_renewable(engagement, deciding=deciding, on=today)
    settle(review, outcome, note=note, by=by, on=day)
    if outcome == ReviewOutcome.LEAVE:
        end(detail, engagement, by=by, at=at, reason=note, on=day)
        return review
    detail.last_reviewed_on = review.decided_on
    save_with_reason(detail, by=by, reason=note)
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason="")
    return review


@transaction.atomic
def reconsider(*, engagement: Engagement, outcome: ReviewOutcome, note: str, by: User, at: datetime) -> Review:
    """Propose, and open the review first if the clock has not; what is refused opens nothing."""
    review = open_review(engagement=engagement, by=by, at=at)
    return propose_review(review=review, outcome=outcome, note=note, by=by, at=at)


def step_to(outcome: ReviewOutcome | str) -> Step:
    """What is decided: that it goes on (M22), or that it is left (M23)."""
    return Step.EXIT if outcome == ReviewOutcome.LEAVE else Step.REVIEW


def settle(review: Review, outcome: ReviewOutcome, *, note: str, by: User, on: date) -> None:
    review.outcome, review.note = outcome, note
    review.decided_on, review.decided_by = on, by
    save_with_reason(review, by=by, reason=note)


@transaction.atomic
def give_back(*, review: Review, reason: str, by: User, at: datetime) -> Review:
    """What was proposed is not followed: the review stays open, and waits for another proposal."""
    _detail, engagement = lock_both(review.engagement)
    review = require_open(review, engagement)
    review.proposed_outcome, review.proposal_note = "", ""
    review.proposed_by = review.proposed_at = None
    save_with_reason(review, by=by, reason=reason)
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason="")
    return review


def end(detail: Reviewed, engagement: Engagement, *, by: User, at: datetime, reason: str, on: date) -> None:
    """Close rows that are locked already. What was entered for a day to come ends before it began: on that day."""
    detail.ended_on = max(on, detail.entered_on)
    save_with_reason(detail, by=by, reason=reason)
    move(engagement, "close", by=by, at=at, reason=reason)


def require_open(review: Review, engagement: Engagement) -> Review:
    """The review as it is now, locked."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    review.engagement = engagement
    if not review.is_open:
        raise WrongState(_("Omprövningen är redan avgjord. Läs sidan på nytt."))
    require_in_force(engagement)
    return review


def require_in_force(engagement: Engagement) -> None:
    if engagement.state not in UPKEEP_STATES:
        raise WrongState(
            _("Bara det som gäller omprövas. Ärendet är i läget ”%(state)s”.") % {"state": engagement.state_word}
        )


def require_note(note: str) -> None:
    require_text(note, "note", _("Skriv varför."))
