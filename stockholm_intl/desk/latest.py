"""What happened last: what this person did, and what others did to what this person handles."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.models import Decision
from engagements.enums import State
from engagements.models import Engagement
from engagements.permission import visible_to
from organisation.models import User
from stockholm_intl.desk.waiting import SHOWN

DECIDED = frozenset({State.APPROVED, State.DECLINED})
# What somebody did, told by the state it led to; the matter's name follows.
DID = {
    State.DRAFT: gettext_lazy("%(who)s sparade ett utkast:"),
    State.REGISTERED: gettext_lazy("%(who)s registrerade"),
    State.ASSESSED: gettext_lazy("%(who)s bedömde"),
    State.PROPOSED: gettext_lazy("%(who)s lämnade förslag om"),
    State.APPROVED: gettext_lazy("%(who)s sade ja till"),
    State.DECLINED: gettext_lazy("%(who)s sade nej till"),
    State.COMPLETED: gettext_lazy("%(who)s följde upp"),
    State.CLOSED: gettext_lazy("%(who)s avslutade"),
    State.STRUCK: gettext_lazy("%(who)s makulerade"),
}


def latest_for(user: User) -> list[dict[str, Any]]:
    history: Any = Engagement.history
    rows = history.filter(Q(history_user=user) | Q(contact=user)).select_related("history_user")
    rows = list(rows.order_by("-history_date", "-history_id")[: SHOWN * 5])
    ids = {row.id for row in rows}
    seen = {row.pk: row for row in visible_to(user, Engagement.objects.filter(pk__in=ids))}
    decisions = decisions_on(ids)
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        engagement = seen.get(row.id)
        if engagement is None or row.id in found:
            continue
        state = State(row.state)
        decision = decisions.get(row.id) if state in DECIDED else None
        found[row.id] = {
            "at": row.history_date,
            "text": DID[state] % {"who": decider(user, decision) or actor(user, row)},
            "label": engagement.title or _("utkast utan rubrik"),
            "url": engagement.get_absolute_url(),
        }
    return list(found.values())[:SHOWN]


def decisions_on(ids: set[int]) -> dict[int | None, Decision]:
    """The last one of each engagement."""
    rows = (
        Decision.objects.filter(engagement_id__in=ids, review__isnull=True)
        .select_related("body__parent")
        .order_by("decided_on", "id")
    )
    return {row.engagement_id: row for row in rows}


def decider(user: User, decision: Decision | None) -> str:
    """Who decided; a secretary who only wrote it down has decided nothing (domain section 1)."""
    if decision is None:
        return ""
    wrote_for = {decision.body.name, (decision.body.board or decision.body).name}
    own = decision.delegate_person_id == decision.recorded_by_id == user.pk
    return _("Du") if own and decision.delegate not in wrote_for else decision.delegate


def actor(user: User, row: Any) -> str:
    return _("Du") if row.history_user_id == user.pk else str(row.history_user or _("Systemet"))
