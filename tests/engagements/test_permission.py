"""Which and what: `visible_to`, `may`, the list page and the count agree with each other and with plain Python."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from guardian.models import GroupObjectPermission, UserObjectPermission

from engagements.enums import Kind, State
from engagements.grounds import grounds
from engagements.models import Engagement, EngagementGroupGrant, EngagementUserGrant
from engagements.ordering import ORDERS
from engagements.permission import access_of, grant, holds, may, visible_to, withdraw
from engagements.queries import capped_count, newest_page
from organisation.enums import Action, BodyKind, Role
from organisation.models import Body, Mandate, User
from stockholm_intl.kit import clock
from tests.factories import AT, a_draft, an_engagement
from tests.people import People, person

EVERYTHING = {"coordinator", "protocol_officer", "controller", "ib_secretary", "auditor"}
READERS = set(Role.values) - {"administrator"}


@dataclass
class City:
    """A random city, and what the oracle needs to know of it in plain values."""

    users: list[User]
    engagements: list[Engagement]
    mandates: list[tuple[int, int, str, bool]]  # user, body, role, in force today
    houses: dict[int, set[int]]  # body -> bodies a mandate in it reaches
    user_grants: set[tuple[int, int]]
    body_grants: set[tuple[int, int]]

    def reads(self, user: User, engagement: Engagement) -> bool:
        """The oracle: mandates first, then grants; a secret one takes a named grant. Knows nothing of our queries."""
        if not user.is_active:
            return False
        if (user.pk, engagement.pk) in self.user_grants:
            return True
        if engagement.is_secret:
            return False
        mine = [(body, role) for who, body, role, now in self.mandates if who == user.pk and now]
        if any(role in EVERYTHING for _body, role in mine):
            return True
        reached = {found for body, role in mine if role in READERS for found in self.houses[body]}
        return engagement.body_id in reached or any((body, engagement.pk) in self.body_grants for body in reached)


def random_city(seed: int) -> City:
    dice = random.Random(seed)
    bodies, houses = some_bodies()
    users = [person(f"p{seed}-{n}", f"Person {n}") for n in range(12)]
    today, mandates = clock.today(), []
    for user in users:
        for role in dice.sample(Role.values, dice.choice([0, 1, 1, 2])):
            body, now = dice.choice(bodies), dice.random() < 0.8
            ends = None if now else today - timedelta(days=1)
            Mandate.objects.create(person=user, body=body, role=role, valid_from=date(2020, 1, 1), valid_to=ends)
            mandates.append((user.pk, body.pk, role, now))
    User.objects.filter(pk=users[0].pk).update(is_active=False)
    users[0].is_active = False
    engagements = [an_engagement(users[1], dice.choice(bodies), starts_on=some_day(dice)) for _n in range(60)]
    for engagement in dice.sample(engagements, 12):
        engagement.is_secret, engagement.secrecy_paragraph = True, "OSL 18 kap. 8 §"
        engagement.save()
    city = City(users, engagements, mandates, houses, set(), set())
    share_some(city, bodies, dice)
    return city


def some_day(dice: random.Random) -> date | None:
    return dice.choice([None, date(2026, 1, 1) + timedelta(days=dice.randrange(400))])


def some_bodies() -> tuple[list[Body], dict[int, set[int]]]:
    """A board with its office, one that has taken over another, a company under a board, and KS with SLK."""
    ks = Body.objects.create(code="KS", name="KS", kind=BodyKind.EXECUTIVE_BOARD)
    slk = Body.objects.create(code="110", name="SLK", kind=BodyKind.CITY_EXECUTIVE_OFFICE, parent=ks)
    board = Body.objects.create(code="N1", name="Nämnd", kind=BodyKind.SPECIALIST_COMMITTEE)
    office = Body.objects.create(code="F1", name="Kontor", kind=BodyKind.SPECIALIST_ADMINISTRATION, parent=board)
    new = Body.objects.create(code="N2", name="Ny nämnd", kind=BodyKind.DISTRICT_COMMITTEE)
    old = Body.objects.create(code="N3", name="Gammal nämnd", kind=BodyKind.DISTRICT_COMMITTEE, successor=new)
    holding = Body.objects.create(code="B1", name="Styrelse", kind=BodyKind.COMPANY_BOARD)
    company = Body.objects.create(code="C1", name="Bolag", kind=BodyKind.COMPANY, parent=holding)
    daughter = Body.objects.create(code="C2", name="Dotterbolag", kind=BodyKind.COMPANY, parent=company)
    # an office reads what its board owns, as the board reads what the office owns
    together = ({ks, slk}, {board, office}, {holding, company})
    reach = {body: pair for pair in together for body in pair} | {new: {new, old}}
    alone = (old, daughter)
    houses = {body.pk: {found.pk for found in found} for body, found in (reach | {b: {b} for b in alone}).items()}
    return [*reach, *alone], houses


def share_some(city: City, bodies: list[Body], dice: random.Random) -> None:
    over = clock.today() - timedelta(days=1)
    for _number in range(25):
        engagement, ended = dice.choice(city.engagements), dice.random() < 0.3
        to: Any = dice.choice([dice.choice(bodies), dice.choice(city.users[1:])])
        known = city.user_grants if isinstance(to, User) else city.body_grants
        if (to.pk, engagement.pk) in known:
            continue
        grant(
            engagement=engagement,
            to=to,
            action=Action.READ,
            reason="prov",
            by=None,
            at=AT,
            until=over if ended else None,
        )
        if ended:
            known.discard((to.pk, engagement.pk))
        else:
            known.add((to.pk, engagement.pk))


@pytest.fixture(params=[1, 2, 3])
def city(db: None, request: Any) -> Iterator[City]:
    yield random_city(request.param)


def test_list_count_page_and_detail_agree_with_plain_python(city: City) -> None:
    pairs = 0
    for user in city.users:
        user = User.objects.get(pk=user.pk)
        seen = set(visible_to(user).values_list("pk", flat=True))
        wanted = {engagement.pk for engagement in city.engagements if city.reads(user, engagement)}
        assert seen == wanted, user
        assert capped_count(access_of(user), Engagement.objects.all()) == len(wanted)
        for engagement in city.engagements:
            pairs += 1
            assert may(user, Action.READ, engagement) == (engagement.pk in wanted)
            assert bool(grounds(user, engagement)) == (engagement.pk in wanted and user.is_active)
    assert pairs == 720


def test_the_list_page_shows_the_rows_of_visible_to_in_every_order(city: City) -> None:
    for user in (User.objects.get(pk=user.pk) for user in city.users):
        for order in ORDERS.values():
            rows = Engagement.objects.filter(kind=Kind.VISIT)
            page = list(newest_page(access_of(user), rows, order=order, limit=20).values_list("pk", flat=True))
            assert page == list(visible_to(user, rows).order_by(*order.by()).values_list("pk", flat=True)[:20])


def test_nobody_and_the_inactive_have_nothing(people: People) -> None:
    engagement = an_engagement(people.contact, people.body("169"))
    grant(engagement=engagement, to=people.outsider, action=Action.READ, reason="prov", by=None, at=AT)
    people.outsider.is_active = people.contact.is_active = False
    people.outsider.save()
    people.contact.save()
    for user in (AnonymousUser(), User.objects.get(pk=people.outsider.pk), User.objects.get(pk=people.contact.pk)):
        assert not visible_to(user).exists()  # type: ignore[arg-type]
        assert not may(user, Action.READ, engagement)  # type: ignore[arg-type]


def test_an_inactive_person_is_given_nothing(people: People) -> None:
    people.outsider.is_active = False
    with pytest.raises(ValueError, match="inactive"):
        grant(
            engagement=an_engagement(people.contact, people.body("169")),
            to=people.outsider,
            action=Action.READ,
            reason="",
            by=None,
            at=AT,
        )


def test_only_engagements_are_granted_and_deciding_only_to_a_board(people: People) -> None:
    engagement = an_engagement(people.contact, people.body("169"))
    with pytest.raises(ValueError, match="only an engagement"):
        grant(engagement=people.body("169"), to=people.outsider, action=Action.READ, reason="", by=None, at=AT)  # type: ignore[arg-type]
    for action, said in ((Action.REFER, "comes with a mandate"), (Action.DECIDE, "given to a board")):
        with pytest.raises(ValueError, match=said):
            grant(engagement=engagement, to=people.outsider, action=action, reason="", by=None, at=AT)
    assert not engagement.user_grants.exists()
    assert not UserObjectPermission.objects.exists()
    assert not GroupObjectPermission.objects.exists()


def test_a_shared_engagement_may_be_prepared_while_it_is_open_and_never_decided(people: People) -> None:
    engagement = an_engagement(people.contact, people.body("169"))
    grant(engagement=engagement, to=people.body("181"), action=Action.PREPARE, reason="prov", by=None, at=AT)
    outsider = User.objects.get(pk=people.outsider.pk)
    assert may(outsider, Action.PREPARE, engagement)
    assert not may(outsider, Action.DECIDE, engagement)
    engagement.state = State.APPROVED
    assert not may(outsider, Action.PREPARE, engagement)
    withdraw(engagement=engagement, to=people.body("181"), action=Action.PREPARE, by=None, at=AT)
    assert not may(outsider, Action.READ, engagement)


def test_a_right_ends_with_the_mandate(people: People) -> None:
    engagement = an_engagement(people.contact, people.body("169"))
    assert may(User.objects.get(pk=people.contact.pk), Action.PREPARE, engagement)
    people.contact.mandates.update(valid_to=clock.today() - timedelta(days=1))
    late = User.objects.get(pk=people.contact.pk)
    assert not may(late, Action.READ, engagement)
    assert not visible_to(late).exists()


def test_a_secret_engagement_takes_a_named_grant_even_in_its_own_body(people: People) -> None:
    engagement = an_engagement(people.contact, people.body("169"), is_secret=True, secrecy_paragraph="OSL 18 kap. 8 §")
    grant(engagement=engagement, to=people.body("169"), action=Action.READ, reason="prov", by=None, at=AT)
    for user in people.everyone:
        assert not may(user, Action.READ, engagement), user
    grant(engagement=engagement, to=people.head, action=Action.READ, reason="Handlägger", by=None, at=AT)
    head = User.objects.get(pk=people.head.pk)
    assert may(head, Action.DECIDE, engagement)
    assert list(visible_to(head)) == [engagement]


def test_a_grant_goes_with_its_draft(people: People) -> None:
    draft = a_draft(people.contact, people.body("169"))
    grant(engagement=draft, to=people.outsider, action=Action.READ, reason="prov", by=None, at=AT)
    draft.delete()
    assert not EngagementUserGrant.objects.exists()
    assert not EngagementGroupGrant.objects.exists()


def test_superuser_means_nothing_for_engagements(people: People) -> None:
    engagement = an_engagement(people.contact, people.body("169"))
    root = User.objects.create_superuser("rot")
    assert not may(root, Action.READ, engagement)
    assert not visible_to(root).exists()
    assert not holds(root, Action.RUN_MEETING)


def test_rights_are_reckoned_once_a_request(people: People) -> None:
    user = User.objects.get(pk=people.contact.pk)
    with CaptureQueriesContext(connection) as found:
        for _number in range(5):
            access_of(user)
    assert len(found) == 1


def test_an_office_prepares_its_boards_matters_and_decides_none(people: People) -> None:
    engagement = an_engagement(people.board_secretary, people.body("MHN"), Kind.MEMBERSHIP)
    engagement.state = State.PROPOSED
    assert may(people.contact, Action.PREPARE, engagement)
    assert may(people.head, Action.READ, engagement)
    assert not may(people.head, Action.DECIDE, engagement)
    assert may(people.board_secretary, Action.DECIDE, engagement)
    assert not may(people.outsider, Action.READ, engagement)
