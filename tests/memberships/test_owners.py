"""Who gets the mail: the contact while they hold a mandate, else the contact persons, else the heads, else SLK."""

from datetime import date

import pytest

from engagements.enums import Kind
from engagements.models import Engagement
from memberships.queries import Owners, Pair
from organisation.enums import BodyKind, Role
from organisation.models import Body, Mandate, User
from tests.factories import TODAY, an_engagement
from tests.people import People, person

pytestmark = pytest.mark.django_db


def owners(code: str, contact: User | None, people: People) -> set[int]:
    return set(Owners(on=TODAY).of(Pair(people.body(code).pk, contact.pk if contact else None)))


def mandate(user: User, body: Body, role: Role = Role.CONTACT_PERSON, until: date | None = None) -> User:
    Mandate.objects.create(person=user, body=body, role=role, valid_from=date(2020, 1, 1), valid_to=until)
    return user


def test_the_engagements_contact_while_they_hold_a_mandate_there(people: People) -> None:
    mandate(person("annan", "Annan"), people.body("169"))
    assert owners("169", people.contact, people) == {people.contact.pk}


def test_all_contact_persons_when_the_contact_has_left(people: People) -> None:
    second = mandate(person("annan", "Annan"), people.body("169"))
    gone = mandate(person("slutat", "Slutat"), people.body("169"), until=date(2026, 11, 21))
    assert owners("169", gone, people) == {people.contact.pk, second.pk}


def test_a_contact_without_mandate_in_the_body_does_not_own(people: People) -> None:
    assert owners("169", people.outsider, people) == {people.contact.pk}


def test_an_inactive_contact_does_not_own(people: People) -> None:
    people.contact.is_active = False
    people.contact.save()
    assert owners("169", people.contact, people) == {people.head.pk}


def test_a_contact_without_address_cannot_be_told(people: People) -> None:
    User.objects.filter(pk=people.contact.pk).update(email="")
    assert owners("169", people.contact, people) == {people.head.pk}


def test_slks_coordinators_when_the_body_has_nobody(people: People) -> None:
    assert owners("KS", None, people) == {people.coordinator.pk}


def test_a_contact_person_of_the_board_owns_what_its_office_has(people: People) -> None:
    board = mandate(person("namnd", "Nämnd"), people.body("TN"))
    assert owners("181", None, people) == {people.outsider.pk, board.pk}


def test_a_contact_person_of_the_office_does_not_own_what_is_the_boards(people: People) -> None:
    assert people.contact.pk not in owners("MHN", None, people)


def test_what_a_merged_body_had_is_its_successors(people: People) -> None:
    old = Body.objects.create(
        code="gammal", name="Gamla", kind=BodyKind.SPECIALIST_ADMINISTRATION, successor=people.body("169")
    )
    people.bodies["gammal"] = old
    assert owners("gammal", None, people) == {people.contact.pk}


def test_who_is_told_may_read_the_page_the_mail_links_to(people: People) -> None:
    """Owners are reckoned by mandate, readers by permission; the two must agree."""
    for code in ("169", "181", "KS", "MHN", "110"):
        engagement = an_engagement(people.contact, people.body(code), Kind.MEMBERSHIP)
        for owner in User.objects.filter(pk__in=owners(code, None, people)):
            assert Engagement.objects.visible_to(owner).filter(pk=engagement.pk).exists()
