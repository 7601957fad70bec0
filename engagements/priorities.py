"""What the city or a body gives priority, and whether a matter falls within it (strategy 2016 section 3); what it watches."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from engagements.models import Engagement, Priority
from engagements.strategy import words
from organisation.models import Body
from stockholm_intl.kit.periods import not_ended


def in_force(*, on: date, as_of: datetime | None = None) -> QuerySet[Priority]:
    """Those of that day; with `as_of` as the register had them then, whatever has been written in since."""
    rows: Any = Priority.history.as_of(as_of) if as_of else Priority.objects.all()
    return rows.filter(not_ended(on), valid_from__lte=on)  # type: ignore[no-any-return]


def reaching(body: Body, *, on: date, as_of: datetime | None = None) -> QuerySet[Priority]:
    """The city's own, and those of the body or of the board it works for. The council's for all are the city's own."""
    own = Body.objects.with_boards_of([body.pk])
    return in_force(on=on, as_of=as_of).filter(Q(body__isnull=True) | Q(body__in=own), is_watch=False)


def watched(countries: Collection[str], *, on: date) -> set[str]:
    """Those of these countries that the city watches that day (C1)."""
    rows = in_force(on=on).filter(is_watch=True) if countries else ()
    return {code for row in rows for code in codes(row) & set(countries)}


def covers(priority: Priority, engagement: Engagement, theme: str = "") -> bool:
    """A priority that names both theme and countries takes both."""
    if priority.countries and str(engagement.country) not in codes(priority):
        return False
    said = f"{engagement.title} {engagement.summary} {theme}"
    return not priority.theme or words.speaks_of(priority.theme, said)


def codes(priority: Priority) -> set[str]:
    """The ISO codes of its countries."""
    return {str(country.code) for country in priority.countries}  # type: ignore[attr-defined]


def priority_of(engagement: Engagement, *, on: date, theme: str = "", as_of: datetime | None = None) -> Priority | None:
    """The priority in force that a matter falls within, the city's own first."""
    found = reaching(engagement.body, on=on, as_of=as_of).order_by("-body_id", "valid_from", "pk")
    return next((one for one in found if covers(one, engagement, theme)), None)


def written_by(priority: Priority) -> int | None:
    """The id of whoever wrote the priority in; None when nobody knows."""
    first = priority.history.order_by("history_date", "history_id").first()
    return first.history_user_id if first else None
