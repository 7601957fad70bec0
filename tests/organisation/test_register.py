from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from organisation.enums import BodyKind, Role
from organisation.models import Body, Mandate
from organisation.register import bodies_named, body_tree
from stockholm_intl.kit import clock
from stockholm_intl.kit.swedish import alphabetical
from tests.people import People
from tests.queries import queries_of

AsUser = Callable[[Any], Client]
TODAY = date(2026, 11, 22)


def test_each_body_stands_under_its_own(people: People) -> None:
    tree = [(place.body.code, place.depth) for place in body_tree(on=TODAY)]
    assert tree == [
        ("KF", 0), ("KS", 1), ("IB", 2), ("110", 2), ("MHN", 1), ("169", 2), ("TN", 1), ("181", 2), ("131", 0),
    ]  # fmt: skip


def test_bodies_that_have_ended_are_shown_when_asked_for(people: People) -> None:
    Body.objects.filter(code="TN").update(valid_to=date(2023, 6, 30))
    assert "TN" not in {place.body.code for place in body_tree(on=TODAY)}
    assert "TN" in {place.body.code for place in body_tree(on=TODAY, ended=True)}


def test_a_body_whose_board_has_ended_still_shows(people: People) -> None:
    Body.objects.filter(code="TN").update(valid_to=date(2023, 6, 30))
    assert ("181", 0) in [(place.body.code, place.depth) for place in body_tree(on=TODAY)]


def test_an_administration_without_contact_person_is_flagged_and_a_board_is_not(people: People) -> None:
    lacking = {place.body.code for place in body_tree(on=TODAY) if place.lacks_contact}
    assert lacking == {"131"}
    Mandate.objects.filter(body__code="181").update(valid_to=date(2026, 11, 21))
    assert {place.body.code for place in body_tree(on=TODAY) if place.lacks_contact} == {"131", "181"}


def test_a_district_need_not_have_a_contact_person(people: People) -> None:
    Body.objects.create(code="708", name="Skärholmens stadsdelsförvaltning", kind=BodyKind.DISTRICT_ADMINISTRATION)
    assert "708" not in {place.body.code for place in body_tree(on=TODAY) if place.lacks_contact}


def test_one_kind_is_listed_by_name(people: People) -> None:
    kind = BodyKind.SPECIALIST_ADMINISTRATION
    assert [place.body.code for place in body_tree(on=TODAY, kind=kind)] == ["169", "131", "181"]


def test_bodies_are_found_by_code_or_part_of_the_name(people: People) -> None:
    assert [body.code for body in bodies_named("169")] == ["169"]
    assert [body.code for body in bodies_named("trafik")] == ["181", "TN"]


def test_the_list_asks_as_much_for_nine_bodies_as_for_forty(people: People, as_user: AsUser) -> None:
    def ask() -> None:
        assert as_user(people.contact).get(reverse("body_list")).status_code == 200

    before = queries_of(ask)
    for number in range(30):
        Body.objects.create(code=f"B{number}", name=f"Bolag {number}", kind=BodyKind.COMPANY, parent=people.body("KF"))
    assert queries_of(ask) == before


def test_the_list_says_who_lacks_a_contact_person(people: People, as_user: AsUser) -> None:
    shown = as_user(people.contact).get(reverse("body_list")).content.decode()
    assert "1 förvaltning eller bolag saknar kontaktperson" in shown and "saknas" in shown


def test_the_alphabet_ends_with_its_own_letters() -> None:
    assert sorted(["Ö", "Z", "Å", "Ä", "É", "F"], key=alphabetical) == ["É", "F", "Z", "Å", "Ä", "Ö"]


# --- A person's own page


def test_the_account_page_tells_mandates_past_and_present(people: People, as_user: AsUser) -> None:
    today = clock.today()
    for first, last, body in ((-900, -400, "181"), (30, None, "110")):
        Mandate.objects.create(
            person=people.contact,
            body=people.body(body),
            role=Role.DELEGATE,
            valid_from=today + timedelta(days=first),
            valid_to=today + timedelta(days=last) if last else None,
        )
    shown = as_user(people.contact).get(reverse("account")).content.decode()
    now, coming = shown.index("Mina mandat"), shown.index("Kommande mandat")
    past = shown.index("Tidigare mandat")
    assert now < shown.index("Kontaktperson<", now) < coming < shown.index("Stadsledningskontoret", coming) < past
    assert shown.index("Trafikkontoret") > past


def test_a_person_without_mandate_is_told_why_there_is_nothing(people: People, as_user: AsUser) -> None:
    answer = as_user(people.stranger).get(reverse("account"))
    assert answer.status_code == 200 and "inget mandat som gäller i dag" in answer.content.decode()
    assert "inget mandat som gäller i dag" in as_user(people.stranger).get("/").content.decode()
    assert "inget mandat som gäller i dag" not in as_user(people.contact).get("/").content.decode()
    assert Client().get(reverse("account")).status_code == 302
