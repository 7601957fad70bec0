"""Whose decision a matter is, and what may happen to a meeting. No models here: the facts are handed in."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

from decisions.enums import MeetingState, Outcome, Section
from engagements.enums import IN_FORCE_STATES, WAITING_STATES, Burden, Instrument, Kind, Scope, TripKind
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
class Matter:
    """What the matrix asks about an engagement; empty means that nobody has answered."""

    kind: Kind
    scope: str = ""
    instrument: str = ""
    burden: str = ""
    on_behalf_of_ks: bool | None = None
    trip_kind: str = ""
    in_sweden: bool = False


@dataclass(frozen=True)
class Belonging:
    """Whose the decision is. `row` is the matrix row of domain section 6, `decider` a Swedish phrase."""

    verdict: Verdict
    row: str
    decider: object


def belonging(matter: Matter) -> Belonging:
    """R11: Internationella beredningen's list holds only what is delegated to finansborgarrådet (strategy section 5).

    A missing answer is never a no: it asks for judgement, with a reason.
    """
    if matter.instrument == Instrument.TWIN_TOWN:
        return Belonging(Verdict.OTHERS, "M11", _("kommunfullmäktige eller kommunstyrelsen"))
    return BY_KIND[matter.kind](matter)


def _reception(_matter: Matter) -> Belonging:
    return Belonging(Verdict.OURS, "M19", COMMISSIONER_DECIDES)


def _trip(matter: Matter) -> Belonging:
    if matter.on_behalf_of_ks is False:
        return Belonging(Verdict.OTHERS, "M6", _("det egna organet enligt sin delegationsordning"))
    sure = matter.on_behalf_of_ks and matter.trip_kind == TripKind.CONFERENCE and not matter.in_sweden
    return Belonging(Verdict.OURS if sure else Verdict.JUDGE, "M5", COMMISSIONER_DECIDES)


def _declaration(matter: Matter) -> Belonging:
    if matter.burden == Burden.ADDED:
        return Belonging(Verdict.OTHERS, "M8", EXECUTIVE_BOARD_DECIDES)
    if matter.instrument == Instrument.INITIATIVE and matter.scope == Scope.OWN_FIELD:
        return Belonging(Verdict.OTHERS, "M4", BOARD_DECIDES)
    # a city-wide initiative without added burden fits both M2 and M7: a person chooses and says why
    sure = matter.burden == Burden.NONE and matter.instrument != Instrument.INITIATIVE
    return Belonging(Verdict.OURS if sure else Verdict.JUDGE, "M7", COMMISSIONER_DECIDES)


def _membership(matter: Matter) -> Belonging:
    if matter.instrument in {Instrument.DECLARATION, Instrument.INITIATIVE}:
        return _declaration(matter)
    if matter.scope == Scope.OWN_FIELD:
        return Belonging(Verdict.OTHERS, "M3", BOARD_DECIDES)
    if matter.instrument == Instrument.NETWORK:
        return Belonging(Verdict.OTHERS, "M2", EXECUTIVE_BOARD_DECIDES)
    return Belonging(Verdict.OTHERS, "M1", _("kommunfullmäktige"))


def _agreement(matter: Matter) -> Belonging:
    if matter.instrument == Instrument.INTENT_AGREEMENT and matter.scope != Scope.OWN_FIELD:
        if matter.burden != Burden.ADDED:
            return Belonging(Verdict.JUDGE, "M9", COMMISSIONER_DECIDES)
        return Belonging(Verdict.OTHERS, "M9", EXECUTIVE_BOARD_DECIDES)
    return Belonging(Verdict.OTHERS, "M10", _own_or_board(matter))


def _influence(matter: Matter) -> Belonging:
    return Belonging(Verdict.OTHERS, "M13" if matter.scope == Scope.OWN_FIELD else "M12", _own_or_board(matter))


def _project(matter: Matter) -> Belonging:
    return Belonging(
        Verdict.OTHERS, "M21" if matter.instrument == Instrument.AID_PROJECT else "M4", _own_or_board(matter)
    )


def _visit(_matter: Matter) -> Belonging:
    return Belonging(Verdict.OTHERS, "M15", _("förvaltningen eller bolaget som tar emot"))


def _own_or_board(matter: Matter) -> object:
    return BOARD_DECIDES if matter.scope == Scope.OWN_FIELD else EXECUTIVE_BOARD_DECIDES


COMMISSIONER_DECIDES = _("finansborgarrådet")
EXECUTIVE_BOARD_DECIDES = _("kommunstyrelsen")
BOARD_DECIDES = _("nämnden eller bolagsstyrelsen")

BY_KIND: dict[Kind, Callable[[Matter], Belonging]] = {
    Kind.RECEPTION: _reception,
    Kind.TRIP: _trip,
    Kind.DECLARATION: _declaration,
    Kind.MEMBERSHIP: _membership,
    Kind.AGREEMENT: _agreement,
    Kind.EU_INFLUENCE: _influence,
    Kind.PROJECT: _project,
    Kind.VISIT: _visit,
}


def changeable(state: str) -> bool:
    """After the report the agenda, the decisions and the meeting are closed for good."""
    return MeetingState(state) is not MeetingState.REPORTED


def section_for(kind: str, *, comes_back: bool) -> Section:
    """Where on the agenda a matter stands unless the secretary says otherwise (domain section 8)."""
    if kind == Kind.TRIP and comes_back:
        return Section.TRAVEL_REPORTS
    return Section.REPRESENTATION if kind in {Kind.RECEPTION, Kind.VISIT} else Section.INTERNATIONAL
