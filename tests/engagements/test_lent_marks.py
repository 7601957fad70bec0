"""A substitute who marks is named while she stands in; the one who is away is named for good (ADR 16)."""

from datetime import timedelta

import pytest

from engagements.enums import Part
from engagements.models import Engagement
from engagements.permission import visible_to
from engagements.secrecy import mark_secret
from engagements.sharing import shares_of
from organisation.enums import Role
from organisation.models import Absence, Mandate, User
from organisation.operations import end_absence
from stockholm_intl.kit import clock
from tests.factories import AT, a_visit
from tests.people import People, person

LAST = clock.today() + timedelta(days=7)


@pytest.fixture
def absence(people: People) -> Absence:
    return Absence.objects.create(
        person=people.head, body=people.body("169"), substitute=person("vikarie", "Vikarien"),
        valid_from=clock.today() - timedelta(days=1), valid_to=LAST, reason="Semester", registered_by=people.head,
        registered_at=AT,
    )  # fmt: skip


def marked(people: People, by: User, *parts: Part) -> Engagement:
    made = a_visit(people.contact, people.body("169")).engagement
    return mark_secret(
        engagement=made, whole=not parts, parts=parts, paragraph="OSL 15 kap. 1 §", ground="Skada", readers=[],
        by=User.objects.get(pk=by.pk), at=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize("parts", [(), (Part.SENDER,)])
def test_she_reads_it_while_she_stands_in_and_the_head_for_good(
    people: People, absence: Absence, parts: tuple[Part, ...]
) -> None:
    made = marked(people, absence.substitute, *parts)
    assert {share.to: share.until for share in shares_of(made)} == {people.head: None, absence.substitute: LAST}


def test_who_has_the_right_herself_is_named_for_good(people: People, absence: Absence) -> None:
    Mandate.objects.create(
        person=absence.substitute, body=people.body("169"), role=Role.HEAD, valid_from=clock.today() - timedelta(days=9)
    )
    made = marked(people, absence.substitute)
    assert {share.to: share.until for share in shares_of(made)} == {absence.substitute: None}


def test_it_ends_with_the_absence_when_the_other_is_back_before(people: People, absence: Absence) -> None:
    made = marked(people, absence.substitute)
    reader = User.objects.get(pk=absence.substitute.pk)
    assert visible_to(reader).filter(pk=made.pk).exists()
    end_absence(absence=absence, by=people.head, at=clock.now())
    assert not visible_to(User.objects.get(pk=reader.pk)).filter(pk=made.pk).exists()
    assert [share.to for share in shares_of(made)] == [people.head]
