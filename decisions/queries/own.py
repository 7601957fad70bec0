"""In whose name a person decides in a body's own field, and on what ground."""

from datetime import date

from django.db.models import QuerySet

from decisions.models import DelegationPoint
from engagements.models import Engagement
from engagements.routing import decides_by_right, deciding_body
from organisation.enums import BodyKind, Role
from organisation.models import Body, User
from organisation.queries import roles_in, stands_in_as


def authority(by: User, engagement: Engagement, *, on: date, step: str = "") -> str:
    """Who decides when this person does; in Swedish, as the register and its lists write it."""
    body = engagement.body
    if writes_in(by, engagement, on=on):
        return deciding_body(by, engagement, on=on, step=step).name
    if Role.HEAD in roles_in(by, body.pk, on=on):
        title = "Verkställande direktören" if body.kind == BodyKind.COMPANY else "Förvaltningschefen"
        return f"{title} genom vikarie" if stands_in_as(by, Role.HEAD, body.pk, on=on) else title
    return by.title or "Delegaten"


def writes_in(by: User, engagement: Engagement, *, on: date) -> bool:
    """Whether this person writes in what a board has decided, with its day and paragraph, and decides nothing herself."""
    deciding = deciding_body(by, engagement, on=on)
    return deciding != engagement.body or Role.BOARD_SECRETARY in roles_in(by, deciding.pk, on=on)


def must_cite(by: User, engagement: Engagement, *, on: date, step: str = "") -> bool:
    """A delegate decides under a point of the body's scheme, and the head too where it is the board's to decide (C21)."""
    return not decides_by_right(by, engagement, on=on, step=step)


def own_points(body: Body, *, on: date) -> QuerySet[DelegationPoint]:
    """The points in force of the body's scheme, which its board or the body that took over may have adopted."""
    house = [body.pk, *([body.successor_id] if body.successor_id else [])]
    return DelegationPoint.objects.in_force(on=on).filter(body__in=Body.objects.with_boards_of(house))
