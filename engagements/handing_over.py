"""Somebody leaves a mandate: what they handle goes to a colleague, and the mandate ends."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from engagements.enums import LIVE_STATES
from engagements.models import Engagement
from engagements.operations import locked, save_with_reason, touch
from engagements.permission import access_of, visible_to
from engagements.rescue import locked_for
from engagements.rules import RuleBroken
from organisation.appointing import may_end
from organisation.enums import Action
from organisation.models import Body, Mandate, User
from organisation.operations import close_account, end_mandate
from organisation.roles import PREPARING
from stockholm_intl.kit import clock
from stockholm_intl.kit.swedish import in_alphabet


@dataclass(frozen=True)
class HandedOver:
    """Of what the one who did it may read: how many went to the colleague, and how many the colleague may not read."""

    moved: int
    left: int


def unfinished(mandate: Mandate) -> QuerySet[Engagement]:
    """What the person handles in the body or its board and is not finished."""
    house = Body.objects.with_boards_of([mandate.body_id])
    return Engagement.objects.filter(contact=mandate.person, body__in=house, state__in=LIVE_STATES)


def handled(mandate: Mandate, *, by: User) -> QuerySet[Engagement]:
    """The same, as far as `by` may read it: all that is shown and counted."""
    return visible_to(by, unfinished(mandate)).select_related("body").order_by("body_id", "id")


def receivers(mandate: Mandate, *, on: date) -> QuerySet[User]:
    """Colleagues who prepare in the same body."""
    colleagues = Mandate.objects.in_force(on=on).filter(body=mandate.body, role__in=PREPARING)
    people = User.objects.filter(pk__in=colleagues.values("person")).exclude(pk=mandate.person_id)
    return people.order_by(in_alphabet("first_name"), "pk")


@transaction.atomic
def hand_over(
    *, mandate: Mandate, to: User, last_day: date, reason: str, by: User, at: datetime, close: bool = False
) -> HandedOver:
    """Make `to` the contact of what the person handles, then end the mandate, and the account when `close` is asked.

    All that the colleague may read and prepare moves, also what `by` may not read: a systemförvaltare reads no matters,
    and is the one who closes accounts. What is secret moves only to somebody who is named on it.
    Raises PermissionDenied for who may not end the mandate, RuleBroken for a colleague without a right to prepare there,
    or for what end_mandate and close_account refuse.
    """
    mandate = (
        Mandate.objects.select_for_update(of=("self",)).select_related("body__parent", "person").get(pk=mandate.pk)
    )
    today = clock.local_date(at)
    if not may_end(by, mandate):
        raise PermissionDenied(_("Organets chef, systemförvaltaren eller personen själv lämnar över mandatet."))
    if not receivers(mandate, on=today).filter(pk=to.pk).exists():
        raise RuleBroken(_("Välj en kollega som bereder ärenden i %(body)s.") % {"body": mandate.body}, "to")
    shown = set(handled(mandate, by=by).values_list("pk", flat=True))
    ids = list(unfinished(mandate).values_list("pk", flat=True))
    locked_for(mandate.person_id, also=ids)
    theirs = takeable(to, ids)
    for pk in theirs:
        pass_on(pk, mandate.person, to, by=by, at=at, reason=reason)
    if close:  # an account that is closed today has no right left today
        last_day = min(last_day, today - timedelta(days=1))
    end_mandate(mandate=mandate, last_day=last_day, reason=reason, by=by, at=at)
    if close:
        close_account(person=mandate.person, reason=reason, by=by, at=at)
    return HandedOver(moved=len(shown.intersection(theirs)), left=len(shown.difference(theirs)))


def takeable(to: User, ids: list[int]) -> list[int]:
    """Those of them that `to` may both read and prepare."""
    rows = Engagement.objects.filter(pk__in=ids, body_id__in=access_of(to).bodies(Action.PREPARE))
    return list(visible_to(to, rows).order_by("pk").values_list("pk", flat=True))


def pass_on(pk: int, leaving: User, to: User, *, by: User, at: datetime, reason: str) -> None:
    engagement = locked(Engagement(pk=pk))
    if engagement.contact_id != leaving.pk:  # somebody was quicker
        return
    engagement.contact = to
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason=reason)
