"""Appointing, ending and listing mandates; nobody gives themselves more, and a right ends when the mandate does."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from engagements.models import Engagement
from organisation.appointing import bodies_to_appoint_in, may_appoint, roles_to_appoint
from organisation.enums import Action, BodyKind, Role
from organisation.mandates import gaps
from organisation.models import Body, Mandate, User
from organisation.operations import appoint_person, close_account, end_mandate
from organisation.queries import access_of
from stockholm_intl.kit.rules import RuleBroken
from tests.factories import AT, TODAY, a_visit
from tests.people import People, person
from tests.queries import queries_of

AsUser = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(f"{TODAY}T11:00:00Z", tick=True):
        yield TODAY


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def appoint(by: User, someone: User, body: Body, role: Role = Role.CONTACT_PERSON, **more: Any) -> Mandate:
    said: dict[str, Any] = {"valid_from": TODAY, "by": by, "at": AT} | more
    return appoint_person(person=someone, body=body, role=role, **said)


# --- Who may appoint


def test_the_head_appoints_contact_persons_and_delegates_for_her_own_body_only(people: People) -> None:
    own, others = people.body("169"), people.body("181")
    allowed = {(role, body.code) for role in Role for body in (own, others) if may_appoint(people.head, role, body)}
    assert allowed == {(Role.CONTACT_PERSON, "169"), (Role.DELEGATE, "169")}
    assert [body.code for body in bodies_to_appoint_in(people.head, on=TODAY)] == ["169"]
    with pytest.raises(PermissionDenied):
        appoint(people.head, people.stranger, others)
    with pytest.raises(PermissionDenied):
        appoint(people.head, people.stranger, own, Role.HEAD)


@pytest.mark.parametrize("place", ["coordinator", "administrator"])
def test_who_keeps_the_registers_appoints_every_role(people: People, place: str) -> None:
    keeper = getattr(people, place)
    assert roles_to_appoint(keeper) == list(Role)
    assert appoint(keeper, people.stranger, people.body("181"), Role.HEAD).appointed_by == keeper


def test_nobody_else_appoints_anybody(people: People) -> None:
    for user in people.everyone:
        if user not in (people.head, people.coordinator, people.administrator):
            assert not bodies_to_appoint_in(user, on=TODAY).exists(), user
            with pytest.raises(PermissionDenied):
                appoint(user, people.stranger, people.body("169"))


def test_nobody_appoints_themselves(people: People) -> None:
    for user in (people.head, people.coordinator, people.administrator):
        with pytest.raises(RuleBroken, match="dig själv"):
            appoint(user, user, people.body("169"), Role.DELEGATE)
    assert Mandate.objects.filter(person=people.head).count() == 1


def test_an_appointment_gives_the_right_from_its_day_and_is_told_in_the_history(people: People) -> None:
    mandate = appoint(people.head, people.stranger, people.body("169"), reason="Ny tjänst")
    assert people.body("169").pk in access_of(fresh(people.stranger)).bodies(Action.PREPARE)
    row = mandate.history.get()
    assert (row.history_user, row.history_change_reason, row.history_date) == (people.head, "Ny tjänst", AT)
    coming = appoint(people.head, people.outsider, people.body("169"), valid_from=TODAY + timedelta(days=1))
    assert coming.pk and people.body("169").pk not in access_of(fresh(people.outsider)).bodies(Action.READ)


def test_an_appointment_that_cannot_hold_is_refused(people: People) -> None:
    body = people.body("169")
    Body.objects.filter(pk=body.pk).update(valid_from=date(2020, 1, 1), valid_to=date(2026, 12, 31))
    body.refresh_from_db()
    gone = person("slutat", "Har slutat")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    cases: list[tuple[User, dict[str, Any], str]] = [
        (gone, {}, "stängt"),
        (people.stranger, {}, "upphör efter 2026-12-31"),
        (people.stranger, {"valid_to": date(2027, 1, 1)}, "upphör efter"),
        (people.stranger, {"valid_from": date(2019, 1, 1), "valid_to": TODAY}, "finns från 2020-01-01"),
        (people.stranger, {"valid_to": TODAY - timedelta(days=1)}, "före första"),
        (people.contact, {"valid_to": date(2026, 12, 31)}, "har redan rollen"),
    ]
    for someone, told, message in cases:
        with pytest.raises(RuleBroken, match=message):
            appoint(people.head, someone, body, **told)


def test_a_new_mandate_may_begin_the_day_after_the_old_one(people: People) -> None:
    people.contact.mandates.update(valid_to=date(2026, 12, 31))
    with pytest.raises(RuleBroken, match="till och med 2026-12-31"):
        appoint(people.head, people.contact, people.body("169"), valid_from=date(2026, 12, 31))
    assert appoint(people.head, people.contact, people.body("169"), valid_from=date(2027, 1, 1))


# --- Ending


def test_a_mandate_ends_after_its_last_day_or_at_once(people: People) -> None:
    mandate = people.contact.mandates.get()
    end_mandate(mandate=mandate, last_day=TODAY, reason="Byter tjänst", by=people.head, at=AT)
    assert access_of(fresh(people.contact)).bodies(Action.READ)
    end_mandate(mandate=mandate, last_day=TODAY - timedelta(days=1), reason="Nu", by=people.head, at=AT_TODAY)
    assert not access_of(fresh(people.contact)).bodies(Action.READ)
    assert mandate.history.get(history_change_reason="Nu").valid_to == TODAY - timedelta(days=1)


AT_TODAY = AT.replace(day=22)


def test_a_mandate_that_never_began_is_taken_away_and_stays_in_the_history(people: People) -> None:
    mandate = appoint(people.head, people.stranger, people.body("169"), valid_from=TODAY + timedelta(days=9))
    pk = mandate.pk
    assert end_mandate(mandate=mandate, last_day=TODAY, reason="Fel person", by=people.head, at=AT) is None
    assert not Mandate.objects.filter(pk=pk).exists()
    assert [row.history_type for row in Mandate.history.filter(id=pk)] == ["-", "+"]


def test_an_end_that_rewrites_the_past_or_prolongs_is_refused(people: People) -> None:
    mandate = people.contact.mandates.get()
    for day, reason, message in (
        (date(2026, 11, 1), "x", "står fast"),
        (TODAY, " ", "Skriv varför"),
    ):
        with pytest.raises(RuleBroken, match=message):
            end_mandate(mandate=mandate, last_day=day, reason=reason, by=people.head, at=AT_TODAY)
    Mandate.objects.filter(pk=mandate.pk).update(valid_to=date(2026, 12, 1))
    with pytest.raises(RuleBroken, match="slutar redan"):
        end_mandate(mandate=mandate, last_day=date(2026, 12, 2), reason="x", by=people.head, at=AT_TODAY)
    Mandate.objects.filter(pk=mandate.pk).update(valid_to=date(2026, 11, 1))
    with pytest.raises(RuleBroken, match="redan avslutat"):
        end_mandate(mandate=mandate, last_day=TODAY, reason="x", by=people.head, at=AT_TODAY)


def test_others_do_not_end_it_and_one_may_lay_down_ones_own(people: People) -> None:
    mandate = people.contact.mandates.get()
    for user in (people.outsider, people.board_secretary, people.auditor):
        with pytest.raises(PermissionDenied):
            end_mandate(mandate=mandate, last_day=TODAY, reason="x", by=user, at=AT)
    assert end_mandate(mandate=mandate, last_day=TODAY, reason="Slutar", by=people.contact, at=AT)


def test_an_account_is_closed_when_no_mandate_is_left(people: People) -> None:
    with pytest.raises(RuleBroken, match="Lämna över det först"):
        close_account(person=people.contact, reason="Slutat", by=people.administrator, at=AT)
    people.contact.mandates.update(valid_to=date(2026, 11, 1))
    for user in (people.head, people.contact):
        with pytest.raises(PermissionDenied):
            close_account(person=people.contact, reason="Slutat", by=user, at=AT)
    assert not close_account(person=people.contact, reason="Slutat", by=people.administrator, at=AT).is_active


# --- The register


def test_gaps_name_bodies_without_a_contact_person_and_mandates_about_to_end(people: People) -> None:
    Body.objects.create(code="708", name="En stadsdelsförvaltning", kind=BodyKind.DISTRICT_ADMINISTRATION)
    people.outsider.mandates.update(valid_to=TODAY + timedelta(days=60))
    people.contact.mandates.update(valid_to=TODAY + timedelta(days=61))
    found = gaps(on=TODAY)
    assert [body.code for body in found.lacking] == ["131"]
    assert [mandate.person for mandate in found.ending] == [people.outsider]
    appoint(people.administrator, people.outsider, people.body("181"), valid_from=TODAY + timedelta(days=61))
    assert not gaps(on=TODAY).ending  # renewed


def test_the_page_lists_gaps_first_and_filters(people: People, as_user: AsUser) -> None:
    people.outsider.mandates.update(valid_to=TODAY + timedelta(days=10))
    client = as_user(people.contact)
    shown = client.get(reverse("mandate_list")).content.decode()
    assert shown.index("Saknas eller går snart ut") < shown.index("Revisionskontoret") < shown.index("<table")
    assert "Utse kontaktperson" not in shown  # she may not
    assert (
        "Utse kontaktperson: Revisionskontoret"
        in as_user(people.administrator).get(reverse("mandate_list")).content.decode()
    )
    for query, wanted in (
        ("organ=181&tid=slutar", {people.outsider}),
        ("roll=auditor", {people.auditor}),
        ("organ=181&roll=head", set()),
    ):
        answer = client.get(f"{reverse('mandate_list')}?{query}")
        assert {row.person for row in answer.context["rows"]} == wanted
    assert client.get(f"{reverse('mandate_list')}?organ=finns-inte").status_code == 422


def test_the_list_asks_as_much_for_many_as_for_few(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)

    def ask() -> None:
        assert client.get(reverse("mandate_list")).status_code == 200

    before = queries_of(ask)
    for number in range(30):
        Mandate.objects.create(
            person=person(f"p{number}", f"P {number}"), body=people.body("181"), role=Role.REGISTRAR,
            valid_from=date(2021, 1, 1), valid_to=TODAY + timedelta(days=number),
        )  # fmt: skip
    assert queries_of(ask) == before


# --- The forms


def told(people: People, **more: Any) -> dict[str, Any]:
    return {
        "body": "169", "role": "contact_person", "person": people.stranger.pk, "valid_from": "2026-11-22",
        "valid_to": "", "reason": "",
    } | more  # fmt: skip


def test_the_head_appoints_on_the_page(people: People, as_user: AsUser) -> None:
    answer = as_user(people.head).post(reverse("mandate_new"), told(people))
    mandate = people.stranger.mandates.get()
    assert answer.status_code == 302 and answer["Location"] == mandate.get_absolute_url()
    page = as_user(people.outsider).get(mandate.get_absolute_url()).content.decode()
    assert "Lämna över" not in page and str(people.head) in page


@pytest.mark.parametrize(
    "smuggled",
    [{"body": "181"}, {"role": "head"}, {"role": "administrator"}, {"person": "self"}, {"person": "999999"}],
)
def test_what_is_not_hers_to_choose_is_refused_and_nothing_changes(
    people: People, as_user: AsUser, smuggled: dict[str, str]
) -> None:
    sent = {name: people.head.pk if value == "self" else value for name, value in smuggled.items()}
    before = Mandate.objects.count()
    answer = as_user(people.head).post(reverse("mandate_new"), told(people, **sent))
    assert answer.status_code == 422 and Mandate.objects.count() == before


def test_fields_that_the_form_does_not_have_are_ignored_and_noted(
    people: People, as_user: AsUser, caplog: pytest.LogCaptureFixture
) -> None:
    as_user(people.head).post(
        reverse("mandate_new"), told(people, appointed_by=people.administrator.pk, id=1, is_superuser="1")
    )
    assert people.stranger.mandates.get().appointed_by == people.head
    assert "appointed_by, id, is_superuser" in caplog.text


def test_what_was_typed_is_kept_when_something_is_wrong(people: People, as_user: AsUser) -> None:
    answer = as_user(people.head).post(
        reverse("mandate_new"), told(people, person=people.contact.pk, reason="Behövs två")
    )
    assert answer.status_code == 422
    assert "har redan rollen" in answer.content.decode() and "Behövs två" in answer.content.decode()


# --- Rights end the moment the mandate does


def test_a_mandate_that_ends_between_the_form_and_its_sending_changes_nothing(people: People, as_user: AsUser) -> None:
    visit = a_visit(people.contact, people.body("169"))
    client, address = as_user(people.contact), reverse("visit_edit", args=[visit.engagement.key])
    assert client.get(address).status_code == 200
    end_mandate(
        mandate=people.contact.mandates.get(),
        last_day=TODAY - timedelta(days=1),
        reason="Nu",
        by=people.head,
        at=AT_TODAY,
    )
    before = Engagement.objects.values().get(pk=visit.pk)
    assert client.post(address, {"title": "Ändrad", "version": 1}).status_code == 404
    assert Engagement.objects.values().get(pk=visit.pk) == before


def test_a_head_whose_mandate_ends_meanwhile_appoints_nobody(people: People, as_user: AsUser) -> None:
    client = as_user(people.head)
    assert client.get(reverse("mandate_new")).status_code == 200
    people.head.mandates.update(valid_to=TODAY - timedelta(days=1))
    assert client.post(reverse("mandate_new"), told(people)).status_code == 403
    assert not people.stranger.mandates.exists()


def test_who_is_deactivated_meanwhile_is_signed_out(people: People, as_user: AsUser) -> None:
    client = as_user(people.head)
    User.objects.filter(pk=people.head.pk).update(is_active=False)
    answer = client.post(reverse("mandate_new"), told(people))
    assert answer.status_code == 302 and "logga-in" in answer["Location"]
    assert not people.stranger.mandates.exists()


# --- The desk


def test_what_ends_waits_on_the_desk_of_the_head_until_it_is_renewed(people: People, as_user: AsUser) -> None:
    people.contact.mandates.update(valid_to=TODAY + timedelta(days=40))
    said = f"Mandat som går ut: {people.contact}"
    for user, wanted in ((people.head, True), (people.contact, False), (people.coordinator, False)):
        assert (said in as_user(user).get(reverse("desk")).content.decode()) is wanted, user
    appoint(people.head, people.contact, people.body("169"), valid_from=TODAY + timedelta(days=41))
    assert said not in as_user(people.head).get(reverse("desk")).content.decode()
