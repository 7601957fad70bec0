"""The edges of what is given and taken: days, traces, and what a list lets somebody choose."""

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements.enums import Part
from engagements.models import Engagement
from engagements.permission import (
    access_of,
    bodies_for,
    grant,
    look_up_grants,
    may,
    reads_all_of,
    shared_with,
    withdraw,
)
from engagements.queries import newest_page
from organisation.enums import Action, Role
from organisation.models import Body, Mandate, User
from organisation.queries import mandates_of, roles_in, stands_in_as
from stockholm_intl.kit import clock
from tests.factories import AT, a_draft, an_engagement
from tests.people import People, person


def listed(user: User) -> list[str | None]:
    return [row.key for row in newest_page(access_of(User.objects.get(pk=user.pk)), Engagement.objects.all())]


def test_a_grant_with_an_end_is_listed_through_its_last_day(people: People) -> None:
    matter, today = an_engagement(people.contact, people.body("169")), clock.today()
    for until, is_listed in ((today, True), (today - timedelta(days=1), False), (None, True)):
        given = {"reason": "Prov", "by": people.contact, "at": AT, "until": until}
        grant(engagement=matter, to=people.outsider, action=Action.READ, **given)  # type: ignore[arg-type]
        assert listed(people.outsider) == ([matter.key] if is_listed else [])
        withdraw(engagement=matter, to=people.outsider, action=Action.READ, by=people.contact, at=AT)
        grant(engagement=matter, to=people.body("181"), action=Action.READ, **given)  # type: ignore[arg-type]
        assert listed(people.outsider) == ([matter.key] if is_listed else [])
        assert shared_with(matter) == ([people.body("181")] if is_listed else [])
        withdraw(engagement=matter, to=people.body("181"), action=Action.READ, by=people.contact, at=AT)


def test_taking_back_leaves_a_trace_and_taking_back_nothing_leaves_none(people: People) -> None:
    matter = an_engagement(people.contact, people.body("169"))
    withdraw(engagement=matter, to=people.outsider, action=Action.READ, by=people.contact, at=AT)
    assert not matter.grant_events.exists()
    grant(engagement=matter, to=people.outsider, action=Action.PREPARE, reason="Prov", by=people.contact, at=AT)
    withdraw(engagement=matter, to=people.outsider, action=Action.PREPARE, by=people.head, at=AT)
    taken = matter.grant_events.get(given=False)
    assert (taken.action, taken.reason, taken.by, taken.at, taken.person) == (
        Action.PREPARE, "", people.head, AT, people.outsider,
    )  # fmt: skip


def test_a_body_that_gives_back_is_a_body_in_the_trace(people: People) -> None:
    matter = an_engagement(people.contact, people.body("169"))
    grant(engagement=matter, to=people.body("181"), action=Action.READ, reason="Prov", by=people.contact, at=AT)
    withdraw(engagement=matter, to=people.body("181"), action=Action.READ, by=people.contact, at=AT, reason="Klart")
    assert {(row.given, row.body, row.reason) for row in matter.grant_events.all()} == {
        (True, people.body("181"), "Prov"), (False, people.body("181"), "Klart"),
    }  # fmt: skip


def test_who_reads_all_of_a_covered_matter_is_who_is_named(people: People) -> None:
    matter = an_engagement(people.contact, people.body("169"))
    assert reads_all_of(people.head, matter)
    matter.secret_fields, matter.secrecy_paragraph = [Part.TITLE], "OSL 15 kap. 1 §"
    matter.save()
    grant(engagement=matter, to=people.head, action=Action.READ, reason="Handlägger", by=people.head, at=AT)
    assert reads_all_of(people.head, matter)
    assert not reads_all_of(people.contact, matter)
    assert may(people.head, Action.DECIDE, matter)
    assert not may(people.contact, Action.PREPARE, matter)


