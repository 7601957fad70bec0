"""Why: direction, planned development, a visit's purpose, priority and brand."""

from engagements.strategy.checks.finding import Answer, Limit, Parameters, _, check, failed, judge, passed
from engagements.strategy.evidence import Evidence


@check("C9", to=lambda e: e.instrument == "invitation_letter")
def letter_is_prioritised(e: Evidence, p: Parameters) -> Answer:
    """Section 4: prioritised by the authorised and supported by the strategy, both."""
    if e.prioritised is False:
        return failed(
            _("Varken temat eller landet är prioriterat i dag."),
            _("Låt den som får prioritera skriva in prioriteringen i registret."),
        )
    if not e.directions:
        return failed(_("Ingen inriktning i strategin är vald."), _("Välj en inriktning och skriv varför."))
    if e.prioritised is None:
        return judge(
            _("Ingen har sagt om besöket är prioriterat."), _("Ange land eller tema, eller bedöm prioriteringen.")
        )
    if e.prioritised_by is None or e.drafted_by is None:
        return judge(
            _("Det framgår inte vem som prioriterade eller vem som skrev brevet."),
            _("Bedöm om det är två olika personer."),
        )
    if e.prioritised_by == e.drafted_by:
        return judge(
            _("Samma person har prioriterat och skrivit brevet."),
            _("Låt någon annan bedöma om besöket är prioriterat."),
        )
    return passed(_("Besöket är prioriterat och stöds av strategin."))


@check("C11", to=lambda e: True, takes={"max_directions": Limit(4, _("högst %(value)s inriktningar"))})
def direction_with_reason(e: Evidence, p: Parameters) -> Answer:
    """Section 3. Without any direction it fails; a direction without a word of why is for a person to ask about."""
    if not e.directions:
        return failed(_("Ingen inriktning är vald."), _("Välj en huvudinriktning och skriv en mening om varför."))
    if not e.motives.get(e.directions[0], "").strip():
        many = len(e.directions) >= p["max_directions"]
        reason = (
            _("Alla inriktningar är valda, men ingen är motiverad.")
            if many
            else _("Huvudinriktningen är inte motiverad.")
        )
        return judge(reason, _("Skriv en mening om varför huvudinriktningen passar."))
    return passed(_("Inriktningen är vald och motiverad."))


@check("C13", to=lambda e: e.instrument == "eu_project")
def tied_to_planned_development(e: Evidence, p: Parameters) -> Answer:
    """Section 3, samverkan: EU-funded projects with a clear link to planned development."""
    mend = _("Ange målet i verksamhetsplanen eller budgeten som projektet hör till.")
    if not e.goal.strip():
        return failed(_("Projektet är inte knutet till något mål i planen."), mend)
    if e.goal_year is not None and e.goal_year < e.on.year:
        return judge(_("Målet gällde till och med %(year)s."), mend, year=e.goal_year)
    return passed(_("Projektet är knutet till ett mål: %(goal)s."), goal=e.goal)


@check("C14", to=lambda e: e.kind == "visit" and e.instrument != "invitation_letter")
def visit_has_purpose(e: Evidence, p: Parameters) -> Answer:
    """Section 3: visits are chosen for what they give. The image of Stockholm alone is for a person to judge."""
    purpose, benefit = (e.purpose or "").strip(), (e.benefit or "").strip()
    if e.purpose is None and e.benefit is None:
        return judge(
            _("Registret vet inget om besökets syfte."), _("Skriv besökets syfte och vad staden får ut av det.")
        )
    if not purpose and not benefit:
        return failed(
            _("Varken syftet eller stadens nytta är beskriven."),
            _("Skriv besökets syfte och vad staden får ut av det."),
        )
    if not purpose:
        return judge(_("Besökets syfte är inte beskrivet."), _("Skriv besökets syfte."))
    if not benefit:
        return judge(_("Det står inte vad staden får ut av besöket."), _("Skriv vad staden får ut av besöket."))
    if e.grades and e.grades.get("image") and not any(grade for name, grade in e.grades.items() if name != "image"):
        return judge(
            _("Besöket ger bara något för bilden av Stockholm."), _("Bedöm om bilden av Stockholm räcker som skäl.")
        )
    return passed(_("Besöket har ett syfte, och det står vad staden får ut av det."))


@check(
    "C22",
    to=lambda e: bool(e.directions),
    takes={
        "direction": Limit("profilering", _("för inriktningen %(value)s")),
        "brand": Limit("Stockholm – The Capital of Scandinavia", "%(value)s"),
    },
)
def uses_the_brand(e: Evidence, p: Parameters) -> Answer:
    """Section 3, profilering: international marketing goes under the city's brand."""
    mend = _("Ange under Underlag om stadens varumärke används.")
    if e.uses_brand:
        return passed(_("Stadens varumärke används."))
    if e.is_marketing is False:
        return judge(_("Det sägs inte vara marknadsföring."), _("Bedöm om stadens varumärke ändå bör användas."))
    if e.uses_brand is False:
        return failed(
            _("Marknadsföringen använder inte stadens varumärke."),
            _("Använd varumärket %(brand)s."),
            brand=p["brand"],
        )
    return judge(_("Ingen har sagt om stadens varumärke används."), mend)
