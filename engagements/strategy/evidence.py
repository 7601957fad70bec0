"""What the checks are told about one engagement. None is never a no: it means that nobody has said."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Activity:
    """A planned exchange: what, by whom and when (C3). `on` is the day, or the first of several."""

    what: str
    owner: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Forum:
    """An established forum somebody looked at before a new one (C12)."""

    name: str
    conclusion: str = ""


@dataclass(frozen=True)
class Funding:
    """Who pays what, in kronor (C10). `in_kind` is staff time or premises instead of money."""

    by_city: bool
    amount: Decimal | None = None
    in_kind: bool = False
    is_decided: bool = True


@dataclass(frozen=True)
class Written:
    """Who wrote a text last and when: another person reviews it (C5, R6). None for `by`: nobody knows."""

    by: int | None
    at: datetime


@dataclass(frozen=True)
class Evidence:
    """One engagement as the checks see it. Codes are those of engagements/enums.py and of the edition's directions."""

    on: date  # the day the checks are run for

    # what it is
    kind: str = ""
    instrument: str | None = None
    step: str = "new"  # new, review or exit
    scope: str | None = None
    title: str = ""
    is_open: bool = True  # not decided yet
    in_force: bool = False  # decided, and running or carried out
    starts_on: date | None = None
    ends_on: date | None = None

    # with whom (C1, C2, C7)
    counterpart_kind: str | None = None  # a PartnerKind, or "eu" for the institutions of the union
    country: str | None = None  # ISO code
    watched: tuple[str, ...] = ()  # those of its countries that the city's list, kept in the register, has; in Swedish
    touches: frozenset[str] = frozenset()  # "security" and "aid", as far as words and instrument tell

    # why (C11, C13, C14, C22)
    directions: tuple[str, ...] = ()  # the main one first
    motives: Mapping[str, str] = field(default_factory=dict)
    goal: str = ""
    goal_year: int | None = None  # the last year that the goal's name tells; None: it names none and goes on
    purpose: str | None = None
    benefit: str | None = None
    grades: Mapping[str, int] | None = None  # a visit's five grades, None until all are set
    is_marketing: bool | None = None
    uses_brand: bool | None = None

    # an agreement's content (C3-C7)
    activities: tuple[Activity, ...] = ()
    activity_text: str = ""
    themes: tuple[str, ...] | None = None
    our_benefit: str | None = None
    their_benefit: str | None = None
    benefit_written: Written | None = None
    renewals: int = 0  # earlier agreements with the same counterpart
    initiative: str = "none"  # the initiative it stands inside: none, open (not decided yet) or decided

    # other forums (C12)
    forums: tuple[Forum, ...] = ()
    same_theme: tuple[int, ...] = ()  # ids of the city's memberships with the same theme, those looked at left out

    # reviews (C8)
    review_due_on: date | None = None
    review_is_open: bool = False
    interval_months: int | None = None
    interval_reason: str = ""

    # priorities (C9)
    prioritised: bool | None = None
    prioritised_by: int | None = None  # who wrote the priority in; None when nobody knows
    drafted_by: int | None = None

    # money (C10, C16, C18)
    cost: Decimal | None = None
    has_rate: bool = True  # the cost is in kronor, or has a rate and its day
    is_covered: bool | None = None
    financing: str | None = None
    funding: tuple[Funding, ...] = ()
    own_share: Decimal | None = None  # the city's own effort by the project's years
    burden: str | None = None
    has_duty: bool | None = None  # a duty to report, or a target that binds

    # who decides (C15-C17, C19-C21)
    decider_fits: bool | None = None  # None: the matrix still asks something
    decider: str = ""  # who decides by the matrix, in Swedish
    is_delegated: bool | None = None  # goes to finansborgarrådet
    on_behalf_of_ks: bool | None = None
    abroad: bool | None = None
    owner_is_ks: bool = False
    slk_contacts: tuple[date, ...] = ()
    decided_on: date | None = None
    contact: str | None = None  # the body's contact person: yes, no, expired or acting
    needs_contact: bool = True  # an office or a company; optional for a district
    decision_cites: bool | None = None  # None: there is no delegated decision
    reported_on: date | None = None
    meetings_passed: int | None = None  # how many meetings it could have been reported at; None: nobody knows
    reported_apart: bool = False  # approved at once, with a notice of its own

    # a trip afterwards (C23)
    report_filed_on: date | None = None

    # a reception (R1-R8)
    share_abroad: int | None = None  # per cent
    share_is_estimate: bool | None = None
    congress_in_city: bool | None = None
    guests_stay_in_city: bool | None = None
    guests: int | None = None
    congress_from: date | None = None
    congress_to: date | None = None
    slot: str = ""
    slot_is_taken: bool | None = None
    why_the_city: str | None = None
    why_written: Written | None = None
    region_field: bool | None = None  # medicine or traffic
    region_co_hosts: bool | None = None
    attested_by: str = ""
    attester_attended: bool | None = None
    participants: str = ""


NAMES = frozenset(one.name for one in fields(Evidence))


def evidence_from(known: Mapping[str, Any]) -> Evidence:
    """From what the apps know; what the checks do not ask about (the router's facts) is left out."""
    return Evidence(**{name: value for name, value in known.items() if name in NAMES})
