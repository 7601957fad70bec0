"""What the city or a body gives priority: written in by who may, ended, never taken away (strategy 2016 section 3)."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from engagements.models import Priority
from engagements.operations import save_with_reason
from engagements.permission import access_of, bodies_for, holds
from engagements.rules import Incomplete, RuleBroken, WrongState
from organisation.enums import Action
from organisation.models import Body, User


def bodies_to_prioritise_for(user: User) -> QuerySet[Body]:
    """The bodies whose head this person is, and the boards that she writes for."""
    return bodies_for(user, Action.SET_PRIORITIES)


def may_prioritise(user: User, body: Body | None) -> bool:
    """The city's own priorities are kept by those who keep the registers, a body's by its head, a board's by its secretary."""
    if body is None:
        return holds(user, Action.KEEP_REGISTERS)
    return body.pk in access_of(user).bodies(Action.SET_PRIORITIES)


def may_prioritise_something(user: User) -> bool:
    return may_prioritise(user, None) or bodies_to_prioritise_for(user).exists()


@transaction.atomic
def set_priority(
    *,
    theme: str,
    countries: Collection[str],
    body: Body | None,
    valid_from: date,
    valid_to: date | None,
    decided_by: str,
    is_watch: bool = False,
    by: User,
    at: datetime,
) -> Priority:
    """Raises PermissionDenied for who may not, Incomplete when it says neither theme nor country or nobody decided it."""
    if not may_prioritise(by, body):
        raise PermissionDenied(
            _(
                "Stadsledningskontoret vårdar stadens prioriteringar. Ett organs egna vårdas av dess chef eller sekreterare."
            )
        )
    if not theme.strip() and not countries:
        raise Incomplete(_("Ange ett tema eller minst ett land."), {"theme": _("Ange ett tema eller minst ett land.")})
    if is_watch:
        require_countries_of_the_city(theme, countries, body)
    if not decided_by.strip():
        raise Incomplete(_("Ange vem som har beslutat."), {"decided_by": _("Ange vem som har beslutat.")})
    if valid_to and valid_to < valid_from:
        raise RuleBroken(_("Sista dagen är före första dagen. Ändra en av dem."))
    row = Priority(
        is_watch=is_watch, theme=theme.strip(), countries=",".join(countries), body=body, valid_from=valid_from, valid_to=valid_to,
        decided_by=decided_by.strip(),
    )  # fmt: skip
    row._history_date = at  # type: ignore[attr-defined]
    save_with_reason(row, by=by, reason="")
    return row


def require_countries_of_the_city(theme: str, countries: Collection[str], body: Body | None) -> None:
    if not countries:
        raise Incomplete(_("Ange minst ett land att bevaka."), {"countries": _("Ange minst ett land att bevaka.")})
    if theme.strip() or body:
        raise RuleBroken(_("Staden bevakar länder, för alla organ. Ta bort temat och välj hela staden."))


@transaction.atomic
def end_priority(*, priority: Priority, on: date, reason: str, by: User, at: datetime) -> Priority:
    """Its last day; what fell within it until then was prioritised. Raises WrongState for one that has ended."""
    priority = Priority.objects.select_for_update(of=("self",)).select_related("body").get(pk=priority.pk)
    if not may_prioritise(by, priority.body):
        raise PermissionDenied(
            _(
                "Stadsledningskontoret vårdar stadens prioriteringar. Ett organs egna vårdas av dess chef eller sekreterare."
            )
        )
    if not reason.strip():
        raise Incomplete(_("Skriv varför den upphör."), {"reason": _("Skriv varför den upphör.")})
    if priority.valid_to and priority.valid_to < on:
        raise WrongState(_("Prioriteringen har redan upphört."))
    if on < priority.valid_from:
        raise RuleBroken(_("Sista dagen är före första dagen. Ändra en av dem."))
    priority.valid_to = on
    priority._history_date = at  # type: ignore[attr-defined]
    save_with_reason(priority, by=by, reason=reason.strip())
    return priority
