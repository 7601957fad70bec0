"""What a cooperation agreement must hold (strategy 2016 section 4)."""

from datetime import date

from engagements.strategy.checks.finding import Answer, Limit, Parameters, _, check, failed, judge, passed
from engagements.strategy.evidence import Evidence


def is_cooperation(e: Evidence) -> bool:
    return e.instrument == "cooperation_agreement"


@check("C3", to=is_cooperation)
def concrete_exchange(e: Evidence, p: Parameters) -> Answer:
    mend = _("Skriv in minst en aktivitet med ansvarig och datum.")
    if any(one.owner.strip() and one.on for one in e.activities):
        return passed(_("Minst en aktivitet har ansvarig och datum."))
    if e.activities:
        return judge(_("Ingen aktivitet har både ansvarig och datum."), mend)
    if e.activity_text.strip():
        return judge(_("Utbytet är bara beskrivet i löpande text."), mend)
    return failed(_("Inget konkret utbyte är planerat."), mend)


@check("C4", to=is_cooperation)
def one_theme(e: Evidence, p: Parameters) -> Answer:
    mend = _("Ange ett avgränsat ämne för avtalet.")
    if e.themes is None:
        return judge(_("Ingen har angett om avtalet har ett ämne."), mend)
    if not e.themes:
        return failed(_("Avtalet har inget ämne."), mend)
    if len(e.themes) > 1:
        return judge(
            _("Avtalet har flera ämnen: %(themes)s."),
            _("Välj ett av dem, eller bedöm om de tillsammans är ett avgränsat ämne."),
            themes=", ".join(e.themes),
        )
    return passed(_("Avtalet har ett ämne: %(theme)s."), theme=e.themes[0])


@check("C5", to=is_cooperation)
def mutual_benefit(e: Evidence, p: Parameters) -> Answer:
    """Filled in is not enough: somebody other than the writer reads it, and records so (see engagements.guard)."""
    if e.our_benefit is None or e.their_benefit is None:
        return judge(_("Ingen har angett nyttan för båda parter."), _("Skriv vad staden får och vad motparten får."))
    if not e.our_benefit.strip():
        return failed(_("Det står inte vad staden får."), _("Skriv vad staden får ut av avtalet."))
    if not e.their_benefit.strip():
        return failed(_("Det står inte vad motparten får."), _("Skriv vad motparten får ut av avtalet."))
    return judge(
        _("Nyttan för båda parter är beskriven. Någon annan än den som skrev granskar den."),
        _("Granska texten och bedöm den, om du inte har skrivit den själv."),
    )


@check(
    "C6",
    to=is_cooperation,
    takes={
        "max_years": Limit(4, _("gäller högst %(value)s år")),
        "renewals": Limit(2, _("bedöms när det har förnyats %(value)s gånger")),
    },
)
def start_and_end(e: Evidence, p: Parameters) -> Answer:
    mend = _("Ange ett slutdatum efter första dagen.")
    if e.ends_on is None:
        return failed(_("Slutdatum saknas."), mend)
    if e.starts_on is None:
        return judge(_("Första dagen saknas."), _("Ange när avtalet börjar gälla."))
    if e.ends_on <= e.starts_on:
        return failed(_("Slutdatum är inte efter första dagen."), mend)
    years = p["max_years"]
    if e.ends_on > years_on(e.starts_on, years):
        return judge(
            _("Avtalet gäller längre än %(years)s år."),
            _("Korta avtalstiden, eller bedöm varför den längre tiden behövs."),
            years=years,
        )
    if e.renewals >= p["renewals"]:
        return judge(
            _("Avtalet har förnyats %(n)s gånger."),
            _("Bedöm om samarbetet fortfarande är avgränsat i tid."),
            n=e.renewals,
        )
    return passed(_("Avtalet har start och slut."))


def years_on(day: date, years: int) -> date:
    """The same day so many years on; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
