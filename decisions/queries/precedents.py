"""What the committee decided before in matters like this one, and what collides with it."""

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from decisions.enums import FINAL_OUTCOMES
from decisions.models import AgendaItem, Decision
from decisions.queries.agenda import visible_matters
from engagements.enums import IN_FORCE_STATES, WAITING_STATES, Kind
from engagements.models import Engagement
from organisation.models import User

SHOWN = 4
CLASHING = {Kind.RECEPTION: Q(kind=Kind.RECEPTION), Kind.TRIP: Q(kind=Kind.TRIP, on_behalf_of_ks=True)}


def precedents(user: User, item: AgendaItem) -> QuerySet[Decision]:
    """Earlier final decisions in matters of the same kind that this person may read, the same partner's first."""
    engagement = item.engagement
    if engagement is None:
        return Decision.objects.none()
    same = Q(engagement__counterpart=engagement.counterpart) if engagement.counterpart else Q(pk__in=[])
    if engagement.partner_id:
        same |= Q(engagement__partner=engagement.partner_id)
    earlier = Decision.objects.filter(
        visible_matters(user), item__isnull=False, outcome__in=FINAL_OUTCOMES, decided_on__lte=item.meeting.held_on
    ).exclude(engagement=engagement)
    return (
        earlier.filter(Q(engagement__kind=engagement.kind) | same)
        .annotate(is_same=Case(When(same, then=Value(True)), default=Value(False), output_field=BooleanField()))
        .select_related("engagement", "item__meeting__body")
        .order_by("-is_same", "-decided_on", "-pk")[:SHOWN]
    )


def clashes(user: User, engagement: Engagement) -> QuerySet[Engagement]:
    """Receptions the same day (R5), or other journeys for kommunstyrelsen in the same days, asked for or granted."""
    others = Engagement.objects.visible_to(user).exclude(pk=engagement.pk)
    if engagement.starts_on is None or engagement.kind not in CLASHING:
        return others.none()
    ends_on = engagement.ends_on or engagement.starts_on
    overlapping = Q(starts_on__lte=ends_on) & (
        Q(ends_on__gte=engagement.starts_on) | Q(ends_on__isnull=True, starts_on__gte=engagement.starts_on)
    )
    found = others.filter(CLASHING[Kind(engagement.kind)], overlapping, state__in=WAITING_STATES | IN_FORCE_STATES)
    return found.order_by("starts_on", "pk")[:SHOWN]
