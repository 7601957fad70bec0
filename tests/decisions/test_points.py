"""The delegation scheme as data: one version at a time, what was cited stands, and each body's scheme has its keeper."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from decisions.enums import Outcome
from decisions.models import Decision, DelegationPoint
from decisions.operations import decide_own, record_decision
from decisions.operations.points import add_point, end_point, mend_point, replace_point
from decisions.queries.points import bodies_with_scheme, may_keep_scheme
from engagements.enums import State
from engagements.models import Engagement
from engagements.rules import RuleBroken
from organisation.enums import Role
from organisation.models import Body, Mandate, User
from stockholm_intl.kit import clock
from tests.decisions.making import AFTER, HELD_ON, a_meeting, a_point, a_trip, referred
from tests.factories import a_visit
from tests.people import People

AsUser = Callable[[Any], Client]
WORDS: dict[str, Any] = {"matter": "Resor inom Norden", "delegate": "Förvaltningschefen", "conditions": ""}


def new_version(point: DelegationPoint, by: User, first: date, **more: Any) -> DelegationPoint:
    said: dict[str, Any] = WORDS | {"version": "2027-01", "valid_from": first, "by": by, "at": clock.now()} | more
    return replace_point(point=point, **said)


def cite(people: People, point: DelegationPoint, on: date) -> Decision:
    engagement = a_visit(people.contact, people.body("169")).engagement
    return Decision.objects.create(
        engagement=engagement, body=engagement.body, outcome=Outcome.APPROVED, text="Ja.", delegate="Delegaten",
        point=point, decided_on=on, recorded_by=people.head, recorded_at=AFTER,
    )  # fmt: skip


# --- Who


def test_each_scheme_has_its_keeper_and_no_other(people: People) -> None:
    keepers = {
        code: {user.username for user in people.everyone if may_keep_scheme(user, people.body(code))}
        for code in ("KS", "IB", "MHN", "169", "181")
    }
    registers = {people.coordinator.username, people.administrator.username}
    secretary, head = people.board_secretary.username, people.head.username
    assert keepers == {"KS": registers, "IB": registers, "MHN": {secretary}, "169": {secretary, head}, "181": set()}
    assert [body.code for body in bodies_with_scheme(people.board_secretary)] == ["MHN", "169"]


def test_others_are_refused_by_the_operations_too(people: People) -> None:
    point = a_point(people, body="MHN")
    for by in (people.head, people.contact, people.coordinator, people.ib_secretary):
        with pytest.raises(PermissionDenied):
            new_version(point, by, date(2027, 1, 1))
        with pytest.raises(PermissionDenied):
            end_point(point=point, last_day=date(2026, 12, 31), by=by, at=AFTER, reason="x")
        with pytest.raises(PermissionDenied):
            mend_point(point=point, by=by, at=AFTER, reason="x", matter="Annat")
        with pytest.raises(PermissionDenied):
            add_point(body=people.body("MHN"), code="1", version="1", valid_from=HELD_ON, by=by, at=AFTER, **WORDS)
    assert DelegationPoint.objects.get() == point


# --- Versions


def test_a_new_version_ends_the_old_one_the_day_before(people: People) -> None:
    old = a_point(people, body="MHN")
    new = new_version(old, people.board_secretary, date(2027, 1, 1), reason="MHN § 14")
    old.refresh_from_db()
    assert old.valid_to == date(2026, 12, 31) and old.matter != new.matter and new.code == old.code
    assert new.history.get().history_change_reason == "MHN § 14"
    assert old.history.latest().history_change_reason == "Ersatt av version 2027-01"
    for day, wanted in ((date(2026, 12, 31), old), (date(2027, 1, 1), new)):
        assert DelegationPoint.objects.in_force(on=day).get() == wanted


def test_what_a_decision_rests_on_is_never_edited_nor_ended_before_it(people: People) -> None:
    point = a_point(people, body="MHN")
    cite(people, point, date(2026, 11, 18))
    by = people.board_secretary
    with pytest.raises(RuleBroken, match="Gör en ny version"):
        mend_point(point=point, by=by, at=AFTER, reason="x", matter="Annat")
    with pytest.raises(RuleBroken, match="beslut den 2026-11-18"):
        end_point(point=point, last_day=date(2026, 11, 17), by=by, at=AFTER, reason="x")
    with pytest.raises(RuleBroken, match="beslut den 2026-11-18"):
        new_version(point, by, date(2026, 11, 18))
    assert new_version(point, by, date(2026, 11, 19))
    point.refresh_from_db()
    assert point.valid_to == date(2026, 11, 18) and point.matter == "Konferens utomlands för kommunstyrelsen"


def test_an_uncited_point_is_mended_with_the_reason(people: People) -> None:
    point = a_point(people, body="MHN")
    mend_point(point=point, by=people.board_secretary, at=AFTER, reason="Skrivfel", matter="Konferenser")
    point.refresh_from_db()
    assert point.matter == "Konferenser"
    assert point.history.filter(history_change_reason="Skrivfel").exists()


def test_two_versions_never_hold_the_same_day_nor_share_a_name(people: People) -> None:
    point, by = a_point(people, body="MHN", valid_to=date(2026, 6, 30)), people.board_secretary
    told = WORDS | {"body": point.body, "code": point.code, "by": by, "at": AFTER}
    for version, first, last, message in (
        ("2026-01", date(2027, 1, 1), None, "version med det namnet"),
        ("2", date(2026, 6, 30), None, "gäller också de dagarna"),
        ("2", date(2025, 1, 1), date(2026, 1, 1), "gäller också de dagarna"),
        ("2", date(2027, 1, 1), date(2026, 12, 1), "före första dagen"),
    ):
        with pytest.raises(RuleBroken, match=message):
            add_point(version=version, valid_from=first, valid_to=last, **told)
    assert add_point(version="2", valid_from=date(2026, 7, 1), **told)
    with pytest.raises(RuleBroken, match="före den gamla"):
        new_version(point, by, date(2026, 1, 1))


# --- A decision cites a point that was valid on its day


@pytest.mark.parametrize(
    ("first", "last", "allowed"),
    [
        (date(2026, 11, 18), date(2026, 11, 18), True),  # that one day, and not today
        (date(2026, 1, 1), date(2026, 11, 17), False),
        (date(2026, 11, 19), None, False),  # valid today, not on the meeting's day
    ],
)
def test_the_meetings_day_decides_which_point_may_be_cited(
    people: People, first: date, last: date | None, allowed: bool
) -> None:
    point = a_point(people, valid_from=first, valid_to=last)
    item = referred(people, a_meeting(people), a_trip(people))
    told: dict[str, Any] = {
        "item": item, "outcome": Outcome.APPROVED, "text": "Godkänns.", "delegate": "Finansborgarrådet", "point": point,
        "by": people.ib_secretary, "at": AFTER,
    }  # fmt: skip
    if allowed:
        assert record_decision(**told).point == point
        return
    with pytest.raises(RuleBroken, match="gäller inte"):
        record_decision(**told)


def test_a_replaced_version_is_cited_for_its_own_days_only(people: People) -> None:
    Mandate.objects.create(
        person=people.stranger, body=people.body("169"), role=Role.DELEGATE, valid_from=date(2020, 1, 1)
    )
    old = a_point(people, body="MHN")
    new = new_version(old, people.board_secretary, date(2026, 11, 19), version="2026-02")
    for point, day, allowed in ((old, 18, True), (new, 18, False), (old, 19, False), (new, 19, True)):
        engagement = a_visit(people.contact, people.body("169")).engagement
        Engagement.objects.filter(pk=engagement.pk).update(state=State.PROPOSED)
        told: dict[str, Any] = {
            "engagement": engagement, "outcome": "accept", "by": people.stranger, "point": point,
            "at": datetime(2026, 11, day, 12, 0, tzinfo=AFTER.tzinfo),
        }  # fmt: skip
        if allowed:
            assert decide_own(**told).point == point
        else:
            with pytest.raises(RuleBroken, match="gäller inte"):
                decide_own(**told)


def test_a_body_that_has_gone_up_in_another_delegates_nothing(people: People) -> None:
    a_point(people, body="MHN")
    Body.objects.filter(code="MHN").update(valid_to=date(2026, 11, 1))
    assert not DelegationPoint.objects.in_force(on=date(2026, 11, 2)).exists()
    assert DelegationPoint.objects.in_force(on=date(2026, 11, 1)).exists()


# --- The pages


def sent(**more: Any) -> dict[str, Any]:
    return WORDS | {"body": "MHN", "code": "3.1", "version": "1", "valid_from": "2026-11-22", "valid_to": ""} | more


def test_a_point_is_added_replaced_and_ended_on_the_pages(people: People, as_user: AsUser) -> None:
    client = as_user(people.board_secretary)
    assert client.post(reverse("point_new"), sent()).status_code == 302
    point = DelegationPoint.objects.get()
    page = client.get(reverse("point_version", args=[point.pk])).content.decode()
    assert "Resor inom Norden" in page and "Version 1 upphör dagen före" in page
    later = (clock.today() + timedelta(days=9)).isoformat()
    assert (
        client.post(reverse("point_version", args=[point.pk]), sent(version="2", valid_from=later)).status_code == 302
    )
    new = DelegationPoint.objects.exclude(pk=point.pk).get()
    ended = {"last_day": (clock.today() + timedelta(days=20)).isoformat(), "reason": "Ny ordning"}
    assert client.post(reverse("point_end", args=[new.pk]), ended).status_code == 302
    new.refresh_from_db()
    assert new.valid_to == clock.today() + timedelta(days=20)
    shown = client.get(f"{reverse('delegation_list')}?alla=1").content.decode()
    assert "Ny version" in shown and "Ny delegationspunkt" in shown
    assert "Ny version" not in as_user(people.contact).get(f"{reverse('delegation_list')}?alla=1").content.decode()


@pytest.mark.parametrize("smuggled", [{"body": "181"}, {"body": "KS"}, {"version": ""}, {"valid_from": "i morgon"}])
def test_anothers_scheme_and_broken_values_are_refused_with_what_was_typed(
    people: People, as_user: AsUser, smuggled: dict[str, str]
) -> None:
    answer = as_user(people.board_secretary).post(reverse("point_new"), sent(**smuggled))
    assert answer.status_code == 422 and "Resor inom Norden" in answer.content.decode()
    assert not DelegationPoint.objects.exists()


def test_a_cited_point_has_no_page_to_mend_it(people: People, as_user: AsUser) -> None:
    point = a_point(people, body="MHN")
    address = reverse("point_mend", args=[point.pk])
    client = as_user(people.board_secretary)
    assert client.get(address).status_code == 200
    cite(people, point, date(2026, 11, 18))
    assert client.post(address, sent(reason="x")).status_code == 403
    point.refresh_from_db()
    assert point.matter == "Konferens utomlands för kommunstyrelsen"


def test_who_loses_the_mandate_between_form_and_sending_changes_nothing(people: People, as_user: AsUser) -> None:
    client = as_user(people.board_secretary)
    assert client.get(reverse("point_new")).status_code == 200
    people.board_secretary.mandates.update(valid_to=clock.today() - timedelta(days=1))
    assert client.post(reverse("point_new"), sent()).status_code == 403
    assert not DelegationPoint.objects.exists()
