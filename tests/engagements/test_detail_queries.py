"""What an engagement's own page asks of the database: little, and the same however much hangs on the engagement."""

from datetime import date
from typing import Any

import pytest

from engagements.enums import Kind
from engagements.models import Consultation, Engagement, Judgement
from engagements.sharing import share_engagement
from organisation.enums import Action
from tests.factories import AT, a_visit
from tests.factories.assignments import an_assignment
from tests.factories.memberships import a_membership
from tests.people import People
from tests.queries import queries_of

OTHERS = ("181", "TN", "131", "KS")
LIMITS = {Kind.VISIT: 19, Kind.TRIP: 18, Kind.MEMBERSHIP: 22}


def one_of(kind: Kind, people: People) -> Engagement:
    who, where = people.contact, people.body("169")
    if kind == Kind.VISIT:
        return a_visit(who, where, counterpart="Japans ambassad").engagement
    return an_assignment(who, where) if kind == Kind.TRIP else a_membership(who, where).engagement


def hang_on(engagement: Engagement, people: People, number: int) -> None:
    """One more of each thing that the page tells of."""
    for check in ("C1", "C13", "C14", "C19"):
        Judgement.objects.create(
            engagement=engagement, subject=check, answer="pass", reason=f"Läst {number} gånger.", by=people.head, at=AT
        )
    Consultation.objects.create(engagement=engagement, whom=f"Nämnd {number}", on=date(2026, 11, 1 + number))
    share_engagement(
        engagement=engagement, to=people.body(OTHERS[number]), action=Action.READ, reason=f"Samarbete {number}", until=None,
        by=people.contact, at=AT,
    )  # fmt: skip


@pytest.mark.parametrize("kind", LIMITS)
def test_the_page_costs_little_and_the_same_however_much_there_is(people: People, as_user: Any, kind: Kind) -> None:
    engagement, browser = one_of(kind, people), as_user(people.contact)

    def cost() -> int:
        return queries_of(lambda: browser.get(engagement.get_absolute_url()))

    hang_on(engagement, people, 0)
    cost()
    once = cost()
    assert once <= LIMITS[kind]
    for number in range(1, 4):
        hang_on(engagement, people, number)
    assert cost() == once
