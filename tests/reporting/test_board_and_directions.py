"""Internationella beredningen, and the directions as second axis, reckoned by hand."""

from datetime import UTC, date, datetime

from decisions.enums import MeetingState, Outcome
from engagements.enums import Kind, State
from reporting.queries import book_of
from tests.reporting.register import Register

DAY = date(2025, 5, 20)


def test_meetings_held_and_what_they_handled(register: Register) -> None:
    visit = register.visit(DAY)
    first = register.meeting(1, date(2025, 1, 1))
    last = register.meeting(10, date(2025, 12, 31), MeetingState.REPORTED)
    register.meeting(11, date(2025, 11, 1), MeetingState.PLANNED)
    register.meeting(1, date(2025, 2, 1), body="MHN")
    register.meeting(1, date(2024, 12, 31))
    register.item(first, visit)
    register.item(last, visit, Outcome.CHANGED)
    book = book_of(2025)
    assert book["meetings"].value == 2
    assert book["meetings"].meeting_ids == (first.pk, last.pk)
    assert book["meetings"].ids == (visit.pk,)
    assert book["meetings"].previous == 1


def test_delegated_decisions_by_outcome(register: Register) -> None:
    visit, trip = register.visit(DAY), register.hosted(DAY)
    meeting = register.meeting(1, DAY)
    for outcome in (Outcome.APPROVED, Outcome.TABLED, Outcome.REMITTED, Outcome.NOTED):
        register.item(meeting, None, outcome)
    register.item(meeting, visit, Outcome.DECLINED)
    later = register.meeting(2, date(2025, 12, 31))
    register.item(later, visit, Outcome.APPROVED)
    register.item(later, trip, Outcome.CHANGED)
    register.item(register.meeting(1, DAY, body="MHN"), trip)
    book = book_of(2025)
    assert book["decisions"].value == 4
    assert book["decisions"].ids == (visit.pk, trip.pk)  # one matter has two decisions, one decision has no matter
    assert {one.code.rpartition(".")[2]: one.value for one in book.group("decisions.outcome")} == {
        "approved": 2,
        "changed": 1,
        "declined": 1,
    }
    assert book["decisions.outcome.approved"].meeting_ids == (meeting.pk, later.pk)


def test_main_directions_add_up_and_any_direction_counts_each(register: Register) -> None:
    register.visit(DAY, main_direction="samverkan", other_directions=["paverkan", "profilering"])
    register.visit(DAY, main_direction="samverkan")
    register.visit(DAY, main_direction="paverkan", other_directions=["samverkan"])
    register.visit(DAY)
    register.visit(DAY, main_direction="positionering", edition="2008", other_directions=["bevakning_paverkan"])
    book = book_of(2025)
    assert {one.code.rpartition(".")[2]: int(one.value) for one in book.group("directions.main")} == {
        "profilering": 0, "omvarldsbevakning": 0, "samverkan": 2, "paverkan": 1, "positionering": 1,
        "bevakning_paverkan": 0, "annan": 0, "utan": 1,
    }  # fmt: skip
    assert book["engagements"].value == sum(one.value for one in book.group("directions.main"))
    assert {one.code.rpartition(".")[2]: int(one.value) for one in book.group("directions.any")} == {
        "profilering": 1, "omvarldsbevakning": 0, "samverkan": 3, "paverkan": 2, "positionering": 1,
        "bevakning_paverkan": 1,
    }  # fmt: skip
    assert book["directions.other.samverkan"].value == 1


def years(register: Register) -> dict[int, tuple[int, ...]]:
    book = book_of(2025)
    return {year: book["engagements"].years[year].ids for year in book.years}


def test_an_engagement_lives_from_its_registration_to_its_last_day(register: Register) -> None:
    asked_early = register.visit(date(2025, 2, 1), registered=date(2024, 11, 1))
    late_on_record = register.visit(date(2024, 12, 31), registered=date(2025, 1, 15))
    assert years(register) == {2023: (), 2024: (asked_early.pk, late_on_record.pk), 2025: (asked_early.pk,)}


def test_what_has_no_end_goes_on_and_what_is_open_waits(register: Register) -> None:
    membership = register.membership(date(1995, 1, 1))
    waiting = register.visit(date(2024, 3, 1), state=State.PROPOSED)
    declaration = register.matter(Kind.DECLARATION, registered=DAY)
    assert years(register) == {
        2023: (membership.pk,),
        2024: (membership.pk, waiting.pk),
        2025: (membership.pk, waiting.pk, declaration.pk),
    }


def test_a_refused_one_lives_until_the_refusal_and_a_closed_one_until_it_was_closed(register: Register) -> None:
    refused_at = datetime(2024, 2, 1, 12, tzinfo=UTC)
    refused = register.visit(DAY, state=State.DECLINED, registered=date(2023, 11, 1), decided_at=refused_at)
    declaration = register.matter(Kind.DECLARATION, registered=date(2023, 5, 1))
    register.closed(declaration, on=date(2024, 12, 31), after=State.APPROVED)
    assert years(register) == {2023: (refused.pk, declaration.pk), 2024: (refused.pk, declaration.pk), 2025: ()}


def test_history_counts_in_its_own_years_and_without_a_day_in_none(register: Register) -> None:
    loaded = date(2025, 11, 1)
    old = register.matter(Kind.TRIP, State.COMPLETED, registered=loaded, starts_on=date(2023, 9, 1), fingerprint="a")
    register.matter(Kind.TRIP, State.COMPLETED, registered=loaded, fingerprint="b")
    assert years(register) == {2023: (old.pk,), 2024: (), 2025: ()}


def test_midnight_in_stockholm_turns_the_year(register: Register) -> None:
    late = register.matter(Kind.DECLARATION, registered=DAY)
    late.registered_at = datetime(2025, 12, 31, 22, 59, tzinfo=UTC)
    late.save()
    after = register.matter(Kind.DECLARATION, registered=DAY)
    after.registered_at = datetime(2025, 12, 31, 23, 1, tzinfo=UTC)
    after.save()
    assert book_of(2025)["engagements"].ids == (late.pk,)


def test_an_older_year_has_the_directions_of_its_own_edition(register: Register) -> None:
    register.visit(date(2010, 5, 1), main_direction="positionering", edition="2008")
    assert book_of(2010)["directions.main.positionering"].value == 1
