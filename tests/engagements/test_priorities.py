"""Priorities: who keeps them, how they end, and what they make of a visit or a letter (C9, M16)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from engagements.gathering import Dossier
from engagements.guard import findings
from engagements.models import Engagement, Partner, Priority
from engagements.priorities import priority_of
from engagements.prioritising import end_priority, may_prioritise_something, set_priority
from engagements.routing import route_of
from engagements.rules import Incomplete, RuleBroken, WrongState
from organisation.models import User
from tests.factories import AT, TODAY, a_visit
from tests.people import People


def prioritise(by: User, **fields: Any) -> Priority:
    filled: dict[str, Any] = {
        "theme": "", "countries": ["NL", "NO"], "body": None, "valid_from": date(2026, 1, 1), "valid_to": None,
        "decided_by": "KS 2026-01-14 § 3",
    }  # fmt: skip
    return set_priority(by=by, at=AT, **(filled | fields))


def test_who_keeps_the_city_s_and_who_a_body_s(people: People) -> None:
    assert prioritise(people.coordinator).body is None
    assert prioritise(people.head, body=people.body("169")).body == people.body("169")
    assert [user for user in people.everyone if may_prioritise_something(user)] == [
        people.head,
        people.board_secretary,
        people.coordinator,
        people.administrator,
    ]
    assert prioritise(people.board_secretary, body=people.body("MHN")).body == people.body("MHN")
    others = ((people.head, None), (people.contact, "169"), (people.head, "181"), (people.coordinator, "169"))
    # a board's is the board's: its office prepares it, and the secretary touches no other body's
    for user, body in (*others, (people.head, "MHN"), (people.board_secretary, "169"), (people.board_secretary, "TN")):
        with pytest.raises(PermissionDenied):
            prioritise(user, body=people.body(body) if body else None)


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"countries": []}, Incomplete),
        ({"decided_by": " "}, Incomplete),
        ({"valid_to": date(2025, 12, 31)}, RuleBroken),
    ],
)
def test_a_priority_says_what_who_decided_and_when(people: People, fields: dict[str, Any], refused: type) -> None:
    with pytest.raises(refused):
        prioritise(people.coordinator, **fields)
    assert not Priority.objects.exists()


def test_a_priority_is_ended_and_never_taken_away(people: People) -> None:
    row = prioritise(people.coordinator)
    with pytest.raises(Incomplete):
        end_priority(priority=row, on=TODAY, reason="", by=people.coordinator, at=AT)
    with pytest.raises(PermissionDenied):
        end_priority(priority=row, on=TODAY, reason="Ny plan.", by=people.head, at=AT)
    end_priority(priority=row, on=TODAY, reason="Ny plan.", by=people.coordinator, at=AT)
    row.refresh_from_db()
    assert row.valid_to == TODAY
    with pytest.raises(WrongState):
        end_priority(priority=row, on=TODAY + timedelta(days=1), reason="Igen.", by=people.coordinator, at=AT)


@pytest.mark.parametrize(
    ("fields", "covered"),
    [
        ({"countries": ["NL"]}, True),
        ({"countries": ["NO"]}, False),
        ({"countries": [], "theme": "Klimatbudget och inköp"}, True),
        ({"countries": [], "theme": "Cykling"}, False),
        ({"countries": [], "theme": "Hållbar klimatbudget"}, False),  # each telling word, not any of them
        ({"countries": [], "theme": "Klimatbudgetar i Utrecht"}, True),
        ({"countries": [], "theme": "Klimatbudgetarna"}, True),
        ({"countries": [], "theme": "Budget"}, False),  # the word begins so, or it is another word
        ({"countries": [], "theme": "Klimat"}, True),
        ({"countries": [], "theme": "EU"}, False),
        ({"countries": ["NL"], "theme": "Cykling"}, False),
        ({"countries": ["NL"], "valid_from": date(2026, 12, 1)}, False),
        ({"countries": ["NL"], "valid_to": date(2026, 11, 1)}, False),
    ],
)
def test_what_a_matter_falls_within(people: People, fields: dict[str, Any], covered: bool) -> None:
    visit = a_visit(people.contact, people.body("169")).engagement
    row = prioritise(people.coordinator, **fields)
    assert priority_of(visit, on=TODAY) == (row if covered else None)


def test_a_body_s_priority_is_its_own(people: People) -> None:
    prioritise(people.head, body=people.body("169"), countries=["NL"])
    assert priority_of(a_visit(people.contact, people.body("169")).engagement, on=TODAY)
    assert not priority_of(a_visit(people.outsider, people.body("181")).engagement, on=TODAY)


def test_a_board_s_priority_is_its_office_s_too_and_the_council_s_is_no_board_s(people: People) -> None:
    """What the council prioritises for the city is written in as the city's, by those who keep that register."""
    office, board = (a_visit(people.contact, people.body(code)).engagement for code in ("169", "MHN"))
    for code, reached in (("MHN", [True, True]), ("169", [True, False]), ("KF", [False, False])):
        row = Priority.objects.create(
            body=people.body(code), countries="NL", valid_from=date(2026, 1, 1), decided_by="Beslut 1"
        )
        assert [bool(priority_of(one, on=TODAY)) for one in (office, board)] == reached, code
        row.delete()


