"""Who was named in what is marked reads it for a body's sake: to the last day of the mandate there.

The body is the owner's house, one that the matter was given to (a board that decides it, a meeting it stands at), or the
city as a whole, for those who coordinate its work.
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
    """Not where another mandate keeps the person in such a body, or lets her read everywhere. A share by hand has terms of
    its own, and stays."""
    # told late, of a day that has passed: what she has come to since then counts
    left = Mandate.objects.in_force(on=max(last_day + timedelta(days=1), clock.local_date(at)))
    left = left.filter(person=mandate.person_id)
    if left.filter(role__in=sorted(EVERYWHERE)).exists():
        return
    rows = named_for(mandate, on=clock.local_date(at)).exclude(kept_by(left))
    for row in rows.filter(not_ended(last_day + timedelta(days=1))).order_by("pk"):
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


def named_for(mandate: Mandate, *, on: date) -> QuerySet[EngagementUserGrant]:
    """What names the person for the sake of this mandate, or may do."""
    rows = EngagementUserGrant.objects.filter(user=mandate.person_id, reason__startswith=NAMED)
    if mandate.role not in EVERYWHERE:
        house = Body.objects.house_of([mandate.body_id, *gone_up_in(mandate.body, on=on)])
        given = Q(content_object__group_grants__group=mandate.body.group_id)
        rows = rows.filter(Q(content_object__body__in=house) | given)
    return rows.select_related("content_object", "user").distinct()


def kept_by(left: QuerySet[Mandate]) -> Q:
    """What the owner's people read, and those it was given to; and what stayed in a body that has gone up in theirs."""
    house = set(Body.objects.house_of(left.values("body")).values_list("pk", flat=True))
    while more := set(Body.objects.filter(successor__in=house).exclude(pk__in=house).values_list("pk", flat=True)):
        house |= more
    return Q(content_object__body__in=house) | Q(content_object__group_grants__group__body__in=house)


def gone_up_in(body: Body, *, on: date) -> set[int]:
    """Where its matters are now, once it is no more."""
    return successors(body) if body.valid_to and body.valid_to < on else set()
