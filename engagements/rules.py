"""From which state to which, and what right each step takes. The table reads aloud."""

from dataclasses import dataclass

from engagements.enums import EDITABLE_STATES, Kind, State
from organisation.enums import Action
from stockholm_intl.kit.rules import RuleBroken

__all__ = [
    "NO_COUNTERPART",
    "REQUIRED",
    "STEPS",
    "EditConflict",
    "Incomplete",
    "RuleBroken",
    "Step",
    "WrongState",
    "allowed",
    "editable",
    "key_for",
    "step",
]

S = State


class WrongState(RuleBroken):
    """The matter is not where this step begins; somebody else may have taken it already."""


class Incomplete(RuleBroken):
    """Something is missing. `missing` names the fields."""

    def __init__(self, message: object, missing: dict[str, object]) -> None:
        super().__init__(message)
        self.missing = missing


class EditConflict(RuleBroken):
    """Somebody saved in between; nothing was overwritten."""


@dataclass(frozen=True)
class Step:
    since: frozenset[State]
    to: State
    needs: Action


def step(since: set[State], to: State, needs: Action) -> Step:
    return Step(frozenset(since), to, needs)


STEPS = {
    "register": step({S.DRAFT}, S.REGISTERED, Action.PREPARE),
    "assess": step({S.REGISTERED, S.ASSESSED}, S.ASSESSED, Action.PREPARE),
    "propose": step({S.REGISTERED, S.ASSESSED}, S.PROPOSED, Action.PREPARE),
    "send_back": step({S.PROPOSED}, S.ASSESSED, Action.DECIDE),
    "accept": step({S.PROPOSED}, S.APPROVED, Action.DECIDE),
    "decline": step({S.PROPOSED}, S.DECLINED, Action.DECIDE),
    # handled in Internationella beredningen: the commissioner decides, its secretary records (strategy 2016 section 5)
    "ib_approve": step({S.REGISTERED, S.ASSESSED, S.PROPOSED}, S.APPROVED, Action.RUN_MEETING),
    "ib_decline": step({S.REGISTERED, S.ASSESSED, S.PROPOSED}, S.DECLINED, Action.RUN_MEETING),
    "ib_reopen": step({S.APPROVED, S.DECLINED}, S.PROPOSED, Action.RUN_MEETING),
    "complete": step({S.APPROVED}, S.COMPLETED, Action.PREPARE),
    "close": step({S.APPROVED, S.DECLINED, S.COMPLETED}, S.CLOSED, Action.PREPARE),
    "strike": step({S.REGISTERED, S.ASSESSED, S.PROPOSED}, S.STRUCK, Action.DECIDE),
}


def allowed(step_name: str, state: str) -> bool:
    return State(state) in STEPS[step_name].since


def editable(state: str) -> bool:
    return State(state) in EDITABLE_STATES


def key_for(year: int, number: int) -> str:
    """INT-2026-00042: the register's own key, gapless within a year (records law R2)."""
    return f"INT-{year}-{number:05d}"


# What must be there before a matter is registered, before it is proposed or decided, and before it ends (C11, C14).
REQUIRED: dict[str, tuple[str, ...]] = {
    "register": ("title", "counterpart", "body"),
    "decision": ("title", "counterpart", "body", "main_direction", "motives"),
    "end": ("main_direction", "motives"),
}

# Kinds whose counterpart is the city itself or a document, not somebody who asks.
NO_COUNTERPART = frozenset({Kind.DECLARATION, Kind.EU_INFLUENCE, Kind.PROJECT})
