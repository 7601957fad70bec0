"""Which meetings there are, how far each has come, and which one a code means."""

import re
from datetime import date
from difflib import get_close_matches

from django.db.models import Count, Q, QuerySet

from decisions.enums import FINAL_OUTCOMES
from decisions.models import Meeting
from decisions.queries.agenda import visible_matters
from organisation.enums import BodyKind
from organisation.models import Body, User

CODE = re.compile(
    r"(?P<body>[^/\s]{1,20})/(?P<year>[0-9]{4})/(?:(?P<number>[0-9]{1,4})|(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}))"
)
NEAR = 5


def committees(*, on: date) -> QuerySet[Body]:
    """Bodies whose meetings are kept here."""
    return Body.objects.in_force(on=on).filter(kind=BodyKind.INTERNATIONAL_COMMITTEE)


def meetings_of_committees() -> QuerySet[Meeting]:
    """Boards' meetings, which history brings, belong to the engagements they decided and not here."""
    return Meeting.objects.filter(body__kind=BodyKind.INTERNATIONAL_COMMITTEE).select_related("body")


def with_counts(meetings: QuerySet[Meeting], user: User | None) -> QuerySet[Meeting]:
    """The latest first. Adds `count` of points, `done` with an outcome, `decided` for the list: those one may read.

    Without a person (the command line, which has no page to hide things on) everything is counted.
    """
    seen = Q() if user is None else visible_matters(user, "items__")
    final = Q(items__decision__outcome__in=FINAL_OUTCOMES)
    counted = meetings.annotate(
        count=Count("items", filter=Q(items__isnull=False) & seen),
        done=Count("items", filter=Q(items__decision__isnull=False) & seen),
        decided=Count("items", filter=final & seen),
    )
    return counted.order_by("-held_on", "-pk")


def find_meeting(code: str) -> Meeting | None:
    """The meeting called IB/2026/9 (or IB/2015-11-11's IB/2015/2015-11-11), in whatever case."""
    found = CODE.fullmatch(code.strip())
    if not found:
        return None
    meetings = Meeting.objects.select_related("body").filter(body__code__iexact=found["body"], year=int(found["year"]))
    if found["number"]:
        return meetings.filter(number=int(found["number"])).first()
    try:
        return meetings.filter(number__isnull=True, held_on=date.fromisoformat(found["day"])).first()
    except ValueError:
        return None


def near_codes(code: str) -> list[str]:
    """The codes that look most like a mistyped one; the latest meetings when none does."""
    codes = [meeting.code for meeting in Meeting.objects.select_related("body")]
    return get_close_matches(code.upper(), codes, n=NEAR, cutoff=0.5) or codes[:NEAR]
