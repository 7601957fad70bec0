"""Sharing by hand: who may, with whom, on what terms; every refusal leaves things as they were."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from guardian.models import GroupObjectPermission, UserObjectPermission

from engagements.enums import State
from engagements.history import history_of
from engagements.models import Engagement, EngagementGroupGrant, EngagementUserGrant, GrantEvent
from engagements.permission import grant, may, visible_to
from engagements.rules import RuleBroken
from engagements.sharing import share_engagement, shares_of, withdraw_share
from organisation.enums import Action
from organisation.models import User
from stockholm_intl.kit import clock
from tests.factories import AT, a_visit
from tests.people import People, person


@pytest.fixture
def visit(people: People) -> Engagement:
    return a_visit(people.contact, people.body("169")).engagement


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def shared(engagement: Engagement, **terms: Any) -> Any:
    told = {"action": Action.READ, "reason": "Samma tema", "until": None, "at": AT} | terms
    return share_engagement(engagement=engagement, **told)


def page(engagement: Engagement) -> str:
    return reverse("engagement_sharing", args=[engagement.key])


def posted(to: Any, **more: str) -> dict[str, str]:
    receiver = {"person": str(to.pk)} if isinstance(to, User) else {"body": str(to.pk)}
    return receiver | {"action": "read", "reason": "Samma tema"} | more


def test_a_contact_person_shares_with_another_office(people: People, visit: Engagement, as_user: Any) -> None:
    assert not visible_to(people.outsider).exists()
    answer = as_user(people.contact).post(page(visit), posted(people.body("181"), until="2027-01-31"))
    assert answer.status_code == 302
    assert list(visible_to(fresh(people.outsider))) == [visit]
    text = as_user(people.contact).get(page(visit)).content.decode()
    for word in ("Trafikkontoret", "Samma tema", "31 januari 2027", str(people.contact)):
        assert word in text


def test_the_history_keeps_who_gave_who_took_back_and_why(people: People, visit: Engagement, as_user: Any) -> None:
    given = shared(visit, to=people.body("181"), by=people.contact, action=Action.PREPARE)
    client = as_user(people.head)
    unshare = reverse("engagement_unshare", args=[visit.key])
    client.post(unshare, {"ref": given.ref, "reason": "Uppdraget är klart"})
    told = [(entry["who"], entry["what"], entry["why"]) for entry in history_of(visit)]
    assert (str(people.head), "Slutade dela ärendet med Trafikkontoret.", "Uppdraget är klart") in told
    words = "Delade ärendet med Trafikkontoret, för att läsa och bereda."
    assert (str(people.contact), words, "Samma tema") in told
    assert not EngagementGroupGrant.objects.exists()
    assert GrantEvent.objects.count() == 2
    assert not visible_to(fresh(people.outsider)).exists()


def test_who_reads_but_does_not_prepare_may_not_share(people: People, visit: Engagement, as_user: Any) -> None:
    for user in (people.board_secretary, people.protocol, people.auditor, people.controller):
        assert may(fresh(user), Action.READ, visit)
        assert as_user(user).get(page(visit)).status_code == 403
        assert as_user(user).post(page(visit), posted(people.body("181"))).status_code == 403
    assert as_user(people.coordinator).post(page(visit), posted(people.body("181"))).status_code == 302


def test_a_guest_who_prepares_passes_nothing_on(people: People, visit: Engagement, as_user: Any) -> None:
    shared(visit, to=people.outsider, by=people.contact, action=Action.PREPARE)
    assert may(fresh(people.outsider), Action.PREPARE, visit)
    assert as_user(people.outsider).get(page(visit)).status_code == 403
    with pytest.raises(RuleBroken):
        shared(visit, to=people.body("131"), by=fresh(people.outsider))


def test_the_end_date_counts_that_day_and_not_the_next(people: People, visit: Engagement) -> None:
    shared(visit, to=people.outsider, by=people.contact, until=clock.local_date(clock.now()))
    assert may(fresh(people.outsider), Action.READ, visit)
    EngagementUserGrant.objects.update(valid_to=clock.today() - timedelta(days=1))
    assert not may(fresh(people.outsider), Action.READ, visit)
    assert shares_of(visit)[0].has_ended(on=clock.today())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"until": "2020-01-01"}, "redan varit"),
        ({"reason": ""}, "Varför?"),
        ({"body": "", "person": ""}, "Välj ett organ eller en person"),
        ({"person": "self"}, "Välj ett av alternativen"),
        ({"body": "", "person": "999999999"}, "Välj ett av alternativen"),
        ({"body": "99999"}, "Välj ett av alternativen"),
        ({"body": "' or 1=1"}, "Välj ett av alternativen"),
        ({"action": "decide"}, "Välj ett av alternativen"),
        ({"body": "own"}, "läser det redan"),
    ],
)
def test_what_cannot_be_shared_is_refused_with_a_reason(
    people: People, visit: Engagement, as_user: Any, change: dict[str, str], said: str
) -> None:
    named = {"self": people.contact.pk, "own": people.body("169").pk}
    sent = posted(people.body("181")) | {name: str(named.get(value, value)) for name, value in change.items()}
    answer = as_user(people.contact).post(page(visit), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not EngagementGroupGrant.objects.exists()
    assert not EngagementUserGrant.objects.exists()
    assert not GrantEvent.objects.exists()


def test_the_inactive_and_those_who_were_never_people_are_not_offered(people: People, visit: Engagement) -> None:
    people.outsider.is_active = False
    people.outsider.save()
    gone = person("borta", "Borta")
    for user in (people.outsider, gone):
        with pytest.raises(RuleBroken):
            shared(visit, to=fresh(user) if user is people.outsider else inactive(user), by=people.contact)
    assert not GrantEvent.objects.exists()


def inactive(user: User) -> User:
    user.is_active = False
    user.save()
    return user


def test_a_double_click_shares_once(people: People, visit: Engagement, as_user: Any) -> None:
    client = as_user(people.contact)
    answers = [client.post(page(visit), posted(people.body("181"))).status_code for _n in range(2)]
    assert answers == [302, 422]
    assert EngagementGroupGrant.objects.count() == GrantEvent.objects.count() == 1


def test_taking_back_twice_is_told_and_changes_nothing(people: People, visit: Engagement) -> None:
    given = shared(visit, to=people.outsider, by=people.contact)
    withdraw_share(engagement=visit, ref=given.ref, reason="Klart", by=people.contact, at=AT)
    with pytest.raises(RuleBroken, match="redan borttagen"):
        withdraw_share(engagement=visit, ref=given.ref, reason="Klart", by=people.contact, at=AT)
    assert GrantEvent.objects.count() == 2


def test_more_is_given_by_replacing_what_was_given(people: People, visit: Engagement) -> None:
    shared(visit, to=people.body("181"), by=people.contact)
    shared(visit, to=people.body("181"), by=people.contact, action=Action.PREPARE)
    assert [(str(one.to), one.action) for one in shares_of(visit)] == [("Trafikkontoret", Action.PREPARE)]
    assert may(fresh(people.outsider), Action.PREPARE, visit)


def test_what_follows_from_a_referral_is_neither_changed_nor_taken_back_by_hand(
    people: People, visit: Engagement
) -> None:
    committee = people.body("IB")
    grant(engagement=visit, to=committee, action=Action.READ, reason="Hänskjutet", by=people.coordinator, at=AT)
    with pytest.raises(RuleBroken, match="handläggningen"):
        shared(visit, to=committee, by=people.contact, until=clock.today())
    (referral,) = shares_of(visit)
    with pytest.raises(RuleBroken, match="handläggningen"):
        withdraw_share(engagement=visit, ref=referral.ref, reason="Nej", by=people.contact, at=AT)
    assert may(fresh(people.ib_member), Action.READ, visit)


def test_a_right_that_ends_between_the_page_and_the_click_shares_nothing(
    people: People, visit: Engagement, as_user: Any
) -> None:
    client = as_user(people.contact)
    assert client.get(page(visit)).status_code == 200
    people.contact.mandates.update(valid_to=clock.today() - timedelta(days=1))
    assert client.post(page(visit), posted(people.body("181"))).status_code == 404
    assert not EngagementGroupGrant.objects.exists()
    with pytest.raises(RuleBroken, match="inte längre"):
        shared(visit, to=people.body("181"), by=fresh(people.contact))


def test_a_struck_matter_is_not_shared(people: People, visit: Engagement) -> None:
    Engagement.objects.filter(pk=visit.pk).update(state=State.STRUCK)
    with pytest.raises(RuleBroken, match="makulerat"):
        shared(visit, to=people.outsider, by=people.contact)


def test_grants_never_become_generic_rows(people: People, visit: Engagement) -> None:
    shared(visit, to=people.outsider, by=people.contact)
    shared(visit, to=people.body("131"), by=people.contact)
    assert not UserObjectPermission.objects.exists()
    assert not GroupObjectPermission.objects.exists()
    with pytest.raises(ValueError, match="only a person and a body"):
        grant(engagement=visit, to=None, action=Action.READ, reason="", by=None, at=AT)  # type: ignore[arg-type]
