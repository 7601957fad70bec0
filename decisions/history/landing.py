"""Where each kind of past event lands: as the engagement it was, as a point at a meeting, or as a fact.

No direction is known for what happened before the register, so none is written in. Matters are registered the day they
are loaded and keep the day they happened beside it (records law R2, R3); `updated_at` is when they last moved, so that
history does not lie on top of today's work.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Model
from django.utils import timezone

from decisions.history.items import land_item
from decisions.history.matching import Bodies, Partners, country_of, place_of
from decisions.history.rows import Event
from engagements.enums import (
    DeclarationKind,
    FactKind,
    InfluenceForm,
    Instrument,
    Kind,
    PartnerKind,
    State,
    TripKind,
)
from engagements.models import Declaration, Engagement, EUInfluence, Fact, Partner, Trip
from engagements.operations import save_with_reason, take_key
from engagements.strategy.editions import in_force
from memberships.enums import AgreementType, MembershipForm
from memberships.models import Agreement, Membership
from memberships.rules import INSTRUMENTS
from organisation.models import Body, User
from stockholm_intl.kit import clock
from visits.enums import VisitType
from visits.models import Reception, VisitRequest

SIGNED = re.compile(r"\b(sign\w*|undertecknad?e?|adopted|antag\w*)\b", re.IGNORECASE)
POST = re.compile(r"\b(plats|ordförande\w*|vice|styr\w*|post|uppdrag)\b", re.IGNORECASE)
INTENT = re.compile(r"intentionsavtal|avsiktsförklaring|letter of intent|memorandum", re.IGNORECASE)
TWIN = re.compile(r"vänort", re.IGNORECASE)


@dataclass(frozen=True)
class Load:
    """What all rows of one load share."""

    bodies: Bodies
    partners: Partners
    at: datetime
    by: User | None

    def reason(self, event: Event) -> str:
        return f"Historikladdning, rad {event.line}"


def land(event: Event, load: Load) -> None:
    """Save the event as what it is. Raises RowRefused."""
    LANDINGS[event.kind](event, load)


def engage(event: Event, load: Load, kind: Kind, state: State, instrument: Instrument, detail: Model) -> None:
    """Register the matter in the state it has reached, with its detail row."""
    if event.was_declined:
        state = State.DECLINED
    moved_at = midday(event.first) if event.first else load.at
    engagement = Engagement(
        kind=kind,
        state=state,
        key=take_key(year=clock.local_date(load.at).year),
        title=event.title,
        summary=event.more,
        body=load.bodies.owner(event.body),
        counterpart=event.counterpart,
        partner=load.partners.find(event.counterpart),
        country=country_of(event.counterpart, event.title),
        happens=event.happened,
        starts_on=event.first,
        ends_on=event.day,
        edition=edition_of(event.first, load),
        instrument=instrument,
        decision_note=event.decision,
        source=event.source,
        fingerprint=event.fingerprint,
        created_at=load.at,
        created_by=load.by,
        registered_at=load.at,
        registered_by=load.by,
        updated_at=moved_at,
        closed_at=moved_at if state == State.CLOSED else None,
    )
    save_with_reason(engagement, by=load.by, reason=load.reason(event))
    detail.engagement = engagement  # type: ignore[attr-defined]
    save_with_reason(detail, by=load.by, reason=load.reason(event))


def midday(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def edition_of(day: date | None, load: Load) -> str:
    """The strategy it was judged under; without a day the one in force when it is loaded."""
    return in_force(on=day or clock.local_date(load.at)).code


# --- one function a kind


def land_trip(event: Event, load: Load) -> None:
    detail = Trip(kind=TripKind(event.kind), place=place_of(event.title))
    engage(event, load, Kind.TRIP, State.COMPLETED, Instrument.TRIP, detail)


def land_declaration(event: Event, load: Load) -> None:
    """What was signed still binds; what was only handed over or taken part in is done."""
    kind = DeclarationKind(event.kind)
    signed = bool(SIGNED.search(event.decision))
    detail = Declaration(kind=kind, signed_on=event.happened if signed else "")
    state = State.APPROVED if signed else State.COMPLETED
    engage(event, load, Kind.DECLARATION, state, Instrument(kind.value), detail)


def land_influence(event: Event, load: Load) -> None:
    form = InfluenceForm.REFERRAL if event.kind == "remiss" else InfluenceForm.CONSULTATION
    detail = EUInfluence(form=form, addressee=event.counterpart, submitted_on=event.day)
    engage(event, load, Kind.EU_INFLUENCE, State.COMPLETED, Instrument.POSITION, detail)


def land_visit(event: Event, load: Load) -> None:
    detail = VisitRequest(visit_type=VisitType(event.kind))
    engage(event, load, Kind.VISIT, State.COMPLETED, Instrument(event.kind), detail)


def land_reception(event: Event, load: Load) -> None:
    engage(event, load, Kind.RECEPTION, State.COMPLETED, Instrument.RECEPTION, Reception())


def land_agreement(event: Event, load: Load) -> None:
    """The city's own words decide what it is, not the newspapers' (domain section 2: Kyiv, 2022)."""
    said = f"{event.title} {event.decision}"
    kind = AgreementType.COOPERATION
    if TWIN.search(event.title):
        kind = AgreementType.TWIN_TOWN
    elif INTENT.search(said):
        kind = AgreementType.INTENT
    detail = Agreement(agreement_type=kind, entered_on=entered_on(event, load))
    engage(event, load, Kind.AGREEMENT, State.APPROVED, INSTRUMENTS[kind], detail)


def land_membership(event: Event, load: Load) -> None:
    """An organisation has one membership in force. A further row about it is a post of trust that was held: closed.

    The source tells the day of such a post and not how long it was held, so it counts for that day alone.
    """
    partner = load.partners.find(event.counterpart)
    detail = Membership(
        form=form_of(partner),
        theme=partner.theme[:120] if partner else "",
        entered_on=entered_on(event, load),
        post_of_trust=event.title if POST.search(event.title) else "",
    )
    if partner and has_membership(partner):
        detail.post_of_trust, detail.ended_on = event.title, detail.entered_on
        engage(event, load, Kind.MEMBERSHIP, State.CLOSED, Instrument.POST, detail)
    else:
        engage(event, load, Kind.MEMBERSHIP, State.APPROVED, INSTRUMENTS[form_of(partner)], detail)


def has_membership(partner: Partner) -> bool:
    return Engagement.objects.filter(kind=Kind.MEMBERSHIP, state=State.APPROVED, partner=partner).exists()


def form_of(partner: Partner | None) -> MembershipForm:
    if partner and partner.kind in {PartnerKind.NETWORK, PartnerKind.INITIATIVE, PartnerKind.DECLARATION}:
        return MembershipForm(partner.kind)
    return MembershipForm.ORGANISATION


def entered_on(event: Event, load: Load) -> date:
    """The clock of reviews needs a day: the first it can mean, or the day it came on record when none is known."""
    return event.first or clock.local_date(load.at)


def land_fact(event: Event, load: Load) -> None:
    fact = Fact(
        kind={"rule": FactKind.RULE, "strategy": FactKind.EDITION, "visit_statistics": FactKind.FIGURE}[event.kind],
        happened=event.happened,
        title=event.title,
        title_en=event.title_en[:300],
        counterpart=event.counterpart,
        body=load.bodies.find(event.body),
        note=event.decision,
        source=event.source,
        fingerprint=event.fingerprint,
    )
    save_with_reason(fact, by=load.by, reason=load.reason(event))


def land_point(event: Event, load: Load) -> None:
    code = {"ib_item": "IB", "ks_item": "KS"}[event.kind]
    body: Body = load.bodies.find(event.body) or load.bodies.meeting_body(code)
    land_item(event, body, by=load.by, reason=load.reason(event))


LANDINGS: dict[str, Callable[[Event, Load], None]] = {
    "agreement": land_agreement,
    "conference": land_trip,
    "conference_hosted": land_trip,
    "study_trip_out": land_trip,
    "declaration": land_declaration,
    "initiative": land_declaration,
    "eu_influence": land_influence,
    "remiss": land_influence,
    "membership": land_membership,
    "protocol_visit": land_visit,
    "state_visit": land_visit,
    "representation_reception": land_reception,
    "ib_item": land_point,
    "ks_item": land_point,
    "rule": land_fact,
    "strategy": land_fact,
    "visit_statistics": land_fact,
}
