"""From an engagement to its way: what the router is told, by which edition, and who may then decide (C15)."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from engagements.enums import Instrument, Kind, Part, Step, TripKind
from engagements.gathering import Dossier
from engagements.models import Engagement, Judgement
from engagements.permission import handed_to, handed_to_house_of
from engagements.rules import RuleBroken
from engagements.strategy.competence import Facts, Route, route
from engagements.strategy.editions import Edition, edition, in_force
from engagements.strategy.editions.shapes import YES_NO
from organisation.enums import BodyKind, Role
from organisation.models import Body, User
from organisation.queries import Reached, roles_in

# What each kind can be; the first is what it is while nobody has said, unless it can be one of several (AMONG).
FAMILY: dict[str, tuple[str, ...]] = {
    Kind.VISIT: (Instrument.VISIT, Instrument.PROTOCOL_VISIT, Instrument.STATE_VISIT, Instrument.INVITATION_LETTER),
    Kind.RECEPTION: (Instrument.RECEPTION,),
    Kind.MEMBERSHIP: (Instrument.ORGANISATION, Instrument.NETWORK, Instrument.INITIATIVE, Instrument.DECLARATION),
    Kind.AGREEMENT: (Instrument.COOPERATION_AGREEMENT, Instrument.INTENT_AGREEMENT),
    Kind.TRIP: (Instrument.TRIP,),
    Kind.DECLARATION: (Instrument.DECLARATION, Instrument.INITIATIVE),
    Kind.EU_INFLUENCE: (Instrument.POSITION,),
    Kind.PROJECT: (Instrument.EU_PROJECT, Instrument.AID_PROJECT),
}
ANY_KIND: tuple[str, ...] = (Instrument.TWIN_TOWN, Instrument.POST)
AMONG: dict[str, tuple[str, ...]] = {Kind.MEMBERSHIP: (Instrument.ORGANISATION, Instrument.NETWORK)}
STUDY_TRIP = "study_trip"  # the matrix's word for a kind of trip (domain section 11); to the register it is a trip

# What a person judges of an engagement's way: facts that stand in a field of its own, one that does not, and the choice
# that the strategy leaves open (M2 or M7).
MATTER = "matter"
LEAVING = "exit"  # M23, judged of what is in force and apart from how it was entered
FIELDS = ("scope", "instrument", "burden", "on_behalf_of_ks", "financing")
JUDGED = {"abroad": "abroad", MATTER: "judged", LEAVING: "judged"}

KF, KS, IB = BodyKind.CITY_COUNCIL, BodyKind.EXECUTIVE_BOARD, BodyKind.INTERNATIONAL_COMMITTEE
# In which bodies a decision is taken when it is not the owner's.
DECIDING_KINDS: dict[str, frozenset[str]] = {
    "KF": frozenset({KF}),
    "KS": frozenset({KS}),
    "finansborgarradet": frozenset({IB}),
    "city_leadership": frozenset({KF, KS, BodyKind.CITY_EXECUTIVE_OFFICE, BodyKind.CHANCELLERY}),
    # M11: not made; a deviation is kommunfullmäktige's or kommunstyrelsen's
    "none": frozenset({KF, KS}),
}
OWNERS = frozenset({"body", "head", "signer"})


def edition_of(engagement: Engagement) -> Edition:
    """The edition it was judged under, which another edition in force does not change."""
    return edition(engagement.edition)


def edition_for(engagement: Engagement | None, *, on: date) -> Edition:
    """The same, and for what nobody has written down yet the edition it will be judged under."""
    return edition_of(engagement) if engagement else in_force(on=on)


def facts_for(
    kind: str,
    *,
    instrument: str = "",
    trip_kind: str = "",
    in_sweden: bool = False,
    **known: Any,
) -> Facts:
    """What a matter of this kind tells the router; an instrument of another kind tells nothing."""
    family = FAMILY[kind]
    known = {name: value for name, value in known.items() if value not in ("", None)}
    if kind == Kind.TRIP:
        known.setdefault("abroad", _abroad(trip_kind, in_sweden=in_sweden))
    if kind == Kind.TRIP and trip_kind == TripKind.STUDY_TRIP:
        return Facts(instrument=STUDY_TRIP, **known)
    if instrument in family or instrument in ANY_KIND:
        return Facts(instrument=instrument, **known)
    among = AMONG.get(kind, ())
    return Facts(instrument=None if among else family[0], among=among, **known)


def _abroad(trip_kind: str, *, in_sweden: bool) -> bool | None:
    """Delegated are conferences abroad (M5); of other journeys somebody says so."""
    if in_sweden or trip_kind == TripKind.CONFERENCE_HOSTED:
        return False
    return True if trip_kind == TripKind.CONFERENCE else None


def facts_of(engagement: Engagement, *, step: str = "", dossier: Dossier | None = None) -> Facts:
    """What is known of an engagement, what was judged first. One query, and those of its kind's own row."""
    dossier = dossier or Dossier(engagement)
    known = {name: value for name, value in dossier.gathered.items() if name in Facts.__dataclass_fields__}
    step = step or engagement.step
    rows = answers_to(step, judged_of(dossier, JUDGED))
    judged = {JUDGED[row.subject]: YES_NO.get(row.answer, row.answer) for row in rows}
    trip = getattr(engagement, "trip", None) if engagement.kind == Kind.TRIP else None
    said = {
        "instrument": engagement.instrument,
        "scope": engagement.scope,
        "burden": engagement.burden,
        "on_behalf_of_ks": engagement.on_behalf_of_ks,
        "financing": engagement.financing,
    }
    facts = facts_for(
        engagement.kind,
        step=step,
        # for whom the country is covered it is not known where the trip goes
        trip_kind=trip.kind if trip and Part.COUNTERPART not in engagement.covered_parts else "",
        in_sweden=engagement.country == "SE",
        **said | known | judged,
    )
    return answered_only(facts, edition_of(engagement), [row.asked for row in rows if JUDGED[row.subject] == "judged"])


