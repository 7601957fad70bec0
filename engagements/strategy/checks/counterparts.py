"""With whom: no foreign policy of its own, no twin towns, established forums first, intent inside what is chosen."""

import re

from engagements.strategy.checks.finding import Answer, Limit, Parameters, _, check, failed, judge, passed
from engagements.strategy.evidence import Evidence

# "city, region, network, company, academia"; an organisation and the union's institutions are read the same way.
ORDINARY = frozenset(
    {"city", "region", "network", "company", "academia", "organisation", "initiative", "declaration", "eu"}
)
TOGETHER = frozenset({"organisation", "network", "initiative", "declaration"})
SINGLE = frozenset({"city", "region", "company", "academia", "state"})
BINDING = frozenset({"membership", "agreement", "declaration"})
FORUMS = frozenset({"organisation", "network", "initiative", "cooperation_agreement", "intent_agreement"})


def is_country(code: str) -> bool:
    """As the register writes countries: two capital letters."""
    return len(code) == 2 and code.isascii() and code.isupper()


@check(
    "C1",
    to=lambda e: True,
    takes={"watched_countries": Limit(["XX"], _("länder som bedöms: %(value)s"), reads=is_country)},
)
def no_foreign_policy(e: Evidence, p: Parameters) -> Answer:
    """Strategy 2016 section 4. Only a person can fail it: a judgement that the text takes a stand."""
    mend = _(
        "Läs texten. Bedöm om den tar ställning i frågor om förhållandet mellan stater, bistånd eller säkerhetspolitik."
    )
    watched = e.watched or ((e.country,) if e.country and e.country in p["watched_countries"] else ())
    if watched:
        # What was judged of one country says nothing of another; but which it is may be masked, so it is not quoted.
        return judge(_("Landet står på stadens bevakningslista."), mend, country=", ".join(watched))
    if e.touches & {"security"}:
        return judge(_("Texten rör säkerhet eller försvar."), mend)
    if e.touches & {"aid"}:
        return judge(_("Ärendet rör bistånd."), mend)
    if e.counterpart_kind == "state":
        return judge(_("Motparten är en stat, en ambassad eller ett departement."), mend)
    if e.counterpart_kind not in ORDINARY:
        return judge(
            _("Registret vet inte vad motparten är för slag."),
            _("Välj motparten i registret över parter, eller bedöm om staden för en egen utrikespolitik."),
        )
    return passed(_("Motparten är ingen stat, och inget tyder på utrikespolitik."))


@check(
    "C2",
    to=lambda e: e.kind in BINDING or e.instrument == "twin_town",
    takes={"words": Limit(["vänort"], _("ord i rubriken som bedöms: %(value)s"))},
)
def no_twin_towns(e: Evidence, p: Parameters) -> Answer:
    """Section 4: the city makes no twin-town agreements. What it is called matters less than what it holds."""
    if e.instrument == "twin_town":
        return failed(
            _("Staden ingår inga vänortsavtal."),
            _(
                "Gör om det till ett samarbetsavtal om ett ämne med slutdatum, eller låt KF eller KS besluta om avvikelse."
            ),
        )
    if any(named_in(e.title, word) for word in p["words"]):
        return judge(
            _("Rubriken talar om vänort."), _("Ändra rubriken, eller bedöm om avtalet i sak är ett vänortsavtal.")
        )
    if e.kind == "agreement" and e.counterpart_kind in ("city", "region", None) and lacks_bounds(e):
        return judge(
            _("Ett avtal med en stad utan ämne eller slutdatum liknar ett vänortsavtal."),
            _("Ange ämne och slutdatum, eller bedöm om det i sak är ett vänortsavtal."),
        )
    return passed(_("Formen är en annan än vänortsavtal."))


def named_in(title: str, word: str) -> bool:
    """At the beginning of a word or at its end: klimatvänort, but not the sister in assistera."""
    part = re.escape(word)
    return re.search(rf"\b{part}|{part}(?:er|en|s|savtal)?\b", title, re.IGNORECASE) is not None


def lacks_bounds(e: Evidence) -> bool:
    return not e.themes or e.ends_on is None


@check("C7", to=lambda e: e.instrument == "intent_agreement")
def intent_inside_something_chosen(e: Evidence, p: Parameters) -> Answer:
    """Section 4: intent agreements with an organisation or network, or inside an initiative the city has chosen."""
    if e.initiative == "decided":
        return passed(_("Avtalet ingår i ett initiativ som staden har beslutat om."))
    if e.counterpart_kind in TOGETHER:
        return passed(_("Motparten är en organisation eller ett nätverk."))
    if e.initiative == "open":
        return judge(
            _("Initiativet som avtalet ingår i är inte beslutat ännu."),
            _("Vänta på beslutet om initiativet, eller bedöm om avtalet kan stå för sig."),
        )
    if e.counterpart_kind in SINGLE:
        return failed(
            _("Motparten är ingen organisation och inget nätverk, och avtalet hör inte till något beslutat initiativ."),
            _("Knyt avtalet till det beslutade initiativ som det ingår i."),
        )
    return judge(
        _("Registret vet inte om motparten är en organisation, ett nätverk eller en ensam part."),
        _("Välj motparten i registret över parter, eller knyt avtalet till initiativet det ingår i."),
    )


def is_new(e: Evidence) -> bool:
    return e.step == "new" and not e.in_force


@check("C12", to=lambda e: is_new(e) and e.kind != "declaration" and e.instrument in FORUMS)
def established_forums_first(e: Evidence, p: Parameters) -> Answer:
    """Section 3, samverkan: established forums are examined before new forms are sought.

    What is in force already is not new; a decided matter keeps the answer it was decided on.
    """
    mend = _("Skriv vilket etablerat forum ni har prövat och varför det inte räcker.")
    if not e.forums:
        return failed(_("Inget etablerat forum är prövat före det nya."), mend)
    if not any(forum.conclusion.strip() for forum in e.forums):
        return judge(_("Ett forum är nämnt, men ingen slutsats."), mend)
    if e.same_theme:
        return judge(
            _("Staden är redan med i något med samma tema (%(n)s)."),
            _("Jämför med det som redan finns, eller skriv in det bland prövade forum med en slutsats."),
            n=len(e.same_theme),
        )
    return passed(_("Etablerade forum är prövade, med slutsats."))
