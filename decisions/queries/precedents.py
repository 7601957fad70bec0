"""What the committee decided before in matters like this one, and what collides with it."""

from collections.abc import Iterable

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from decisions.enums import FINAL_OUTCOMES
from decisions.models import AgendaItem, Decision
from decisions.queries.agenda import visible_matters
from engagements.enums import IN_FORCE_STATES, WAITING_STATES, Kind, Part
from engagements.masking import covered
from engagements.models import Engagement
from organisation.models import User

SHOWN = 4
CLASHING = {Kind.RECEPTION: Q(kind=Kind.RECEPTION), Kind.TRIP: Q(kind=Kind.TRIP, on_behalf_of_ks=True)}


def precedents(user: User, item: AgendaItem) -> list[Decision]:
    """Earlier final decisions in matters of the same kind that this person may read, the same partner's first.

    A counterpart marked secret, here or there, makes no two matters alike.
    """
    engagement = item.engagement
    if engagement is None:
        return []
    same = Q(engagement__counterpart=engagement.counterpart) if engagement.counterpart else Q(pk__in=[])
    if engagement.partner_id:
        same |= Q(engagement__partner=engagement.partner_id)
    secret = Q(engagement__secret_fields__contains=[Part.COUNTERPART.value])
    same = Q(pk__in=[]) if Part.COUNTERPART in engagement.secret_fields else same & ~secret
    earlier = Decision.objects.filter(
        visible_matters(user), item__isnull=False, outcome__in=FINAL_OUTCOMES, decided_on__lte=item.meeting.held_on
    ).exclude(engagement=engagement)
    found = (
        earlier.filter(Q(engagement__kind=engagement.kind) | same)
        .annotate(is_same=Case(When(same, then=Value(True)), default=Value(False), output_field=BooleanField()))
        .select_related("engagement", "item__meeting__body")
        .order_by("-is_same", "-decided_on", "-pk")[:SHOWN]
    )
    return covered_decisions(user, found)


def covered_decisions(user: User, decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions, and the points they were taken under, without what is marked secret for this reader."""
    found = list(decisions)
    for decision in found:
        if decision.item:
            decision.item.engagement = decision.engagement
    covered(user, [*found, *(decision.item for decision in found if decision.item)])
    return found


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
