"""From an engagement to what the checks are told about it."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import override

from engagements.enums import IN_FORCE_STATES, OPEN_STATES, Brand, Instrument, Kind, PartnerKind, TripKind
from engagements.gathering import Dossier
from engagements.models import Engagement
from engagements.priorities import priority_of, watched, written_by
from engagements.routing import decider_fits, deciders, lies_with, route_of
from engagements.showing import country_name
from engagements.strategy import words
from engagements.strategy.evidence import Activity, Evidence, Forum, Funding, evidence_from
from engagements.underlag import SECTIONS, rows_of
from organisation.enums import BOARD_KINDS, CONTACT_REQUIRED_KINDS, OFFICE_KINDS, BodyKind, Role
from organisation.models import Body, Mandate
from stockholm_intl.kit import clock

Known = dict[str, Any]
KS_HOUSE = frozenset({BodyKind.EXECUTIVE_BOARD, BodyKind.CITY_EXECUTIVE_OFFICE, BodyKind.INTERNATIONAL_COMMITTEE})
KS_NAMES = ("stadsledningskontor", "slk", "kommunstyrelse", "internationella enheten")
DELEGATED_TO = "finansborgarradet"


def evidence_of(dossier: Dossier, *, on: date, deciding: Body | None = None) -> Evidence:
    """All that is known. `deciding` is the body about to decide; before that, the one where the matter lies."""
    engagement, told = dossier.engagement, dossier.witnessed
    found: dict[str, Any] = {"on": on}
    for part in (matter(engagement), counterpart(engagement), underlag(engagement), contact(engagement.body, on=on)):
        found |= part
    found |= deciding_facts(dossier, deciding or told.get("deciding"))
    found["watched"] = named(watched(countries(engagement), on=on))
    found |= priority(engagement, on=on, theme=str(told.get("theme", "")))
    return evidence_from(found | told)


def matter(engagement: Engagement) -> Known:
    """What the engagement's own row says."""
    text = f"{engagement.title} {engagement.summary}"
    aid = {"aid"} if engagement.instrument == Instrument.AID_PROJECT else set()
    day = engagement.decided_at
    return {
        "kind": engagement.kind,
        "instrument": engagement.instrument or PLAIN.get(Kind(engagement.kind)),
        "step": engagement.step,
        "scope": engagement.scope or None,
        "title": engagement.title,
        "is_open": engagement.state in OPEN_STATES,
        "in_force": engagement.state in IN_FORCE_STATES,
        "starts_on": engagement.starts_on,
        "ends_on": engagement.ends_on,
        "country": str(engagement.country) or None,
        "touches": words.touches(text) | aid,
        "directions": tuple(engagement.directions),
        "motives": engagement.motives,
        "goal": engagement.goal,
        "goal_year": words.last_year(engagement.goal),
        "drafted_by": engagement.contact_id or engagement.created_by_id,
        "cost": engagement.cost,
        "has_rate": engagement.currency == "SEK" or engagement.rate_date is not None,
        "financing": engagement.financing or None,
        "burden": engagement.burden or None,
        "on_behalf_of_ks": engagement.on_behalf_of_ks,
        "abroad": abroad(engagement),
        "decided_on": clock.local_date(day) if day else None,
        "owner_is_ks": engagement.body.kind in KS_HOUSE,
    } | own_row(engagement)


PLAIN = {
    Kind.VISIT: Instrument.VISIT,
    Kind.RECEPTION: Instrument.RECEPTION,
    Kind.TRIP: Instrument.TRIP,
    Kind.EU_INFLUENCE: Instrument.POSITION,
    Kind.DECLARATION: Instrument.DECLARATION,
}


def abroad(engagement: Engagement) -> bool | None:
    trip = getattr(engagement, "trip", None) if engagement.kind == Kind.TRIP else None
    if trip and trip.kind == TripKind.CONFERENCE_HOSTED:
        return False
    return str(engagement.country) != "SE" if engagement.country else None


def own_row(engagement: Engagement) -> Known:
    """The rows of the kinds that live here."""
    if engagement.kind == Kind.TRIP and hasattr(engagement, "trip"):
        return {"report_filed_on": engagement.trip.report_filed_on}
    if engagement.kind == Kind.DECLARATION and hasattr(engagement, "declaration"):
        return {"has_duty": words.speaks_of_duty(engagement.declaration.commitments)}
    if engagement.kind == Kind.PROJECT and hasattr(engagement, "project"):
        years = list(engagement.project.years.all())
        return (
            {"own_share": sum((year.own_share_sek for year in years), start=type(years[0].own_share_sek)(0))}
            if years
            else {}
        )
    return {}


