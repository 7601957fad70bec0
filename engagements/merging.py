"""Bodies merge inside a term: what is open follows the successor, what is closed keeps its body and stays readable."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from engagements.enums import LIVE_STATES
from engagements.models import Engagement, EngagementGroupGrant
from engagements.operations import save_with_reason, touch
from engagements.permission import GRANTABLE, grant, withdraw
from engagements.rules import RuleBroken
from organisation.appointing import keeps_registers
from organisation.enums import BOARD_KINDS, OFFICE_KINDS, Action
from organisation.models import Body, Mandate, User
from organisation.operations import step_down
from organisation.queries import reckon_access
from stockholm_intl.kit import clock
from stockholm_intl.kit.keeping import drop, keep
from stockholm_intl.kit.periods import not_ended

BATCH = 500


@transaction.atomic
def merge_body(*, body: Body, into: Body, on: date, reason: str, by: User | None, at: datetime) -> int:
    """`on` is the successor's first day; until then nothing changes for anybody. Says how many matters moved now.

    `by` is nobody on the command line. Raises PermissionDenied for who does not keep the registers, RuleBroken for
    bodies that cannot follow each other. Asked again with the same day it only does what may be left.
    """
    if by is not None and not keeps_registers(by):
        raise PermissionDenied(_("Den som vårdar registren slår samman organ."))
    if not reason.strip():
        raise RuleBroken(_("Skriv varför, till exempel kommunfullmäktiges beslut."), "reason")
    # always in the same order, so that two mergers cannot wait for each other
    found = {row.pk: row for row in Body.objects.select_for_update().filter(pk__in=[body.pk, into.pk]).order_by("pk")}
    body, into = found[body.pk], found[into.pk]
    require_mergeable(body, into, on)
    if body.successor_id is None:
        body.successor, body.valid_to = into, on - timedelta(days=1)
        keep(body, by=by, at=at, reason=reason.strip())
        end_mandates(body, on=on, by=by, at=at, reason=reason.strip())
    return carry_out(body, by=by, at=at, reason=reason.strip()) if on <= clock.local_date(at) else 0


def require_mergeable(body: Body, into: Body, on: date) -> None:
    if body.pk == into.pk:
        raise RuleBroken(_("Ett organ kan inte gå upp i sig självt. Välj ett annat."), "into")
    if not any({body.kind, into.kind} <= family for family in (BOARD_KINDS, OFFICE_KINDS)):
        raise RuleBroken(_("En nämnd går upp i en nämnd, en förvaltning i en förvaltning. Välj ett annat."), "into")
    if body.successor_id not in {None, into.pk}:
        raise RuleBroken(_("%(body)s har redan en efterträdare.") % {"body": body}, "into")
    if body.successor_id == into.pk and body.valid_to != on - timedelta(days=1):
        raise RuleBroken(_("%(body)s upphör redan efter %(day)s.") % {"body": body, "day": body.valid_to}, "on")
    if body.pk in successors(into):
        raise RuleBroken(_("%(into)s har själv gått upp i %(body)s.") % {"into": into, "body": body}, "into")
    started = into.valid_from is None or into.valid_from <= on
    if not started or (into.valid_to and into.valid_to < on):
        raise RuleBroken(_("%(into)s finns inte den dagen. Välj en annan dag.") % {"into": into}, "on")
    if body.valid_from and body.valid_from >= on:
        raise RuleBroken(_("%(body)s har inte börjat då. Välj en senare dag.") % {"body": body}, "on")


def successors(body: Body) -> set[int]:
    found: set[int] = set()
    following = body.successor
    while following is not None and following.pk not in found:
        found.add(following.pk)
        following = following.successor
    return found


def end_mandates(body: Body, *, on: date, by: User | None, at: datetime, reason: str) -> None:
    """They hold through the last day. For a merger written in afterwards, what was done on them meanwhile stands."""
    last_day = max(on, clock.local_date(at)) - timedelta(days=1)
    longer = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    people = set()
    for mandate in Mandate.objects.select_for_update(of=("self",)).filter(longer, body=body).select_related("person"):
        people.add(mandate.person)
        if mandate.valid_from > last_day:
            drop(mandate, by=by, at=at, reason=reason)
        else:
            mandate.valid_to = last_day
            keep(mandate, by=by, at=at, reason=reason)
    for person in sorted(people, key=lambda one: one.pk):
        step_down(person, last_day=last_day, by=by, at=at)


# --- On the day


def mergers_to_carry_out(*, on: date) -> QuerySet[Body]:
    """Bodies that have gone up in another and still own something open, or have something standing under them."""
    open_rows = Engagement.objects.filter(body=OuterRef("pk"), state__in=LIVE_STATES)
    ended = Body.objects.filter(successor__isnull=False, valid_to__lt=on)
    shared = EngagementGroupGrant.objects.filter(
        not_ended(on), group=OuterRef("group"), content_object__state__in=LIVE_STATES
    )
    return ended.filter(
        Exists(shared) | Exists(open_rows) | Exists(Body.objects.filter(not_ended(on), parent=OuterRef("pk")))
    ).order_by("pk")


def carry_out_mergers(*, at: datetime) -> int:
    """What the clock does every hour: mergers whose day has come. Twice does no harm."""
    moved = 0
    for body in mergers_to_carry_out(on=clock.local_date(at)):
        with transaction.atomic():
            why = body.history.exclude(history_change_reason=None).order_by("-history_date").first()
            reason = (why and why.history_change_reason) or _("Organen har slagits samman")
            moved += carry_out(body, by=None, at=at, reason=reason)
    return moved


def carry_out(body: Body, *, by: User | None, at: datetime, reason: str) -> int:
    """Move what is open, and what stands under the body, to its successor."""
    into = Body.objects.get(predecessors=body)
    for part in body.parts.filter(not_ended(clock.local_date(at))).exclude(pk=into.pk):
        part.parent = into
        keep(part, by=by, at=at, reason=reason)
    prepares: dict[int, bool] = {}
    moved = 0
    rows = Engagement.objects.filter(body=body, state__in=LIVE_STATES).order_by("pk")
    while batch := list(rows.select_for_update(of=("self",)).select_related("contact")[:BATCH]):
        for engagement in batch:
            follow(engagement, body, into, prepares, by=by, at=at, reason=reason)
        moved += len(batch)
    pass_on_grants(body, into, by=by, at=at, reason=reason)
    return moved


def pass_on_grants(body: Body, into: Body, *, by: User | None, at: datetime, reason: str) -> None:
    """What was shared with the body, and is not finished, is shared with its successor on the same terms."""
    action_of = {code: action for action, code in GRANTABLE.items()}
    live = EngagementGroupGrant.objects.filter(
        not_ended(clock.local_date(at)), group=body.group, content_object__state__in=LIVE_STATES
    )
    for row in live.select_related("permission", "content_object").order_by("pk"):
        engagement, action = row.content_object, action_of[row.permission.codename]
        terms: dict[str, Any] = {"reason": row.reason, "until": row.valid_to, "by_hand": row.by_hand}
        withdraw(engagement=engagement, to=body, action=action, by=by, at=at, reason=reason)
        has_it = EngagementGroupGrant.objects.filter(
            group=into.group, content_object=engagement, permission=row.permission
        ).exists()
        if engagement.body_id != into.pk and not has_it:
            grant(engagement=engagement, to=into, action=action, by=by, at=at, **terms)


def follow(
    engagement: Engagement,
    old: Body,
    into: Body,
    prepares: dict[int, bool],
    *,
    by: User | None,
    at: datetime,
    reason: str,
) -> None:
    """One matter to its new body. A contact with no right there lets go of it, so that it waits for somebody who has."""
    contact = engagement.contact
    if contact is not None and contact.pk not in prepares:
        rights = reckon_access(contact, on=clock.local_date(at)).bodies(Action.PREPARE)
        prepares[contact.pk] = into.pk in rights
    if contact is not None and not prepares[contact.pk]:
        engagement.contact = None
    same = Engagement.objects.filter(body=into, registry_number=engagement.registry_number)
    if engagement.registry_number and same.exists():
        # two diaries may have given the same number; the old body's code tells which diary it was
        engagement.registry_number = f"{engagement.registry_number} ({old.code})"[:60]
    engagement.body = into
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason=reason)
