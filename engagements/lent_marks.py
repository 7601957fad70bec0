"""Who marks in another's place reads what she marked while she stands in, and no longer; the absent is named for good."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from engagements.models import Engagement, EngagementUserGrant
from engagements.permission import access_of, withdraw
from engagements.rescue import NAMED
from organisation.enums import Action
from organisation.models import Absence, Body, User
from organisation.operations import after_returning
from organisation.queries import mandates_of, reach_of
from stockholm_intl.kit import clock


@dataclass(frozen=True)
class Lent:
    """Whose right to mark it is, and the last day somebody else has it; nobody and None when it is one's own."""

    lenders: tuple[User, ...] = ()
    until: date | None = None


def lent_to(by: User, engagement: Engagement, *, on: date) -> Lent:
    rows = [row for row in reach_of(by, on=on) if row.body_id == engagement.body_id]
    rows = [row for row in rows if Action.MARK_SECRET in row.rights]
    if any(not row.lent for row in rows):
        return Lent()
    roles = {row.role for row in rows}
    held = [one for one in mandates_of(by, on=on) if one.stands_in_for and one.mandate.role in roles]
    days = [one.until for one in held if one.until]
    return Lent(tuple(one.stands_in_for for one in held if one.stands_in_for), max(days) if days else None)


@after_returning
def leave(absence: Absence, *, by: User, at: datetime) -> None:
    """Back earlier than planned: what the substitute was named in by her own mark ends that day too."""
    today = clock.local_date(at)
    rows = EngagementUserGrant.objects.filter(user=absence.substitute_id, given_by=F("user"), reason=NAMED)
    rows = rows.filter(valid_to__gte=today, content_object__body__in=Body.objects.house_of([absence.body_id]))
    for row in rows.select_related("content_object", "user").order_by("pk"):
        # another absence, or a mandate of her own, may still give her the right
        if row.content_object.body_id not in access_of(row.user).bodies(Action.MARK_SECRET):
            withdraw(
                engagement=row.content_object, to=row.user, action=Action.READ, by=by, at=at, reason="Vikariatet är slut"
            )  # fmt: skip
