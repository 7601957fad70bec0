"""Who was named in what a body has marked reads it no longer than the mandate there lasts."""

from datetime import date, timedelta

import pytest

from engagements.models import Engagement
from engagements.permission import grant, may
from engagements.rescue import NAMED
from engagements.secrecy import mark_secret
from organisation.enums import Action, Role
from organisation.models import Body, Mandate, User
from organisation.operations import carry_out_endings, end_mandate
from stockholm_intl.kit import clock
from tests.factories import AT, a_visit
from tests.people import People, a_secretary_of


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


# --- A last day that was set beforehand


def passes(people: People, last_day: date) -> None:
    Mandate.objects.filter(person=people.contact).update(valid_to=last_day)
    carry_out_endings(at=clock.now())


def test_a_last_day_that_passes_ends_the_reading_as_well(people: People, secret: Engagement) -> None:
    Mandate.objects.create(
        person=people.contact, body=people.body("181"), role=Role.CONTACT_PERSON, valid_from=date(2020, 1, 1)
    )
    told = {"person": people.contact, "body__code": "169"}
    Mandate.objects.filter(**told).update(valid_to=clock.today())
    carry_out_endings(at=clock.now())
    assert reads(people, secret), "the last day itself is hers"
    Mandate.objects.filter(**told).update(valid_to=clock.today() - timedelta(days=1))
    carry_out_endings(at=clock.now())
    assert not reads(people, secret)
    taken = secret.grant_events.get(person=people.contact, given=False)
    assert (taken.by, taken.reason) == (None, "Mandatet är avslutat")


def test_what_she_was_named_in_afterwards_is_not_taken_by_a_later_run(people: People, secret: Engagement) -> None:
    passes(people, clock.today() - timedelta(days=1))
    told = {"engagement": secret, "to": people.contact, "action": Action.READ, "by": people.head, "at": clock.now()}
    grant(reason=NAMED, by_hand=True, **told)  # type: ignore[arg-type]
    carry_out_endings(at=clock.now())
    assert reads(people, secret)


def test_who_came_back_to_the_house_before_it_was_told_reads_on(people: People, secret: Engagement) -> None:
    today = clock.today()
    Mandate.objects.create(person=people.contact, body=people.body("169"), role=Role.DELEGATE, valid_from=today)
    passes_for = Mandate.objects.filter(person=people.contact, role=Role.CONTACT_PERSON)
    passes_for.update(valid_to=today - timedelta(days=20))
    assert carry_out_endings(at=clock.now()) == 1
    assert reads(people, secret)


# --- Named for the sake of a body that the matter was given to


def test_a_board_s_secretary_reads_no_longer_than_she_writes_for_it(people: People, secret: Engagement) -> None:
    secretary = a_secretary_of(people.body("KS"))
    for action in (Action.READ, Action.DECIDE):
        grant(engagement=secret, to=people.body("KS"), action=action, reason="Lämnat", by=None, at=AT)
    told = {"engagement": secret, "action": Action.READ, "by": people.head, "at": AT, "by_hand": True}
    grant(to=secretary, reason=NAMED, **told)  # type: ignore[arg-type]
    grant(to=people.ib_member, reason=NAMED, **told)  # type: ignore[arg-type]
    secretary.mandates.update(valid_to=clock.today() - timedelta(days=1))
    people.ib_member.mandates.update(valid_to=clock.today() - timedelta(days=1))
    carry_out_endings(at=clock.now())
    assert not may(User.objects.get(pk=secretary.pk), Action.READ, Engagement.objects.get(pk=secret.pk))
    assert may(User.objects.get(pk=people.ib_member.pk), Action.READ, Engagement.objects.get(pk=secret.pk))


def test_who_also_works_for_the_owner_reads_on(people: People, secret: Engagement) -> None:
    Mandate.objects.create(person=people.contact, body=people.body("KS"), role=Role.DELEGATE, valid_from=AT.date())
    grant(engagement=secret, to=people.body("KS"), action=Action.READ, reason="Lämnat", by=None, at=AT)
    Mandate.objects.filter(person=people.contact, body__code="KS").update(valid_to=clock.today() - timedelta(days=1))
    carry_out_endings(at=clock.now())
    assert reads(people, secret)


def test_a_head_who_took_over_what_nobody_answered_for_leaves_it_with_her_mandate(
    people: People, secret: Engagement
) -> None:
    told = {"engagement": secret, "to": people.head, "action": Action.READ, "by": people.head, "at": AT}
    grant(reason=f"{NAMED}: ingen var kvar", by_hand=True, **told)  # type: ignore[arg-type]
    people.head.mandates.update(valid_to=clock.today() - timedelta(days=1))
    carry_out_endings(at=clock.now())
    assert not may(User.objects.get(pk=people.head.pk), Action.READ, Engagement.objects.get(pk=secret.pk))


def test_what_has_followed_the_body_into_another_is_left_with_it(people: People, secret: Engagement) -> None:
    yesterday = clock.today() - timedelta(days=1)
    Body.objects.filter(code="169").update(successor=people.body("181"), valid_to=yesterday)
    Engagement.objects.filter(pk=secret.pk).update(body=people.body("181"))
    Mandate.objects.filter(person__in=[people.contact, people.head]).update(valid_to=yesterday)
    Mandate.objects.create(person=people.head, body=people.body("181"), role=Role.HEAD, valid_from=clock.today())
    assert carry_out_endings(at=clock.now()) == 2
    assert not reads(people, secret)
    assert may(User.objects.get(pk=people.head.pk), Action.READ, Engagement.objects.get(pk=secret.pk))


def test_who_follows_the_body_into_another_reads_what_stayed_in_the_old_one(people: People, secret: Engagement) -> None:
    yesterday = clock.today() - timedelta(days=1)
    Body.objects.filter(code="169").update(successor=people.body("181"), valid_to=yesterday)
    Mandate.objects.filter(person=people.contact).update(valid_to=yesterday)
    Mandate.objects.create(
        person=people.contact, body=people.body("TN"), role=Role.BOARD_SECRETARY, valid_from=clock.today()
    )
    carry_out_endings(at=clock.now())
    assert reads(people, secret)


# --- Named for the sake of the whole city


@pytest.mark.parametrize(
    ("code", "role", "stays"),
    [
        ("110", Role.CONTACT_PERSON, False),  # no house of the owner's, and reads not everywhere
        ("110", Role.PROTOCOL_OFFICER, True),
        ("169", Role.DELEGATE, True),
        ("181", None, False),
    ],
)
def test_who_coordinated_the_city_s_work_reads_no_longer_than_she_does(
    people: People, secret: Engagement, code: str, role: Role | None, stays: bool
) -> None:
    told = {"engagement": secret, "to": people.coordinator, "action": Action.READ, "by": people.head, "at": AT}
    grant(reason=NAMED, by_hand=True, **told)  # type: ignore[arg-type]
    people.coordinator.mandates.update(valid_to=clock.today() - timedelta(days=1))
    if role:
        Mandate.objects.create(person=people.coordinator, body=people.body(code), role=role, valid_from=AT.date())
    carry_out_endings(at=clock.now())
    assert may(User.objects.get(pk=people.coordinator.pk), Action.READ, Engagement.objects.get(pk=secret.pk)) is stays
