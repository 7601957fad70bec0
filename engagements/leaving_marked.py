"""Who was named in what a body has marked reads it for the body's sake: to the last day of the mandate there."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from engagements.models import EngagementUserGrant
from engagements.permission import grant, withdraw
from engagements.rescue import NAMED
from organisation.enums import Action
from organisation.models import Body, Mandate, User
from organisation.operations import after_ending
from organisation.roles import EVERYWHERE
from stockholm_intl.kit import clock


@after_ending
def end_with_it(mandate: Mandate, *, last_day: date, by: User, at: datetime) -> None:
    """Not while another mandate keeps the person in the house, or lets her read everywhere. A share by hand has terms of
    its own, and stays."""
    house = Body.objects.house_of([mandate.body_id])
    left = Mandate.objects.in_force(on=last_day + timedelta(days=1)).filter(person=mandate.person_id)
    if left.filter(Q(body__in=house) | Q(role__in=sorted(EVERYWHERE))).exists():
        return
    rows = EngagementUserGrant.objects.filter(user=mandate.person_id, reason=NAMED, content_object__body__in=house)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last_day))
    for row in rows.select_related("content_object", "user").order_by("pk"):
        told: dict[str, Any] = {
            "engagement": row.content_object,
            "to": row.user,
            "action": Action.READ,
            "by": by,
            "at": at,
        }
        if last_day < clock.local_date(at):
            withdraw(reason="Mandatet är avslutat", **told)
        else:
            grant(reason=NAMED, until=last_day, by_hand=True, **told)
