"""The order in which mandates reach bodies, and who acts only because somebody else is away."""

from datetime import date, timedelta
from typing import Any

import pytest

from organisation.enums import Action, BodyKind, Role
from organisation.models import Absence, Body, Mandate, User
from organisation.queries import access_of, holders_of, mandates_of, reach_of, reckon_access, stands_in_as
from stockholm_intl.kit import clock
from tests.factories import AT
from tests.people import People, person

BEGUN = date(2020, 1, 1)


def mandate(who: User, body: Body, role: Role = Role.CONTACT_PERSON, **more: Any) -> Mandate:
    return Mandate.objects.create(**{"person": who, "body": body, "role": role, "valid_from": BEGUN} | more)


def away(who: User, body: Body, stand_in: User, *, last: date | None = None) -> Absence:
    return Absence.objects.create(
        person=who, body=body, substitute=stand_in, valid_from=BEGUN, valid_to=last or clock.today(), reason="Semester",
        registered_by=who, registered_at=AT,
    )  # fmt: skip


def test_a_substitute_stands_in_as_what_the_other_is_and_only_there(people: People) -> None:
    office, board, today = people.body("169"), people.body("MHN"), clock.today()
    away(people.head, office, people.contact)
    assert stands_in_as(people.contact, Role.HEAD, office.pk, on=today)
    assert not stands_in_as(people.contact, Role.CONTACT_PERSON, office.pk, on=today)
    assert not stands_in_as(people.contact, Role.DELEGATE, office.pk, on=today)
    assert not stands_in_as(people.contact, Role.HEAD, people.body("181").pk, on=today)
    assert not stands_in_as(people.contact, Role.HEAD, board.pk, on=today)
    assert not stands_in_as(people.head, Role.HEAD, office.pk, on=today)
    assert not stands_in_as(people.contact, Role.HEAD, office.pk, on=today + timedelta(days=1))


def test_who_has_the_role_too_does_not_stand_in(people: People) -> None:
    office = people.body("169")
    away(people.head, office, people.contact)
    mandate(people.contact, office, Role.HEAD)
    assert not stands_in_as(people.contact, Role.HEAD, office.pk, on=clock.today())


@pytest.fixture
def elsewhere(db: None) -> list[Body]:
    """Made in the other order than that of their names."""
    names = ("Öppna kontoret", "Mellankontoret", "Arkivet")
    return [Body.objects.create(code=name[:3], name=name, kind=BodyKind.SPECIALIST_ADMINISTRATION) for name in names]


def test_the_first_body_is_an_own_one_and_then_the_oldest(people: People, elsewhere: list[Body]) -> None:
    first, second, third = elsewhere
    someone = person("i.tva.organ", "Två organ")
    away(people.contact, people.body("169"), someone)
    mandate(someone, third)
    mandate(someone, second)
    reached = reach_of(someone, on=clock.today())
    assert [(row.body_id, row.lent) for row in reached][:3] == [
        (second.pk, False), (third.pk, False), (people.body("169").pk, True),
    ]  # fmt: skip
    access = reckon_access(someone, on=clock.today())
    assert (access.main_body_id, access.main_body, access.main_role) == (second.pk, "Mellankontoret", "contact_person")
    assert first.pk not in {row.body_id for row in reached}


def test_the_mandates_own_body_comes_before_what_it_reaches(people: People) -> None:
    board = Body.objects.create(code="NÄM", name="Nämnden", kind=BodyKind.SPECIALIST_COMMITTEE)
    office = Body.objects.create(code="KON", name="Kontoret", kind=BodyKind.SPECIALIST_ADMINISTRATION, parent=board)
    in_office, in_board = person("i.kontoret", "I kontoret"), person("i.namnden", "I nämnden")
    mandate(in_office, office)
    mandate(in_board, board, Role.BOARD_SECRETARY)
    told = [(row.body_id, row.for_board, row.merged) for row in reach_of(in_office, on=clock.today())]
    assert told == [(office.pk, False, False), (board.pk, True, False)]
    assert [row.body_id for row in reach_of(in_board, on=clock.today())] == [board.pk, office.pk]
    assert access_of(in_office).group_ids == tuple(sorted({office.group_id, board.group_id}))


def test_mandates_are_told_from_the_oldest_and_the_own_before_the_lent(people: People, elsewhere: list[Body]) -> None:
    first, second, third = elsewhere
    someone = person("i.flera", "Flera")
    today = clock.today()
    late = mandate(someone, first, valid_from=date(2022, 1, 1))
    early = mandate(someone, second, valid_from=date(2021, 1, 1))
    same_day = mandate(someone, third, valid_from=date(2022, 1, 1))
    back = today + timedelta(days=3)
    away(people.contact, people.body("169"), someone, last=today)
    away(people.contact, people.body("169"), someone, last=back)
    held = mandates_of(someone, on=today)
    lent = people.contact.mandates.get()
    assert [one.mandate.pk for one in held] == [early.pk, late.pk, same_day.pk, lent.pk]
    assert (held[-1].stands_in_for, held[-1].until) == (people.contact, back)
    people.contact.mandates.update(valid_to=today + timedelta(days=1))
    assert mandates_of(someone, on=today)[-1].until == today + timedelta(days=1)


def test_a_board_s_secretary_marks_and_prioritises_for_the_board_and_not_for_its_office(people: People) -> None:
    """Domain section 1: no other body's. Its office may mark what it prepares for the board."""
    board, office, today = people.body("MHN").pk, people.body("169").pk, clock.today()

    def where(who: User, action: Action) -> frozenset[int]:
        return reckon_access(who, on=today).bodies(action)

    assert (
        where(people.board_secretary, Action.MARK_SECRET)
        == where(people.board_secretary, Action.SET_PRIORITIES)
        == {board}
    )
    assert where(people.head, Action.MARK_SECRET) == {board, office}
    assert where(people.head, Action.SET_PRIORITIES) == where(people.head, Action.APPOINT) == {office}
    assert where(people.contact, Action.MARK_SECRET) == where(people.board_secretary, Action.APPOINT) == frozenset()
    assert people.body("KS").pk in where(people.coordinator, Action.MARK_SECRET)


def test_who_holds_a_role_is_told_in_their_own_name_that_day_and_by_name(people: People) -> None:
    board, today = people.body("MHN"), clock.today()
    begins, ended = person("z.ann", "Ann"), person("ended", "Bo")
    shut, same = person("shut", "Bea"), person("a.ann", "Ann")
    User.objects.filter(username="a.ann").update(last_name="Ask")
    User.objects.filter(username="z.ann").update(last_name="Ask")
    for who in (begins, shut, same):
        mandate(who, board, Role.BOARD_SECRETARY)
    mandate(ended, board, Role.BOARD_SECRETARY, valid_to=today - timedelta(days=1))
    mandate(ended, board, Role.DELEGATE)
    mandate(ended, people.body("TN"), Role.BOARD_SECRETARY)
    away(people.board_secretary, board, people.contact)
    User.objects.filter(pk=shut.pk).update(is_active=False)
    found = holders_of(Role.BOARD_SECRETARY, board, on=today)
    assert [one.username for one in found] == ["a.ann", "z.ann", people.board_secretary.username]
    lately = holders_of(Role.BOARD_SECRETARY, board, on=today - timedelta(days=1))
    assert ended in lately and ended not in found
