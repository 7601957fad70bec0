"""Pages of a list: the rows and the number that `visible_to` gives, page after page, forwards and back, in every order."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements.enums import Part
from engagements.masking import MASK, CoveredRow
from engagements.models import Engagement
from engagements.ordering import NEWEST, ORDERS, Order, Place
from engagements.page_sql import Around, around
from engagements.permission import access_of, grant, visible_to
from engagements.queries import capped_count, newest_page, page_values
from organisation.enums import Action
from organisation.models import User
from stockholm_intl.kit import clock
from tests.factories import AT, an_engagement
from tests.people import People

SIZE = 3
COLUMNS = ("id", "key", "title", "body__name", "starts_on", "updated_at", "secret_fields")


@pytest.fixture
def city(people: People) -> People:
    """Ten of each of two bodies: some secret, some shared, days that repeat and days that nobody knows."""
    for number in range(20):
        theirs = bool(number % 2)
        by, body = (people.outsider, people.body("181")) if theirs else (people.contact, people.body("169"))
        day = None if number % 3 == 0 else date(2026, 1, 1 + number // 4)
        made = an_engagement(by, body, starts_on=day, title=f"Ärende {number}", country="NL" if number < 12 else "FI")
        share(people, made, number)
        Engagement.objects.filter(pk=made.pk).update(
            updated_at=AT + timedelta(minutes=number // 3), is_secret=number % 5 == 0,
            secret_fields=[Part.TITLE.value] if number % 7 == 1 else [], secrecy_paragraph="OSL 15 kap. 1 §",
        )  # fmt: skip
    return people


def share(people: People, made: Engagement, number: int) -> None:
    today, told = clock.today(), {"reason": "Prov", "by": None, "at": AT, "engagement": made}
    if number % 4 == 1:
        grant(to=people.body("169"), action=Action.READ, until=today - timedelta(days=number % 8 // 5), **told)  # type: ignore[arg-type]
    if number % 10 in (0, 1, 5):
        for person in (people.contact, people.auditor):
            grant(to=person, action=Action.READ, **told)  # type: ignore[arg-type]


def readers(people: People) -> list[User]:
    found = (people.contact, people.outsider, people.auditor, people.coordinator, people.registrar, people.stranger)
    return [User.objects.get(pk=user.pk) for user in found]


def wanted(user: User, rows: Any, order: Order) -> list[int]:
    return list(visible_to(user, rows).order_by(*order.by()).values_list("pk", flat=True))


def test_the_readers_see_different_things(city: People) -> None:
    seen = [frozenset(wanted(user, Engagement.objects.all(), NEWEST)) for user in readers(city)]
    assert len(set(seen)) == 5
    assert not seen[-1]


@pytest.mark.parametrize("name", ORDERS)
def test_page_after_page_gives_every_row_once_and_the_way_back_too(city: People, name: str) -> None:
    order = ORDERS[name]
    for user in readers(city):
        for rows in (Engagement.objects.all(), Engagement.objects.filter(country="NL"), Engagement.objects.none()):
            all_of_them = wanted(user, rows, order)
            forwards = [pk for page in walk(user, rows, order, order) for pk in page]
            assert forwards == all_of_them
            backwards = [pk for page in walk(user, rows, order, order.reversed()) for pk in page]
            assert backwards == all_of_them[::-1]
            page = newest_page(access_of(user), rows, order=order, limit=SIZE)
            assert [row.pk for row in page] == all_of_them[:SIZE]


def walk(user: User, rows: Any, order: Order, way: Order) -> Iterator[list[int]]:
    """The pages in this direction, each begun beyond the last row of the one before."""
    place: Place | None = None
    for _page in range(20):  # there are twenty rows: a walk that goes on has begun anew
        page = page_values(access_of(user), rows, COLUMNS, order=way, limit=SIZE, after=place)
        assert len(page) <= SIZE
        if not page:
            return
        yield [row["id"] for row in page]
        last = page[-1]
        place = (last[order.field] if order.field != "id" else None, last["id"])
    raise AssertionError("the pages have no end")


def test_the_values_are_those_of_the_rows_and_covered_alike(city: People) -> None:
    for user in readers(city):
        page = page_values(access_of(user), Engagement.objects.all(), COLUMNS)
        rows = {row.pk: row for row in visible_to(user).select_related("body")}
        assert len(page) == len(rows)
        for values in page:
            row = rows[values["id"]]
            assert (values["key"], values["title"], values["body__name"], values["starts_on"]) == (
                row.key, row.title, row.body.name, row.starts_on,
            )  # fmt: skip
            assert values["is_named"] == (row.pk in named_to(user))


def named_to(user: User) -> set[int]:
    return set(user.engagementusergrant_set.values_list("content_object_id", flat=True))


def test_a_page_is_one_query_marked_or_not(city: People) -> None:
    for user in readers(city)[:4]:
        access = access_of(user)
        with CaptureQueriesContext(connection) as asked:
            page = page_values(access, Engagement.objects.all(), COLUMNS, limit=20)
        assert page
        assert len(asked) == 1


@pytest.mark.parametrize("cap", [1, 4, 100])
def test_the_count_is_exact_up_to_its_cap(city: People, cap: int) -> None:
    for user in readers(city):
        for rows in (Engagement.objects.all(), Engagement.objects.filter(country="FI"), Engagement.objects.none()):
            access, number = access_of(user), visible_to(user, rows).count()
            with CaptureQueriesContext(connection) as asked:
                assert capped_count(access, rows, cap=cap) == min(number, cap + 1)
            assert len(asked) == 1


def test_nobody_has_no_page_and_no_count(city: People) -> None:
    access, rows = access_of(AnonymousUser()), Engagement.objects.all()  # type: ignore[arg-type]
    with CaptureQueriesContext(connection) as asked:
        assert list(newest_page(access, rows)) == []
        assert page_values(access, rows, COLUMNS) == []
        assert capped_count(access, rows) == 0
    assert len(asked) == 0


def test_usually_fifty_rows_the_newest_first_and_a_thousand_counted(people: People) -> None:
    for _number in range(52):
        an_engagement(people.contact, people.body("169"))
    access = access_of(people.contact)
    for rows in (newest_page(access, Engagement.objects.all()), page_values(access, Engagement.objects.all(), COLUMNS)):
        found = [row["id"] if isinstance(row, dict) else row.pk for row in rows]
        assert found == wanted(people.contact, Engagement.objects.all(), NEWEST)[:50]
    assert capped_count(access, Engagement.objects.all()) == 52


def test_a_column_that_somebody_would_have_to_convert_is_refused(people: People) -> None:
    with pytest.raises(TypeError, match="motives"):
        around(("id", "motives"), NEWEST)
    kept = around(("id", "key"), NEWEST)
    assert around(("id", "key"), NEWEST) is kept
    assert kept.names == ("id", "key", "is_named")


def test_a_column_asked_for_twice_is_given_once(people: People) -> None:
    made = an_engagement(people.contact, people.body("169"))
    assert page_values(access_of(people.contact), Engagement.objects.all(), ("id", "key", "id")) == [
        {"id": made.pk, "key": made.key, "is_named": False}
    ]


@pytest.mark.parametrize("name", ORDERS)
def test_both_ways_of_saying_an_order_are_one_and_rows_without_a_date_come_last(city: People, name: str) -> None:
    for order in (ORDERS[name], ORDERS[name].reversed()):
        by = list(Engagement.objects.order_by(*order.by()).values_list("pk", "starts_on"))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, starts_on FROM engagements_engagement AS row ORDER BY {order.sql()}")
            assert cursor.fetchall() == by
        if order.field == "starts_on":
            undated = [day is None for _pk, day in by]
            assert undated == sorted(undated, reverse=order.backwards)


def test_what_is_marked_is_covered_on_the_page_and_in_its_rows(city: People) -> None:
    marked = Engagement.objects.get(title="Ärende 8")
    for user, title in ((city.contact, str(MASK)), (city.registrar, None)):
        reader = access_of(User.objects.get(pk=user.pk))
        rows = {row.pk: row.title for row in newest_page(reader, Engagement.objects.all())}
        page = {row["id"]: row["title"] for row in page_values(reader, Engagement.objects.all(), COLUMNS)}
        assert rows.get(marked.pk) == page.get(marked.pk) == title


@pytest.mark.parametrize(
    ("name", "way", "back"),
    [
        ("-updated", "row.updated_at DESC, row.id DESC", "row.updated_at ASC, row.id ASC"),
        ("updated", "row.updated_at ASC, row.id ASC", "row.updated_at DESC, row.id DESC"),
        ("-date", "row.starts_on DESC NULLS LAST, row.id DESC", "row.starts_on ASC NULLS FIRST, row.id ASC"),
        ("date", "row.starts_on ASC NULLS LAST, row.id ASC", "row.starts_on DESC NULLS FIRST, row.id DESC"),
        ("-key", "row.id DESC", "row.id ASC"),
        ("key", "row.id ASC", "row.id DESC"),
    ],
)
def test_an_order_is_written_as_its_index_is(name: str, way: str, back: str) -> None:
    """Another word about rows without a date, or one column more, and the index is no longer walked."""
    for order, text in ((ORDERS[name], way), (ORDERS[name].reversed(), back)):
        assert order.sql() == text
        asked = str(Engagement.objects.order_by(*order.by()).query).replace('"', "")
        assert asked.partition(" ORDER BY ")[2].replace("engagements_engagement", "row") == text


def test_a_page_takes_along_what_is_marked_also_when_it_has_no_rows(people: People) -> None:
    with pytest.raises(CoveredRow, match="secret_fields"):
        page_values(access_of(people.contact), Engagement.objects.none(), ("id", "title"))


def test_a_statement_that_gives_another_number_of_columns_is_no_page(people: People) -> None:
    kept = Around("SELECT «rows», «named»", ("id", "is_named"))
    assert kept.fetch(("7", ()), ("true", ())) == [{"id": 7, "is_named": True}]
    with pytest.raises(ValueError, match="longer"):
        Around("SELECT «rows», «named», 1", ("id", "is_named")).fetch(("7", ()), ("true", ()))
