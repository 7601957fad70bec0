"""A matter that another body decides than the owner is handed to it: kommunstyrelsen, and through it kommunfullmäktige."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from engagements.board_readers import require_a_reader_at
from engagements.enums import IN_FORCE_STATES, State
from engagements.models import Engagement
from engagements.operations import locked, require_off_the_agenda, save_with_reason, touch
from engagements.permission import grant, handed_to, may, withdraw
from engagements.routing import KS, decider_fits, lies_with, route_of, rule_of
from engagements.rules import RuleBroken, WrongState
from engagements.strategy.competence import Route
from organisation.enums import Action
from organisation.models import Body, User
from stockholm_intl.kit import clock

# Whose decision kommunstyrelsen's secretary writes in: its own, and what it proposes to kommunfullmäktige.
THROUGH_KS = frozenset({"KF", "KS", "none", "city_leadership"})

# What the apps above know: the way of what is proposed anew about a matter in force (M22, M23); None when nothing is.
_proposed_anew: list[Callable[[Engagement], Route | None]] = []


def proposed_anew_by(told: Callable[[Engagement], Route | None]) -> None:
    if told not in _proposed_anew:
        _proposed_anew.append(told)


def way_proposed(engagement: Engagement) -> Route | None:
    """The way of the proposal that waits: to enter it, or about what is in force already. None while there is none."""
    state = State(engagement.state)
    if state == State.PROPOSED:
        return route_of(engagement)
    if state not in IN_FORCE_STATES:
        return None
    return next((way for told in _proposed_anew if (way := told(engagement))), None)


def goes_to_board(engagement: Engagement, way: Route) -> bool:
    """Whether kommunstyrelsen or kommunfullmäktige decides, and the owner is not of kommunstyrelsen's house."""
    if not way.deciders or not THROUGH_KS.issuperset(way.deciders) or engagement.body.kind == KS:
        return False
    return not (engagement.body.board and engagement.body.board.kind == KS)


def board_for(engagement: Engagement, way: Route) -> Body | None:
    """Kommunstyrelsen, where the matter goes through it; whoever has it now."""
    if not goes_to_board(engagement, way):
        return None
    return Body.objects.filter(kind=KS).in_force(on=clock.today()).order_by("pk").first()


@transaction.atomic
def submit_engagement(*, engagement: Engagement, by: User, at: datetime) -> Body:
    """Let kommunstyrelsen read and decide what another body has proposed (C15). Doing it twice changes nothing.

    Raises PermissionDenied for others, WrongState before it is proposed, RuleBroken when another body decides, it stands on
    an agenda, or something is marked in it and nobody who writes for the board is named.
    """
    engagement = locked(engagement)
    if not may(by, Action.PREPARE, engagement):
        raise PermissionDenied(_("Den som bereder ärendet lämnar det till kommunstyrelsen."))
    way = way_proposed(engagement)
    if way is None:
        raise WrongState(_("Lämna ett förslag först, sedan kan ärendet lämnas till kommunstyrelsen."))
    board = board_for(engagement, way)
    if board is None:
        raise RuleBroken(_("Ärendet beslutas inte av kommunstyrelsen. Läs under Vem beslutar?"))
    require_off_the_agenda(engagement)
    if handed_to(engagement) != board:
        require_a_reader_at(board, engagement, on=clock.local_date(at))
        reason = f"Lämnat till {board} för beslut ({rule_of(way)})"
        for action in (Action.READ, Action.DECIDE):
            grant(engagement=engagement, to=board, action=action, reason=reason, by=by, at=at)
        touch(engagement, at=at)
        save_with_reason(engagement, by=by, reason=f"Lämnat till {board} för beslut")
    return board


def take_back(*, engagement: Engagement, by: User, at: datetime, reason: str) -> None:
    """The board it was handed to no longer reads or decides it; nothing for what was never handed on."""
    board = handed_to(engagement)
    for action in (Action.DECIDE, Action.READ) if board else ():
        withdraw(engagement=engagement, to=board, action=action, by=by, at=at, reason=reason, by_hand=False)  # type: ignore[arg-type]


def is_to_submit(engagement: Engagement, way: Route | None) -> bool:
    """Proposed, and waiting for somebody to hand it to the body that decides. `way` is that of the proposal."""
    if way is None or board_for(engagement, way) is None:
        return False
    return decider_fits(lies_with(engagement, way), engagement, way) is False
