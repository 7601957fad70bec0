"""A reception in Stadshuset: the city's own conditions (REP, M19)."""

import re
from datetime import timedelta

from engagements.strategy.checks.finding import Answer, Limit, Parameters, _, check, failed, judge, passed
from engagements.strategy.evidence import Evidence

SLOT = re.compile(r"(\d{1,2})(?:[.:](\d\d))?\s*(?:-|–|—|till)\s*(\d{1,2})(?:[.:](\d\d))?")


def is_time(text: str) -> bool:
    return bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text))


def is_reception(e: Evidence) -> bool:
    return e.instrument == "reception" or e.kind == "reception"


@check("R1", to=is_reception, takes={"share_percent": Limit(50, _("mer än %(value)s procent från utlandet"))})
def international(e: Evidence, p: Parameters) -> Answer:
    ask = _("Be arrangören om andelen deltagare från utlandet.")
    if e.share_abroad is None:
        return judge(_("Andelen från utlandet är inte känd."), ask)
    if e.share_is_estimate:
        return judge(_("Andelen från utlandet, %(share)s procent, är en uppskattning."), ask, share=e.share_abroad)
    if e.share_abroad > p["share_percent"]:
        return passed(_("%(share)s procent kommer från utlandet."), share=e.share_abroad)
    return failed(
        _("Bara %(share)s procent kommer från utlandet."),
        _("Mer än %(least)s procent av gästerna ska komma från utlandet."),
        share=e.share_abroad,
        least=p["share_percent"],
    )


@check("R2", to=is_reception)
def congress_in_the_city(e: Evidence, p: Parameters) -> Answer:
    if e.congress_in_city is False:
        return failed(_("Kongressen hålls inte i Stockholm."), _("Föreslå arrangören en annan värd."))
    if e.guests_stay_in_city is False:
        return failed(_("Gästerna bor inte på hotell i Stockholm."), _("Be arrangören boka hotell i Stockholm."))
    if e.congress_in_city is None or e.guests_stay_in_city is None:
        return judge(
            _("Det är inte känt om kongressen hålls och gästerna bor i Stockholm."),
            _("Ange om kongressen hålls i Stockholm och om gästerna bor på stadens hotell."),
        )
    return passed(_("Kongressen hålls i Stockholm och gästerna bor där."))


@check("R3", to=is_reception, takes={"guests": Limit(150, _("minst %(value)s gäster"))})
def size(e: Evidence, p: Parameters) -> Answer:
    """Few guests are for a person to judge and never fail; only a reception for nobody does."""
    if e.guests is None:
        return judge(_("Antalet gäster är inte känt."), _("Ange antalet gäster."))
    if e.guests == 0:
        return failed(_("Ansökan gäller inga gäster."), _("Ange antalet gäster."))
    if e.guests >= p["guests"]:
        return passed(_("%(n)s gäster."), n=e.guests)
    return judge(
        _("Färre än %(least)s gäster: %(n)s."),
        _("Bedöm om mottagningen ändå bör hållas."),
        least=p["guests"],
        n=e.guests,
    )


@check("R4", to=is_reception)
def evening(e: Evidence, p: Parameters) -> Answer:
    """The eve and the last evening are for a person to judge. An evening outside the congress is none of its evenings."""
    if not (e.starts_on and e.congress_from and e.congress_to):
        return judge(
            _("Mottagningens eller kongressens dagar är inte kända."), _("Ange kongressens första och sista dag.")
        )
    eve = e.congress_from - timedelta(days=1)
    if not eve <= e.starts_on <= e.congress_to:
        return failed(_("Mottagningen ligger utanför kongressens dagar."), _("Välj en kväll under kongressen."))
    if e.starts_on == eve:
        return judge(
            _("Mottagningen är kvällen före kongressen."), _("Välj en annan kväll, eller bedöm om den passar.")
        )
    if e.starts_on == e.congress_to:
        return judge(
            _("Mottagningen är kongressens sista kväll."), _("Välj en annan kväll, eller bedöm om den passar.")
        )
    return passed(_("Kvällen ligger under kongressen."))


