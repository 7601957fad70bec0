"""The outcome of a point: written in, mended or undone until kommunstyrelsen has been told."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from decisions.enums import FINAL_OUTCOMES, GRANTING_OUTCOMES, Outcome
from decisions.models import AgendaItem, Decision, DelegationPoint
from decisions.operations.guards import can_be_cited, checked, checked_again, drop, keep, locked_meeting
from decisions.queries import points_for
from decisions.rules import Verdict, belonging
from engagements.models import Engagement
from engagements.operations import locked, move, require_filled, save_with_reason, touch
from engagements.routing import route_of
from engagements.rules import EditConflict, Incomplete, RuleBroken, WrongState
from engagements.submitting import way_proposed
from memberships.enums import ReviewOutcome
from memberships.models import Review
from memberships.queries import proposed_review
from organisation.models import Body, User
from stockholm_intl.kit import clock
from stockholm_intl.kit.templatetags.formats import date_sv


@transaction.atomic
def record_decision(
    *,
    item: AgendaItem,
    outcome: Outcome,
    text: str,
    by: User,
    at: datetime,
    delegate: str = "",
    delegate_person: User | None = None,
    point: DelegationPoint | None = None,
    cost: Decimal | None = None,
    ground: str = "",
    decided_on: date | None = None,
    seen_version: int = 0,
    reason: str = "",
) -> Decision:
    """Write in what became of a point; approving or declining decides its engagement, the rest leaves it open.

    A point has one outcome. To change it, give the version that was seen and the reason. `ground` says why the matter
    is finansborgarrådet's where the strategy leaves that to judgement. Raises Incomplete naming what is missing,
    RuleBroken for what is not theirs to decide, EditConflict when somebody else wrote first, WrongState when reported.
    """
    meeting = locked_meeting(item.meeting_id)
    item, decision = locked_item(item, seen_version)
    engagement = locked(item.engagement) if item.engagement else None
    review = review_at(decision, engagement) if engagement else None
    decided_on = decided_on or meeting.held_on
    require_past(decided_on, at)
    if decision.pk and not reason.strip():
        raise lacking("reason", _("Skriv varför beslutet ändras."))
    if outcome in FINAL_OUTCOMES:
        require_final(engagement, text=text, delegate=delegate, point=point, ground=ground, decided_on=decided_on)
    else:
        # nobody has decided anything: no delegate, no point, no cost
        delegate, delegate_person, point, cost, ground = "", None, None, None, ""
    if outcome == Outcome.DECLINED:
        cost = Decimal(0)
    if engagement:
        decision.review = review if outcome in FINAL_OUTCOMES else None
        decision.findings = answers_to(engagement, decision.review, outcome, deciding=meeting.body, on=decided_on)
    before = decision.outcome
    decision.engagement, decision.body, decision.is_sample = engagement, meeting.body, meeting.is_sample
    decision.outcome, decision.text, decision.ground = outcome, text.strip(), ground.strip()
    decision.delegate, decision.delegate_person, decision.point = delegate.strip(), delegate_person, point
    decision.cost, decision.decided_on = cost, decided_on
    decision.recorded_by, decision.recorded_at = by, at
    keep(decision, by=by, at=at, reason=reason)
    if engagement and not review:
        settle(engagement, decision, before=before, by=by, at=at, reason=reason or f"{meeting}, punkt {item.point}")
    return decision


@transaction.atomic
def undo_decision(*, item: AgendaItem, by: User, at: datetime, seen_version: int, reason: str) -> AgendaItem:
    """Take the outcome back, as if the point were still to come; its engagement waits for a decision again.

    Raises Incomplete without a reason, WrongState when the matter has gone on or the meeting is reported.
    """
    locked_meeting(item.meeting_id)
    item, decision = locked_item(item, seen_version)
    if not decision.pk:
        raise WrongState(_("Punkten har ingen utgång att ångra."))
    if not reason.strip():
        raise lacking("reason", _("Skriv varför beslutet ångras."))
    if item.engagement and decision.outcome in FINAL_OUTCOMES and not decision.review:
        reopen(locked(item.engagement), by=by, at=at, reason=reason)
    drop(decision, by=by, at=at, reason=reason)
    return AgendaItem.objects.get(pk=item.pk)


def locked_item(item: AgendaItem, seen_version: int) -> tuple[AgendaItem, Decision]:
    """The point and its decision as they are now, or a new decision for it. The meeting is locked, so they stay so."""
    found = AgendaItem.objects.select_related("decision", "engagement").filter(pk=item.pk).first()
    if found is None:
        raise WrongState(_("Punkten finns inte längre på dagordningen. Läs sidan på nytt."))
    decision = getattr(found, "decision", None)
    if (decision.version if decision else 0) != seen_version:
        raise EditConflict(
            _(
                "Någon annan har skrivit in utgången för punkt %(point)s medan du hade sidan öppen. "
                "Jämför och spara igen."
            )
            % {"point": found.point}
        )
    if found.immediate_on:
        raise WrongState(_("Punkt %(point)s är omedelbart justerad. Rätta ärendet i stället.") % {"point": found.point})
    if decision is None:
        return found, Decision(item=found, version=1)
    decision.version += 1
    return found, decision


def require_past(decided_on: date, at: datetime) -> None:
    if decided_on > clock.local_date(at):
        raise RuleBroken(_("Beslut skrivs in från och med dagen för mötet, %(day)s.") % {"day": date_sv(decided_on)})


def require_final(
    engagement: Engagement | None,
    *,
    text: str,
    delegate: str,
    point: DelegationPoint | None,
    ground: str,
    decided_on: date,
) -> None:
    """R11, R12: the list holds only finansborgarrådet's own decisions, each with text, delegate, point, direction."""
    if engagement is None:
        raise RuleBroken(_("Punkten saknar ärende. Registrera ärendet och hänskjut det, så kan det beslutas."))
    whose = belonging(way_proposed(engagement) or route_of(engagement))
    if whose.verdict is Verdict.OTHERS:
        raise RuleBroken(
            _(
                "Ärendet beslutas av %(decider)s (%(row)s). "
                "Här kan det läggas till handlingarna, återremitteras eller bordläggas."
            )
            % {"decider": whose.decider, "row": whose.row}
        )
    if whose.verdict is Verdict.JUDGE and not ground.strip():
        raise lacking(
            "ground", _("Skriv varför ärendet är finansborgarrådets att besluta (%(row)s).") % {"row": whose.row}
        )
    if not text.strip():
        raise lacking("text", _("Skriv beslutets text."))
    if not delegate.strip():
        raise lacking("delegate", _("Ange vem som har beslutat."))
    if point is None:
        raise lacking("point", _("Ange delegationspunkten som beslutet stöder sig på."))
    if not can_be_cited(point, points_for(on=decided_on)):
        raise RuleBroken(
            _("Delegationspunkt %(point)s gäller inte för finansborgarrådet den %(day)s. Välj en annan punkt.")
            % {"point": point.code, "day": date_sv(decided_on)}
        )
    require_filled(engagement, stage="decision")


