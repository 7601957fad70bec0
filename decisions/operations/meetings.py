"""A meeting from the notice to the report to kommunstyrelsen."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from decisions.enums import MeetingState
from decisions.models import Meeting
from decisions.operations.guards import held_row, keep, locked_meeting, require_seen
from engagements.rules import Incomplete, RuleBroken, WrongState
from organisation.enums import BodyKind
from organisation.models import Body, User
from stockholm_intl.kit import clock
from stockholm_intl.kit.templatetags.formats import date_sv


@transaction.atomic
def create_meeting(
    *,
    body: Body,
    held_on: date,
    by: User,
    at: datetime,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    present: str = "",
    registry_number: str = "",
    is_sample: bool = False,
) -> Meeting:
    """The body's next meeting that year: IB nr 9/2026. The body's row is locked, so no number is given twice."""
    body = Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    if body.kind != BodyKind.INTERNATIONAL_COMMITTEE:
        raise RuleBroken(_("%(body)s har sina möten i ett annat system.") % {"body": body})
    require_free_day(body, held_on)
    last = Meeting.objects.filter(body=body, year=held_on.year).aggregate(last=Max("number"))["last"]
    meeting = Meeting(
        body=body, year=held_on.year, number=(last or 0) + 1, held_on=held_on, starts_at=starts_at, ends_at=ends_at,
        place=place, present=present, registry_number=registry_number, is_sample=is_sample,
    )  # fmt: skip
    keep(meeting, by=by, at=at)
    return meeting


@transaction.atomic
def edit_meeting(
    *, meeting: Meeting, by: User, at: datetime, seen_version: int, reason: str = "", **fields: Any
) -> Meeting:
    """Change day, time, place, those present, dnr. Raises EditConflict when somebody changed it in between."""
    meeting = locked_meeting(meeting.pk)
    require_seen(meeting, seen_version)
    day = fields.get("held_on", meeting.held_on)
    if day.year != meeting.year:
        raise RuleBroken(
            _("Mötet är numrerat i %(year)s. Välj en dag i %(year)s eller skapa ett nytt möte.")
            % {"year": meeting.year}
        )
    if day != meeting.held_on:
        require_free_day(meeting.body, day)
        require_decided_by(meeting, day)
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.version += 1
    keep(meeting, by=by, at=at, reason=reason)
    return meeting


def require_free_day(body: Body, day: date) -> None:
    """One meeting a day: the form sent twice makes one meeting, and says so."""
    twin = Meeting.objects.filter(body=body, held_on=day).select_related("body").first()
    if twin:
        raise RuleBroken(_("Det finns redan ett möte den dagen: %(meeting)s.") % {"meeting": twin})


def require_decided_by(meeting: Meeting, day: date) -> None:
    if day > meeting.held_on and meeting.items.filter(decision__decided_on__lt=day).exists():
        raise RuleBroken(_("Beslut är redan inskrivna. Mötet kan inte flyttas till en senare dag."))


@transaction.atomic
def mark_held(*, meeting: Meeting, by: User, at: datetime) -> Meeting:
    """It has taken place. Raises WrongState the second time, RuleBroken before its day."""
    meeting = locked_meeting(meeting.pk)
    if meeting.state != MeetingState.PLANNED:
        raise WrongState(_("%(meeting)s är redan markerat som hållet.") % {"meeting": meeting})
    if meeting.held_on > clock.local_date(at):
        raise RuleBroken(
            _("Mötet är först den %(day)s. Ändra dagen om det redan har hållits.") % {"day": date_sv(meeting.held_on)}
        )
    meeting.state = MeetingState.HELD
    meeting.version += 1
    keep(meeting, by=by, at=at, reason="Mötet har hållits")
    return meeting


@transaction.atomic
def report_to_ks(*, meeting: Meeting, by: User, at: datetime, on: date, paragraph: str) -> Meeting:
    """Kommunstyrelsen has been told of the decisions; nothing remains to be written here (R12, R15).

    Raises WrongState before the list is approved and when it is reported already.
    """
    meeting = held_row(meeting.pk)
    require_approved(meeting)
    paragraph = paragraph.strip().removeprefix("§").strip()
    if not paragraph:
        raise Incomplete(_("Skriv paragrafen i kommunstyrelsens protokoll."), {"paragraph": _("Paragrafen saknas.")})
    if on < meeting.held_on:
        raise RuleBroken(
            _("Besluten kan inte anmälas före mötet, som var den %(day)s.") % {"day": date_sv(meeting.held_on)}
        )
    if on > clock.local_date(at):
        raise RuleBroken(_("Dagen har inte varit än. Skriv in anmälan när kommunstyrelsen har sammanträtt."))
    meeting.state = MeetingState.REPORTED
    meeting.reported_on, meeting.reported_paragraph = on, paragraph
    meeting.version += 1
    keep(meeting, by=by, at=at, reason="Anmält till kommunstyrelsen")
    return meeting


def require_approved(meeting: Meeting) -> None:
    said = {
        MeetingState.PLANNED: _("Markera först att mötet har hållits, och justera sedan beslutslistan."),
        MeetingState.HELD: _("Justera först beslutslistan."),
        MeetingState.REPORTED: _("%(meeting)s är redan anmält till kommunstyrelsen.") % {"meeting": meeting},
    }
    if meeting.state != MeetingState.APPROVED:
        raise WrongState(said[MeetingState(meeting.state)])
