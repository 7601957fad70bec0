"""What every change at a meeting begins and ends with: the locked row, the version that was seen, the history."""

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from decisions.models import DelegationPoint, Meeting
from decisions.rules import changeable
from engagements.guard import fresh, renewing, require_passed, require_renewable, snapshot
from engagements.models import Engagement
from engagements.operations import locked, save_with_reason, touch
from engagements.rules import EditConflict, WrongState
from organisation.models import Body, User


def locked_meeting(pk: int) -> Meeting:
    """The meeting as it is now; its agenda waits for whoever holds it. Raises WrongState once its list is approved."""
    meeting = held_row(pk)
    if not changeable(meeting.state):
        raise WrongState(
            _("%(meeting)s är justerat och kan inte längre ändras. Rätta ärendet i stället.") % {"meeting": meeting}
        )
    return meeting


def held_row(pk: int) -> Meeting:
    """The meeting as it is now, whatever its state; whoever comes next waits."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)


def require_seen(meeting: Meeting, seen_version: int) -> None:
    if meeting.version != seen_version:
        raise EditConflict(_("Någon annan har ändrat mötet medan du hade sidan öppen. Se efter och gör om ändringen."))


def checked(engagement: Engagement, *, granting: bool, deciding: Body, on: date) -> list[dict[str, Any]]:
    """The checks' answers for the decision to keep. A yes is stopped by what fails; a no breaks no principle."""
    if granting:
        return snapshot(require_passed(engagement, deciding=deciding, on=on))
    return snapshot(fresh(engagement, on=on, deciding=deciding))


def checked_again(engagement: Engagement, *, renews: bool, deciding: Body, on: date) -> list[dict[str, Any]]:
    """The same of a review, for which only some are asked anew: to go on may break a principle, to leave breaks none."""
    if renews:
        require_renewable(engagement, deciding=deciding, on=on)
    return snapshot(renewing(engagement, on=on, deciding=deciding))


def can_be_cited(point: DelegationPoint, among: QuerySet[DelegationPoint]) -> bool:
    """Whether the point is among these; it stays as it is until the decision that cites it stands or falls.

    Several may cite it at once, but who ends or replaces it waits, and then sees the decision.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM decisions_delegationpoint WHERE id = %s FOR SHARE", [point.pk])
    return among.filter(pk=point.pk).exists()


def keep(row: Any, *, by: User | None, at: datetime, reason: str = "") -> None:
    """Save with person, reason and the moment it happened in the history."""
    row._history_date = at
    save_with_reason(row, by=by, reason=reason)


def drop(row: Any, *, by: User | None, at: datetime, reason: str) -> None:
    """Delete; what stood there stays in the history."""
    row._history_date, row._history_user, row._change_reason = at, by, reason
    row.delete()


def lock_decided(engagement: Engagement, *, by: User, at: datetime, reason: str) -> None:
    """From now on only a correction changes what was decided. Who had it open for editing must look again."""
    row = locked(engagement)
    if row.locked_at is None:
        row.locked_at = at
        touch(row, at=at)
        keep(row, by=by, at=at, reason=reason)
    engagement.locked_at, engagement.version = row.locked_at, row.version


def agenda_changed(meeting: Meeting, *, by: User | None, at: datetime, reason: str) -> None:
    """Who had the old agenda on the screen must look again before changing it."""
    meeting.version += 1
    keep(meeting, by=by, at=at, reason=reason)