def counterpart(engagement: Engagement) -> Known:
    """What the register of partners says, else what the name does."""
    partner = engagement.partner
    if partner:
        return {"counterpart_kind": None if partner.kind == PartnerKind.OTHER else partner.kind}
    name = engagement.counterpart
    if engagement.kind == Kind.EU_INFLUENCE and hasattr(engagement, "euinfluence"):
        name = f"{engagement.euinfluence.addressee} {name}"
    return {"counterpart_kind": words.counterpart_kind(name)}


def countries(engagement: Engagement) -> set[str]:
    """Where it goes or comes from, and where the counterpart belongs."""
    found = {str(engagement.country), str(engagement.partner.country) if engagement.partner else ""}
    return found - {"", "SE"}


def named(codes: Collection[str]) -> tuple[str, ...]:
    """In Swedish whoever reads: a judgement keeps the sentence that it answered."""
    with override("sv"):
        return tuple(sorted(country_name(code) for code in codes))


def underlag(engagement: Engagement) -> Known:
    """The rows written for the checks."""
    frame = getattr(engagement, "frame", None)
    brand = frame.brand if frame else ""
    links = rows_of(engagement, SECTIONS["initiativ"], "initiative")
    decided = [link.initiative.state in IN_FORCE_STATES for link in links]
    consultations = rows_of(engagement, SECTIONS["samrad"], "body")
    return {
        "activities": tuple(
            Activity(one.what, one.owner, one.on) for one in rows_of(engagement, SECTIONS["aktiviteter"])
        ),
        "forums": tuple(Forum(one.name, one.conclusion) for one in rows_of(engagement, SECTIONS["forum"])),
        "funding": tuple(
            Funding(line.by_city, line.amount, line.in_kind, line.is_decided)
            for line in rows_of(engagement, SECTIONS["finansiering"])
        ),
        "slk_contacts": tuple(one.on for one in consultations if is_ks(one.body, one.whom)),
        "initiative": ("decided" if any(decided) else "open") if links else "none",
        "is_covered": frame.is_covered if frame else None,
        "uses_brand": brand == Brand.USED if brand in (Brand.USED, Brand.NOT_USED) else None,
        "is_marketing": brand != Brand.NOT_MARKETING if brand else None,
    }


def is_ks(body: Body | None, whom: str) -> bool:
    return body.kind in KS_HOUSE if body else any(name in whom.lower() for name in KS_NAMES)


def contact(body: Body, *, on: date) -> Known:
    """C20: the contact person of the body, or of the office that works for it."""
    house = [body, *(body.parts.filter(kind__in=OFFICE_KINDS) if body.kind in BOARD_KINDS else ())]
    mandates = Mandate.objects.filter(body__in=house, role=Role.CONTACT_PERSON)
    now = [mandate.is_deputy for mandate in mandates.in_force(on=on)]
    if now:
        said = "yes" if not all(now) else "acting"
    else:
        said = "expired" if mandates.filter(valid_from__lte=on).exists() else "no"
    return {"contact": said, "needs_contact": any(one.kind in CONTACT_REQUIRED_KINDS for one in house)}


def deciding_facts(dossier: Dossier, deciding: Body | None) -> Known:
    """C15, and whether it goes to finansborgarrådet (C16, C17)."""
    engagement = dossier.engagement
    way = route_of(engagement, dossier=dossier)
    delegated = way.decides == DELEGATED_TO if way.decides else None
    if DELEGATED_TO not in way.deciders and way.deciders:
        delegated = False
    lies = deciding or lies_with(engagement, way)
    # a trip before the committee is about to be decided by delegation, rightly or not (C17)
    if engagement.kind == Kind.TRIP and lies.kind == BodyKind.INTERNATIONAL_COMMITTEE:
        delegated = True
    return {
        "decider_fits": decider_fits(lies, engagement, way),
        "decider": deciders(way, engagement),
        "is_delegated": delegated,
    }


def priority(engagement: Engagement, *, on: date, theme: str) -> Known:
    """C9: the priority in force that it falls within, and who wrote that in."""
    if engagement.instrument != Instrument.INVITATION_LETTER:
        return {}
    found = priority_of(engagement, on=on, theme=theme)
    return {"prioritised": found is not None, "prioritised_by": written_by(found) if found else None}
