"""A mandate from appointment to end. Rights follow it from the first to the last day, and no longer."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from organisation.appointing import keeps_registers, may_appoint, may_end
from organisation.enums import Role
from organisation.models import Body, Mandate, User
from organisation.operations.absences import step_down
from organisation.operations.endings import tell_of_end
from stockholm_intl.kit import clock
from stockholm_intl.kit.keeping import drop, keep
from stockholm_intl.kit.periods import not_ended
from stockholm_intl.kit.rules import RuleBroken

# What the apps above ask before somebody's mandate ends: each may refuse, and say what must be done first.
_leaving: list[Callable[..., None]] = []


def before_ending(check: Callable[..., None]) -> Callable[..., None]:
    """Register `check(mandate, by=, on=)`, which raises RuleBroken; `on` is the first day without the mandate."""
    if check not in _leaving:
        _leaving.append(check)
    return check


@transaction.atomic
def appoint_person(
    *,
    person: User,
    body: Body,
    role: Role,
    valid_from: date,
    by: User,
    at: datetime,
    valid_to: date | None = None,
    is_deputy: bool = False,
    reason: str = "",
) -> Mandate:
    """Give somebody a role in a body for a time (strategy 2016 section 5, M26).

    Raises PermissionDenied for who may not appoint there, RuleBroken for oneself, for who has left, for a body that is
    not in force all that time, and for a role the person has already.
    """
    if not may_appoint(by, role, body):
        raise PermissionDenied(_("Organets chef utser kontaktpersoner och delegater; systemförvaltaren utser övriga."))
    # two appointments of one person wait for each other
    person = User.objects.select_for_update().get(pk=person.pk)
    require_appointable(person, body, role, valid_from, valid_to, by=by)
    mandate = Mandate(
        person=person,
        body=body,
        role=role,
        is_deputy=is_deputy,
        valid_from=valid_from,
        valid_to=valid_to,
        appointed_by=by,
    )
    keep(mandate, by=by, at=at, reason=reason.strip())
    return mandate


def require_appointable(
    person: User, body: Body, role: Role, valid_from: date, valid_to: date | None, *, by: User
) -> None:
    if person.pk == by.pk:
        raise RuleBroken(_("Du kan inte utse dig själv. Be din chef eller systemförvaltaren."), "person")
    if not person.is_active:
        raise RuleBroken(_("Kontot är stängt. Öppna det först, eller välj någon annan."), "person")
    if valid_to and valid_to < valid_from:
        raise RuleBroken(_("Sista dagen är före första dagen. Ändra en av dem."), "valid_to")
    require_in_force(body, valid_from, valid_to)
    require_not_held(person, body, role, valid_from, valid_to)


def require_in_force(body: Body, valid_from: date, valid_to: date | None) -> None:
    if body.valid_from and valid_from < body.valid_from:
        raise RuleBroken(
            _("%(body)s finns från %(day)s. Låt mandatet börja då.") % {"body": body, "day": body.valid_from},
            "valid_from",
        )
    if body.valid_to and (valid_to is None or valid_to > body.valid_to):
        raise RuleBroken(
            _("%(body)s upphör efter %(day)s. Låt mandatet sluta senast då.") % {"body": body, "day": body.valid_to},
            "valid_to",
        )


def require_not_held(person: User, body: Body, role: Role, valid_from: date, valid_to: date | None) -> None:
    overlap = not_ended(valid_from)
    if valid_to:
        overlap &= Q(valid_from__lte=valid_to)
    held = Mandate.objects.filter(overlap, person=person, body=body, role=role).order_by("valid_from").first()
    if held is None:
        return
    if held.valid_to is None:
        message = _("%(person)s har redan rollen, från %(day)s och tills vidare.")
    else:
        message = _("%(person)s har redan rollen till och med %(until)s. Låt det nya mandatet börja dagen efter.")
    raise RuleBroken(message % {"person": person, "day": held.valid_from, "until": held.valid_to}, "valid_from")


@transaction.atomic
def end_mandate(*, mandate: Mandate, last_day: date, reason: str, by: User, at: datetime) -> Mandate | None:
    """Rights hold through `last_day`; yesterday means at once. A mandate that never began is taken away: then None.
    Who has no other mandate in the house stands in for nobody there afterwards.

    Raises PermissionDenied, and RuleBroken for one that has ended, for a day too early or later than it ends anyway, and
    for what an app above wants done first.
    """
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("body", "person").get(pk=mandate.pk)
    if not may_end(by, mandate):
        raise PermissionDenied(_("Organets chef eller systemförvaltaren avslutar mandatet."))
    today = clock.local_date(at)
    if not reason.strip():
        raise RuleBroken(_("Skriv varför mandatet avslutas."), "reason")
    if mandate.valid_to and mandate.valid_to < today:
        raise RuleBroken(_("Mandatet är redan avslutat."))
    if last_day < today - timedelta(days=1):
        raise RuleBroken(_("Det som gjorts på mandatet står fast. Välj gårdagen eller senare."), "last_day")
    if mandate.valid_to and last_day > mandate.valid_to:
        raise RuleBroken(_("Mandatet slutar redan då eller tidigare. Utse på nytt för att förlänga."), "last_day")
    for check in _leaving:
        check(mandate, by=by, on=max(today, last_day + timedelta(days=1)))
    person = mandate.person
    if last_day < mandate.valid_from:
        drop(mandate, by=by, at=at, reason=reason.strip())
        step_down(person, last_day=last_day, by=by, at=at)
        return None
    mandate.valid_to = last_day
    keep(mandate, by=by, at=at, reason=reason.strip())
    step_down(person, last_day=last_day, by=by, at=at)
    tell_of_end(mandate, last_day=last_day, by=by, at=at)
    return mandate


@transaction.atomic
def close_account(*, person: User, reason: str, by: User, at: datetime) -> User:
    """Somebody has left: they sign in no more, and every right goes at once. The name stays in the history.

    Raises PermissionDenied, and RuleBroken while they hold another mandate that somebody must take over first.
    """
    if not keeps_registers(by) or person.pk == by.pk:
        raise PermissionDenied(_("Den som vårdar registren stänger konton, och ingen stänger sitt eget."))
    person = User.objects.select_for_update().get(pk=person.pk)
    require_closable(person, by=by, on=clock.local_date(at))
    person.is_active = False
    keep(person, by=by, at=at, reason=reason.strip())
    return person


def require_closable(person: User, *, by: User, on: date) -> None:
    if person.pk == by.pk:
        raise RuleBroken(_("Du kan inte stänga ditt eget konto. Be någon annan som vårdar registren."))
    left = Mandate.objects.in_force(on=on).filter(person=person).select_related("body").first()
    if left is not None:
        raise RuleBroken(
            _("%(person)s är också %(mandate)s. Lämna över det först.") % {"person": person, "mandate": left}
        )
