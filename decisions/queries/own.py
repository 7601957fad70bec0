"""In whose name a person decides in a body's own field, and on what ground."""

from datetime import date

from django.db.models import QuerySet

from decisions.models import DelegationPoint
from engagements.models import Engagement
from organisation.enums import BodyKind, Role
from organisation.models import Body, User
from organisation.queries import roles_in, stands_in_as

OWN_RIGHT = frozenset({Role.HEAD, Role.BOARD_SECRETARY})


def authority(by: User, engagement: Engagement, *, on: date) -> str:
    """Who decides when this person does; in Swedish, as the register and its lists write it."""
    roles = roles_in(by, engagement.body_id, on=on)
    body = engagement.body
    if Role.HEAD in roles:
        title = "Verkställande direktören" if body.kind == BodyKind.COMPANY else "Förvaltningschefen"
        return f"{title} genom vikarie" if stands_in_as(by, Role.HEAD, body.pk, on=on) else title
    if Role.BOARD_SECRETARY in roles:
        return (body.board or body).name
    return by.title or "Delegaten"


def must_cite(by: User, engagement: Engagement, *, on: date) -> bool:
    """A delegate has no right of her own: she decides under a point of the body's scheme."""
    return not roles_in(by, engagement.body_id, on=on) & OWN_RIGHT


def own_points(body: Body, *, on: date) -> QuerySet[DelegationPoint]:
    """The points in force of the body's scheme, which its board or the body that took over may have adopted."""
    house = [body.pk, *([body.successor_id] if body.successor_id else [])]
    return DelegationPoint.objects.in_force(on=on).filter(body__in=Body.objects.with_boards_of(house))