def answers_to(step: str, rows: list[Judgement]) -> list[Judgement]:
    """Who lets it end is judged by itself; while nobody has, what was judged of the matter may have said it."""
    leaves = step == Step.EXIT and any(row.subject == LEAVING for row in rows)
    return [row for row in rows if row.subject != (MATTER if leaves else LEAVING)]


def answered_only(facts: Facts, chosen: Edition, asked: Collection[str]) -> Facts:
    """What was chosen answers the question it was asked (which row an initiative is), and no other with like answers."""
    if not any(asked):
        return facts
    open_to = {question.code for question in way_under(chosen, replace(facts, judged=None)).questions}
    return facts if open_to & set(asked) else replace(facts, judged=None)


def judged_of(dossier: Dossier, subjects: Collection[str] = (*FIELDS, *JUDGED)) -> list[Judgement]:
    """What has been judged of its way: the answer that stands to each question."""
    return [row for subject, row in dossier.judgements.items() if subject in subjects]


def route_of(engagement: Engagement, *, step: str = "", dossier: Dossier | None = None) -> Route:
    """Who prepares, is consulted and decides. `step` is what is to happen to it now, where that is not its own."""
    return way_under(edition_of(engagement), facts_of(engagement, step=step, dossier=dossier))


def way_under(chosen: Edition, found: Facts) -> Route:
    """The way by an edition that may be of another time: where it does not know the word, it asks."""
    if found.instrument and found.instrument not in chosen.instrument_codes:
        plain = Instrument.TRIP if found.instrument == STUDY_TRIP else None
        found = replace(found, instrument=plain if plain in chosen.instrument_codes else None, among=())
    return route(found, chosen)


def way_out(engagement: Engagement, *, dossier: Dossier | None = None) -> Route:
    """M23: left at the level of entering it, as somebody has judged that and else as it would be entered today."""
    dossier = dossier or Dossier(engagement)
    way = route_of(engagement, step=Step.EXIT, dossier=dossier)
    if way.decides:
        return way
    entering = route_of(engagement, step=Step.NEW, dossier=dossier)
    return replace(way, ways=tuple((way.matter or "", decider) for decider in entering.deciders))


def may_decide(body: Body, engagement: Engagement, decider: str) -> bool:
    """Whether a body decides what the matrix gives to `decider`; its own board counts as the owner."""
    if decider in OWNERS:
        return body.pk == engagement.body_id or engagement.body.works_for(body)
    return body.kind in DECIDING_KINDS[decider]


def decider_fits(body: Body, engagement: Engagement, way: Route) -> bool | None:
    """C15: whether this body is the right one. None while what is still asked makes a difference to that."""
    fits = {may_decide(body, engagement, decider) for decider in way.deciders}
    return fits.pop() if len(fits) == 1 else None


