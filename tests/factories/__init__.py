"""Rows for tests, made with the real operations so that keys, states and history are the real ones."""

from datetime import UTC, date, datetime
from typing import Any

from engagements.enums import Kind
from engagements.models import Engagement
from engagements.operations import draft_engagement, register_engagement
from organisation.models import Body, User
from visits.models import VisitRequest

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def a_draft(by: User, body: Body, kind: Kind = Kind.VISIT, at: datetime = AT, **fields: Any) -> Engagement:
    filled = {
        "title": "Besök från Utrecht om klimatbudget",
        "counterpart": "Utrechts kommun",
        "country": "NL",
        "main_direction": "samverkan",
        "motives": {"samverkan": "Städerna arbetar med samma metod."},
    } | fields
    engagement, _new = draft_engagement(kind=kind, body=body, by=by, at=at, **filled)
    return engagement


def an_engagement(by: User, body: Body, kind: Kind = Kind.VISIT, at: datetime = AT, **fields: Any) -> Engagement:
    """Registered, without detail row."""
    return register_engagement(engagement=a_draft(by, body, kind, at, **fields), by=by, at=at)


def a_visit(by: User, body: Body, at: datetime = AT, people: int = 14, **fields: Any) -> VisitRequest:
    """A registered visit request."""
    draft = a_draft(by, body, Kind.VISIT, at, **fields)
    visit = VisitRequest.objects.create(
        engagement=draft, people=people, purpose="Se hur klimatbudgeten används.", benefit="Vi lär av deras inköp."
    )
    register_engagement(engagement=draft, by=by, at=at)
    visit.engagement.refresh_from_db()
    return visit
