"""Yes, no, and how long: what the report reads out of an engagement's state, dates and history."""

from datetime import date
from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least, TruncDate

from engagements.enums import IN_FORCE_STATES, OPEN_STATES, Kind, State
from engagements.models import Engagement

NOT_COUNTED = (State.DRAFT, State.STRUCK)


def was_declined(prefix: str = "") -> Exists:
    """A closed matter says no more what was decided; its history does."""
    return Exists(Engagement.history.filter(id=OuterRef(f"{prefix}id"), state=State.DECLINED))


def said_yes(prefix: str = "") -> Q:
    closed = Q(**{f"{prefix}state": State.CLOSED})
    return Q(**{f"{prefix}state__in": sorted(IN_FORCE_STATES)}) | closed & ~Q(was_declined(prefix))


def said_no(prefix: str = "") -> Q:
    closed = Q(**{f"{prefix}state": State.CLOSED})
    return Q(**{f"{prefix}state": State.DECLINED}) | closed & Q(was_declined(prefix))


def within(field: str, years: tuple[int, ...]) -> Q:
    return Q(**{f"{field}__gte": date(years[0], 1, 1), f"{field}__lte": date(years[-1], 12, 31)})


def day(field: str) -> TruncDate:
    return TruncDate(field)  # in Stockholm: the current time zone


def closed_day(prefix: str) -> Case:
    """The day it was closed, for those whose own end nobody wrote."""
    return Case(
        When(**{f"{prefix}state": State.CLOSED}, then=day(f"{prefix}closed_at")),
        default=Value(None),
        output_field=DateField(),
    )


def with_span(engagements: QuerySet[Engagement]) -> QuerySet[Any]:
    """Adds `begins` and `ends`: a matter lives from the day it came on record, or its own first day if that is earlier,
    to its own last day, or to the day it was closed or declined. Without an end it goes on."""
    own_first = Least("starts_on", "membership__entered_on", "agreement__entered_on")
    # what history brought came on record long after it happened
    begins = Case(
        When(fingerprint__isnull=False, then=own_first),
        default=Least(own_first, day("registered_at")),
        output_field=DateField(),
    )
    of_one_day = Case(
        When(kind__in=[Kind.VISIT, Kind.RECEPTION, Kind.TRIP, Kind.EU_INFLUENCE], then=F("starts_on")),
        default=Value(None),
        output_field=DateField(),
    )
    own_last = Coalesce(
        "membership__ended_on",
        "agreement__ended_on",
        "agreement__ends_on",
        "euinfluence__submitted_on",
        "ends_on",
        of_one_day,
        closed_day(""),
    )
    ends = Case(
        When(state__in=sorted(OPEN_STATES), then=Value(None)),
        When(said_no(), then=Coalesce(day("decided_at"), "starts_on", day("updated_at"))),
        When(state=State.COMPLETED, then=Coalesce(own_last, day("decided_at"))),
        default=own_last,
        output_field=DateField(),
    )
    return engagements.annotate(begins=begins, ends=ends)


def ongoing(years: tuple[int, ...]) -> QuerySet[Any]:
    """What lived on some day of these years."""
    counted = Engagement.objects.exclude(state__in=NOT_COUNTED)
    still = Q(ends__isnull=True) | Q(ends__gte=date(years[0], 1, 1))
    return with_span(counted).filter(still, begins__lte=date(years[-1], 12, 31))