def deciding_body(
    by: User,
    engagement: Engagement,
    *,
    on: date,
    step: str = "",
    reach: list[Reached] | None = None,
    dossier: Dossier | None = None,
) -> Body:
    """In whose name this person decides: a board's secretary writes in what the board decided. `reach`: see roles_in.

    The board is the owner's, or the one that the matter has been handed to; kommunstyrelsen's secretary writes in what
    kommunfullmäktige has decided too, for kommunstyrelsen proposes it there (M1).
    """
    handed = handed_to_house_of(by, engagement)
    where = handed or engagement.body
    if Role.BOARD_SECRETARY not in roles_in(by, where.pk, on=on, reach=reach):
        return engagement.body
    board = handed or engagement.body.board or engagement.body
    council = next((body for body in with_council(board) if body.kind == KF), None)
    # who lets it end may not have been judged yet (M23): who it can be says enough
    if council and way_of(engagement, step, dossier=dossier or Dossier(engagement, on=on)).deciders == ("KF",):
        return council
    return board


def decides_by_right(by: User, engagement: Engagement, *, on: date, step: str = "") -> bool:
    """Whether no point of a delegation scheme is needed: what the board decides it has delegated to its head, or not."""
    board = handed_to_house_of(by, engagement) or engagement.body
    if Role.BOARD_SECRETARY in roles_in(by, board.pk, on=on):
        return True
    if Role.HEAD not in roles_in(by, engagement.body_id, on=on):
        return False
    return not way_of(engagement, step, dossier=Dossier(engagement, on=on)).by_board


def lies_with(engagement: Engagement, way: Route) -> Body:
    """The body that decides where the matter lies now; the owner, while it must be handed on to one that may."""
    seats = (body for body in seats_of(engagement) if decider_fits(body, engagement, way) is not False)
    return next(seats, engagement.body)


def seats_of(engagement: Engagement) -> Iterator[Body]:
    """The owner, its board, and the board it has been handed to, each asked for only when the one before does not do."""
    yield engagement.body
    if engagement.body.board:
        yield from with_council(engagement.body.board)
    handed = handed_to(engagement)
    if handed:
        yield from with_council(handed)


def with_council(board: Body) -> Iterator[Body]:
    """Kommunstyrelsen proposes to kommunfullmäktige, and its secretary writes in what was decided there."""
    yield board
    if board.kind == KS and board.parent:
        yield board.parent


def way_of(engagement: Engagement, step: str = "", *, dossier: Dossier | None = None) -> Route:
    return (
        way_out(engagement, dossier=dossier) if step == Step.EXIT else route_of(engagement, step=step, dossier=dossier)
    )


def require_decider(
    engagement: Engagement,
    deciding: Body,
    *,
    step: str = "",
    may_be_asked: bool = False,
    dossier: Dossier | None = None,
) -> Route:
    """C15: raises RuleBroken, with row and section, when another body decides, or while it is asked who does.

    With `may_be_asked` only what is sure is refused: what is in force already was entered by somebody.
    """
    way = way_of(engagement, step, dossier=dossier)
    fits = decider_fits(deciding, engagement, way)
    if fits is False:
        raise RuleBroken(
            _("Ärendet beslutas av %(decider)s (%(row)s). %(body)s kan inte besluta i det.")
            % {"decider": deciders(way, engagement), "row": rule_of(way), "body": deciding.name}
        )
    if fits is None and way.deciders and not may_be_asked:
        raise RuleBroken(
            _("Det är inte klart vem som beslutar (%(rows)s). Svara under Vem beslutar?: %(question)s")
            % {"rows": ", ".join(way.rows) or "C15", "question": way.questions[0].text()}
        )
    return way


def rule_of(way: Route) -> str:
    """The rows it rests on and their section of the strategy; the check itself where the edition has no row."""
    rows = ", ".join(way.rows) or "C15"
    return _("%(rows)s, avsnitt %(section)s") % {"rows": rows, "section": way.section} if way.section else rows


def deciders(way: Route, engagement: Engagement) -> str:
    """Those who can still be the decider, in Swedish."""
    words = edition_of(engagement)
    deviation = _("kommunfullmäktige eller kommunstyrelsen, som ett avsteg")
    return _(" eller ").join(deviation if code == "none" else words.word(code) for code in way.deciders)
