"""Engagements as Internationella beredningen meets them: what it may cite, who sits in it, where they stand on its agendas."""

from datetime import date

from django.db.models import QuerySet

from decisions.enums import CLOSED_STATES
from decisions.models import AgendaItem, DelegationPoint, Meeting
from decisions.rules import DELEGATING_KINDS
from engagements.models import Engagement
from organisation.enums import Role
from organisation.models import Body, Mandate, User

SITTING = frozenset({Role.IB_MEMBER, Role.FINANCE_COMMISSIONER})


def points_for(*, on: date) -> QuerySet[DelegationPoint]:
    """The delegation points that a decision of the commissioner may cite that day."""
    return DelegationPoint.objects.in_force(on=on).filter(body__kind__in=DELEGATING_KINDS)


def commissioner_of(body: Body, *, on: date) -> User | None:
    """The person who is finansborgarråd that day, where the register of mandates knows one."""
    mandates = Mandate.objects.in_force(on=on).filter(body=body, role=Role.FINANCE_COMMISSIONER, is_deputy=False)
    mandate = mandates.select_related("person").first()
    return mandate.person if mandate else None


def approvers_of(meeting: Meeting, *, secretary: User) -> QuerySet[User]:
    """Who may approve the meeting's list (R13): the committee's own people that day, but not who wrote it."""
    sitting = Mandate.objects.in_force(on=meeting.held_on).filter(body=meeting.body, role__in=SITTING)
    return (
        User.objects.filter(pk__in=sitting.values("person"), is_active=True)
        .exclude(pk=secretary.pk)
        .order_by("last_name", "first_name")
    )


def open_items() -> QuerySet[AgendaItem]:
    """On an agenda, without an outcome yet. History's points never had one here, and wait for nothing."""
    waiting = AgendaItem.objects.filter(decision__isnull=True, meeting__source="")
    return waiting.exclude(meeting__state__in=CLOSED_STATES)


def standing_item(engagement: Engagement) -> AgendaItem | None:
    """The point where this engagement waits for an outcome now."""
    return open_items().filter(engagement=engagement).select_related("meeting__body").first()
