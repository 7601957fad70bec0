"""The list page of a contact person, of somebody with almost nothing, and of SLK (goals G1-G5)."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from guardian.shortcuts import get_objects_for_user

from bench.by_hand import Hand
from bench.data import People
from bench.table import Table
from bench.timing import in_turns, profile
from engagements.models import Engagement
from engagements.ordering import NEWEST, Place
from engagements.permission import access_of, visible_to
from engagements.queries import capped_count, newest_page, page_values
from engagements.views.lists import PAGE, VALUES, cursor_of, read_cursor
from organisation.models import User


def fresh(user: User) -> User:
    """As a request meets the person: nothing reckoned yet."""
    return User.objects.get(pk=user.pk)


def page(user: User, rows: Any = None) -> list[dict[str, Any]]:
    return page_values(access_of(user), Engagement.objects.all() if rows is None else rows, VALUES, limit=PAGE + 1)


def measure(people: People, out: Table) -> None:
    for name, user in people.each():
        hand = Hand(user)
        same = [row[0] for row in hand.page()] == [row["id"] for row in page(fresh(user))]
        if not same:
            raise AssertionError(f"{name}: the hand-written page and ours differ")
        ours, limit = in_turns(lambda u=user: page(fresh(u)), hand.whole_page)
        if not out.compare(f"G1 list page, {name}", ours, limit, most=3):
            out.note(profile(lambda u=user: page(fresh(u))))
        out.check(f"G1 plan of the page, {name}", plan_ms(user), 10, "ms")
        check_queries(name, user, out)
        totals(name, user, hand, out)
    depth(people.slk, out)


def plan_ms(user: User) -> float:
    rows = newest_page(access_of(fresh(user)), Engagement.objects.all(), limit=PAGE + 1)
    text = rows.values(*VALUES).explain(analyze=True, timing=False)
    return float(text.rsplit("Execution Time: ", 1)[1].split(" ")[0])


def check_queries(name: str, user: User, out: Table) -> None:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/besok/")
    with CaptureQueriesContext(connection) as found:
        if client.get("/besok/").status_code != 200:
            raise AssertionError("the list page does not answer")
    out.check(f"G2 queries of a list request, {name}", len(found), 5)


def totals(name: str, user: User, hand: Hand, out: Table) -> None:
    access = access_of(fresh(user))
    rows = Engagement.objects.all()
    if capped_count(access, rows) != hand.count():
        raise AssertionError(f"{name}: the counts differ")
    ours, limit = in_turns(lambda: capped_count(access, rows), hand.count)
    out.compare(f"G5 count, {name}", ours, limit)
    if not access.reads_everything:
        out.check(f"G5 count in milliseconds, {name}", round(ours, 1), 10, "ms")
        return
    ours, limit = in_turns(lambda: capped_count(access, rows), lambda: page(fresh(user)))
    out.compare(f"G5 count against the page, {name}", ours, limit, most=3)


def depth(user: User, out: Table) -> None:
    """The last page of everything against the first."""
    access = access_of(fresh(user))
    oldest = Engagement.objects.order_by("updated_at", "id").values("id", "updated_at")[PAGE]
    cursor = read_cursor(cursor_of(oldest, NEWEST), NEWEST)

    def at(place: Place | None) -> list[dict[str, Any]]:
        return page_values(access, Engagement.objects.all(), VALUES, limit=PAGE + 1, after=place)

    if len(at(cursor)) != PAGE:
        raise AssertionError("the last page is not where it should be")
    deep, first = in_turns(lambda: at(cursor), lambda: at(None))
    out.compare("G4 last page against the first, SLK", deep, first, most=1.5)


def measure_naive(people: People, out: Table) -> None:
    """guardian rows for every owner, as its manual would have it; made last, for they would weigh on the rest."""
    read = Permission.objects.get(codename="read_engagement")
    slk_body = people.slk.mandates.get().body
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for group in ("b.group_id", str(slk_body.group_id)):
            cursor.execute(
                f"""INSERT INTO engagements_engagementgroupgrant (permission_id, group_id, content_object_id, reason)
                SELECT {read.pk}, {group}, e.id, '' FROM engagements_engagement e JOIN organisation_body b ON b.id = e.body_id
                ON CONFLICT DO NOTHING"""  # noqa: S608 - numbers of our own
            )
        cursor.execute("ANALYZE engagements_engagementgroupgrant")
    for user in (people.tiny, people.slk):
        user.groups.set([mandate.body.group for mandate in user.mandates.select_related("body__group")])
    for name, user in (("almost nothing", people.tiny), ("SLK", people.slk)):
        hand = Hand(user)
        hand.groups = []  # as ours: what is an owner's own is not read as a grant

        def naive(person: User = user) -> list[Any]:
            found = get_objects_for_user(
                fresh(person), "engagements.read_engagement", accept_global_perms=False, with_superuser=False
            )
            return list(found.order_by("-updated_at", "-id")[: PAGE + 1].values(*VALUES))

        (slow,) = in_turns(naive)
        (ours,) = in_turns(lambda person=user: page(without_group_rows(person)))
        out.compare(f"G3 guardian rows against ours, {name}", ours, slow, least=50)
        (least,) = in_turns(hand.page)
        out.compare(f"guardian rows against the page by hand, {name}", slow, least)
    if visible_to(fresh(people.slk)).count() < Engagement.objects.filter(is_secret=False).count():
        raise AssertionError("SLK does not see everything")


def without_group_rows(user: User) -> User:
    """Ours never reads rows for an owner's own group, so the access is reckoned as if its bodies had no groups."""
    from dataclasses import replace

    person = fresh(user)
    day, access = None, access_of(person)
    day = person._access[0]  # type: ignore[attr-defined]
    person._access = (day, replace(access, group_ids=()))  # type: ignore[attr-defined]
    return person
