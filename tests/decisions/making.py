"""Meetings and matters for these tests, made with the real operations."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from decisions.enums import Outcome, Section
from decisions.models import AgendaItem, Decision, DelegationPoint, Meeting
from decisions.operations import approve_meeting, create_meeting, mark_held, record_decision, refer_engagement
from engagements.enums import Burden, Kind, TripKind
from engagements.models import Declaration, Engagement, Trip
from organisation.enums import Role
from organisation.models import Mandate, User
from tests.factories import an_engagement
from tests.people import People, person
from visits.models import Reception

HELD_ON = date(2026, 11, 18)
NOTICE = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
AFTER = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


def a_point(people: People, code: str = "IB 2.1", body: str = "KS", **fields: Any) -> DelegationPoint:
    filled = {
        "version": "2026-01",
        "matter": "Konferens utomlands för kommunstyrelsen",
        "delegate": "Finansborgarrådet",
        "valid_from": date(2026, 1, 1),
    } | fields
    return DelegationPoint.objects.create(body=people.body(body), code=code, **filled)


def a_meeting(people: People, held_on: date = HELD_ON, **fields: Any) -> Meeting:
    return create_meeting(body=people.body("IB"), held_on=held_on, by=people.ib_secretary, at=NOTICE, **fields)


def a_trip(people: People, title: str = "Eurocities miljöforum i Bryssel", **fields: Any) -> Engagement:
    """A conference abroad for kommunstyrelsen: delegated to finansborgarrådet (M5)."""
    filled = {"on_behalf_of_ks": True, "counterpart": "Eurocities", "country": "BE"} | fields
    engagement = an_engagement(people.coordinator, people.body("110"), kind=Kind.TRIP, at=NOTICE, title=title, **filled)
    Trip.objects.create(engagement=engagement, kind=TripKind.CONFERENCE, place="Bryssel", people=4)
    return engagement


def a_reception(people: People, title: str = "Mottagning för kardiologikongress", **fields: Any) -> Engagement:
    filled = {"counterpart": "European Society of Cardiology", "country": "FR"} | fields
    engagement = an_engagement(people.protocol, people.body("110"), Kind.RECEPTION, NOTICE, title=title, **filled)
    Reception.objects.create(
        engagement=engagement, guests=420, share_abroad=80, why_the_city="Kongressen är störst i Europa i sitt ämne."
    )
    return engagement


def a_declaration(people: People, **fields: Any) -> Engagement:
    filled = {"title": "Europeisk luftdeklaration", "burden": Burden.NONE} | fields
    engagement = an_engagement(people.coordinator, people.body("110"), Kind.DECLARATION, NOTICE, **filled)
    Declaration.objects.create(engagement=engagement, kind="declaration")
    return engagement


def referred(people: People, meeting: Meeting, engagement: Engagement, **fields: Any) -> AgendaItem:
    filled = {"section": Section.INTERNATIONAL, "title": engagement.title, "proposal": "Godkänna resan."} | fields
    return refer_engagement(engagement=engagement, meeting=meeting, by=people.coordinator, at=NOTICE, **filled)


def decided(
    people: People, item: AgendaItem, point: DelegationPoint | None, outcome: Outcome = Outcome.APPROVED, **fields: Any
) -> Decision:
    filled = {
        "text": "Staden deltar med fyra personer.",
        "delegate": "Finansborgarrådet",
        "cost": Decimal("74500"),
        "at": AFTER,
    } | fields
    return record_decision(item=item, outcome=outcome, point=point, by=people.ib_secretary, **filled)


def approved(people: People, meeting: Meeting) -> Meeting:
    """Held, and its list approved by finansborgarrådet."""
    meeting = mark_held(meeting=meeting, by=people.ib_secretary, at=AFTER)
    return approve_meeting(
        meeting=meeting, approvers=[people.commissioner], by=people.ib_secretary, at=AFTER, on=AFTER.date()
    )


def a_delegate(people: People, body: str = "169") -> User:
    delegate = person("delegat.miljo", "Delegaten, Miljöförvaltningen")
    delegate.title = "Avdelningschefen"
    delegate.save()
    Mandate.objects.create(person=delegate, body=people.body(body), role=Role.DELEGATE, valid_from=date(2020, 1, 1))
    return delegate
