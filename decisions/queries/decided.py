"""What has been decided: the rows of a list, what it has cost, and what is not yet reported."""

from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from decisions.enums import FINAL_OUTCOMES, GRANTING_OUTCOMES, MeetingState
from decisions.models import Decision, Meeting
from decisions.queries.agenda import visible_matters
from decisions.queries.meetings import meetings_of_committees
from organisation.models import User


def final_decisions(meeting: Meeting) -> QuerySet[Decision]:
    """The rows of the meeting's decision list, in the agenda's order (R12)."""
    rows = Decision.objects.filter(item__meeting=meeting, outcome__in=FINAL_OUTCOMES)
    return rows.select_related("engagement", "item", "point").order_by("item__section", "item__position", "pk")


def unreported_meetings(user: User) -> QuerySet[Meeting]:
    """R15: held or planned meetings with decisions that kommunstyrelsen has not been told of, the oldest first.

    Adds `unreported`. Meetings that history brought were reported on paper, long ago.
    """
    final = Q(items__decision__outcome__in=FINAL_OUTCOMES) & visible_matters(user, "items__")
    waiting = meetings_of_committees().filter(source="").exclude(state=MeetingState.REPORTED)
    return waiting.annotate(unreported=Count("items", filter=final)).filter(unreported__gt=0).order_by("held_on", "pk")


def granted_in(user: User, meeting: Meeting, kind: str) -> Decimal | None:
    """What the body has granted for this kind of matter so far that year, in kronor; None when no cost is stated."""
    rows = Decision.objects.filter(
        visible_matters(user), body=meeting.body, decided_on__year=meeting.year, engagement__kind=kind,
        outcome__in=GRANTING_OUTCOMES,
    )  # fmt: skip
    total: Decimal | None = rows.aggregate(total=Sum("cost"))["total"]
    return total
