"""Trips, declarations, EU influence and projects from first note to end (on screen: uppdrag)."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.enums import DeclarationKind, InfluenceForm, Instrument, Kind, ProjectKind, State
from engagements.locking import require_unlocked
from engagements.models import Declaration, Engagement, EUInfluence, Project, ProjectYear, Trip
from engagements.operations import (
    Fields,
    assign,
    draft_engagement,
    edit_engagement,
    locked,
    move,
    require_text,
    save_with_reason,
    touch,
    write_over,
)
from engagements.rules import WrongState, editable
from organisation.models import Body, User

Detail = Trip | Declaration | EUInfluence | Project
DETAILS: dict[Kind, type[Detail]] = {
    Kind.TRIP: Trip,
    Kind.DECLARATION: Declaration,
    Kind.EU_INFLUENCE: EUInfluence,
    Kind.PROJECT: Project,
}
INSTRUMENTS = {
    (Kind.DECLARATION, DeclarationKind.DECLARATION): Instrument.DECLARATION,
    (Kind.DECLARATION, DeclarationKind.INITIATIVE): Instrument.INITIATIVE,
    (Kind.PROJECT, ProjectKind.EU): Instrument.EU_PROJECT,
    (Kind.PROJECT, ProjectKind.AID): Instrument.AID_PROJECT,
    # to stand for a post, for instance as chair of Eurocities (M24)
    (Kind.EU_INFLUENCE, InfluenceForm.POST): Instrument.POST,
}
PLAIN_INSTRUMENTS = {Kind.TRIP: Instrument.TRIP, Kind.EU_INFLUENCE: Instrument.POSITION}
REPORTABLE = frozenset({State.APPROVED, State.COMPLETED})


@transaction.atomic
def draft_assignment(
    *, kind: Kind, body: Body, by: User, at: datetime, matter: Fields, details: Fields, submission: UUID | None = None
) -> Engagement:
    """Keep what is written so far: `matter` is the engagement's part, `details` the kind's own.

    One `submission` is one draft, however often and however quickly it is sent.
    """
    engagement, is_new = draft_engagement(
        kind=kind, body=body, by=by, at=at, submission=submission, **shared(kind, matter, details)
    )
    if not is_new:
        return update_draft(engagement=engagement, body=body, by=by, at=at, matter=matter, details=details)
    save_with_reason(DETAILS[kind](engagement=engagement, **details), by=by, reason="")
    return engagement


@transaction.atomic
def update_draft(
    *, engagement: Engagement, body: Body, by: User, at: datetime, matter: Fields, details: Fields
) -> Engagement:
    """Write over the draft. One that has been registered meanwhile is left as it is: the second click of two."""
    engagement, detail = lock_both(engagement)
    if engagement.key:
        return engagement
    matter = shared(Kind(engagement.kind), matter, details)
    write_over(engagement, detail, body=body, matter=matter, details=details, by=by, at=at)
    return engagement


@transaction.atomic
def edit_assignment(
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
    engagement, detail = lock_both(engagement)
    require_unlocked(engagement)
    if not editable(engagement.state):
        raise WrongState(_("Ärendet kan inte ändras i läget ”%(state)s”.") % {"state": engagement.state_word})
    kind = Kind(engagement.kind)
    engagement = edit_engagement(
        engagement=engagement, by=by, at=at, seen_version=seen_version, reason=reason, **shared(kind, matter, details)
    )
    assign(detail, details)
    save_with_reason(detail, by=by, reason=reason)
    return engagement


@transaction.atomic
def file_trip_report(*, engagement: Engagement, report: str, filed_on: date, by: User, at: datetime) -> Engagement:
    """What the trip gave (C23). A granted trip is thereby carried out; a filed report can be put right afterwards.

    Raises WrongState for a trip that has not been granted, Incomplete without text.
    """
    require_text(report, "report", _("Skriv vad resan gav."))
    engagement, detail = lock_both(engagement)
    if not isinstance(detail, Trip) or engagement.state not in REPORTABLE:
        raise WrongState(_("Bara en beviljad resa kan få en reserapport."))
    carried_out(engagement, by=by, at=at)
    detail.report, detail.report_filed_on = report.strip(), filed_on
    save_with_reason(detail, by=by, reason="")
    return engagement


@transaction.atomic
def submit_influence(*, engagement: Engagement, submitted_on: date, result: str, by: User, at: datetime) -> Engagement:
    """The position has been handed over; what it led to can be written then or later."""
    engagement, detail = lock_both(engagement)
    if not isinstance(detail, EUInfluence) or engagement.state not in REPORTABLE:
        raise WrongState(_("Bara en beslutad ståndpunkt kan lämnas."))
    carried_out(engagement, by=by, at=at)
    detail.submitted_on, detail.result = submitted_on, result.strip()
    save_with_reason(detail, by=by, reason="")
    return engagement


def carried_out(engagement: Engagement, *, by: User, at: datetime) -> None:
    """What was granted is done; what is written of it can be put right afterwards."""
    if engagement.state == State.APPROVED:
        move(engagement, "complete", by=by, at=at)
    else:
        touch(engagement, at=at)
        save_with_reason(engagement, by=by, reason="")


@transaction.atomic
def close_assignment(*, engagement: Engagement, reason: str, by: User, at: datetime) -> Engagement:
    """It is over. Raises Incomplete without a word on how it ended."""
    require_text(reason, "reason", _("Skriv hur det slutade."))
    engagement = locked(engagement)
    move(engagement, "close", by=by, at=at, reason=reason.strip())
    return engagement


@transaction.atomic
def set_project_money(
    *, engagement: Engagement, year: int, funding_sek: Decimal, own_share_sek: Decimal, by: User, at: datetime
) -> ProjectYear:
    """A project's money in one year, in kronor; the same year again puts it right."""
    engagement, detail = lock_both(engagement)
    if not isinstance(detail, Project) or engagement.state == State.STRUCK:
        raise WrongState(_("Bara ett projekt har pengar per år."))
    row = detail.years.filter(year=year).first() or ProjectYear(project=detail, year=year)
    row.funding_sek, row.own_share_sek = funding_sek, own_share_sek
    save_with_reason(row, by=by, reason="")
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason=_("Pengar %(year)s") % {"year": year})
    return row


def shared(kind: Kind, matter: Fields, details: Fields) -> Fields:
    """What the engagement repeats of the detail row, for the router: the instrument."""
    said = details["form"] if kind == Kind.EU_INFLUENCE else details["kind"]
    return matter | {"instrument": INSTRUMENTS.get((kind, said)) or PLAIN_INSTRUMENTS[kind]}


def lock_both(engagement: Engagement) -> tuple[Engagement, Detail]:
    """The engagement and its detail row as they are now, locked until the transaction ends."""
    engagement = locked(engagement)
    kind = DETAILS[Kind(engagement.kind)]
    detail = kind.objects.select_for_update().filter(pk=engagement.pk).first() or kind()
    detail.engagement = engagement
    return engagement, detail


def detail_of(engagement: Engagement) -> Detail:
    """The kind's own row, an empty one where there is none yet."""
    kind = DETAILS[Kind(engagement.kind)]
    # through the engagement, so that what is covered in it is covered here
    return getattr(engagement, kind._meta.model_name or "", None) or kind(engagement=engagement)
