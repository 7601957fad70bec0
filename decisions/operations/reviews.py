"""How a review goes: decided as the matter would be entered today (M22), with the same ground, and left likewise (M23)."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from decisions.enums import GRANTING_OUTCOMES, Outcome
from decisions.models import Decision, DelegationPoint, Meeting
from decisions.operations.guards import checked_again, keep
from decisions.operations.own import day_of, require_point
from decisions.queries import authority, must_cite
from engagements.enums import Kind
from engagements.models import Engagement
from engagements.operations import require_off_the_agenda
from engagements.permission import may
from engagements.routing import deciding_body
from engagements.rules import RuleBroken
from memberships.enums import ReviewOutcome
from memberships.models import Review
from memberships.operations import give_back, open_review, record_review, step_to
from memberships.queries import detail_of
from memberships.rules import DECIDE_REVIEW
from organisation.models import User
from stockholm_intl.kit import clock

# As a decision: what goes on is granted, what is left is not.
OUTCOMES = {
    ReviewOutcome.KEEP: Outcome.APPROVED,
    ReviewOutcome.CHANGE: Outcome.CHANGED,
    ReviewOutcome.LEAVE: Outcome.DECLINED,
}
# In Swedish, whatever language the page has.
SAID = {
    ReviewOutcome.KEEP: "%s fortsätter.",
    ReviewOutcome.CHANGE: "%s fortsätter med ändring.",
    ReviewOutcome.LEAVE: "%s avslutas.",
}


@transaction.atomic
def decide_review(
    *,
    engagement: Engagement,
    outcome: ReviewOutcome,
    note: str,
    by: User,
    at: datetime,
    point: DelegationPoint | None = None,
    decided_on: date | None = None,
    paragraph: str = "",
) -> Decision:
    """Decide how it goes on, or that it ends, opening the review if the clock has not; what is refused opens nothing.

    Who decides under a delegation scheme names the point, also the head where the board would decide to enter it; a
    board's secretary gives the day, and the paragraph of its minutes. The decision keeps what the checks answered.
    Raises PermissionDenied for others, Incomplete without a point that is needed, RuleBroken for what waits at a meeting,
    and what `record_review` raises.
    """
    review = open_review(engagement=engagement, by=by, at=at)
    engagement = review.engagement
    if not may(by, DECIDE_REVIEW, engagement):
        raise PermissionDenied(_("Du kan läsa ärendet men inte besluta i det."))
    require_off_the_agenda(engagement)
    today, step = clock.local_date(at), step_to(outcome)
    day = day_of(decided_on, today)
    deciding = deciding_body(by, engagement, on=today, step=step)
    answers = checked_again(engagement, renews=outcome != ReviewOutcome.LEAVE, deciding=deciding, on=today)
    review = record_review(review=review, outcome=outcome, note=note, by=by, at=at, decided_on=day)
    # whose it is comes first: a point gives nobody what another body decides
    require_point(engagement, point, must=must_cite(by, engagement, on=today, step=step), on=day)
    decision = Decision(
        engagement=engagement, review=review, body=deciding, outcome=OUTCOMES[outcome], is_sample=engagement.is_sample,
        text=said(engagement, outcome, note), delegate=authority(by, engagement, on=today, step=step),
        delegate_person=by, point=point, decided_on=day, paragraph=paragraph.strip(), recorded_by=by, recorded_at=at,
        findings=answers,
    )  # fmt: skip
    keep(decision, by=by, at=at)
    return decision


def said(engagement: Engagement, outcome: ReviewOutcome, note: str) -> str:
    subject = "Medlemskapet" if engagement.kind == Kind.MEMBERSHIP else "Avtalet"
    return f"{SAID[outcome] % subject}\n{note.strip()}".strip()


def hold_reviewed(meeting: Meeting) -> None:
    """The rows of what the meeting reconsiders, before anything holds their engagements: everything locks in that order."""
    rows = Engagement.objects.filter(decisions__item__meeting=meeting, decisions__review__isnull=False)
    for engagement in rows.order_by("pk"):
        detail_of(engagement, lock=True)


def carry_out_review(decision: Decision, review: Review, *, by: User, at: datetime) -> None:
    """What finansborgarrådet has decided, once its list or the point is approved; until then nothing has happened.

    Bifall is as it was proposed, with a change where the bifall has one; what is turned down waits for another proposal.
    Raises RuleBroken when another proposal was made meanwhile.
    """
    if review.proposed_at is None or review.proposed_at > decision.recorded_at:
        raise RuleBroken(
            _("Förslaget till omprövning av %(key)s har ändrats sedan utgången skrevs in. Skriv in utgången på nytt.")
            % {"key": review.engagement.key}
        )
    if decision.outcome not in GRANTING_OUTCOMES:
        give_back(review=review, reason=f"Avslag {decision.decided_on}", by=by, at=at)
        return
    outcome = ReviewOutcome(review.proposed_outcome)
    if decision.outcome == Outcome.CHANGED and outcome == ReviewOutcome.KEEP:
        outcome = ReviewOutcome.CHANGE
    record_review(
        review=review, outcome=outcome, note=decision.text, by=by, at=at, decided_on=decision.decided_on,
        deciding=decision.body,
    )  # fmt: skip
