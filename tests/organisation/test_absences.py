"""Somebody is away and another acts: those days, in that body, and nothing is handed on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagements.grounds import grounds
from engagements.models import Engagement
from engagements.permission import may, visible_to
from engagements.why import why_sentence
from organisation.appointing import substitutes_in
from organisation.enums import Action, BodyKind, Role
from organisation.models import Absence, Body, Mandate, User
from organisation.operations import end_absence, end_mandate, register_absence
from organisation.queries import access_of, mandates_of, reckon_access
from organisation.roles import LENT
from stockholm_intl.kit import clock
from stockholm_intl.kit.rules import RuleBroken
from tests.factories import an_engagement
from tests.people import People, person

AsUser = Callable[[Any], Client]
TODAY = clock.today()
BACK = TODAY + timedelta(days=7)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def lend(who: User, to: User, people: People, code: str = "169", first: date = TODAY, last: date = BACK) -> Absence:
    return Absence.objects.create(
        person=who, body=people.body(code), substitute=to, valid_from=first, valid_to=last, reason="Semester",
        registered_by=who, registered_at=clock.now(),
    )  # fmt: skip


def away(people: People, **more: Any) -> Absence:
    said: dict[str, Any] = {
        "person": people.contact, "body": people.body("169"), "substitute": people.head, "valid_from": TODAY,
        "valid_to": BACK, "reason": "Semester", "by": people.contact, "at": clock.now(),
    } | more  # fmt: skip
    return register_absence(**said)


# --- What it gives


@pytest.fixture
def engagement(people: People) -> Engagement:
    return an_engagement(people.contact, people.body("169"))


def test_a_company_s_board_is_no_office_of_the_concern_s(people: People) -> None:
    concern = Body.objects.create(code="BS-200", name="Koncernstyrelsen", kind=BodyKind.COMPANY_BOARD)
    board = Body.objects.create(code="BS-212", name="Styrelsen", kind=BodyKind.COMPANY_BOARD, parent=concern)
    company = Body.objects.create(code="212", name="AB Stokab", kind=BodyKind.COMPANY, parent=board)
    for code, body in (("koncern", concern), ("styrelse", board)):
        Mandate.objects.create(
            person=person(code, code), body=body, role=Role.BOARD_SECRETARY, valid_from=date(2020, 1, 1)
        )
    assert {user.username for user in substitutes_in([board.pk], on=TODAY)} == {"styrelse"}
    assert {user.username for user in substitutes_in([company.pk], on=TODAY)} == {"styrelse"}


def test_the_board_s_own_offices_stand_in_for_it_and_its_committee_does_not(people: People) -> None:
    board = person("ks", "KS sekreterare")
    Mandate.objects.create(person=board, body=people.body("KS"), role=Role.BOARD_SECRETARY, valid_from=date(2020, 1, 1))
    for code in ("KS", "110"):
        found = set(substitutes_in([people.body(code).pk], on=TODAY))
        assert {board, people.coordinator} <= found, code
        assert not found & {people.ib_member, people.commissioner}, code
    assert people.ib_member in substitutes_in([people.body("IB").pk], on=TODAY)
    assert board not in substitutes_in([people.body("IB").pk], on=TODAY)


def test_a_form_with_all_the_city_s_mandates_asks_no_more_than_one_with_few(as_user: AsUser, people: People) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert as_user(people.administrator).get(reverse("absence_new")).status_code == 200
        return len(queries)

    asked()
    Mandate.objects.filter(body__code__in=("TN", "181", "MHN", "KS", "131")).update(valid_to=TODAY - timedelta(days=1))
    few = asked()
    Mandate.objects.update(valid_to=None)
    assert asked() == few


def test_a_substitute_has_the_mandates_right_on_those_days_and_no_other(people: People, engagement: Engagement) -> None:
    lend(people.contact, people.stranger, people)
    for day, wanted in (
        (TODAY - timedelta(days=1), False), (TODAY, True), (BACK, True), (BACK + timedelta(days=1), False),
    ):  # fmt: skip
        rights = reckon_access(fresh(people.stranger), on=day).bodies(Action.PREPARE)
        assert (engagement.body_id in rights) is wanted, day
    someone = fresh(people.stranger)
    assert may(someone, Action.PREPARE, engagement) and list(visible_to(someone)) == [engagement]
    assert not may(someone, Action.DECIDE, engagement)


def test_only_the_body_of_the_absence_is_lent(people: People, engagement: Engagement) -> None:
    Mandate.objects.create(
        person=people.contact, body=people.body("181"), role=Role.CONTACT_PERSON, valid_from=date(2020, 1, 1)
    )
    lend(people.contact, people.stranger, people, "181")
    assert not may(fresh(people.stranger), Action.READ, engagement)
    assert people.body("181").pk in access_of(fresh(people.stranger)).bodies(Action.READ)


def test_a_substitute_of_a_substitute_gets_nothing(people: People, engagement: Engagement) -> None:
    lend(people.contact, people.stranger, people)
    third = person("tredje", "Tredje")
    lend(people.stranger, third, people)
    assert may(fresh(people.stranger), Action.READ, engagement)
    assert not may(fresh(third), Action.READ, engagement)
    assert mandates_of(third, on=TODAY) == []


def test_it_ends_with_the_mandate_the_account_or_the_absence(people: People, engagement: Engagement) -> None:
    absence = lend(people.contact, people.stranger, people)
    mandate, yesterday = people.contact.mandates.get(), TODAY - timedelta(days=1)
    changes: list[tuple[Any, dict[str, Any], dict[str, Any]]] = [
        (Mandate.objects.filter(pk=mandate.pk), {"valid_to": yesterday}, {"valid_to": None}),
        (User.objects.filter(pk=people.contact.pk), {"is_active": False}, {"is_active": True}),
        (User.objects.filter(pk=people.stranger.pk), {"is_active": False}, {"is_active": True}),
        (Absence.objects.filter(pk=absence.pk), {"ended_at": clock.now()}, {"ended_at": None}),
    ]
    for rows, off, on in changes:
        rows.update(**off)
        assert not may(fresh(people.stranger), Action.READ, engagement), off
        assert mandates_of(fresh(people.stranger), on=TODAY) == [], off
        rows.update(**on)
        assert may(fresh(people.stranger), Action.READ, engagement)


@pytest.mark.parametrize("place", ["ib_member", "commissioner", "auditor", "administrator"])
def test_personal_roles_are_not_lent(people: People, place: str) -> None:
    holder = getattr(people, place)
    mandate = holder.mandates.get()
    assert mandate.role not in LENT
    lend(holder, people.stranger, people, mandate.body.code)
    access = access_of(fresh(people.stranger))
    assert not any(access.rights.values()) and not access.house_rights and not access.reads_everything


def test_who_stands_in_for_a_coordinator_reads_all_and_keeps_no_register(
    people: People, engagement: Engagement
) -> None:
    lend(people.coordinator, people.stranger, people, "110")
    access = access_of(fresh(people.stranger))
    assert access.reads_everything and may(fresh(people.stranger), Action.READ, engagement)
    assert Action.REFER in access.house_rights and Action.KEEP_REGISTERS not in access.house_rights


def test_rights_are_still_one_question_and_told_in_another(people: People) -> None:
    lend(people.contact, people.outsider, people)
    user = fresh(people.outsider)
    with CaptureQueriesContext(connection) as asked:
        access_of(user)
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        held = mandates_of(user, on=TODAY)
    assert len(asked) == 1
    assert [(one.mandate.person, one.stands_in_for, one.until) for one in held] == [
        (people.outsider, None, None),
        (people.contact, people.contact, BACK),
    ]
    assert access_of(user).main_body == "Trafikkontoret"  # one's own comes first


def test_why_do_i_see_this_says_whose_mandate_it_is(people: People, engagement: Engagement) -> None:
    lend(people.contact, people.stranger, people)
    (ground,) = grounds(fresh(people.stranger), engagement)
    assert why_sentence(ground) == (
        f"Du är kontaktperson för Miljöförvaltningen. Du är vikarie för {people.contact} till och med {BACK}."
    )


# --- Registering it


def test_one_registers_ones_own_the_head_her_peoples_and_the_keeper_all(people: People) -> None:
    for by, who in ((people.contact, people.head), (people.administrator, people.head)):
        end_absence(absence=away(people, by=by, substitute=who), by=by, at=clock.now())
    colleague = person("kollega", "Kollega")
    Mandate.objects.create(person=colleague, body=people.body("MHN"), role=Role.REGISTRAR, valid_from=date(2020, 1, 1))
    assert away(people, by=people.head, substitute=colleague).history.get().history_user == people.head
    for by in (people.outsider, people.board_secretary, people.auditor, people.stranger):
        with pytest.raises(PermissionDenied):
            away(people, by=by)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"substitute": "contact"}, "annan än dig själv"),
        ({"substitute": "outsider"}, "eget mandat i Miljöförvaltningen"),
        ({"substitute": "stranger"}, "eget mandat"),
        ({"valid_to": TODAY - timedelta(days=1)}, "före första dagen"),
        ({"valid_from": TODAY - timedelta(days=9), "valid_to": TODAY - timedelta(days=1)}, "redan varit"),
        ({"valid_to": TODAY + timedelta(days=400)}, "längre än ett år"),
        ({"reason": " "}, "Skriv varför"),
    ],
)
def test_what_cannot_be_is_refused(people: People, more: dict[str, Any], message: str) -> None:
    if isinstance(more.get("substitute"), str):
        more = more | {"substitute": getattr(people, more["substitute"])}
    with pytest.raises(RuleBroken, match=message):
        away(people, **more)
    assert not Absence.objects.exists()


def test_a_head_cannot_make_herself_the_substitute_of_somebody_with_more(people: People) -> None:
    boss = person("chef.slk", "Chefen, SLK")
    Mandate.objects.create(person=boss, body=people.body("110"), role=Role.HEAD, valid_from=date(2020, 1, 1))
    with pytest.raises(RuleBroken, match="annan än dig själv"):
        away(people, person=people.coordinator, body=people.body("110"), substitute=boss, by=boss)


@pytest.mark.parametrize(("last", "until"), [(3, 3), (0, 0), (-1, None)])
def test_who_leaves_the_house_stands_in_for_nobody_there_any_more(
    people: People, engagement: Engagement, last: int, until: int | None
) -> None:
    """What is lent rests on a mandate of one's own, and does not outlive it."""
    absence = away(people, substitute=people.head)
    end_mandate(
        mandate=people.head.mandates.get(), last_day=TODAY + timedelta(days=last), reason="Slutat",
        by=people.administrator, at=clock.now(),
    )  # fmt: skip
    absence.refresh_from_db()
    assert absence.valid_to == (BACK if until is None else TODAY + timedelta(days=until))
    assert bool(absence.ended_at) == (until is None)
    for day in range(8):
        rights = reckon_access(fresh(people.head), on=TODAY + timedelta(days=day)).bodies(Action.PREPARE)
        assert (engagement.body_id in rights) == (day <= last), day


