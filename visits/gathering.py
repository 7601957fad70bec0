"""What the rows of visits and receptions tell the router of competence and the checks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engagements.enums import IN_FORCE_STATES, OPEN_STATES, Instrument, Kind
from engagements.gathering import gathers, last_written, witnesses
from engagements.models import Engagement
from engagements.priorities import priority_of
from engagements.strategy.checks.receptions import hours_of
from engagements.strategy.words import counterpart_kind, in_the_regions_field
from stockholm_intl.kit import clock
from visits.enums import VisitorKind, VisitType
from visits.models import Reception, VisitRequest
from visits.rules import GRADED

INSTRUMENTS = {
    VisitType.PROTOCOL_VISIT: Instrument.PROTOCOL_VISIT,
    VisitType.STATE_VISIT: Instrument.STATE_VISIT,
    VisitType.INVITATION_LETTER: Instrument.INVITATION_LETTER,
}


@gathers
def of_visit(engagement: Engagement, on: date) -> Mapping[str, Any]:
    """Level, theme (M17), and the instrument when its kind has a row of its own in the matrix (M16, M20)."""
    visit = getattr(engagement, "visit", None) if engagement.kind == Kind.VISIT else None
    if visit is None:
        return {}
    found: dict[str, Any] = {"level": visit.level}
    if visit.is_urban_development:
        found["theme"] = "urban_development"
    if visit.visit_type in INSTRUMENTS:
        found["instrument"] = INSTRUMENTS[VisitType(visit.visit_type)]
    # what is not prioritised is not so; nobody is asked (M16). A state visit goes its own way in any case (M20)
    if engagement.pk and visit.visit_type != VisitType.STATE_VISIT and is_prioritised(engagement, visit, on=on):
        found["prioritised"] = True
    return found


def is_prioritised(engagement: Engagement, visit: VisitRequest, *, on: date) -> bool:
    """A visit that is decided keeps the row it was decided by: by what was prioritised, and written in, that day."""
    then = None if engagement.state in OPEN_STATES else engagement.decided_at
    day = clock.local_date(then) if then else on
    return priority_of(engagement, on=day, theme=visit.wants, as_of=then) is not None


# What the kind of visitors tells of a counterpart that neither register nor name does.
KINDS_OF_VISITORS = {
    VisitorKind.ACADEMIA: "academia",
    VisitorKind.ASSOCIATIONS: "organisation",
    VisitorKind.COMPANIES: "company",
}


@witnesses
def visit_for_checks(engagement: Engagement) -> Mapping[str, Any]:
    """C1, C14: who comes, why, what the city gains and how it was graded."""
    visit = getattr(engagement, "visit", None) if engagement.kind == Kind.VISIT else None
    if visit is None:
        return {}
    grades = {name: getattr(visit, name) for name in GRADED}
    found: dict[str, Any] = {
        # what they want is a purpose, and what the city gains may stand in the grading alone
        "purpose": visit.purpose or visit.wants,
        "benefit": visit.benefit or gains(visit),
        "grades": None if None in grades.values() else grades,
    }
    if visit.visit_type in INSTRUMENTS and engagement.instrument != Instrument.INVITATION_LETTER:
        found["instrument"] = INSTRUMENTS[VisitType(visit.visit_type)]
    said = engagement.partner is None and counterpart_kind(engagement.counterpart) is None
    if said and visit.visitor_kind in KINDS_OF_VISITORS:
        found["counterpart_kind"] = KINDS_OF_VISITORS[VisitorKind(visit.visitor_kind)]
    return found


def gains(visit: VisitRequest) -> str:
    """What the grading says that the visit gives: the reasons of what it gives something of, else their names."""
    given = [name for name in GRADED if getattr(visit, name)]
    return " ".join(getattr(visit, f"{name}_why") or name for name in given)


@witnesses
def reception_for_checks(engagement: Engagement) -> Mapping[str, Any]:
    """R1-R8: what the application says, and whether the hour is taken."""
    reception = getattr(engagement, "reception", None) if engagement.kind == Kind.RECEPTION else None
    if reception is None:
        return {}
    same = (
        "share_abroad", "share_is_estimate", "congress_in_city", "guests_stay_in_city", "guests", "congress_from",
        "congress_to", "slot", "why_the_city", "region_co_hosts", "participants", "attested_by", "attester_attended",
    )  # fmt: skip
    found = {name: getattr(reception, name) for name in same}
    text = f"{engagement.title} {engagement.counterpart} {reception.why_the_city}"
    return found | {
        "region_field": in_the_regions_field(text),
        "slot_is_taken": slot_is_taken(engagement, reception),
        "why_written": last_written(reception, "why_the_city"),
    }


def slot_is_taken(engagement: Engagement, reception: Reception) -> bool | None:
    """R5: another granted reception in the same hall that evening, at hours that overlap. None without day.

    One that is secret is not told of: whoever holds the hall sees to it.
    """
    if engagement.starts_on is None:
        return None
    others = Reception.objects.filter(
        engagement__starts_on=engagement.starts_on, engagement__state__in=IN_FORCE_STATES, engagement__is_secret=False
    ).exclude(pk=reception.pk)
    return any(same_hall(reception, other) and overlapping(reception.slot, other.slot) for other in others)


def same_hall(one: Reception, other: Reception) -> bool:
    return not one.venue or not other.venue or one.venue.lower() == other.venue.lower()


def overlapping(one: str, other: str) -> bool:
    """Hours that nobody has said may be any."""
    mine, theirs = hours_of(one), hours_of(other)
    return mine is None or theirs is None or (mine[0] < theirs[1] and theirs[0] < mine[1])
