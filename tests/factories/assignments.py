from datetime import date
from typing import Any

from engagements.assignments import draft_assignment
from engagements.enums import Kind
from engagements.models import Engagement
from engagements.operations import locked, move, propose_engagement, register_engagement
from organisation.models import Body, User
from tests.factories import AT

DETAILS: dict[Kind, dict[str, Any]] = {
    Kind.TRIP: {"kind": "conference", "place": "Bryssel", "people": 2, "delegation": "En borgarråd och en handläggare"},
    Kind.DECLARATION: {"kind": "declaration", "commitments": "Halvera utsläppen till 2030.", "signed_on": "2026-05"},
    Kind.EU_INFLUENCE: {"form": "consultation", "policy_area": "luftkvalitet", "addressee": "EU-kommissionen"},
    Kind.PROJECT: {"kind": "eu", "programme": "Horisont Europa", "funder": "EU-kommissionen"},
}
TITLES = {
    Kind.TRIP: "Eurocities årskonferens i Bryssel",
    Kind.DECLARATION: "Anslutning till Parisdeklarationen",
    Kind.EU_INFLUENCE: "Svar på samråd om luftkvalitet",
    Kind.PROJECT: "Energieffektiva flerbostadshus",
}


def an_assignment(by: User, body: Body, kind: Kind = Kind.TRIP, **fields: Any) -> Engagement:
    """Registered, with its detail row."""
    matter = {
        "title": TITLES[kind],
        "counterpart": "Eurocities",
        "country": "BE",
        "starts_on": date(2026, 12, 2),
        "main_direction": "paverkan",
        "motives": {"paverkan": "Staden får gehör för sina frågor."},
        "scope": "own_field",
        "on_behalf_of_ks": False if kind == Kind.TRIP else None,
    } | fields
    draft = draft_assignment(kind=kind, body=body, by=by, at=AT, matter=matter, details=DETAILS[kind])
    return register_engagement(engagement=draft, by=by, at=AT)


def a_granted_assignment(by: User, head: User, body: Body, kind: Kind = Kind.TRIP, **fields: Any) -> Engagement:
    """Proposed and decided on, in the body's own name."""
    engagement = an_assignment(by, body, kind, **fields)
    propose_engagement(engagement=engagement, text="Godkänna uppdraget.", by=by, at=AT)
    engagement = locked(engagement)
    move(engagement, "accept", by=head, at=AT, reason="")
    return engagement