def test_who_has_another_mandate_in_the_house_stands_in_still(people: People) -> None:
    absence = away(people, substitute=people.head)
    Mandate.objects.create(person=people.head, body=people.body("MHN"), role=Role.HEAD, valid_from=date(2020, 1, 1))
    end_mandate(
        mandate=people.head.mandates.get(body__code="169"), last_day=TODAY, reason="Ny tjänst", by=people.administrator,
        at=clock.now(),
    )  # fmt: skip
    absence.refresh_from_db()
    assert (absence.valid_to, absence.ended_at) == (BACK, None)


def test_nobody_is_lent_longer_than_their_own_mandate(people: People) -> None:
    people.head.mandates.update(valid_to=BACK - timedelta(days=1))
    with pytest.raises(RuleBroken, match="eget mandat slutar"):
        away(people, substitute=people.head)
    assert away(people, substitute=people.head, valid_to=BACK - timedelta(days=1))


def test_two_substitutes_at_once_are_refused(people: People) -> None:
    away(people)
    with pytest.raises(RuleBroken, match="redan vikarie"):
        away(people, valid_from=BACK, valid_to=BACK + timedelta(days=3))


def test_taking_it_back_ends_the_right_and_may_be_done_twice(people: People) -> None:
    absence = away(people)
    with pytest.raises(PermissionDenied):
        end_absence(absence=absence, by=people.outsider, at=clock.now())
    for _time in range(2):
        end_absence(absence=absence, by=people.head, at=clock.now())
    assert absence.history.count() == 2
    assert not Absence.objects.in_force(on=TODAY).exists()


