"""Who writes at a meeting whose agenda a matter stands on: without her a marked point can neither be decided nor taken off."""

from datetime import date

from django.db.models import QuerySet

from decisions.enums import CLOSED_STATES
from decisions.models import AgendaItem
from engagements.models import Engagement
from organisation.enums import Role
from organisation.models import Body, Mandate, User


def open_points(engagement: Engagement) -> QuerySet[AgendaItem]:
    """Where it waits for its outcome. What history brought waits for nobody."""
    rows = AgendaItem.objects.filter(engagement=engagement.pk, decision__isnull=True, meeting__source="")
    return rows.exclude(meeting__state__in=CLOSED_STATES).select_related("meeting__body")


def secretaries_of(body: Body, *, on: date) -> QuerySet[User]:
    """They who run its meetings in their own name that day; a substitute reads for a while, and is not asked for."""
    held = Mandate.objects.in_force(on=on).filter(body=body, role=Role.IB_SECRETARY)
    return User.objects.filter(pk__in=held.values("person"), is_active=True).order_by(
        "first_name", "last_name", "username"
    )


def writers_needed(engagement: Engagement, *, on: date) -> dict[str, list[User]]:
    """By point, in Swedish: of each of these one must read the matter while it waits there."""
    found = {}
    for item in open_points(engagement):
        if people := list(secretaries_of(item.meeting.body, on=on)):
            found[f"{item.meeting}, punkt {item.point}"] = people
    return found
