"""The delegation scheme as it changes: a point is added, replaced by a new version or ended; what was cited stands."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from decisions.models import DelegationPoint
from decisions.queries.points import may_keep_scheme
from engagements.rules import RuleBroken
from organisation.models import Body, User
from stockholm_intl.kit.keeping import keep
from stockholm_intl.kit.locks import take_turn
from stockholm_intl.kit.periods import not_ended


@transaction.atomic
def add_point(*, body: Body, code: str, by: User, at: datetime, reason: str = "", **fields: Any) -> DelegationPoint:
    """A point that the body's scheme did not have, or has no longer.

    `fields` are version, matter, delegate, conditions, valid_from and valid_to. Raises PermissionDenied for who does not
    keep this body's scheme, RuleBroken for a version that exists or days that another version has.
    """
    require_keeper(by, body)
    take_turn(f"delegation {body.pk}")
    point = DelegationPoint(body=body, code=code, **fields)
    require_sound(point)
    keep(point, by=by, at=at, reason=reason.strip())
    return point


@transaction.atomic
def replace_point(
    *, point: DelegationPoint, by: User, at: datetime, reason: str = "", **fields: Any
) -> DelegationPoint:
    """A new version of a point; the old one ends the day before. Decisions keep the version they cited.

    Raises as add_point, and RuleBroken when the old version was cited on or after the new one's first day.
    """
    point = locked_point(point, by)
    day_before = fields["valid_from"] - timedelta(days=1)
    if day_before < point.valid_from:
        raise RuleBroken(_("Den nya versionen börjar före den gamla. Välj en senare dag."), "valid_from")
    require_uncited_after(point, day_before, "valid_from")
    if point.valid_to is None or point.valid_to > day_before:
        point.valid_to = day_before
        keep(point, by=by, at=at, reason=_("Ersatt av version %(version)s") % {"version": fields["version"]})
    new = DelegationPoint(body=point.body, code=point.code, is_sample=point.is_sample, **fields)
    require_sound(new)
    keep(new, by=by, at=at, reason=reason.strip())
    return new


@transaction.atomic
def mend_point(*, point: DelegationPoint, by: User, at: datetime, reason: str, **fields: Any) -> DelegationPoint:
    """Correct a point that no decision rests on yet. Raises as add_point, and RuleBroken for one that was cited."""
    point = locked_point(point, by)
    require_uncited(point)
    for name, value in fields.items():
        setattr(point, name, value)
    require_sound(point)
    keep(point, by=by, at=at, reason=reason.strip())
    return point


@transaction.atomic
def end_point(*, point: DelegationPoint, last_day: date, by: User, at: datetime, reason: str) -> DelegationPoint:
    """The point can be cited through `last_day`. Raises RuleBroken for one that ends before, or was cited later."""
    point = locked_point(point, by)
    if point.valid_to and point.valid_to < last_day:
        raise RuleBroken(_("Punkten upphör redan dessförinnan."), "last_day")
    if last_day < point.valid_from:
        raise RuleBroken(_("Sista dagen är före första dagen. Ändra den."), "last_day")
    require_uncited_after(point, last_day, "last_day")
    point.valid_to = last_day
    keep(point, by=by, at=at, reason=reason.strip())
    return point


def require_keeper(by: User, body: Body) -> None:
    if not may_keep_scheme(by, body):
        raise PermissionDenied(
            _(
                "Organets chef eller nämndsekreterare vårdar delegationsordningen; stadsledningskontoret kommunstyrelsens."
            )
        )


def locked_point(point: DelegationPoint, by: User) -> DelegationPoint:
    found = DelegationPoint.objects.select_for_update(of=("self",)).select_related("body").get(pk=point.pk)
    require_keeper(by, found.body)
    take_turn(f"delegation {found.body_id}")
    return found


def require_sound(point: DelegationPoint) -> None:
    """One version at a time, each under its own name."""
    if point.valid_to and point.valid_to < point.valid_from:
        raise RuleBroken(_("Sista dagen är före första dagen. Ändra en av dem."), "valid_to")
    others = DelegationPoint.objects.filter(body=point.body, code=point.code).exclude(pk=point.pk)
    if others.filter(version=point.version).exists():
        raise RuleBroken(_("Punkten har redan en version med det namnet. Ge den ett annat."), "version")
    overlap = not_ended(point.valid_from)
    if point.valid_to:
        overlap &= Q(valid_from__lte=point.valid_to)
    other = others.filter(overlap).first()
    if other is not None:
        raise RuleBroken(
            _("Version %(version)s av punkten gäller också de dagarna. Gör en ny version av den, eller ändra dagarna.")
            % {"version": other.version},
            "valid_from",
        )


def require_uncited(point: DelegationPoint) -> None:
    if point.decisions.exists():
        raise RuleBroken(_("Ett beslut stöder sig på punkten, så den ändras inte. Gör en ny version i stället."))


def require_uncited_after(point: DelegationPoint, last_day: date, field: str) -> None:
    cited = point.decisions.aggregate(last=Max("decided_on"))["last"]
    if cited is not None and cited > last_day:
        raise RuleBroken(
            _("Ett beslut den %(day)s stöder sig på punkten. Låt den gälla till och med den dagen.") % {"day": cited},
            field,
        )