def test_a_prioritised_visit_is_coordinated_by_kommunstyrelsen(people: People) -> None:
    visit = a_visit(people.contact, people.body("169"), scope="own_field").engagement
    assert (route_of(visit).matter, route_of(visit).coordinates) == ("M15", None)
    prioritise(people.coordinator, countries=["NL"])
    assert (route_of(visit).matter, route_of(visit).coordinates, route_of(visit).decides) == ("M16", "KS", "body")


def test_a_decided_visit_keeps_its_row_whatever_is_prioritised_afterwards(people: People) -> None:
    """Also what is written in later with an earlier first day."""
    kept, other = (a_visit(people.contact, people.body("169"), scope="own_field").engagement for _n in range(2))
    row = prioritise(people.coordinator, countries=["NL"])
    Engagement.objects.filter(pk=kept.pk).update(state="approved", decided_at=AT + timedelta(hours=1))
    end_priority(
        priority=row, on=date(2026, 1, 31), reason="Fel land.", by=people.coordinator, at=AT + timedelta(days=1)
    )
    kept.refresh_from_db()
    assert (route_of(kept).matter, route_of(other).matter) == ("M16", "M15")
    Engagement.objects.filter(pk=other.pk).update(state="approved", decided_at=AT + timedelta(days=2))
    other.refresh_from_db()
    set_priority(
        theme="", countries=["NL"], body=None, valid_from=date(2026, 1, 1), valid_to=None, decided_by="KS § 9",
        by=people.coordinator, at=AT + timedelta(days=3),
    )  # fmt: skip
    assert (route_of(kept).matter, route_of(other).matter) == ("M16", "M15")


def test_the_day_is_the_asker_s(people: People) -> None:
    visit = a_visit(people.contact, people.body("169"), scope="own_field").engagement
    prioritise(people.coordinator, valid_from=date(2030, 1, 1))
    asked = [route_of(visit, dossier=Dossier(visit, on=date(year, 6, 1))).matter for year in (2029, 2030)]
    assert asked == ["M15", "M16"]


def letter(people: People) -> Engagement:
    return a_visit(people.contact, people.body("169"), instrument="invitation_letter").engagement


def c9(engagement: Engagement) -> str:
    return next(one.result for one in findings(engagement, on=TODAY) if one.id == "C9")


def test_an_invitation_letter_needs_a_priority_by_another_than_its_writer(people: People) -> None:
    engagement = letter(people)
    assert c9(engagement) == "fail"
    row = prioritise(people.coordinator, countries=["NL"])
    assert c9(engagement) == "pass"
    end_priority(priority=row, on=TODAY - timedelta(days=1), reason="Ny plan.", by=people.coordinator, at=AT)
    assert c9(engagement) == "fail"


def test_who_prioritised_and_wrote_the_letter_is_told_from_others(people: People) -> None:
    engagement = letter(people)
    prioritise(people.head, body=people.body("169"), countries=["NL"])
    Engagement.objects.filter(pk=engagement.pk).update(contact=people.head)
    engagement.refresh_from_db()
    assert c9(engagement) == "judge"


# --- The pages


def test_the_register_shows_what_is_in_force_and_what_was(people: People, as_user: Any) -> None:
    prioritise(people.coordinator, theme="klimat")
    prioritise(people.coordinator, theme="handel", valid_to=date(2026, 6, 30))
    text = as_user(people.contact).get("/register/prioriteringar/").content.decode()
    assert "Klimat (Nederländerna, Norge)" in text and "har upphört" in text
    assert "Avsluta" not in text and "Ändra" not in text
    kept = as_user(people.coordinator).get("/register/prioriteringar/").content.decode()
    assert "Avsluta" in kept and "Ändra" in kept


def test_the_countries_of_a_priority_stand_in_the_order_of_their_names(people: People, as_user: Any) -> None:
    prioritise(people.coordinator, countries=["AX", "AT", "ES", "DE", "EG"])
    text = as_user(people.contact).get("/register/prioriteringar/").content.decode()
    assert "Egypten, Spanien, Tyskland, Åland, Österrike" in text


