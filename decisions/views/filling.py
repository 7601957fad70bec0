"""The decision form of a point: what it asks, and what it already suggests."""

from decimal import Decimal
from typing import Any

from decisions.enums import FINAL_OUTCOMES, Outcome
from decisions.forms import DecisionForm
from decisions.models import AgendaItem, Decision, DelegationPoint
from decisions.queries import points_for
from decisions.rules import COMMISSIONER, Belonging, Verdict, belonging
from engagements.enums import IN_FORCE_STATES, Kind, State
from engagements.routing import route_of
from engagements.submitting import way_proposed

# Kinds whose decision grants money.
COSTING = frozenset({Kind.TRIP, Kind.RECEPTION})


def belongs(item: AgendaItem) -> Belonging | None:
    if item.engagement is None:
        return None
    return belonging(way_proposed(item.engagement) or route_of(item.engagement))


def comes_back(item: AgendaItem) -> bool:
    """Decided before this meeting took it up: a travel report. Not what somebody proposes to reconsider."""
    decided_here = hasattr(item, "decision") and item.decision.outcome in FINAL_OUTCOMES
    if item.engagement is None or decided_here or State(item.engagement.state) not in IN_FORCE_STATES:
        return False
    return way_proposed(item.engagement) is None


def verdict_of(item: AgendaItem) -> Verdict:
    """A point without a matter, and a matter that comes back, are only noted."""
    found = belongs(item)
    return Verdict.OTHERS if found is None or comes_back(item) else found.verdict


def decision_form(item: AgendaItem, earlier: list[Decision], data: Any = None) -> DecisionForm:
    """`earlier` are the precedents, whose delegation point is suggested again."""
    decision = getattr(item, "decision", None)
    points = list(points_for(on=item.meeting.held_on))
    initial = saved(decision) if decision else suggested(item, earlier, points)
    # who had not seen that it was decided is not asked why she changes it, but told (see record_decision)
    changing = decision is not None if data is None else data.get("version") != "0"
    return DecisionForm(data, initial=initial, points=points, verdict=verdict_of(item), changing=changing)


def saved(decision: Decision) -> dict[str, Any]:
    names = ("outcome", "text", "delegate", "point", "ground", "version")
    return {name: getattr(decision, name) for name in names} | {"cost": whole(decision.cost)}


def suggested(item: AgendaItem, earlier: list[Decision], points: list[DelegationPoint]) -> dict[str, Any]:
    """The proposal as the decision's text, and the point that was cited last in a matter like this."""
    known = {point.pk for point in points}
    ours, engagement = verdict_of(item) is not Verdict.OTHERS, item.engagement
    usual = Outcome.APPROVED if ours and item.proposal else Outcome.NOTED if comes_back(item) else None
    return {
        "outcome": usual,
        "text": item.proposal if ours else "",
        "delegate": COMMISSIONER,
        "point": next((one.point_id for one in earlier if one.point_id in known), None),
        "cost": whole(engagement.cost) if engagement and engagement.kind in COSTING else None,
        "version": 0,
    }


def whole(cost: Decimal | None) -> Decimal | None:
    """Without öre when there are none."""
    return cost.quantize(Decimal(1)) if cost is not None and cost == cost.to_integral() else cost
