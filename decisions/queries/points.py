"""Whose delegation scheme a person keeps."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from decisions.models import Decision, DelegationPoint
from decisions.rules import DELEGATING_KINDS
from organisation.enums import Action
from organisation.models import Body, User
from organisation.queries import access_of
from stockholm_intl.kit import clock
from stockholm_intl.kit.swedish import in_alphabet


def may_keep_scheme(user: User, body: Body) -> bool:
    """The head's or the board secretary's own body; kommunstyrelsen's and its committee's by who keeps the registers."""
    access = access_of(user)
    if body.pk in access.bodies(Action.KEEP_SCHEME):
        return True
    return body.kind in DELEGATING_KINDS and Action.KEEP_REGISTERS in access.house_rights


def bodies_with_scheme(user: User) -> QuerySet[Body]:
    access = access_of(user)
    mine = Q(pk__in=access.bodies(Action.KEEP_SCHEME))
    if Action.KEEP_REGISTERS in access.house_rights:
        mine |= Q(kind__in=DELEGATING_KINDS)
    return Body.objects.in_force(on=clock.today()).filter(mine).order_by(in_alphabet("name"))


def with_citations(points: QuerySet[DelegationPoint]) -> QuerySet[DelegationPoint]:
    """`is_cited`: a decision rests on it, so it is never edited."""
    return points.annotate(is_cited=Exists(Decision.objects.filter(point=OuterRef("pk"))))
