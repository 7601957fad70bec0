"""What an assignment's page says of it, kind by kind."""

from typing import Any

from django.utils.translation import gettext as _

from engagements.assignments import Detail
from engagements.models import Declaration, Engagement, EUInfluence, Project, Trip
from engagements.showing import country_name
from stockholm_intl.kit.swedish import kronor, number
from stockholm_intl.kit.templatetags.formats import date_range, date_sv, partial_date

Facts = list[dict[str, Any]]


def fact(term: str, value: Any) -> dict[str, Any]:
    return {"term": term, "value": value}


def facts_of(engagement: Engagement, detail: Detail) -> Facts:
    shown = {Trip: trip, Declaration: declaration, EUInfluence: influence, Project: project}[type(detail)]
    own: Facts = shown(engagement, detail)  # type: ignore[operator]
    return [
        *own,
        fact(_("Mål"), engagement.goal),
        fact(_("Rör"), engagement.get_scope_display()),
        fact(_("Vår kontakt"), engagement.contact),
    ]


def trip(engagement: Engagement, detail: Trip) -> Facts:
    where = ", ".join(filter(None, [detail.place, country_name(str(engagement.country))]))
    people = _("%(n)s personer") % {"n": number(detail.people)} if detail.people and detail.people > 1 else ""
    people = _("1 person") if detail.people == 1 else people
    for_ks = {True: _("ja"), False: _("nej"), None: ""}[engagement.on_behalf_of_ks]
    return [
        fact(_("Slag"), detail.get_kind_display()),
        fact(_("Ordnas av"), engagement.counterpart),
        fact(_("Var"), where),
        fact(_("När"), days(engagement)),
        fact(
            _("Vilka"), ": ".join(filter(None, ["" if detail.delegation[:1].isdigit() else people, detail.delegation]))
        ),
        fact(_("För kommunstyrelsen"), for_ks),
        fact(_("Kostnad"), "" if engagement.cost is None else cost(engagement)),
        fact(_("Reserapport lämnad"), date_sv(detail.report_filed_on)),
    ]


def declaration(engagement: Engagement, detail: Declaration) -> Facts:
    return [
        fact(_("Slag"), detail.get_kind_display()),
        fact(_("Initiativ av"), engagement.counterpart),
        fact(_("Undertecknad"), partial_date(detail.signed_on)),
        fact(_("Gäller"), days(engagement)),
        fact(_("Belastning"), engagement.get_burden_display()),
    ]


def influence(engagement: Engagement, detail: EUInfluence) -> Facts:
    return [
        fact(_("Hur"), detail.get_form_display()),
        fact(_("Politikområde"), detail.policy_area),
        fact(_("Till"), detail.addressee),
        fact(_("Tillsammans med"), engagement.counterpart),
        fact(_("När"), days(engagement)),
        fact(_("Lämnad"), date_sv(detail.submitted_on)),
    ]


def project(engagement: Engagement, detail: Project) -> Facts:
    return [
        fact(_("Slag"), detail.get_kind_display()),
        fact(_("Partner"), engagement.counterpart),
        fact(_("Land"), country_name(str(engagement.country))),
        fact(_("Pågår"), span(engagement)),
        fact(_("Program"), detail.programme),
        fact(_("Finansiär"), detail.funder),
        fact(_("Betalas med"), engagement.get_financing_display()),
    ]


def days(engagement: Engagement) -> str:
    """The day, the days, or what history knows of them."""
    if engagement.ends_on and engagement.ends_on != engagement.starts_on:
        return date_range(engagement.starts_on, engagement.ends_on)
    if engagement.starts_on and len(engagement.happens) not in (4, 7):
        return str(date_sv(engagement.starts_on))
    return str(partial_date(engagement.happens))


def span(engagement: Engagement) -> str:
    """From when to when; a project of which only the first day is known goes on from it."""
    if engagement.starts_on and not engagement.ends_on and len(engagement.happens) not in (4, 7):
        return _("från %(day)s") % {"day": date_sv(engagement.starts_on)}
    return days(engagement)


def cost(engagement: Engagement) -> str:
    amount = engagement.cost
    return kronor(amount) if engagement.currency == "SEK" else f"{number(amount, 2)}\u00a0{engagement.currency}"


def texts_of(engagement: Engagement, detail: Detail) -> list[dict[str, str]]:
    """Longer texts, each under its own heading."""
    found = [(_("Vad det gäller"), engagement.summary)]
    if isinstance(detail, Trip):
        found.append((_("Reserapport"), detail.report))
    elif isinstance(detail, Declaration):
        found.append((_("Stadens åtaganden"), detail.commitments))
    elif isinstance(detail, EUInfluence):
        found.append((_("Vad det ledde till"), detail.result))
    return [{"heading": heading, "text": text} for heading, text in found if text]