def test_the_bodies_to_choose_among_are_the_own_one_first_and_then_by_name(people: People) -> None:
    someone = person("i.tre.organ", "Tre organ")
    last = Body.objects.create(code="ÄLD", name="Äldreförvaltningen", kind="fackforvaltning")
    for code in ("ÄLD", "181", "169"):
        Mandate.objects.create(
            person=someone, body=Body.objects.get(code=code), role=Role.CONTACT_PERSON, valid_from=date(2020, 1, 1)
        )
    first = access_of(someone).main_body_id
    chosen = list(bodies_for(someone, Action.PREPARE))
    assert chosen[0].pk == first
    rest = [body.name for body in chosen[1:]]
    assert rest == sorted(rest)
    assert {body.code for body in chosen if body.parent_id is None or body.pk == last.pk} >= {"ÄLD"}
    assert not bodies_for(people.registrar, Action.PREPARE).exists()
    assert not bodies_for(people.head, Action.REFER).exists()


def test_roles_are_those_of_the_body_itself(people: People) -> None:
    office, board = people.body("169"), people.body("MHN")
    today = clock.today()
    assert roles_in(people.head, office.pk, on=today) == {Role.HEAD}
    assert roles_in(people.head, board.pk, on=today) == frozenset()
    assert Role.BOARD_SECRETARY in roles_in(people.board_secretary, office.pk, on=today)
    assert not stands_in_as(people.head, Role.HEAD, office.pk, on=today)
    assert not stands_in_as(people.contact, Role.HEAD, office.pk, on=today)


def test_mandates_are_told_in_the_order_they_began_and_to_nobody_else(people: People) -> None:
    someone = person("i.tva.organ", "Två organ")
    Mandate.objects.create(person=someone, body=people.body("181"), role=Role.HEAD, valid_from=date(2022, 1, 1))
    until = clock.today() + timedelta(days=9)
    Mandate.objects.create(
        person=someone, body=people.body("169"), role=Role.CONTACT_PERSON, valid_from=date(2021, 1, 1), valid_to=until
    )
    held = mandates_of(someone, on=clock.today())
    assert [(one.mandate.body.code, one.stands_in_for, one.until) for one in held] == [
        ("169", None, until), ("181", None, None),
    ]  # fmt: skip
    someone.is_active = False
    someone.save()
    assert mandates_of(someone, on=clock.today()) == []
    assert mandates_of(AnonymousUser(), on=clock.today()) == []  # type: ignore[arg-type]


def test_only_a_grant_to_prepare_lets_prepare_and_only_who_prepares(people: People) -> None:
    matter = an_engagement(people.contact, people.body("169"))

    def prepares(to: Body | User, user: User, action: Action) -> bool:
        """With this grant alone."""
        given = {"engagement": matter, "to": to, "action": action, "by": people.contact, "at": AT}
        grant(**given, reason="Prov")  # type: ignore[arg-type]
        known = Engagement.objects.get(pk=matter.pk)
        assert may(user, Action.READ, known)
        found = may(User.objects.get(pk=user.pk), Action.PREPARE, known)
        withdraw(**given)  # type: ignore[arg-type]
        return found

    reader = person("i.bara.laser", "Bara läser")
    theirs = people.body("181")
    Mandate.objects.create(person=reader, body=theirs, role=Role.IB_MEMBER, valid_from=date(2020, 1, 1))
    for to in (people.outsider, theirs):
        assert prepares(to, people.outsider, Action.PREPARE)
        assert not prepares(to, people.outsider, Action.READ)
    assert not prepares(reader, reader, Action.PREPARE)
    assert not prepares(theirs, reader, Action.PREPARE)
    # who prepares somewhere else only reads what is shared with the body in which she only reads
    elsewhere = Body.objects.exclude(pk__in=[theirs.pk, matter.body_id]).filter(parent__isnull=True)[0]
    Mandate.objects.create(person=reader, body=elsewhere, role=Role.CONTACT_PERSON, valid_from=date(2020, 1, 1))
    assert not prepares(theirs, User.objects.get(pk=reader.pk), Action.PREPARE)
    assert prepares(reader, User.objects.get(pk=reader.pk), Action.PREPARE)


def test_the_committees_secretary_refers_what_is_registered_and_not_secret(people: People) -> None:
    matter = an_engagement(people.contact, people.body("169"))
    assert may(people.ib_secretary, Action.REFER, matter)
    assert not may(people.contact, Action.REFER, matter)
    assert not may(people.ib_secretary, Action.REFER, a_draft(people.contact, people.body("169")))
    matter.is_secret, matter.secrecy_paragraph = True, "OSL 15 kap. 1 §"
    matter.save()
    grant(engagement=matter, to=people.ib_secretary, action=Action.READ, reason="Namngiven", by=people.head, at=AT)
    secret = Engagement.objects.get(pk=matter.pk)
    assert may(people.ib_secretary, Action.READ, secret)
    assert not may(people.ib_secretary, Action.REFER, secret)