def review_at(decision: Decision, engagement: Engagement) -> Review | None:
    """The review that the point decides. What it has decided of the matter itself stays that, whatever is proposed since."""
    if decision.outcome in FINAL_OUTCOMES:
        return decision.review
    return proposed_review(engagement)


def answers_to(
    engagement: Engagement, review: Review | None, outcome: Outcome, *, deciding: Body, on: date
) -> list[dict[str, Any]]:
    """What the checks answer, for the decision to keep; nothing while nothing is decided."""
    if outcome not in FINAL_OUTCOMES:
        return []
    granting = outcome in GRANTING_OUTCOMES
    if review:
        renews = granting and review.proposed_outcome != ReviewOutcome.LEAVE
        return checked_again(engagement, renews=renews, deciding=deciding, on=on)
    return checked(engagement, granting=granting, deciding=deciding, on=on)


def lacking(name: str, message: str) -> Incomplete:
    return Incomplete(message, {name: message})


def step_of(outcome: str) -> str | None:
    """The engagement's step that an outcome means; None leaves it open."""
    if outcome in GRANTING_OUTCOMES:
        return "ib_approve"
    return "ib_decline" if outcome == Outcome.DECLINED else None


def settle(engagement: Engagement, decision: Decision, *, before: str, by: User, at: datetime, reason: str) -> None:
    """Let the engagement follow its decision, from whatever was decided `before`."""
    old, new = step_of(before), step_of(decision.outcome)
    if old and old != new:
        reopen(engagement, by=by, at=at, reason=reason)
    if new is None:
        return
    engagement.decided_at, engagement.decided_by = at, decision.delegate_person
    engagement.decision_note = decision.text
    if old == new:
        touch(engagement, at=at)
        save_with_reason(engagement, by=by, reason=reason)
    else:
        move(engagement, new, by=by, at=at, reason=reason)


def reopen(engagement: Engagement, *, by: User, at: datetime, reason: str) -> None:
    engagement.decided_at = engagement.decided_by = None
    engagement.decision_note = ""
    move(engagement, "ib_reopen", by=by, at=at, reason=reason)
