"""Justering: a person other than the secretary approves the list, or one point at once; then what was decided is locked."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from decisions.enums import FINAL_OUTCOMES, MeetingState
from decisions.models import AgendaItem, Approval, Decision, Meeting
from decisions.operations.guards import agenda_changed, keep, lock_decided, locked_meeting
from decisions.operations.printing import print_decision_list
from decisions.operations.reviews import carry_out_review, hold_reviewed
from decisions.papers import checksum
from decisions.queries import final_decisions, item_row
from engagements.permission import access_of, named_among
from engagements.rules import Incomplete, RuleBroken, WrongState
from engagements.secrecy import is_marked
from organisation.models import User
from stockholm_intl.kit import clock
from stockholm_intl.kit.swedish import listed
from stockholm_intl.kit.templatetags.formats import date_sv


@transaction.atomic
def approve_meeting(*, meeting: Meeting, approvers: Sequence[User], by: User, at: datetime, on: date) -> Meeting:
    """Freeze the decision list, write down who approved it, and lock every matter it decides (R13).

    Raises WrongState before the meeting is held, Incomplete while a matter lacks its outcome or an approver is missing,
    PaperTooLarge for more than a paper can hold.
    """
    meeting = locked_meeting(meeting.pk)
    if meeting.state != MeetingState.HELD:
        raise WrongState(_("Markera först att mötet har hållits."))
    require_approvers(approvers, by)
    require_day(on, meeting.held_on, at)
    require_outcomes(meeting, by)
    hold_reviewed(meeting)
    paper = print_decision_list(meeting=meeting, by=by, at=at)
    for person in approvers:
        Approval.objects.create(
            meeting=meeting, paper=paper, person=person, approved_on=on, sha256=paper.sha256, recorded_by=by, recorded_at=at
        )  # fmt: skip
    meeting.state, meeting.approved_on = MeetingState.APPROVED, on
    meeting.version += 1
    keep(meeting, by=by, at=at, reason=f"Justerat av {names(approvers)}")
    for decision in final_decisions(meeting).filter(item__immediate_on__isnull=True):
        take_effect(decision, by=by, at=at, reason=f"Beslutet är justerat, {meeting}")
    return meeting


@transaction.atomic
def approve_item(*, item: AgendaItem, approvers: Sequence[User], by: User, at: datetime, on: date) -> AgendaItem:
    """Omedelbar justering of one decided point; the rest of the list can still change.

    Raises WrongState without a final outcome or when it is approved already, Incomplete without an approver.
    """
    meeting = locked_meeting(item.meeting_id)
    item = AgendaItem.objects.select_related("decision__point", "engagement").get(pk=item.pk)
    item.meeting = meeting
    decision = getattr(item, "decision", None)
    if decision is None or decision.outcome not in FINAL_OUTCOMES:
        raise WrongState(_("Bara en punkt med bifall eller avslag kan justeras omedelbart."))
    if item.immediate_on:
        raise WrongState(_("Punkt %(point)s är redan omedelbart justerad.") % {"point": item.point})
    require_approvers(approvers, by)
    require_day(on, decision.decided_on, at)
    sum_of_row = checksum([item_row(item)])
    for person in approvers:
        Approval.objects.create(
            meeting=meeting, item=item, person=person, approved_on=on, sha256=sum_of_row, recorded_by=by, recorded_at=at
        )  # fmt: skip
    item.immediate_on = on
    keep(item, by=by, at=at, reason=f"Omedelbart justerad av {names(approvers)}")
    agenda_changed(meeting, by=by, at=at, reason=f"Punkt {item.point} justerades omedelbart")
    take_effect(decision, by=by, at=at, reason=f"Beslutet är omedelbart justerat, {meeting}")
    return item


def take_effect(decision: Decision, *, by: User, at: datetime, reason: str) -> None:
    """From the approval on: a matter is locked, and a review goes as it was decided."""
    if decision.review:
        carry_out_review(decision, decision.review, by=by, at=at)
    elif decision.engagement:
        lock_decided(decision.engagement, by=by, at=at, reason=reason)


def require_approvers(approvers: Sequence[User], by: User) -> None:
    """R13: at least one, and the secretary who wrote it is none of them."""
    if not approvers:
        raise Incomplete(_("Ange vem som har justerat."), {"approvers": _("Ange vem som har justerat.")})
    if by in approvers:
        why = _("Den som har skrivit listan kan inte justera den. Välj någon annan.")
        raise Incomplete(why, {"approvers": why})


def require_day(on: date, first: date, at: datetime) -> None:
    if on < first:
        raise RuleBroken(_("Justeringen kan inte vara före beslutet, den %(day)s.") % {"day": date_sv(first)})
    if on > clock.local_date(at):
        raise RuleBroken(_("Dagen har inte varit än. Skriv in justeringen när den är gjord."))


def require_outcomes(meeting: Meeting, by: User) -> None:
    """What is marked and hidden from the secretary is told by no number, only by what to do about it."""
    left = list(meeting.items.filter(engagement__isnull=False, decision__isnull=True).select_related("engagement"))
    if not left:
        return
    known = named_among(access_of(by), [item.engagement_id for item in left if item.engagement_id])
    closed = [
        item for item in left if item.engagement and is_marked(item.engagement) and item.engagement_id not in known
    ]
    points = ", ".join(item.point for item in left if item not in closed)
    said = [_("Dessa punkter saknar utgång: %(points)s.") % {"points": points}] if points else []
    if points:
        said.append(_("Skriv in den eller ta bort punkten från dagordningen."))
    if closed:
        said.append(
            _(
                "Något på dagordningen är sekretessmarkerat och väntar på utgång, men du är inte namngiven där. "
                "Be cheferna för de organ som har ärenden på mötet att namnge dig som läsare."
            )
        )
    raise Incomplete(" ".join(said), {"items": points})


def names(people: Sequence[User]) -> str:
    return listed([str(person) for person in people])
