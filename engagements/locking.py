"""What a decision has locked: from its approval on, only a correction changes what was decided.

An own body's decision is approved when it is recorded; Internationella beredningen's when its list is, or the point by
itself at once. What follows up the decision goes on: reports, visitors in fact, the fee and the money of each year, posts
of trust, a membership's theme (which the reports group by), reviews and their interval, documents, dnr.
The database refuses the same columns, whoever writes and by whatever way (records law R17; decisions/migrations).
"""

from typing import Any

from django.utils.translation import gettext as _

from engagements.models import Engagement
from engagements.permission import holds, may
from engagements.rules import RuleBroken
from organisation.enums import Action
from organisation.models import User

# By model, in columns. The triggers are told the same; a test holds the two together.
FROZEN: dict[str, tuple[str, ...]] = {
    "engagements.engagement": (
        "key", "kind", "title", "summary", "body_id", "counterpart", "country", "happens", "starts_on", "ends_on",
        "edition", "main_direction", "other_directions", "motives", "goal", "sustainability", "scope", "instrument",
        "step", "burden", "on_behalf_of_ks", "financing", "cost", "currency", "rate_date", "proposal", "proposal_text",
        "decision_note", "decided_at", "decided_by_id", "locked_at",
    ),
    "engagements.trip": ("kind", "place", "delegation", "people"),
    "engagements.declaration": ("kind", "commitments"),
    "engagements.euinfluence": ("form", "policy_area", "addressee"),
    "engagements.project": ("kind", "programme", "funder"),
    "visits.visitrequest": (
        "visit_type", "visitor_kind", "level", "people", "delegation", "time_of_day", "attendance", "wants", "purpose",
        "benefit", "learning", "perspectives", "development", "competence", "image",
    ),
    "visits.reception": (
        "slot", "venue", "guests", "share_abroad", "congress_venue", "congress_in_city", "congress_from", "congress_to",
        "guests_stay_in_city", "why_the_city", "region_co_hosts",
    ),
    "memberships.membership": ("form", "entered_on", "benefit"),
    "memberships.agreement": (
        "agreement_type", "theme", "activity", "our_benefit", "their_benefit", "entered_on", "ends_on",
    ),
}  # fmt: skip


class Locked(RuleBroken):
    """It is decided and approved: it is corrected, visibly, and no longer edited."""


def frozen_in(row: Any) -> tuple[str, ...]:
    return FROZEN[row._meta.label_lower]


def require_unlocked(engagement: Engagement) -> None:
    if engagement.locked_at:
        raise Locked(_("Ärendet är beslutat och låst. Rätta det i stället, så syns vad som ändras och varför."))


def require_kept(engagement: Engagement, row: Any, fields: dict[str, Any]) -> None:
    """Raises Locked, naming them, if `fields` would change what was decided in this row of a locked engagement."""
    if not engagement.locked_at:
        return
    columns = {name: row._meta.get_field(name) for name in fields}
    changed = [
        str(column.verbose_name)
        for name, column in columns.items()
        if column.attname in frozen_in(row) and getattr(row, name) != fields[name]
    ]
    if changed:
        raise Locked(
            _("Ärendet är beslutat och låst. Det här ändras bara genom en rättelse: %(what)s.")
            % {"what": ", ".join(changed)}
        )


def may_correct(user: User, engagement: Engagement) -> bool:
    """Whoever may decide it in its own body; what Internationella beredningen handled, the beredning's secretary."""
    if not engagement.locked_at or not may(user, Action.READ, engagement):
        return False
    # a point that was only noted has no delegate
    if engagement.decisions.filter(item__isnull=False).exclude(delegate="").exists():
        return holds(user, Action.RUN_MEETING)
    return may(user, Action.DECIDE, engagement)
