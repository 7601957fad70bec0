"""Who was named in what is marked reads it for a body's sake: to the last day of the mandate there.

The body is the owner's house, or one that the matter was given to: a board that decides it, a meeting it stands at.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from engagements.merging import successors
from engagements.models import EngagementUserGrant
from engagements.permission import grant, withdraw
from engagements.rescue import NAMED
from organisation.enums import Action
from organisation.models import Body, Mandate, User
from organisation.operations import after_ending
from organisation.roles import EVERYWHERE
from stockholm_intl.kit import clock
from stockholm_intl.kit.periods import not_ended


@after_ending
def end_with_it(mandate: Mandate, *, last_day: date, by: User | None, at: datetime) -> None:
    """Not while another mandate keeps the person in the house, or lets her read everywhere. A share by hand has terms of
    its own, and stays."""
    house = Body.objects.house_of([mandate.body_id, *gone_up_in(mandate.body, on=clock.local_date(at))])
    # told late, of a day that has passed: what she has come to since then counts
    left = Mandate.objects.in_force(on=max(last_day + timedelta(days=1), clock.local_date(at)))
    left = left.filter(person=mandate.person_id)
    if left.filter(Q(body__in=house) | Q(role__in=sorted(EVERYWHERE))).exists():
        return
    for row in named_for(mandate, house, left).filter(not_ended(last_day + timedelta(days=1))).order_by("pk"):
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
            grant(reason=row.reason, until=last_day, by_hand=True, **told)


def gone_up_in(body: Body, *, on: date) -> set[int]:
    """Where its matters are now, once it is no more."""
    return successors(body) if body.valid_to and body.valid_to < on else set()


def named_for(mandate: Mandate, house: QuerySet[Body], left: QuerySet[Mandate]) -> QuerySet[EngagementUserGrant]:
    """What names the person in the house's matters and in those given to the body, where no mandate that is `left` reaches."""
    stays = Body.objects.house_of(left.values("body"))
    theirs = Q(content_object__body__in=house) | Q(content_object__group_grants__group=mandate.body.group_id)
    rows = EngagementUserGrant.objects.filter(theirs, user=mandate.person_id, reason__startswith=NAMED)
    rows = rows.exclude(content_object__body__in=stays.values("pk"))
    return rows.select_related("content_object", "user").distinct()
