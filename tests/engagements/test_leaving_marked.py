"""Who was named in what a body has marked reads it no longer than the mandate there lasts."""

from datetime import date, timedelta

import pytest

from engagements.models import Engagement
from engagements.permission import grant, may
from engagements.secrecy import mark_secret
from organisation.enums import Action, Role
from organisation.models import Mandate, User
from organisation.operations import end_mandate
from stockholm_intl.kit import clock
from tests.factories import AT, a_visit
from tests.people import People


@pytest.fixture
def secret(people: People) -> Engagement:
    visit = a_visit(people.contact, people.body("169")).engagement
    told = {
        "paragraph": "OSL 15 kap. 1 §",
        "ground": "Utrikessekretess",
        "readers": [people.contact],
        "by": people.head,
    }
    return mark_secret(engagement=visit, whole=True, parts=[], at=AT, **told)  # type: ignore[arg-type]


def ends(people: People, last_day: date) -> None:
    mandate = Mandate.objects.get(person=people.contact, body__code="169")
    end_mandate(mandate=mandate, last_day=last_day, reason="Byter plats", by=people.head, at=clock.now())


def reads(people: People, secret: Engagement) -> bool:
    return may(User.objects.get(pk=people.contact.pk), Action.READ, Engagement.objects.get(pk=secret.pk))


def test_ended_at_once_the_reading_ends_at_once(people: People, secret: Engagement) -> None:
    Mandate.objects.create(
        person=people.contact, body=people.body("181"), role=Role.CONTACT_PERSON, valid_from=date(2020, 1, 1)
    )
    assert reads(people, secret)
    ends(people, clock.today() - timedelta(days=1))
    assert not reads(people, secret)
    assert secret.grant_events.filter(person=people.contact, given=False).count() == 1


def test_ended_for_later_the_reading_ends_with_it(people: People, secret: Engagement) -> None:
    last_day = clock.today() + timedelta(days=7)
    ends(people, last_day)
    assert reads(people, secret)
    assert people.contact.engagementusergrant_set.get().valid_to == last_day


@pytest.mark.parametrize(("code", "role"), [("MHN", Role.BOARD_SECRETARY), ("110", Role.COORDINATOR)])
def test_who_stays_in_the_house_or_coordinates_reads_on(
    people: People, secret: Engagement, code: str, role: Role
) -> None:
    Mandate.objects.create(person=people.contact, body=people.body(code), role=role, valid_from=date(2020, 1, 1))
    ends(people, clock.today() - timedelta(days=1))
    assert reads(people, secret)


def test_what_was_shared_by_hand_has_its_own_terms(people: People, secret: Engagement) -> None:
    told = {"engagement": secret, "to": people.contact, "action": Action.READ, "by": people.head, "at": AT}
    grant(reason="Tolkar mötet", by_hand=True, **told)  # type: ignore[arg-type]
    ends(people, clock.today() - timedelta(days=1))
    assert reads(people, secret)
