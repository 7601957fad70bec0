"""A person answers a check: judges what the strategy leaves open, or lets through what it does not."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from engagements.enums import IN_FORCE_STATES, WAITING_STATES, State
from engagements.evidence import evidence_of
from engagements.gathering import Dossier
from engagements.guard import REVIEWED, Standing, findings, renewing, whole
from engagements.models import Engagement, Judgement
from engagements.operations import locked, require_text, save_with_reason, touch
from engagements.permission import access_of, holds, may
from engagements.routing import DECIDING_KINDS, KF, KS, OWNERS, deciding_body, route_of
from engagements.rules import Incomplete, RuleBroken, WrongState
from engagements.strategy.checks import FAIL, PASS
from organisation.enums import Action
from organisation.models import Body, User
from stockholm_intl.kit import clock

# Who decides is no principle that a decider may set aside.
NEVER_DEVIATED = frozenset({"C15"})


def may_judge(user: User, engagement: Engagement) -> bool:
    """Whoever prepares the matter or decides it; for what stands on the committee's agenda its secretary as well."""
    if may(user, Action.PREPARE, engagement) or may(user, Action.DECIDE, engagement):
        return True
    return handles_in_committee(user, engagement)


def handles_in_committee(user: User, engagement: Engagement) -> bool:
    return holds(user, Action.RUN_MEETING) and may(user, Action.READ, engagement) and engagement.agenda_items.exists()


def deviating_bodies(user: User, engagement: Engagement, dossier: Dossier | None = None) -> list[Body]:
    """The bodies in whose name this person may write in a deviation: those the matrix lets decide the matter.

    In an own body whoever decides there. What kommunfullmäktige, kommunstyrelsen or finansborgarrådet has let through is
    written in by who decides in kommunstyrelsen's house, or by the secretary of Internationella beredningen.
    """
    if not may(user, Action.READ, engagement):
        return []
    deciders = route_of(engagement, dossier=dossier).deciders
    own = OWNERS & set(deciders) and may(user, Action.DECIDE, engagement)
    found = [deciding_body(user, engagement, on=clock.today())] if own else []
    kinds = {kind for decider in deciders if decider not in OWNERS for kind in DECIDING_KINDS[decider]}
    central = Body.objects.filter(kind__in=kinds).in_force(on=clock.today()).order_by("pk")
    if not holds(user, Action.RUN_MEETING):
        mine = access_of(user).bodies(Action.DECIDE)
        # kommunstyrelsen proposes to kommunfullmäktige, and its secretary writes in what was decided there
        central = central.filter(Q(pk__in=mine) | Q(kind=KF, parts__in=mine, parts__kind=KS)).distinct()
    return found + [body for body in central if body not in found]


@transaction.atomic
def record_judgement(
    *, engagement: Engagement, check: str, answer: str, reason: str, by: User, at: datetime
) -> Judgement:
    """Answer what needs judgement; a new answer is a new row, and the latest stands.

    Raises PermissionDenied for others, Incomplete without reason, WrongState when the check does not ask a person (any
    more), RuleBroken when the writer of a text would review it.
    """
    engagement = locked(engagement)
    if not may_judge(by, engagement):
        raise PermissionDenied(_("Den som bereder eller beslutar ärendet bedömer."))
    require_reason(reason)
    if answer not in (PASS, FAIL):
        raise Incomplete(_("Välj om kontrollen är godkänd eller inte."), {"answer": _("Välj ett av svaren.")})
    found = require_asked(engagement, check, at=at)
    require_other_reader(engagement, check, by=by, at=at)
    row = Judgement(engagement=engagement, subject=check, answer=answer, reason=reason.strip(), by=by, at=at)
    row.asked = found.reason.in_full()
    row.save()
    note(engagement, f"{check} bedömd: {'godkänd' if answer == PASS else 'inte godkänd'}", by=by, at=at)
    return row


@transaction.atomic
def record_deviation(
    *, engagement: Engagement, check: str, body: Body, reason: str, by: User, at: datetime
) -> Judgement:
    """The body that decides lets a failed check through, with a reason; the fail stays visible and stops no longer.

    Raises PermissionDenied for a person or body that does not decide the matter, WrongState when the check does not fail.
    """
    engagement = locked(engagement)
    if body not in deviating_bodies(by, engagement):
        raise PermissionDenied(_("Bara det organ som beslutar i ärendet kan göra ett avsteg."))
    require_reason(reason)
    found = the_one(engagement, check, at=at)
    if found is None or not found.is_stopping:
        raise WrongState(_("Kontrollen stoppar inte beslutet. Läs sidan på nytt."))
    if check in NEVER_DEVIATED:
        raise RuleBroken(_("Vem som beslutar går inte att avvika från. Lämna ärendet till rätt organ."))
    row = Judgement(
        engagement=engagement, subject=check, answer=FAIL, reason=reason.strip(), is_deviation=True, body=body, by=by,
        asked=found.reason.in_full(), at=at,
    )  # fmt: skip
    row.save()
    note(engagement, f"Avsteg från {check}, beslutat av {body}", by=by, at=at)
    return row


def require_reason(reason: str) -> None:
    require_text(reason, "reason", _("Skriv varför."))


def require_asked(engagement: Engagement, check: str, *, at: datetime) -> Standing:
    """What needed a person when it was first asked may be answered again; what the facts decide may not."""
    found = the_one(engagement, check, at=at)
    if found is None or not (found.is_open or found.judgement):
        raise WrongState(_("Kontrollen behöver ingen bedömning nu. Läs sidan på nytt."))
    return found


def require_other_reader(engagement: Engagement, check: str, *, by: User, at: datetime) -> None:
    """C5, R6: four eyes."""
    if check not in REVIEWED:
        return
    day = clock.local_date(at)
    written = getattr(evidence_of(whole(engagement, on=day), on=day), REVIEWED[check])
    if written and written.by == by.pk:
        raise RuleBroken(_("Du skrev texten själv. Be någon annan granska den."))


def the_one(engagement: Engagement, check: str, *, at: datetime) -> Standing | None:
    return next((one for one in asked_now(engagement, on=clock.local_date(at)) if one.id == check), None)


def asked_now(engagement: Engagement, *, on: date) -> list[Standing]:
    """Those that a person may answer: all before the decision, and while it runs what is asked later or by a review."""
    if State(engagement.state) in WAITING_STATES:
        return findings(engagement, on=on)
    if State(engagement.state) not in IN_FORCE_STATES:
        return []
    later = [one for one in findings(engagement, on=on) if not one.stops and not one.is_frozen]
    return [*renewing(engagement, on=on), *later]


def note(engagement: Engagement, reason: str, *, by: User, at: datetime) -> None:
    """The matter has changed for whoever is about to decide it, and its history says so; the reason stands with the check."""
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason=reason)
