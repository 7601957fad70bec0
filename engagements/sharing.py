"""Sharing one engagement beyond its body: by hand, for a reason, until a day; and who has it now."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from engagements.enums import State
from engagements.models import Engagement, EngagementGroupGrant, EngagementUserGrant
from engagements.needed_readers import require_needed
from engagements.operations import locked
from engagements.permission import GRANTABLE, access_of, grant, may, may_share, withdraw
from engagements.rescue import is_unkept
from engagements.rules import Incomplete, RuleBroken
from organisation.enums import Action
from organisation.models import Body, User
from organisation.queries import reach_of
from stockholm_intl.kit import clock

ACTION_OF = {code: action for action, code in GRANTABLE.items()}


@dataclass(frozen=True)
class Share:
    """One grant as its page tells it. `ref` names the receiver and the right in an address or a form."""

    to: Body | User
    action: Action
    reason: str
    by: User | None
    at: datetime | None
    until: date | None
    by_hand: bool

    @property
    def ref(self) -> str:
        return f"{'person' if isinstance(self.to, User) else 'organ'}-{self.to.pk}-{self.action}"

    def has_ended(self, *, on: date) -> bool:
        return self.until is not None and self.until < on


def shares_of(engagement: Engagement) -> list[Share]:
    """Every grant on the engagement, those in force first, bodies before persons. Two queries."""
    groups = EngagementGroupGrant.objects.filter(content_object=engagement)
    persons = EngagementUserGrant.objects.filter(content_object=engagement)
    found = [
        *(share(row, row.group.body) for row in groups.select_related("group__body", "permission", "given_by")),
        *(share(row, row.user) for row in persons.select_related("user", "permission", "given_by")),
    ]
    today = clock.today()
    return sorted(found, key=lambda one: (one.has_ended(on=today), isinstance(one.to, User), str(one.to)))


def share(row: Any, to: Body | User) -> Share:
    action = ACTION_OF[row.permission.codename]
    return Share(to, action, row.reason, row.given_by, row.given_at, row.valid_to, row.by_hand)


def readers_by_name(engagement: Engagement) -> list[User]:
    """The persons who read the engagement in their own name today, also what is marked secret in it."""
    today = clock.today()
    found = [one.to for one in shares_of(engagement) if isinstance(one.to, User) and not one.has_ended(on=today)]
    return [person for person in dict.fromkeys(found) if person.is_active]


@transaction.atomic
def share_engagement(
    *, engagement: Engagement, to: Body | User, action: Action, reason: str, until: date | None, by: User, at: datetime
) -> Share:
    """Let a body or a person outside read, or read and prepare. Raises RuleBroken and says why not.

    Rights are asked for again under the lock, for they may have ended since the page was opened.
    """
    engagement = locked(engagement)
    if not may_share(by, engagement):
        raise RuleBroken(_("Du får inte längre dela ärendet. Be den som bereder det hos organet."))
    require_terms(reason, until, on=clock.local_date(at))
    require_receiver(engagement, to, by=by, on=clock.local_date(at))
    if action is Action.PREPARE and isinstance(to, User) and not access_of(to).bodies(Action.PREPARE):
        raise RuleBroken(_("%(to)s har inget mandat att bereda. Dela för läsning i stället.") % {"to": to})
    for known in shares_of(engagement):
        if known.to != to:
            continue
        if known.action == action and known.until == until and not known.has_ended(on=clock.local_date(at)):
            raise RuleBroken(_("Ärendet är redan delat så med %(to)s.") % {"to": to})
        if not known.by_hand and known.action == action:
            raise RuleBroken(
                _("%(to)s har redan ärendet genom ett beslut i handläggningen. Det kan inte ändras här.") % {"to": to}
            )
        if known.by_hand and known.action != action:
            withdraw(engagement=engagement, to=to, action=known.action, by=by, at=at, reason=_("Ersatt av ny delning"))
    grant(engagement=engagement, to=to, action=action, reason=reason, by=by, at=at, until=until, by_hand=True)
    return Share(to, action, reason, by, at, until, by_hand=True)


def require_terms(reason: str, until: date | None, *, on: date) -> None:
    if not reason.strip():
        raise Incomplete(_("Skriv varför ärendet delas."), {"reason": _("Skriv varför ärendet delas.")})
    if until is not None and until < on:
        said = _("Den dagen har redan varit. Välj i dag eller senare.")
        raise Incomplete(said, {"until": said})


def require_receiver(engagement: Engagement, to: Body | User, *, by: User, on: date) -> None:
    if engagement.state == State.STRUCK:
        raise RuleBroken(_("Ärendet är makulerat och delas inte."))
    if to == by:
        raise RuleBroken(_("Du kan inte dela ärendet med dig själv. Din rätt följer ditt mandat."))
    if isinstance(to, User) and not to.is_active:
        raise RuleBroken(_("%(to)s arbetar inte längre här. Välj någon annan.") % {"to": to})
    if isinstance(to, Body) and not Body.objects.in_force(on=on).filter(pk=to.pk).exists():
        raise RuleBroken(_("%(to)s finns inte längre. Välj det organ som har tagit över.") % {"to": to})
    if to == engagement.body:
        raise RuleBroken(_("%(to)s äger ärendet och läser det redan.") % {"to": to})
    if engagement.is_secret and isinstance(to, Body):
        raise RuleBroken(_("Ärendet är sekretessmarkerat. Dela det med namngivna personer, inte med ett organ."))
    names_reader = isinstance(to, User) and (engagement.is_secret or engagement.secret_fields)
    if names_reader and not may(by, Action.MARK_SECRET, engagement) and not is_keeper(to, engagement):
        raise RuleBroken(
            _("I ärendet finns sekretess. Bara den som får sekretessmarkera kan namnge fler än organets chef.")
        )


def is_keeper(to: Any, engagement: Engagement) -> bool:
    """Who would mark it, once named: the body's head, who can be brought in by anybody who shares what is marked.

    A substitute is not: she would be named for good.
    """
    if not isinstance(to, User):
        return False
    rows = [row for row in reach_of(to, on=clock.today()) if row.body_id == engagement.body_id and not row.lent]
    return any(Action.MARK_SECRET in row.rights for row in rows)


@transaction.atomic
def withdraw_share(*, engagement: Engagement, ref: str, reason: str, by: User, at: datetime) -> Share:
    """Take back what was shared by hand. Raises RuleBroken when it is gone already or follows from an operation."""
    engagement = locked(engagement)
    if not may_share(by, engagement):
        raise RuleBroken(_("Du får inte längre ändra delningen. Be den som bereder ärendet hos organet."))
    known = next((one for one in shares_of(engagement) if one.ref == ref), None)
    if known is None:
        raise RuleBroken(_("Delningen är redan borttagen."))
    if not known.by_hand:
        raise RuleBroken(_("Delningen följer av handläggningen och upphör med den."))
    if not reason.strip():
        raise Incomplete(_("Skriv varför delningen upphör."), {"reason": _("Skriv varför delningen upphör.")})
    names_reader = isinstance(known.to, User) and bool(engagement.is_secret or engagement.secret_fields)
    if names_reader and not may(by, Action.MARK_SECRET, engagement):
        raise RuleBroken(_("Personen är namngiven läsare av sekretess. Bara den som får sekretessmarkera ändrar det."))
    if names_reader and is_unkept(engagement, apart_from=known.to, on=clock.local_date(at)):  # type: ignore[arg-type]
        raise RuleBroken(_("Ingen skulle längre svara för ärendet. Namnge någon annan först."))
    if names_reader:
        left = {person.pk for person in readers_by_name(engagement)} - {known.to.pk}
        require_needed(engagement, left, on=clock.local_date(at))
    withdraw(engagement=engagement, to=known.to, action=known.action, by=by, at=at, reason=reason)
    return known
