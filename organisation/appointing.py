"""Who may appoint whom where, and who may stand in for whom. Asked by the pages and again by the operations."""

from datetime import date

from django.db.models import Q, QuerySet

from organisation.enums import Action, Role
from organisation.models import Body, Mandate, User
from organisation.models.body import Bodies
from organisation.queries import access_of
from organisation.roles import APPOINTED_BY_HEAD, LENT
from stockholm_intl.kit.periods import not_ended
from stockholm_intl.kit.swedish import in_alphabet


def keeps_registers(user: User) -> bool:
    return Action.KEEP_REGISTERS in access_of(user).house_rights


def may_appoint(user: User, role: str, body: Body) -> bool:
    """M26: the head of a body appoints its contact persons and delegates; who keeps the registers appoints all."""
    if keeps_registers(user):
        return True
    return role in APPOINTED_BY_HEAD and body.pk in access_of(user).bodies(Action.APPOINT)


def may_end(user: User, mandate: Mandate) -> bool:
    """Who may appoint may also end; and anybody may lay down their own."""
    return mandate.person_id == user.pk or may_appoint(user, mandate.role, mandate.body)


def bodies_to_appoint_in(user: User, *, on: date) -> QuerySet[Body]:
    """Bodies that have not ended, in which this person appoints somebody."""
    found = Body.objects.filter(not_ended(on)).order_by(in_alphabet("name"))
    return found if keeps_registers(user) else found.filter(pk__in=access_of(user).bodies(Action.APPOINT))


def roles_to_appoint(user: User) -> list[Role]:
    return [role for role in Role if keeps_registers(user) or role in APPOINTED_BY_HEAD]


def people_to_appoint(user: User) -> QuerySet[User]:
    """Anybody with an account but oneself: nobody gives themselves a right."""
    return User.objects.filter(is_active=True).exclude(pk=user.pk).order_by(in_alphabet("first_name"), "pk")


# --- Standing in


def mandates_to_lend(user: User, *, on: date) -> QuerySet[Mandate]:
    """Mandates whose absences this person may register: her own, those in the body she heads, or all."""
    rows = Mandate.objects.filter(not_ended(on), role__in=LENT, person__is_active=True)
    if keeps_registers(user):
        return rows
    return rows.filter(Q(person=user.pk) | Q(body_id__in=access_of(user).bodies(Action.APPOINT)))


def may_register_absence(user: User, person: User, body: Body, *, on: date) -> bool:
    return mandates_to_lend(user, on=on).filter(person=person, body=body).exists()


def substitutes_in(bodies: Bodies, *, on: date) -> QuerySet[User]:
    """People with a mandate in the house of any of these: the body, its board, or the office that works for it."""
    there = Mandate.objects.in_force(on=on).filter(body__in=Body.objects.house_of(bodies))
    return User.objects.filter(pk__in=there.values("person"), is_active=True)
