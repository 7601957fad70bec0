"""What the counting reads: one small tuple a row, the same for every kind of database."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class MembershipRow(NamedTuple):
    id: int
    form: str
    theme: str
    entered_on: date
    ended_on: date | None
    post: str

    def in_force(self, on: date) -> bool:
        """On that day; the day it ends it is over, so that year's end = last year's end + new - ended."""
        return self.entered_on <= on and (self.ended_on is None or self.ended_on > on)


class AgreementRow(NamedTuple):
    id: int
    kind: str
    entered_on: date
    ends_on: date | None  # its own last day, that day included
    ended_on: date | None

    def in_force(self, on: date) -> bool:
        over = (self.ended_on is not None and self.ended_on <= on) or (self.ends_on is not None and self.ends_on < on)
        return self.entered_on <= on and not over


class ReviewRow(NamedTuple):
    engagement: int
    outcome: str
    decided_on: date


class DueRow(NamedTuple):
    """A membership that is, or was, to be reviewed by a day."""

    engagement: int
    due_on: date


class InfluenceRow(NamedTuple):
    id: int
    form: str
    policy_area: str
    submitted_on: date


class MoneyRow(NamedTuple):
    project: int
    year: int
    funding: Decimal
    programme: str
    body_code: str
    body_name: str


class VisitRow(NamedTuple):
    id: int
    on: date
    country: str
    visitor_kind: str
    visit_type: str
    is_digital: bool
    people: int | None


class ReceptionRow(NamedTuple):
    id: int
    on: date
    is_granted: bool
    guests: int | None


class HostedRow(NamedTuple):
    id: int
    on: date


class MeetingRow(NamedTuple):
    id: int
    held_on: date
    engagement: int | None  # one row an item that carries an engagement


class DecisionRow(NamedTuple):
    engagement: int | None
    meeting: int | None
    outcome: str
    decided_on: date


class SpanRow(NamedTuple):
    """An engagement from its first day to its last; no last day while it goes on."""

    id: int
    begins: date
    ends: date | None
    main_direction: str
    other_directions: list[str]

    def within(self, year: int) -> bool:
        return self.begins.year <= year and (self.ends is None or self.ends.year >= year)


class ProjectRow(NamedTuple):
    id: int
    begins: date | None
    ends: date | None
    body_code: str
    body_name: str

    def within(self, year: int) -> bool:
        if self.begins is None:
            return False
        return self.begins.year <= year and (self.ends is None or self.ends.year >= year)
