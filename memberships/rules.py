"""When something is reconsidered, and what a membership or agreement needs before each step."""

from calendar import monthrange
from datetime import date

from engagements.enums import Instrument, State
from memberships.enums import AgreementType, Grade, MembershipForm
from organisation.enums import Action

# Strategy 2016 section 4: reconsider regularly, for instance every fourth year. The work begins half a year before
# (check C8), and the list looks as far again.
LEAD_MONTHS = 6
SOON_MONTHS = 12
INTERVAL_MONTHS = 48
MAX_INTERVAL_MONTHS = 120

# What the router calls each form (strategy 2016 sections 4-5).
INSTRUMENTS: dict[str, Instrument] = {
    MembershipForm.ORGANISATION: Instrument.ORGANISATION,
    MembershipForm.NETWORK: Instrument.NETWORK,
    MembershipForm.INITIATIVE: Instrument.INITIATIVE,
    MembershipForm.DECLARATION: Instrument.DECLARATION,
    AgreementType.COOPERATION: Instrument.COOPERATION_AGREEMENT,
    AgreementType.INTENT: Instrument.INTENT_AGREEMENT,
    AgreementType.TWIN_TOWN: Instrument.TWIN_TOWN,
}

# A review is proposed by the owner's contact person and decided where the membership would be entered today (M22, M23).
PROPOSE_REVIEW = Action.PREPARE
DECIDE_REVIEW = Action.DECIDE

# In force only: what changes while a membership runs, without a new decision.
UPKEEP_STATES = frozenset({State.APPROVED})


def add_months(day: date, months: int) -> date:
    """The same day so many months on (or back); the 31st becomes the month's last, as PostgreSQL reckons."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def lead_ends(on: date) -> date:
    """The last review day that is opened on this day."""
    return add_months(on, LEAD_MONTHS)


def soon_ends(on: date) -> date:
    """The last review day that the list of reviews looks ahead to."""
    return add_months(on, SOON_MONTHS)


def grade(review_by: date, *, on: date) -> Grade:
    """The day itself is still in time."""
    if review_by < on:
        return Grade.OVERDUE
    if review_by <= lead_ends(on):
        return Grade.DUE
    return Grade.SOON if review_by <= soon_ends(on) else Grade.LATER


def days_left(review_by: date, *, on: date) -> int:
    """Days until it is due; negative when it is late."""
    return (review_by - on).days


def needs_interval_reason(months: int, *, usual: int = INTERVAL_MONTHS) -> bool:
    """An interval other than the edition's takes a reason (check C8)."""
    return months != usual
