"""Corrections as the decision list prints them, and the directions as they stood when the decision was made."""

from collections.abc import Iterable, Mapping
from typing import Any

from decisions.models import Correction, Decision, Meeting
from decisions.papers import CorrectionRow
from engagements.corrected import changes_of
from engagements.masking import covered_for_all
from engagements.models import Engagement
from stockholm_intl.kit import clock

TAGS = ("main_direction", "other_directions")


def corrections_by_decision(meeting: Meeting) -> dict[int, list[Correction]]:
    """The corrections of what the meeting decided, oldest first, by decision; as they may stand on paper."""
    found: dict[int, list[Correction]] = {}
    rows = Correction.objects.filter(decision__item__meeting=meeting).select_related("by", "engagement")
    for row in map(covered_for_all, rows.order_by("at", "number")):
        found.setdefault(row.decision_id, []).append(row)
    return found


def tags_as_decided(engagement: Engagement, corrections: Iterable[Correction]) -> tuple[str, tuple[str, ...]]:
    """A list that is printed again says what was decided; what was put right since stands under it (R12)."""
    tags: dict[str, Any] = {name: getattr(engagement, name) for name in TAGS}
    for correction in reversed(list(corrections)):
        tags |= {change["field"]: change["old"] for change in correction.changes if change["field"] in TAGS}
    return tags["main_direction"], tuple(tags["other_directions"])


def correction_rows(
    numbered: Iterable[tuple[str, Decision]], corrections: Mapping[int, list[Correction]]
) -> tuple[CorrectionRow, ...]:
    """In the list's order. A secret matter's corrections are handed out by hand."""
    return tuple(
        CorrectionRow(
            number=number,
            key=decision.engagement.key or "",
            corrected_on=clock.local_date(correction.at),
            place=correction.number,
            changes=tuple(told(change) for change in changes_of(correction, decision.engagement, on_paper=True)),
            reason=correction.reason,
            authority=correction.authority,
        )
        for number, decision in numbered
        if decision.engagement and not decision.engagement.is_secret
        for correction in corrections.get(decision.pk, [])
    )


def told(change: dict[str, str]) -> str:
    return f"{change['label']}: {change['old'] or '–'} → {change['new'] or '–'}"
