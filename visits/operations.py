"""A visit request from the first note to what came of it. Each function is the whole story of one change."""

from datetime import datetime, timedelta
from typing import TypeVar
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
    require_filled,
    require_step,
    require_text,
    save_with_reason,
    write_over,
)
from organisation.models import Body, User
from stockholm_intl.kit import clock
from visits.models import Reception, VisitRequest
from visits.rules import ANSWER_DAYS

Detail = VisitRequest | Reception
AnyDetail = TypeVar("AnyDetail", VisitRequest, Reception)
DETAILS: dict[Kind, type[VisitRequest] | type[Reception]] = {Kind.VISIT: VisitRequest, Kind.RECEPTION: Reception}


@transaction.atomic
def save_visit_draft(
    *, submission: UUID, body: Body, by: User, at: datetime, matter: Fields, details: Fields, kind: Kind = Kind.VISIT
) -> Detail:
    """Keep what is written so far. One `submission` is one visit, however often and however quickly it is sent."""
    engagement, is_new = draft_engagement(kind=kind, body=body, by=by, at=at, submission=submission, **matter)
    if is_new:
        visit = DETAILS[kind](engagement=engagement, **details)
        save_with_reason(visit, by=by, reason="")
        return visit
    return update_visit_draft(engagement=engagement, body=body, by=by, at=at, matter=matter, details=details)


@transaction.atomic
def update_visit_draft(
    *, engagement: Engagement, body: Body, by: User, at: datetime, matter: Fields, details: Fields
) -> Detail:
    """Write over the draft. One that has been registered meanwhile is left as it is: the second click of two."""
    engagement = locked(engagement)
    visit = locked_detail(engagement)
    if engagement.key:
        return visit
    write_over(engagement, visit, body=body, matter=matter, details=details, by=by, at=at)
    return visit


@transaction.atomic
def register_visit(*, visit: AnyDetail, by: User, at: datetime) -> AnyDetail:
    """Put it on record with a key and a day to answer by. Registering twice gives the same key."""
    engagement = locked(visit.engagement)
    if not engagement.key:
        engagement.title = engagement.title or default_title(engagement)
        engagement.respond_by = engagement.respond_by or clock.local_date(at) + timedelta(days=ANSWER_DAYS)
        save_with_reason(engagement, by=by, reason="")
        engagement = register_engagement(engagement=engagement, by=by, at=at)
    visit.engagement = engagement
    return visit


def default_title(engagement: Engagement) -> str:
    """The record's own language is Swedish, whatever the reader's is."""
    said = "Mottagning för" if engagement.kind == Kind.RECEPTION else "Besök från"
    return f"{said} {engagement.counterpart}"[:200] if engagement.counterpart else ""


@transaction.atomic
def edit_visit(
    *,
    visit: Detail,
    by: User,
    at: datetime,
    seen_version: int,
    reason: str,
    matter: Fields,
    details: Fields,
) -> Detail:
    """Change a registered visit. Raises EditConflict when somebody saved in between; then nothing is written."""
    edited = edit_engagement(
        engagement=visit.engagement, by=by, at=at, seen_version=seen_version, reason=reason, **matter
    )
    visit = locked_detail(edited)
    require_kept(edited, visit, details)
    assign(visit, details)
    save_with_reason(visit, by=by, reason=reason)
    return visit


@transaction.atomic
def assess_visit(*, visit: VisitRequest, by: User, at: datetime, grades: Fields) -> VisitRequest:
    """Grade the visit on the city's one scale; may be done again until it is proposed."""
    engagement = locked(visit.engagement)
    move(engagement, "assess", by=by, at=at)
    visit = locked_visit(engagement)
    assign(visit, grades)
    save_with_reason(visit, by=by, reason="")
    return visit


@transaction.atomic
def propose_visit(*, visit: VisitRequest, by: User, at: datetime, proposal: str, text: str) -> VisitRequest:
    """Hand it to the head with a proposal. Raises Incomplete when a direction or its motive is missing (C11)."""
    engagement = locked(visit.engagement)
    require_step("propose", engagement)
    require_filled(engagement, stage="decision")
    engagement.proposal, engagement.proposal_text = proposal, text
    move(engagement, "propose", by=by, at=at)
    visit.engagement = engagement
    return visit


@transaction.atomic
def complete_reception(
    *, engagement: Engagement, participants: str, attested_by: str, attester_attended: bool, by: User, at: datetime
) -> Engagement:
    """It has been held: who came, and who attests the bill without having been there (R8)."""
    engagement = locked(engagement)
    move(engagement, "complete", by=by, at=at)
    reception = Reception.objects.select_for_update().get(pk=engagement.pk)
    reception.participants, reception.attested_by = participants, attested_by
    reception.attester_attended = attester_attended
    save_with_reason(reception, by=by, reason="")
    return engagement


@transaction.atomic
def accept_visit(*, visit: VisitRequest, by: User, at: datetime, note: str) -> VisitRequest:
    return decide_visit(visit, "accept", by=by, at=at, note=note)


@transaction.atomic
def decline_visit(*, visit: VisitRequest, by: User, at: datetime, reason: str) -> VisitRequest:
    """Raises Incomplete without a reason: who asked has a right to know why."""
    require_text(reason, "reason", _("Skriv varför besöket avböjs."))
    return decide_visit(visit, "decline", by=by, at=at, note=reason)


def decide_visit(visit: VisitRequest, step_name: str, *, by: User, at: datetime, note: str) -> VisitRequest:
    engagement = locked(visit.engagement)
    require_step(step_name, engagement)
    require_filled(engagement, stage="decision")
    engagement.decided_at, engagement.decided_by, engagement.decision_note = at, by, note
    move(engagement, step_name, by=by, at=at, reason=note)
    visit.engagement = engagement
    return visit


@transaction.atomic
def complete_visit(
    *, visit: VisitRequest, by: User, at: datetime, visitors_in_fact: int | None, outcome: str
) -> VisitRequest:
    """It has taken place: how many came and what it gave."""
    engagement = locked(visit.engagement)
    move(engagement, "complete", by=by, at=at)
    visit = locked_visit(engagement)
    visit.visitors_in_fact, visit.outcome = visitors_in_fact, outcome
    save_with_reason(visit, by=by, reason="")
    return visit


def locked_detail(engagement: Engagement) -> Detail:
    """The kind's own row, locked after its engagement."""
    if engagement.kind == Kind.VISIT:
        return locked_visit(engagement)
    reception = Reception.objects.select_for_update().get(pk=engagement.pk)
    reception.engagement = engagement
    return reception


def locked_visit(engagement: Engagement) -> VisitRequest:
    visit = VisitRequest.objects.select_for_update().get(pk=engagement.pk)
    visit.engagement = engagement
    return visit
