"""What the decisions tell the checks: where the matter is about to be decided, and what became of a delegated one."""

from collections.abc import Mapping
from typing import Any

from decisions.enums import MeetingState
from decisions.models import Decision, Meeting
from decisions.queries import standing_item
from engagements.enums import OPEN_STATES
from engagements.gathering import witnesses
from engagements.models import Engagement


@witnesses
def of_decisions(engagement: Engagement) -> Mapping[str, Any]:
    """C15 before the decision, C21 after it, and the answers that stood when it was taken."""
    if engagement.state in OPEN_STATES:
        item = standing_item(engagement)
        return {"deciding": item.meeting.body} if item else {}
    decision = last_decision(engagement)
    if decision is None:
        return {}
    return {"deciding": decision.body, "frozen": decision.findings} | reporting(decision)


def last_decision(engagement: Engagement) -> Decision | None:
    rows = engagement.decisions.of_the_matter().select_related("item__meeting", "body")
    found: Decision | None = rows.order_by("-decided_on", "-pk").first()
    return found


def reporting(decision: Decision) -> dict[str, Any]:
    """A delegated decision cites a point. What is decided in a board's own name is nobody's to report.

    A point approved at once has a notice of its own, apart from the list that the others are reported with.
    """
    if decision.item is None:
        return {"decision_cites": True} if decision.point_id else {}
    meeting = decision.item.meeting
    later = Meeting.objects.filter(body=meeting.body_id, held_on__gt=meeting.held_on)
    return {
        "decision_cites": decision.point_id is not None,
        "reported_on": meeting.reported_on,
        "reported_apart": decision.item.immediate_on is not None,
        "meetings_passed": later.exclude(state=MeetingState.PLANNED).count(),
    }
