"""A point of a past meeting: the meeting is made or found, and the point put where the source says it stood."""

import re
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from decisions.enums import MeetingState, Section
from decisions.history.rows import Event
from decisions.models import AgendaItem, Meeting
from engagements.operations import save_with_reason
from organisation.models import Body, User
from stockholm_intl.kit.csv_files import RowRefused

# "IB nr 9/2015 punkt 7.1 (dnr 803-1016/2015)"
NUMBER = re.compile(r"\bnr\s*([1-9]\d{0,2})\s*/\s*(\d{4})\b", re.IGNORECASE)
POINT = re.compile(r"\bpunkt\s*(\d{1,3}(?:\.\d{1,3})?)", re.IGNORECASE)
TRAVEL_REPORT = re.compile(r"\breserapport", re.IGNORECASE)
REPRESENTATION = re.compile(r"\b(mottagning|representation)", re.IGNORECASE)


def land_item(event: Event, body: Body, *, by: User | None, reason: str) -> None:
    """Raises RowRefused when the day is not known, or says another day than the meeting has."""
    meeting = meeting_of(event, body, by=by, reason=reason)
    section = section_of(event.title)
    last = meeting.items.filter(section=section).aggregate(last=Max("position"))["last"] or 0
    point = POINT.search(event.title)
    item = AgendaItem(
        meeting=meeting,
        section=section,
        position=last + 1,
        number=point[1] if point else "",
        title=event.title,
        reasons=event.decision,
        source=event.source,
        fingerprint=event.fingerprint,
    )
    save_with_reason(item, by=by, reason=reason)


def meeting_of(event: Event, body: Body, *, by: User | None, reason: str) -> Meeting:
    number, year = numbered(event.title)
    meeting = known_meeting(body, number, year, event.day)
    held_on = event.day or (meeting.held_on if meeting else None)
    if held_on is None:
        raise RowRefused(_("Mötets dag saknas. Skriv hela datumet, till exempel 2015-11-11."))
    if year and held_on.year != year:
        raise RowRefused(_("Rubriken säger %(year)s men datumet är %(day)s.") % {"year": year, "day": held_on})
    if meeting is None:
        return new_meeting(event, body, number, held_on, by=by, reason=reason)
    if meeting.held_on != held_on:
        raise RowRefused(
            _("%(meeting)s hölls %(held)s enligt registret, men raden säger %(day)s.")
            % {"meeting": meeting, "held": meeting.held_on, "day": held_on}
        )
    return meeting


def known_meeting(body: Body, number: int | None, year: int | None, day: date | None) -> Meeting | None:
    """By its number, or by its day when neither the source nor the register gives it one."""
    if number and year:
        return Meeting.objects.filter(body=body, year=year, number=number).first()
    return Meeting.objects.filter(body=body, held_on=day, number=None).first() if day else None


def new_meeting(
    event: Event, body: Body, number: int | None, held_on: date, *, by: User | None, reason: str
) -> Meeting:
    meeting = Meeting(
        body=body,
        year=held_on.year,
        number=number,
        held_on=held_on,
        state=MeetingState.HELD,
        # a source marks what history brought: such a meeting waits for nothing
        source=event.source or reason,
    )
    save_with_reason(meeting, by=by, reason=reason)
    return meeting


def numbered(title: str) -> tuple[int | None, int | None]:
    found = NUMBER.search(title)
    return (int(found[1]), int(found[2])) if found else (None, None)


def section_of(title: str) -> Section:
    if TRAVEL_REPORT.search(title):
        return Section.TRAVEL_REPORTS
    return Section.REPRESENTATION if REPRESENTATION.search(title) else Section.INTERNATIONAL
