"""What the city or a body gives priority, and whether a matter falls within it (strategy 2016 section 3); what it watches."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from engagements.models import Engagement, Priority
from organisation.models import Body

SHORT = 4  # letters of och, med, inom: a word that short tells nothing


def in_force(*, on: date) -> QuerySet[Priority]:
    return Priority.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


def reaching(body: Body, *, on: date) -> QuerySet[Priority]:
    """The city's own, and those of the body or of the board it works for. The council's for all are the city's own."""
    own = Body.objects.with_boards_of([body.pk])
    return in_force(on=on).filter(Q(body__isnull=True) | Q(body__in=own), is_watch=False)


def watched(countries: Collection[str], *, on: date) -> set[str]:
    """Those of these countries that the city watches that day (C1)."""
    rows = in_force(on=on).filter(is_watch=True) if countries else ()
    return {code for row in rows for code in codes(row) & set(countries)}


def covers(priority: Priority, engagement: Engagement, theme: str = "") -> bool:
    """A priority that names both theme and countries takes both."""
    if priority.countries and str(engagement.country) not in codes(priority):
        return False
    said = f"{engagement.title} {engagement.summary} {theme}".lower()
    return not priority.theme or any(word in said for word in telling(priority.theme))


def telling(theme: str) -> list[str]:
    """The words of a theme that say something: klimatbudget och inköp is klimatbudget, inköp."""
    words = [word.strip(",.;:()") for word in theme.lower().split()]
    return [word for word in words if len(word) > SHORT] or words


def codes(priority: Priority) -> set[str]:
    """The ISO codes of its countries."""
    return {str(country.code) for country in priority.countries}  # type: ignore[attr-defined]


def priority_of(engagement: Engagement, *, on: date, theme: str = "") -> Priority | None:
    """The priority in force that a matter falls within, the city's own first."""
    found = reaching(engagement.body, on=on).order_by("-body_id", "valid_from", "pk")
    return next((one for one in found if covers(one, engagement, theme)), None)


def written_by(priority: Priority) -> int | None:
    """The id of whoever wrote the priority in; None when nobody knows."""
    first = priority.history.order_by("history_date", "history_id").first()
    return first.history_user_id if first else None
