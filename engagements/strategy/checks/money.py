"""Money: aid paid by others, within the frame, and no burden in what is delegated."""

from decimal import Decimal

from engagements.strategy.checks.finding import Answer, Limit, Parameters, _, check, failed, judge, passed
from engagements.strategy.evidence import Evidence

COSTING = frozenset({"trip", "membership", "declaration", "project", "reception"})


@check(
    "C10",
    to=lambda e: e.instrument == "aid_project",
    takes={"max_city_cash": Limit(0, _("högst %(value)s kronor av stadens pengar"))},
)
def aid_is_paid_by_others(e: Evidence, p: Parameters) -> Answer:
    """Section 4: projects of the kind of aid are wholly paid by others. The city's hours are for a person to judge."""
    mend = _("Skriv in finansiärerna under Underlag så att de täcker hela kostnaden.")
    city = [line for line in e.funding if line.by_city]
    cash = sum((line.amount or Decimal(0) for line in city if not line.in_kind), Decimal(0))
    in_kind = sum((line.amount or Decimal(0) for line in city if line.in_kind), Decimal(0))
    if max(cash, (e.own_share or Decimal(0)) - in_kind) > p["max_city_cash"]:
        return failed(_("Staden betalar en del av projektet."), mend)
    if any(line.amount is None and not line.in_kind for line in city):
        return judge(
            _("Staden betalar en del, men beloppet är inte känt."), _("Skriv in stadens belopp under Underlag.")
        )
    if any(line.in_kind for line in city):
        return judge(_("Staden går in med arbetstid."), _("Bedöm om arbetstiden ryms utan ny kostnad."))
    if not e.funding and e.financing in ("own", "mixed"):
        return failed(_("Staden betalar projektet helt eller delvis."), mend)
    others = [line for line in e.funding if not line.by_city]
    if not others or not all(line.is_decided for line in others):
        return judge(_("Finansieringen är inte beslutad."), _("Skriv in finansiärernas beslut under Underlag."))
    given = sum((line.amount or Decimal(0) for line in others), Decimal(0))
    if e.cost is None or any(line.amount is None for line in others):
        return judge(_("Projektets kostnad eller finansiärernas belopp är inte känt."), mend)
    if given < e.cost:
        return judge(_("Finansiärernas belopp täcker inte hela kostnaden."), mend)
    return passed(_("Andra betalar hela projektet."))


@check(
    "C16",
    to=lambda e: e.instrument in ("declaration", "initiative") and e.burden != "added" and e.is_delegated is not False,
    takes={"max_cost": Limit(0, _("högst %(value)s kronor"))},
)
def delegated_declaration_is_free(e: Evidence, p: Parameters) -> Answer:
    """Section 5: what finansborgarrådet may sign adds no burden. With a cost it is kommunstyrelsen's (M8)."""
    if e.cost is not None and e.cost > p["max_cost"]:
        return failed(
            _("Åtagandet kostar, och då beslutar kommunstyrelsen."),
            _("Ange att åtagandet ger ny belastning, så går det till kommunstyrelsen."),
        )
    if e.has_duty:
        return judge(
            _("Åtagandet innehåller ett mål eller en skyldighet att rapportera."),
            _("Bedöm om målet eller rapporteringen ger ny belastning."),
        )
    if e.burden is None:
        return judge(_("Ingen har sagt om åtagandet ger ny belastning."), _("Ange om det ger ny belastning."))
    if e.has_duty is None:
        return judge(_("Det står inte vad staden åtar sig."), _("Skriv vad staden åtar sig."))
    return passed(_("Åtagandet ger ingen ny belastning."))


@check("C18", to=lambda e: e.kind in COSTING or bool(e.cost))
def within_the_frame(e: Evidence, p: Parameters) -> Answer:
    """Section 5: within the budget the body already has."""
    if e.is_covered is False:
        return failed(
            _("Kostnaden ryms inte i budgeten."), _("Hitta täckning för kostnaden och ange den under Underlag.")
        )
    if e.cost is not None and e.cost == 0:
        return passed(_("Det kostar inget."))
    if e.cost is None and not e.is_covered:
        return judge(_("Kostnaden är inte känd."), _("Ange kostnaden, eller under Underlag att den ryms i budgeten."))
    if not e.has_rate:
        return judge(_("Kostnaden är i annan valuta utan kurs."), _("Bedöm kostnaden i kronor."))
    if e.is_covered is None:
        return judge(
            _("Ingen har sagt om kostnaden ryms i budgeten."), _("Ange under Underlag vilken budget som betalar.")
        )
    return passed(_("Kostnaden ryms i budgeten."))
