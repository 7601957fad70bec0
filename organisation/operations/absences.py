"""Somebody is away for some days, and another acts on their mandates in a body meanwhile."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.appointing import keeps_registers, may_register_absence, substitutes_in
from organisation.models import Absence, Body, User
from stockholm_intl.kit import clock
from stockholm_intl.kit.keeping import keep
from stockholm_intl.kit.rules import RuleBroken

LONGEST = 366
# What the apps above do when somebody is back before the day: what the substitute was given for those days ends too.
_returning: list[Callable[..., None]] = []


def after_returning(told: Callable[..., None]) -> Callable[..., None]:
    """Register `told(absence, by=, at=)`."""
    if told not in _returning:
        _returning.append(told)
    return told


@transaction.atomic
def register_absence(
    *, person: User, body: Body, substitute: User, valid_from: date, valid_to: date, reason: str, by: User, at: datetime
) -> Absence:
    """Lend the person's mandates in the body to the substitute, those days only.

    Raises PermissionDenied for who may not, RuleBroken for oneself as substitute, for somebody outside the body's house,
    for days that are over or too many, and when somebody already stands in.
    """
    today = clock.local_date(at)
    if not may_register_absence(by, person, body, on=today):
        raise PermissionDenied(_("Du lägger in din egen frånvaro; organets chef lägger in medarbetarnas."))
    require_other(person, body, substitute, by, on=today)
    require_through(substitute, body, max(today, valid_to))
    if valid_to < valid_from:
        raise RuleBroken(_("Sista dagen är före första dagen. Ändra en av dem."), "valid_to")
    if valid_to < today:
        raise RuleBroken(_("De dagarna har redan varit. Välj dagar från och med i dag."), "valid_to")
    if (valid_to - valid_from).days > LONGEST:
        raise RuleBroken(_("Frånvaron är längre än ett år. Utse en ersättare med eget mandat i stället."), "valid_to")
    if not reason.strip():
        raise RuleBroken(_("Skriv varför, till exempel semester."), "reason")
    User.objects.select_for_update().get(pk=person.pk)
    same = Absence.objects.filter(person=person, body=body, ended_at__isnull=True)
    other = same.filter(valid_from__lte=valid_to, valid_to__gte=valid_from).select_related("substitute").first()
    if other is not None:
        raise RuleBroken(
            _("%(who)s är redan vikarie %(first)s–%(last)s. Ta tillbaka det, eller välj andra dagar.")
            % {"who": other.substitute, "first": other.valid_from, "last": other.valid_to},
            "valid_from",
        )
    absence = Absence(
        person=person, body=body, substitute=substitute, valid_from=valid_from, valid_to=valid_to,
        reason=reason.strip(), registered_by=by, registered_at=at,
    )  # fmt: skip
    keep(absence, by=by, at=at, reason=reason.strip())
    return absence


def require_other(person: User, body: Body, substitute: User, by: User, *, on: date) -> None:
    """Nobody lends to themselves: who registers another's absence does not become the substitute."""
    if substitute.pk in {person.pk, by.pk}:
        raise RuleBroken(_("Välj någon annan än dig själv som vikarie."), "substitute")
    if not substitute.is_active or not substitutes_in([body.pk], on=on).filter(pk=substitute.pk).exists():
        raise RuleBroken(
            _("Vikarien behöver ett eget mandat i %(body)s eller dess nämnd. Välj någon annan.") % {"body": body},
            "substitute",
        )


def require_through(substitute: User, body: Body, last: date) -> None:
    """What is lent rests on a mandate of one's own: it does not outlive it."""
    if not substitutes_in([body.pk], on=last).filter(pk=substitute.pk).exists():
        raise RuleBroken(
            _("Vikariens eget mandat slutar innan frånvaron är över. Välj en tidigare dag, eller någon annan."),
            "valid_to",
        )


def step_down(person: User, *, last_day: date, by: User | None, at: datetime) -> None:
    """Whose last mandate in a house ends stands in for nobody there after that day."""
    rows = Absence.objects.select_for_update().filter(substitute=person, ended_at__isnull=True, valid_to__gt=last_day)
    for absence in rows.order_by("pk"):
        if substitutes_in([absence.body_id], on=last_day + timedelta(days=1)).filter(pk=person.pk).exists():
            continue
        if last_day < max(absence.valid_from, clock.local_date(at)):
            absence.ended_at = at
        else:
            absence.valid_to = last_day
        keep(absence, by=by, at=at, reason=_("Vikariens mandat slutar"))


@transaction.atomic
def end_absence(*, absence: Absence, by: User, at: datetime) -> Absence:
    """Back earlier than planned, or a mistake: the substitute's rights end now. Doing it twice changes nothing.

    Raises PermissionDenied for who may not.
    """
    absence = Absence.objects.select_for_update(of=("self",)).select_related("person", "body").get(pk=absence.pk)
    if not may_end_absence(by, absence, on=clock.local_date(at)):
        raise PermissionDenied(_("Den som är borta, organets chef eller systemförvaltaren tar tillbaka frånvaron."))
    if absence.ended_at is None:
        absence.ended_at = at
        keep(absence, by=by, at=at, reason=_("Återtagen"))
        for told in _returning:
            told(absence, by=by, at=at)
    return absence


def may_end_absence(by: User, absence: Absence, *, on: date) -> bool:
    """Also the substitute may step back."""
    if by.pk in {absence.person_id, absence.substitute_id} or keeps_registers(by):
        return True
    return may_register_absence(by, absence.person, absence.body, on=on)
