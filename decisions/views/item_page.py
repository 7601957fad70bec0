"""One point of the agenda: what is proposed, what speaks for it, what was decided before, and the decision."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from decisions.enums import FINAL_OUTCOMES, Outcome
from decisions.forms import DecisionForm
from decisions.models import AgendaItem, Decision, DelegationPoint
from decisions.papers import lines
from decisions.queries import clashes, granted_in, matter_of, points_for, precedents
from decisions.rules import COMMISSIONER, Belonging, Verdict, belonging
from engagements.enums import Kind
from engagements.models import Engagement
from engagements.showing import country_name, directions, long_day
from stockholm_intl.kit import clock
from stockholm_intl.kit.templatetags.formats import money


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
        "item_version": item.meeting.version,
        "decision_version": decision.version if decision else 0,
    }
    if engagement:
        context |= {
            "directions": directions(engagement.main_direction, engagement.other_directions, engagement.edition),
            "about": about(engagement),
            "travellers": lines(engagement.trip.delegation) if hasattr(engagement, "trip") else [],
            "clashes": list(clashes(user, engagement)),
            "spending": spending(granted_in(user, item.meeting, engagement.kind), asked_cost(item)),
        }
    if not runs:
        return context
    editing = decision is None or "andra" in request.GET or form is not None
    early = item.meeting.held_on > clock.today()
    return context | {
        "early": early and decision is None,
        "belongs": belongs(item),
        "form": (form or decision_form(item, found)) if editing and not early else None,
        "form_action": reverse("item_decide", args=[item.pk]),
    }


def about(engagement: Engagement) -> list[dict[str, Any]]:
    """The facts one decides on, in the order one asks for them; empty ones are left out."""
    reception, trip = getattr(engagement, "reception", None), getattr(engagement, "trip", None)
    days = long_day(engagement.starts_on)
    if engagement.ends_on and engagement.ends_on != engagement.starts_on:
        days = _("%(first)s till %(last)s") % {"first": days, "last": long_day(engagement.ends_on)}
    guests = [f"{reception.guests}"] if reception and reception.guests else []
    if reception and reception.share_abroad is not None:
        guests.append(_("%(share)s %% från utlandet") % {"share": reception.share_abroad})
    return [
        {"term": _("Motpart"), "value": engagement.counterpart},
        {"term": _("Land"), "value": country_name(str(engagement.country))},
        {"term": _("Ort"), "value": trip.place if trip else ""},
        {"term": _("När"), "value": days},
        {"term": _("Tid"), "value": reception.slot if reception else ""},
        {"term": _("Gäster"), "value": ", ".join(guests)},
        {"term": _("Personer"), "value": trip.people if trip else None},
        {"term": _("Kostnad"), "value": money(engagement.cost) if engagement.cost is not None else ""},
        {"term": _("Mål"), "value": engagement.goal},
    ]


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
    return {
        "granted": granted or Decimal(0),
        "asked": asked,
        "total": total,
        "used": used,
        "rest": max(0, 600 - used - 2),
    }


def belongs(item: AgendaItem) -> Belonging | None:
    return belonging(matter_of(item.engagement)) if item.engagement else None


def verdict_of(item: AgendaItem) -> Verdict:
    """A point without a matter is noted, never decided."""
    found = belongs(item)
    return found.verdict if found else Verdict.OTHERS


def decision_form(item: AgendaItem, earlier: list[Decision], data: Any = None) -> DecisionForm:
    decision = getattr(item, "decision", None)
    points = list(points_for(on=item.meeting.held_on))
    initial = saved(decision) if decision else suggested(item, earlier, points)
    return DecisionForm(
        data, initial=initial, points=points, verdict=verdict_of(item), changing=decision is not None,
    )  # fmt: skip


def saved(decision: Decision) -> dict[str, Any]:
    return {
        "outcome": decision.outcome,
        "text": decision.text,
        "delegate": decision.delegate,
        "point": decision.point_id,
        "cost": decision.cost,
        "ground": decision.ground,
        "version": decision.version,
    }


def suggested(item: AgendaItem, earlier: list[Decision], points: list[DelegationPoint]) -> dict[str, Any]:
    """The proposal as the decision's text, and the point that was cited last in a matter like this."""
    known = {point.pk for point in points}
    cited = next((one.point_id for one in earlier if one.point_id in known), None)
    ours = verdict_of(item) is not Verdict.OTHERS
    return {
        "outcome": Outcome.APPROVED if ours and item.proposal else None,
        "text": item.proposal if ours else "",
        "delegate": COMMISSIONER,
        "point": cited,
        "cost": item.engagement.cost
        if item.engagement and item.engagement.kind in {Kind.TRIP, Kind.RECEPTION}
        else None,
        "version": 0,
    }
