"""Visits, receptions and conferences, reckoned by hand."""

from datetime import date
from decimal import Decimal

from django_countries.data import COUNTRIES

from engagements.enums import State
from reporting.enums import Region
from reporting.queries import book_of
from reporting.regions import REGION_OF, region_of
from tests.reporting.register import Register
from visits.enums import VisitType

DAY = date(2025, 5, 20)


def test_visits_per_region_and_kind_with_people_and_digital_share(register: Register) -> None:
    register.visit(DAY, "FI", people=10, came=12)
    register.visit(DAY, "NL", people=20, attendance="digital")
    register.visit(DAY, "GB", people=None, attendance="hybrid")
    register.visit(DAY, "JP", kind="academia", people=31)
    register.visit(DAY, "BR", kind="academia", people=8, attendance="digital")
    register.visit(DAY, "KE", kind="companies", people=5)
    register.visit(DAY, "NZ", kind="", people=4)
    register.visit(DAY, "US", kind="associations", people=2)
    register.visit(DAY, "", people=1)
    register.visit(date(2024, 5, 20), "FI", people=100)

    book = book_of(2025)
    assert (book["visits"].value, book["visits"].previous) == (9, 1)
    assert {one.code.removeprefix("visits.region."): one.value for one in book.group("visits.region")} == {
        "norden": 1, "eu": 1, "europa": 1, "asien": 1, "nordamerika": 1, "latinamerika": 1, "afrika": 1,
        "oceanien": 1, "utan": 1,
    }  # fmt: skip
    assert (book["visits.people"].value, book["visits.people"].previous) == (
        83,
        100,
    )
    # 12 + 20 + 31 + 8 + 5 + 4 + 2 + 1 people, and what follows shares by the visits that say how many
    assert book["visits.mean"].value == Decimal("10.38")  # 83 by the 8 that say how many
    assert book["visits.digital_share"].value == Decimal("22.22")  # 2 of 9; both ways is not digital
    counted = {one.code.rpartition(".")[2]: int(one.value) for one in book.group("visitors.kind")}
    assert counted == {"officials": 4, "academia": 2, "associations": 1, "companies": 1, "utan": 1}
    assert book["visitors.people.officials"].value == 33
    assert book["visitors.mean.officials"].value == 11  # 33 by the three that say how many
    assert book["visitors.digital_share.officials"].value == 25
    assert book["visitors.digital_share.academia"].value == 50
    assert book["visitors.mean.officials"].previous == 100
    assert book["visitors.mean.companies"].previous is None  # no visit to share by


def test_a_visit_is_received_when_it_was_accepted_and_begins_in_the_year(register: Register) -> None:
    first = register.visit(date(2025, 1, 1))
    last = register.visit(date(2025, 12, 31), state=State.APPROVED)
    register.visit(date(2024, 12, 31))
    register.visit(date(2026, 1, 1))
    register.visit(DAY, visit_type=VisitType.INVITATION_LETTER)
    for state in (State.DRAFT, State.REGISTERED, State.ASSESSED, State.PROPOSED, State.DECLINED, State.STRUCK):
        register.visit(DAY, state=state)
    closed = register.closed(register.visit(DAY), on=date(2025, 6, 1), after=State.COMPLETED)
    register.closed(register.visit(DAY), on=date(2025, 6, 1), after=State.DECLINED)
    assert book_of(2025)["visits"].ids == (first.pk, closed.pk, last.pk)


def test_a_visit_from_sweden_is_not_from_abroad(register: Register) -> None:
    register.visit(DAY, "SE", people=40)
    abroad = register.visit(DAY, "NO")
    assert book_of(2025)["visits"].ids == (abroad.pk,)
    assert book_of(2025)["visits.people"].value == 0


def test_a_state_visit_is_a_visit_too(register: Register) -> None:
    state = register.visit(DAY, "IS", visit_type="state_visit")
    register.visit(DAY, "IS", visit_type="protocol_visit")
    assert book_of(2025)["visits.state"].ids == (state.pk,)
    assert book_of(2025)["visits"].value == 2


def test_receptions_granted_and_declined_with_their_guests(register: Register) -> None:
    granted = register.reception(DAY, State.COMPLETED, 250)
    booked = register.reception(date(2025, 12, 31), State.APPROVED, 300)
    untold = register.reception(DAY, State.APPROVED)
    declined = register.reception(DAY, State.DECLINED, 1000)
    filed = register.closed(register.reception(DAY, State.DECLINED, 9), on=DAY, after=State.DECLINED)
    register.reception(DAY, State.PROPOSED, 500)
    book = book_of(2025)
    assert sorted(book["receptions"].ids) == sorted([granted.pk, booked.pk, untold.pk])
    assert book["receptions.guests"].value == 550
    assert sorted(book["receptions.declined"].ids) == sorted([declined.pk, filed.pk])


def test_hosted_conferences(register: Register) -> None:
    hosted = register.hosted(DAY)
    register.hosted(date(2024, 5, 20))
    assert book_of(2025)["conferences"].ids == (hosted.pk,)
    assert book_of(2025)["conferences"].previous == 1


def test_every_country_has_one_region() -> None:
    assert set(COUNTRIES) - set(REGION_OF) == {"AQ"}
    assert set(REGION_OF) - set(COUNTRIES) == {"XK"}
    assert sum(region == Region.EU for region in REGION_OF.values()) == 24  # 27, and SE DK FI are Norden
    assert region_of("") == region_of("AQ") == Region.UNKNOWN