def test_what_a_person_shared_outlives_what_an_operation_gives_and_takes_back(people: People) -> None:
    engagement = an_engagement(people.contact, people.body("169"))
    ib, told = people.body("IB"), {"engagement": engagement, "action": Action.READ, "by": None, "at": AT}
    grant(to=ib, reason="Kan vara av intresse", by_hand=True, **told)  # type: ignore[arg-type]
    grant(to=ib, reason="Hänskjutet", **told)  # type: ignore[arg-type]
    row = engagement.group_grants.get()
    assert (row.reason, row.by_hand) == ("Kan vara av intresse", True)
    withdraw(to=ib, by_hand=False, **told)  # type: ignore[arg-type]
    assert engagement.group_grants.exists()
    withdraw(to=ib, **told)  # type: ignore[arg-type]
    assert not engagement.group_grants.exists()


def test_what_a_person_shared_until_a_day_is_read_as_long_as_the_operation_needs(people: People) -> None:
    engagement = an_engagement(people.contact, people.body("169"))
    ib, told = people.body("IB"), {"engagement": engagement, "action": Action.READ, "by": None, "at": AT}
    grant(to=ib, reason="En dag", until=clock.today(), by_hand=True, **told)  # type: ignore[arg-type]
    grant(to=ib, reason="Hänskjutet", **told)  # type: ignore[arg-type]
    row = engagement.group_grants.get()
    assert (row.reason, row.valid_to, row.by_hand) == ("Hänskjutet", None, False)
    withdraw(to=ib, by_hand=False, **told)  # type: ignore[arg-type]
    assert not engagement.group_grants.exists()


def test_what_is_shared_by_hand_holds_back_nothing_but_its_own(people: People) -> None:
    shared, other = (an_engagement(people.contact, people.body("169")) for _each in range(2))
    told = {"to": people.outsider, "reason": "Prov", "by": None, "at": AT}
    grant(engagement=shared, action=Action.READ, by_hand=True, **told)  # type: ignore[arg-type]
    for engagement, action in ((shared, Action.READ), (shared, Action.PREPARE), (other, Action.READ)):
        grant(engagement=engagement, action=action, **told)  # type: ignore[arg-type]
    rows = {
        (row.content_object, row.permission.codename): row.by_hand
        for row in people.outsider.engagementusergrant_set.all()
    }
    assert rows == {
        (shared, "read_engagement"): True, (shared, "prepare_engagement"): False, (other, "read_engagement"): False,
    }  # fmt: skip
    for engagement in (shared, other):
        withdraw(engagement=engagement, to=people.outsider, action=Action.READ, by=None, at=AT, by_hand=False)
    assert [
        row.content_object
        for row in people.outsider.engagementusergrant_set.filter(permission__codename="read_engagement")
    ] == [shared]


def test_the_grants_of_a_list_are_looked_up_at_once(people: People) -> None:
    read, prepared, none = (an_engagement(people.contact, people.body("169")) for _each in range(3))
    told = {"reason": "Prov", "by": None, "at": AT}
    grant(engagement=read, to=people.outsider, action=Action.READ, **told)  # type: ignore[arg-type]
    grant(engagement=prepared, to=people.body("181"), action=Action.PREPARE, **told)  # type: ignore[arg-type]
    outsider = User.objects.get(pk=people.outsider.pk)
    access_of(outsider)
    rows = list(Engagement.objects.select_related("body").order_by("pk"))
    with CaptureQueriesContext(connection) as asked:
        look_up_grants(outsider, rows)
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        told_of = [[may(outsider, action, row) for action in (Action.READ, Action.PREPARE)] for row in rows]
    assert not asked.captured_queries
    assert told_of == [[True, False], [True, True], [False, False]]
    with CaptureQueriesContext(connection) as asked:
        look_up_grants(outsider, [])
        look_up_grants(AnonymousUser(), rows)  # type: ignore[arg-type]
    assert not asked.captured_queries
    assert not may(AnonymousUser(), Action.READ, rows[0])  # type: ignore[arg-type]