# --- The pages


def test_a_person_registers_and_takes_back_on_the_page(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    sent = {
        "held": people.contact.mandates.get().pk, "substitute": people.head.pk, "valid_from": TODAY.isoformat(),
        "valid_to": BACK.isoformat(), "reason": "Semester",
    }  # fmt: skip
    assert client.post(reverse("absence_new"), sent).status_code == 302
    absence = Absence.objects.get()
    assert str(people.head) in client.get(reverse("absence_list")).content.decode()
    assert (
        str(people.head) not in as_user(people.outsider).get(reverse("absence_list")).content.decode().split("<main")[1]
    )
    assert as_user(people.outsider).post(reverse("absence_end", args=[absence.pk])).status_code == 404
    assert client.post(reverse("absence_end", args=[absence.pk])).status_code == 302
    absence.refresh_from_db()
    assert absence.ended_at


def test_anothers_mandate_cannot_be_lent_by_its_number(people: People, as_user: AsUser) -> None:
    sent = {
        "held": people.coordinator.mandates.get().pk, "substitute": people.head.pk, "valid_from": TODAY.isoformat(),
        "valid_to": BACK.isoformat(), "reason": "Semester",
    }  # fmt: skip
    assert as_user(people.contact).post(reverse("absence_new"), sent).status_code == 422
    assert not Absence.objects.exists()
