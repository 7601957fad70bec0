from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engagements.enums import VISIT_KINDS, Instrument, Kind, State
from engagements.models import Engagement
from engagements.rules import allowed
from engagements.showing import country_name
from engagements.views.detail import NextStep, detail_context, get_engagement, refer_step
from organisation.enums import Action
from stockholm_intl.kit import clock
from stockholm_intl.kit.templatetags.formats import long_range
from visits.forms import column
from visits.models import VisitRequest
from visits.rules import GRADED, HIGHEST
from visits.views.reception_facts import clashing, reception_facts


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, kinds=VISIT_KINDS)
    if engagement.kind == Kind.RECEPTION:
        detail: Any = getattr(engagement, "reception", None)
        about = reception_facts(engagement, detail)
    else:
        detail = getattr(engagement, "visit", None)
        about = visit_facts(engagement, detail)
    context = detail_context(request, engagement, detail=detail, steps=steps(engagement))
    context |= {
        "visit": detail,
        "about": about,
        "clashes": clashing(request, engagement, detail),
        "grades": grades(detail),
        "highest": HIGHEST,
    }
    return render(request, "visits/detail.html", context)


def steps(engagement: Engagement) -> list[NextStep]:
    """What can be done with a visit in its state, weightiest first."""
    key = engagement.key or ""
    state = State(engagement.state)
    found: list[NextStep] = []
    reception, letter = engagement.kind == Kind.RECEPTION, engagement.instrument == Instrument.INVITATION_LETTER
    if not reception and state in (State.REGISTERED, State.ASSESSED):
        label = _("Bedöm inbjudningsbrevet") if letter else _("Bedöm besöket")
        found.append(NextStep(label, reverse("visit_assess", args=[key]), Action.PREPARE))
    if reception and allowed("propose", state):
        found.append(NextStep(_("Föreslå beslut"), reverse("reception_propose", args=[key]), Action.PREPARE))
    if not reception and state == State.PROPOSED:
        label = _("Besluta om inbjudningsbrevet") if letter else _("Besluta om besöket")
        found.append(NextStep(label, reverse("engagement_decide", args=[key]), Action.DECIDE))
    if state == State.APPROVED:
        name = "reception_complete" if reception else "visit_complete"
        visit = _("Följ upp inbjudningsbrevet") if letter else _("Följ upp besöket")
        label = _("Följ upp mottagningen") if reception else visit
        last_day = engagement.ends_on or engagement.starts_on
        has_been = last_day is None or last_day <= clock.today()
        found.append(NextStep(label, reverse(name, args=[key]), Action.PREPARE, leads=has_been))
    found += refer_step(engagement)
    if state in (State.REGISTERED, State.ASSESSED):
        found.append(NextStep(_("Ändra uppgifterna"), reverse("visit_edit", args=[key]), Action.PREPARE, leads=False))
    return found


def visit_facts(engagement: Engagement, visit: VisitRequest | None) -> list[dict[str, Any]]:
    if visit is None:
        return []
    people = (
        _("%(n)s personer") % {"n": visit.people}
        if visit.people and visit.people > 1
        else _("1 person")
        if visit.people
        else ""
    )
    # who and where stand as one word when both are covered
    sender = ", ".join(dict.fromkeys(filter(None, [visit.sender_name, visit.sender_email])))
    return [
        {
            "term": _("Avsändare"),
            "value": ", ".join(filter(None, [engagement.counterpart, country_name(str(engagement.country))])),
        },
        {"term": _("Kontakt hos dem"), "value": sender},
        {"term": _("Delegation"), "value": ": ".join(filter(None, [people, visit.delegation]))},
        {"term": _("Besökare"), "value": visit.get_visitor_kind_display()},
        {"term": _("Önskat datum"), "value": wished(engagement, visit)},
        {"term": _("Plats"), "value": visit.get_attendance_display()},
        {"term": _("Språk"), "value": visit.language},
        {"term": _("Vill se"), "value": visit.wants or engagement.summary},
        {"term": _("Slag av besök"), "value": f"{visit.get_visit_type_display()}, {visit.get_level_display().lower()}"},
        {"term": _("Vår kontakt"), "value": engagement.contact},
    ]


def wished(engagement: Engagement, visit: VisitRequest) -> str:
    days = long_range(engagement.starts_on, engagement.ends_on)
    parts = [days or _("inget datum ännu"), visit.time_of_day]
    text = ", ".join(filter(None, parts)) + "."
    return " ".join([text, _("Går att flytta.")]) if visit.is_flexible else text


def grades(visit: Any) -> list[dict[str, Any]]:
    """The five grades with their reasons, empty until one is set."""
    if not isinstance(visit, VisitRequest) or all(getattr(visit, name) is None for name in GRADED):
        return []
    return [
        {
            "label": column(name).verbose_name,
            "value": getattr(visit, name),
            "why": getattr(visit, f"{name}_why"),
        }
        for name in GRADED
    ]