@check(
    "R5",
    to=is_reception,
    takes={
        "slots": Limit(["18:00", "19:00"], _("börjar %(value)s"), reads=is_time),
        "max_hours": Limit(2, _("högst %(value)s timmar")),
    },
)
def slot_is_free(e: Evidence, p: Parameters) -> Answer:
    if e.slot_is_taken:
        return failed(_("Tiden är upptagen av en annan mottagning."), _("Välj en annan dag eller tid."))
    hours = hours_of(e.slot)
    if hours is None or e.slot_is_taken is None:
        return judge(_("Dagen eller tiden är inte känd."), _("Ange dag och tid, till exempel 18–20."))
    begins, ends = hours
    if not any(starts <= begins < ends <= starts + p["max_hours"] for starts in map(clock_hour, p["slots"])):
        return failed(
            _("Tiden %(slot)s är en annan än de som staden erbjuder."),
            _("Börja %(slots)s och håll på högst %(hours)s timmar."),
            slot=e.slot,
            slots=" eller ".join(p["slots"]),
            hours=p["max_hours"],
        )
    # what is secret is told nobody here, so the sentence is true with or without it
    return passed(_("Ingen annan mottagning som får visas har den tiden. Stäm av med den som håller i salen."))


def clock_hour(text: str) -> float:
    hour, minute = text.split(":")
    return int(hour) + int(minute) / 60


def hours_of(slot: str) -> tuple[float, float] | None:
    """18–20 or kl. 18.30–20.00 as hours; None for anything else."""
    found = SLOT.search(slot)
    if not found:
        return None
    first, first_minutes, last, last_minutes = (int(part or 0) for part in found.groups())
    return first + first_minutes / 60, last + last_minutes / 60


@check("R6", to=is_reception)
def reason_to_host(e: Evidence, p: Parameters) -> Answer:
    """Why the capital should host, and the scientific level or the championship: read by somebody else (engagements.guard)."""
    if e.why_the_city is None:
        return judge(_("Ingen har angett varför staden bör vara värd."), _("Skriv varför staden bör vara värd."))
    if not e.why_the_city.strip():
        return failed(_("Det står inte varför staden bör vara värd."), _("Skriv varför staden bör vara värd."))
    return judge(
        _("Skälet är beskrivet. Någon annan än den som skrev granskar det."),
        _("Bedöm skälet, och den vetenskapliga nivån eller mästerskapet, om du inte har skrivit det själv."),
    )


@check("R7", to=lambda e: is_reception(e) and (bool(e.region_field) or e.region_co_hosts is not None))
def region_is_host_too(e: Evidence, p: Parameters) -> Answer:
    """Medicine and traffic. Not asked is for a person to judge; a no means that the city would stand alone."""
    if e.region_co_hosts:
        return passed(_("Region Stockholm är medvärd."))
    if e.region_co_hosts is None:
        return judge(_("Region Stockholm är inte tillfrågad."), _("Fråga Region Stockholm om värdskapet."))
    if e.region_field:
        return failed(
            _("Region Stockholm har sagt nej, fast ämnet är regionens."), _("Låt regionen vara värd, eller avslå.")
        )
    return passed(_("Ämnet är inte regionens."))


@check("R8", to=lambda e: is_reception(e) and e.in_force, stops=False)
def attested_by_another(e: Evidence, p: Parameters) -> Answer:
    """Representation: who attests the bill was not there, and purpose, date and participants are on record."""
    if e.attester_attended:
        return failed(_("Den som attesterade var själv med."), _("Låt någon som inte var med attestera."))
    if e.starts_on is None or e.starts_on > e.on:
        return judge(_("Mottagningen har inte hållits ännu."), _("Skriv in deltagare och attest när den har hållits."))
    if e.attester_attended is None or not e.attested_by.strip():
        return judge(_("Det står inte vem som attesterade."), _("Ange vem som attesterade och om hen var med."))
    if not e.participants.strip() or not (e.why_the_city or "").strip():
        return judge(_("Syfte eller deltagarlista saknas."), _("Skriv in syftet och deltagarna."))
    return passed(_("Attesten och deltagarlistan är i ordning."))