def test_the_coordinator_writes_one_in_and_ends_it(people: People, as_user: Any) -> None:
    browser = as_user(people.coordinator)
    told = {
        "theme": "klimatbudget",
        "countries": "Nederländerna, norge",
        "valid_from": "2026-11-01",
        "decided_by": "KS § 3",
    }
    assert browser.post("/register/prioriteringar/ny/", told | {"countries": "Atlantis"}).status_code == 422
    assert browser.post("/register/prioriteringar/ny/", told).status_code == 302
    row = Priority.objects.get()
    assert (row.body, row.history.get().history_user) == (None, people.coordinator)
    assert [country.code for country in row.countries] == ["NL", "NO"]
    address = f"/register/prioriteringar/{row.pk}/avsluta/"
    assert browser.post(address, {"on": "2026-10-01", "reason": "Fel."}).status_code == 422
    assert browser.post(address, {"on": "2026-11-22", "reason": "Ny plan."}).status_code == 302
    assert Priority.objects.get().valid_to == date(2026, 11, 22)


def test_a_head_writes_for_her_own_body_only(people: People, as_user: Any) -> None:
    browser = as_user(people.head)
    told = {"theme": "klimatbudget", "valid_from": "2026-11-01", "decided_by": "Förvaltningschefen"}
    assert browser.post("/register/prioriteringar/ny/", told).status_code == 422
    assert browser.post("/register/prioriteringar/ny/", told | {"body": "181"}).status_code == 422
    assert browser.post("/register/prioriteringar/ny/", told | {"body": "169"}).status_code == 302
    assert Priority.objects.get().body == people.body("169")


# --- countries the city watches (C1)


def c1(engagement: Engagement, on: date = TODAY) -> str:
    return next(one.result for one in findings(engagement, on=on) if one.id == "C1")


def test_a_country_that_is_watched_is_judged_while_it_is(people: People) -> None:
    visit = a_visit(people.contact, people.body("169"), country="NL").engagement
    Engagement.objects.filter(pk=visit.pk).update(counterpart="Utrechts kommun")
    visit.refresh_from_db()
    assert c1(visit) == "pass"
    row = prioritise(people.coordinator, is_watch=True, countries=["NL"], valid_from=TODAY)
    assert c1(visit) == "judge"
    assert c1(visit, TODAY - timedelta(days=1)) == "pass"
    assert priority_of(visit, on=TODAY) is None  # what is watched is not prioritised
    end_priority(priority=row, on=TODAY, reason="Läget är ett annat.", by=people.coordinator, at=AT)
    assert c1(visit, TODAY + timedelta(days=1)) == "pass"


def test_the_counterpart_s_own_country_counts(people: People) -> None:
    prioritise(people.coordinator, is_watch=True, countries=["NL"])
    visit = a_visit(people.contact, people.body("169"), country="").engagement
    visit.partner = Partner.objects.create(name="Utrecht", kind="city", country="NL")
    visit.save()
    assert c1(visit) == "judge"


@pytest.mark.parametrize(
    ("fields", "refused"), [({"countries": [], "theme": "klimat"}, Incomplete), ({"theme": "klimat"}, RuleBroken)]
)
def test_what_is_watched_is_countries(people: People, fields: dict[str, Any], refused: type) -> None:
    with pytest.raises(refused):
        prioritise(people.coordinator, is_watch=True, **fields)
    with pytest.raises(RuleBroken):
        prioritise(people.head, is_watch=True, body=people.body("169"))
    assert not Priority.objects.exists()


def test_the_city_s_office_writes_in_what_is_watched_and_a_head_is_not_asked(people: People, as_user: Any) -> None:
    browser = as_user(people.coordinator)
    told = {"what": "watch", "countries": "Norge", "valid_from": "2026-11-01", "decided_by": "KS § 3"}
    assert browser.post("/register/prioriteringar/ny/", told | {"theme": "klimat"}).status_code == 422
    assert browser.post("/register/prioriteringar/ny/", told).status_code == 302
    assert Priority.objects.get().is_watch
    assert "bevakas" in browser.get("/register/prioriteringar/").content.decode()
    assert "Länder bevakas" not in as_user(people.head).get("/register/prioriteringar/ny/").content.decode()
    sent = as_user(people.head).post(
        "/register/prioriteringar/ny/",
        {"what": "watch", "body": "169", "theme": "klimat", "valid_from": "2026-11-01", "decided_by": "Chefen"},
    )
    assert sent.status_code == 302
    assert Priority.objects.filter(is_watch=True).count() == 1
