"""Whose decision a matter is, and what may happen to a meeting. No models here: the facts are handed in."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

from decisions.enums import CLOSED_STATES, MeetingState, Outcome, Section
from engagements.enums import IN_FORCE_STATES, WAITING_STATES, Kind
from engagements.strategy.competence import Route
from organisation.enums import BodyKind

# What may be put on an agenda: open matters to decide or prepare, decided ones to report back (travel reports).
REFERABLE_STATES = WAITING_STATES | IN_FORCE_STATES

# Where the delegation schemes that the commissioner may cite are adopted.
DELEGATING_KINDS = frozenset({BodyKind.EXECUTIVE_BOARD, BodyKind.INTERNATIONAL_COMMITTEE})

COMMISSIONER = "Finansborgarrådet"
UNDECIDED_OUTCOMES = frozenset({Outcome.REMITTED, Outcome.TABLED, Outcome.NOTED})


class Verdict(Enum):
    OURS = "ours"
    JUDGE = "judge"
    OTHERS = "others"


@dataclass(frozen=True)
class Belonging:
    """Whose the decision is. `row` is the matrix row of domain section 6, `decider` a Swedish phrase."""

    verdict: Verdict
    row: str
    decider: object


def belonging(way: Route) -> Belonging:
    """R11: Internationella beredningen's list holds only what is delegated to finansborgarrådet (strategy section 5).

    A missing answer is never a no: while the matter can still be theirs it asks for judgement, with a reason.
    """
    ours = next((row for row, decider in way.ways if decider == OURS), "")
    if way.deciders == (OURS,):
        return Belonging(Verdict.OURS, ours, DECIDERS[OURS])
    if OURS in way.deciders:
        return Belonging(Verdict.JUDGE, ours, DECIDERS[OURS])
    row, decider = way.ways[0] if way.ways else ("", "")
    return Belonging(Verdict.OTHERS, row, BY_ROW.get(row) or DECIDERS.get(decider, ""))


OURS = "finansborgarradet"
DECIDERS: dict[str, object] = {
    "KF": _("kommunfullmäktige"),
    "KS": _("kommunstyrelsen"),
    OURS: _("finansborgarrådet"),
    "body": _("nämnden eller bolagsstyrelsen"),
    "head": _("förvaltningschefen eller verkställande direktören"),
    "signer": _("den som får skriva under för värden"),
    "city_leadership": _("stadens ledning"),
    "none": _("kommunfullmäktige eller kommunstyrelsen"),
}
# Where the own body is called by what it does.
RECEIVES = _("förvaltningen eller bolaget som tar emot")
BY_ROW = {"M6": _("det egna organet enligt sin delegationsordning"), "M15": RECEIVES, "M16": RECEIVES, "M17": RECEIVES}


def changeable(state: str) -> bool:
    """From the approval of the list, the agenda and the decisions are closed for good; only the report remains."""
    return MeetingState(state) not in CLOSED_STATES


def section_for(kind: str, *, comes_back: bool) -> Section:
    """Where on the agenda a matter stands unless the secretary says otherwise (domain section 8)."""
    if kind == Kind.TRIP and comes_back:
        return Section.TRAVEL_REPORTS
    return Section.REPRESENTATION if kind in {Kind.RECEPTION, Kind.VISIT} else Section.INTERNATIONAL
