"""Cooperation in organisations and networks, reckoned by hand."""

from datetime import date

from engagements.enums import State
from reporting.queries import book_of
from tests.reporting.register import Register

NEW_YEARS_EVE, NEW_YEARS_DAY = date(2025, 12, 31), date(2026, 1, 1)


def values(year: int, prefix: str = "") -> dict[str, int]:
    """What is not nought."""
    return {one.code: int(one.value) for one in book_of(year) if one.value and one.code.startswith(prefix)}


def test_memberships_at_the_end_of_the_year(register: Register) -> None:
    register.membership(date(1995, 1, 1), form="organisation", theme="EU")
    register.membership(date(2007, 5, 1), form="network", theme="Klimat", post="Vice ordförande")
    register.membership(date(2025, 2, 1), form="initiative", theme="klimat ")
    register.membership(date(2010, 1, 1), date(2025, 6, 30), form="network", theme="Trafik")
    register.membership(date(2026, 1, 15), form="declaration", theme="Mat")

    assert values(2025, "memberships") == {
        "memberships": 3,
        "memberships.form.organisation": 1,
        "memberships.form.network": 1,
        "memberships.form.initiative": 1,
        "memberships.theme.eu": 1,
        "memberships.theme.klimat": 2,  # Klimat and klimat are one theme
        "memberships.new": 1,
        "memberships.ended": 1,
        "memberships.posts": 1,
    }
    assert book_of(2025)["memberships"].previous == 3  # EU, Klimat, Trafik
    assert values(2026, "memberships.")["memberships.new"] == 1


def test_the_year_turns_at_midnight(register: Register) -> None:
    last = register.membership(NEW_YEARS_EVE)
    first = register.membership(NEW_YEARS_DAY)
    gone_last_day = register.membership(date(2001, 1, 1), NEW_YEARS_EVE)
    gone_first_day = register.membership(date(2001, 1, 1), NEW_YEARS_DAY)

    book, after = book_of(2025), book_of(2026)
    assert book["memberships"].ids == (last.pk, gone_first_day.pk)
    assert book["memberships.new"].ids == (last.pk,)
    assert book["memberships.ended"].ids == (gone_last_day.pk,)
    assert after["memberships"].ids == (last.pk, first.pk)
    assert after["memberships.ended"].ids == (gone_first_day.pk,)


def test_a_years_end_is_the_last_plus_new_minus_ended(register: Register) -> None:
    for year in (2022, 2023, 2024, 2025):
        register.membership(date(year, 3, 1))
        register.membership(date(year, 3, 1), date(year, 9, 1))
        register.membership(date(2000, 3, 1), date(year, 9, 1))
    for year in (2023, 2024, 2025):
        book = book_of(year)
        assert book["memberships"].value == book["memberships"].previous + book.value("memberships.new") - book.value(
            "memberships.ended"
        )


def test_an_application_a_refusal_and_a_struck_one_are_no_memberships(register: Register) -> None:
    for state in (State.DRAFT, State.REGISTERED, State.ASSESSED, State.PROPOSED, State.DECLINED, State.STRUCK):
        register.membership(date(2020, 1, 1), state=state)
    kept = register.membership(date(2020, 1, 1))
    assert book_of(2025)["memberships"].ids == (kept.pk,)


def test_a_closed_membership_counts_until_it_was_closed_and_a_refused_one_never(register: Register) -> None:
    left = register.closed(register.membership(date(2010, 1, 1)), on=date(2025, 4, 1), after=State.APPROVED)
    register.closed(register.membership(date(2010, 1, 1)), on=date(2025, 4, 1), after=State.DECLINED)
    assert book_of(2024)["memberships"].ids == (left.pk,)
    assert book_of(2025)["memberships"].ids == ()
    assert book_of(2025)["memberships.ended"].ids == (left.pk,)


def test_reviews_by_outcome_in_the_year_they_were_decided(register: Register) -> None:
    one, two, three = (register.membership(date(2010, 1, 1)) for _ in range(3))
    register.review(one, date(2024, 12, 1), "keep", date(2025, 1, 1))
    register.review(two, date(2025, 6, 1), "change", NEW_YEARS_EVE)
    register.review(three, date(2025, 6, 1), "leave", NEW_YEARS_DAY)
    register.review(three, date(2029, 6, 1))
    assert values(2025, "reviews.outcome") == {"reviews.outcome.keep": 1, "reviews.outcome.change": 1}
    assert book_of(2025)["reviews"].ids == (one.pk, two.pk)
    assert values(2026, "reviews.outcome") == {"reviews.outcome.leave": 1}


def test_what_is_to_be_reviewed_next_year_counts_once_also_when_it_is_done_already(register: Register) -> None:
    due = register.membership(date(2022, 5, 1))  # 48 months: 2026-05-01
    done = register.membership(date(2018, 2, 1), reviewed=date(2026, 1, 20))
    register.review(done, date(2026, 2, 1), "keep", date(2026, 1, 20))
    register.review(due, date(2026, 5, 1))
    register.membership(date(2020, 1, 1))
    intent = register.agreement(date(2022, 6, 1), kind="intent")
    register.agreement(date(2022, 6, 1), kind="cooperation")
    assert sorted(book_of(2025)["reviews.next"].ids) == [due.pk, done.pk, intent.pk]
    assert book_of(2025)["reviews.next"].value == 3


def test_agreements_are_in_force_through_their_last_day(register: Register) -> None:
    through = register.agreement(date(2022, 1, 1), NEW_YEARS_EVE)
    register.agreement(date(2022, 1, 1), date(2025, 12, 30))
    open_ended = register.agreement(date(2025, 7, 1), kind="intent")
    assert book_of(2025)["agreements"].ids == (through.pk, open_ended.pk)
    assert book_of(2025)["agreements"].previous == 2
    assert values(2026, "agreements") == {"agreements": 1, "agreements.kind.intent": 1}
