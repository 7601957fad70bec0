"""What is marked is handed to a board when one who writes for it is named; and she stays named while it lies there."""

from typing import Any

import pytest
from django.urls import reverse

from decisions.operations import decide_own, send_back
from engagements.enums import Part, State
from engagements.models import Engagement
from engagements.permission import handed_to, may, visible_to
from engagements.rules import Incomplete, RuleBroken
from engagements.secrecy import mark_secret, possible_readers
from engagements.sharing import shares_of, withdraw_share
from engagements.submitting import submit_engagement
from organisation.enums import Action
from organisation.models import User
from stockholm_intl.kit import clock
from tests.decisions.making import AFTER
from tests.decisions.test_submitting import proposed, submitted
from tests.people import People, a_secretary_of

EITHER = pytest.mark.parametrize("parts", [(), (Part.DOCUMENTS,)])


@pytest.fixture
def ks(people: People) -> User:
    return a_secretary_of(people.body("KS"))


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def marked(people: People, engagement: Engagement, *parts: Part, readers: Any = ()) -> Engagement:
    return mark_secret(
        engagement=engagement, whole=not parts, parts=parts, paragraph="OSL 15 kap. 1 §", ground="Skadar relationen",
        readers=[people.contact, *readers], by=fresh(people.head), at=AFTER,
    )  # fmt: skip


def handed_over(people: People, engagement: Engagement) -> Engagement:
    submit_engagement(engagement=engagement, by=fresh(people.contact), at=AFTER)
    return Engagement.objects.get(pk=engagement.pk)


@EITHER
def test_it_is_not_handed_to_where_nobody_would_read_it(people: People, ks: User, parts: tuple[Part, ...]) -> None:
    engagement = marked(people, proposed(people), *parts)
    with pytest.raises(RuleBroken, match="hos Kommunstyrelsen är namngiven läsare.* namnge Sekreteraren, Kommunsty"):
        handed_over(people, engagement)
    assert handed_to(engagement) is None
    assert ks in possible_readers(engagement, on=clock.today()), "the form of the mark offers her"
    engagement = handed_over(people, marked(people, engagement, *parts, readers=[ks]))
    assert handed_to(engagement) == people.body("KS")
    assert may(fresh(ks), Action.DECIDE, engagement)
    decide_own(engagement=engagement, outcome="decline", by=fresh(ks), at=AFTER, note="Nej.", paragraph="§ 1")
    assert Engagement.objects.get(pk=engagement.pk).state == State.DECLINED


def test_a_board_without_a_secretary_gets_nothing_that_is_marked(people: People) -> None:
    open_one = proposed(people)
    with pytest.raises(RuleBroken, match="har ingen sekreterare som kan namnges"):
        handed_over(people, marked(people, proposed(people)))
    assert handed_to(handed_over(people, open_one)) == people.body("KS")


@EITHER
def test_what_lies_there_is_marked_when_she_is_named(people: People, ks: User, parts: tuple[Part, ...]) -> None:
    engagement = submitted(people)
    with pytest.raises(Incomplete, match="lämnat till Kommunstyrelsen för beslut.*Sekreteraren, Kommun") as refused:
        marked(people, engagement, *parts)
    assert "readers" in refused.value.missing
    marked(people, engagement, *parts, readers=[ks])
    assert visible_to(fresh(ks)).get() == engagement


def test_she_stays_named_until_it_is_sent_back(people: People, ks: User) -> None:
    engagement = handed_over(people, marked(people, proposed(people), readers=[ks]))
    ref = next(one.ref for one in shares_of(engagement) if one.to == ks)
    told: Any = {"engagement": engagement, "ref": ref, "by": fresh(people.head), "at": AFTER, "reason": "Byte"}
    with pytest.raises(Incomplete, match="lämnat till Kommunstyrelsen"):
        withdraw_share(**told)
    with pytest.raises(Incomplete, match="lämnat till Kommunstyrelsen"):
        marked(people, engagement)
    send_back(engagement=engagement, by=fresh(ks), at=AFTER, reason="Vad säger nämnden?")
    withdraw_share(**told)
    assert not visible_to(fresh(ks)).exists()


def test_the_page_says_whom_to_name_and_keeps_the_matter(people: People, ks: User, as_user: Any) -> None:
    engagement = marked(people, proposed(people))
    answer = as_user(people.contact).post(reverse("engagement_submit", args=[engagement.key]))
    assert answer.status_code == 422
    assert f"Be den som får sekretessmarkera att namnge {ks} först." in answer.content.decode()
    form = as_user(people.head).get(reverse("engagement_secrecy", args=[engagement.key])).content.decode()
    assert str(ks) in form
