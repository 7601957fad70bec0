"""One point of the agenda: what is proposed, what speaks for it, what was decided before, and the decision."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from decisions.enums import FINAL_OUTCOMES
from decisions.models import AgendaItem
from decisions.papers import lines
from decisions.queries import clashes, granted_in, precedents
from decisions.views.filling import belongs, comes_back, decision_form
from engagements.models import Engagement
from engagements.showing import country_name, directions
from engagements.views.guard_panel import guard_panel
from stockholm_intl.kit import clock
from stockholm_intl.kit.swedish import listed
from stockholm_intl.kit.templatetags.formats import date_range, date_sv, money


def item_context(request: HttpRequest, item: AgendaItem, *, runs: bool, form: Any = None) -> dict[str, Any]:
    user: Any = request.user
    engagement, decision = item.engagement, getattr(item, "decision", None)
    found = list(precedents(user, item))
    context: dict[str, Any] = {
        "item": item,
        "decision": decision,
        "decision_lines": lines(decision.text) if decision else [],
        "proposal": lines(item.proposal),
        "reasons": lines(item.reasons),
        "precedents": found,
    }
    if engagement:
        context |= {
            "directions": directions(engagement.main_direction, engagement.other_directions, engagement.edition),
            "about": [*about(engagement), referral(item)],
            "guard": guard_panel(request, engagement) if decision is None else None,
            "travellers": lines(engagement.trip.delegation) if hasattr(engagement, "trip") else [],
            "clashes": [
                {"matter": other, "days": date_range(other.starts_on, other.ends_on)}
                for other in clashes(user, engagement)
            ],
            "spending": spending(granted_in(user, item.meeting, engagement.kind), asked_cost(item)),
        }
    if not runs:
        return context
    editing = decision is None or "andra" in request.GET or form is not None
    early = item.meeting.held_on > clock.today()
    return context | {
        "early": early and decision is None,
        "belongs": None if comes_back(item) else belongs(item),
        "consequence": consequence(item),
        "form": (form or decision_form(item, found)) if editing and not early else None,
        "form_action": reverse("item_decide", args=[item.pk]),
    }


def consequence(item: AgendaItem) -> str:
    """Where the outcome is written, who reads it, and until when it can be changed."""
    owner = [item.engagement.body.name] if item.engagement else []
    who = listed(list(dict.fromkeys([*owner, item.meeting.body.name, _("Stadsledningskontoret")])))
    return _(
        "Utgången skrivs på ärendets sida och läses av %(who)s. Bifall och avslag står i beslutslistan och anmäls till "
        "kommunstyrelsen. Du kan ändra dig tills listan är justerad."
    ) % {"who": who}


def about(engagement: Engagement) -> list[dict[str, Any]]:
    """The facts one decides on, in the order one asks for them; empty ones are left out."""
    reception, trip = getattr(engagement, "reception", None), getattr(engagement, "trip", None)
    country = country_name(str(engagement.country))
    guests = [f"{reception.guests}"] if reception and reception.guests else []
    if reception and reception.share_abroad is not None:
        guests.append(_("%(share)s %% från utlandet") % {"share": reception.share_abroad})
    return [
        {"term": _("Motpart"), "value": engagement.counterpart},
        {"term": _("Plats"), "value": ", ".join(filter(None, [trip.place if trip else "", country]))},
        {"term": _("När"), "value": date_range(engagement.starts_on, engagement.ends_on)},
        {"term": _("Tid"), "value": reception.slot if reception else ""},
        {"term": _("Gäster"), "value": ", ".join(guests)},
        {"term": _("Personer"), "value": trip.people if trip else None},
        {"term": _("Kostnad"), "value": money(engagement.cost) if engagement.cost is not None else ""},
        {"term": _("Mål"), "value": engagement.goal},
    ]


def referral(item: AgendaItem) -> dict[str, Any]:
    who = str(item.referred_by) if item.referred_by else ""
    return {"term": _("Hänskjutet"), "value": ", ".join(filter(None, [date_sv(item.referred_at), who]))}


def asked_cost(item: AgendaItem) -> Decimal | None:
    """What this matter costs if it is granted; None once it is, for then it is among the granted."""
    decision = getattr(item, "decision", None)
    if (decision and decision.outcome in FINAL_OUTCOMES) or item.engagement is None:
        return None
    return item.engagement.cost


def spending(granted: Decimal | None, asked: Decimal | None) -> dict[str, Any] | None:
    """What is granted this year for such matters, and this one on top; shares of 600 for the bar."""
    total = (granted or Decimal(0)) + (asked or Decimal(0))
    if not total:
        return None
    used = round((granted or Decimal(0)) * 600 / total)
    sums = {"granted": granted or Decimal(0), "asked": asked, "total": total}
    return sums | {"used": used, "rest": max(0, 600 - used - 2)}
