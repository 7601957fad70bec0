"""M23: who lets a membership end is judged while it is in force, by a person with a reason, and the router follows it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from engagements.choosing import choose_way
from engagements.enums import Scope, State, Step
from engagements.models import Engagement, Judgement
from engagements.routing import LEAVING, MATTER, route_of, way_out
from engagements.rules import RuleBroken, WrongState
from tests.factories import AT
from tests.factories.memberships import a_membership, an_agreement, left
from tests.people import People

pytestmark = pytest.mark.django_db
WHY = "Kommunstyrelsen gick med 2014, § 7, och ingen har flyttat det sedan dess."


@pytest.fixture
def own(people: People) -> Engagement:
    return a_membership(people.contact, people.body("169"), matter={"scope": Scope.OWN_FIELD}).engagement


def judged(engagement: Engagement, by: Any, answer: str = "KS", question: str = LEAVING) -> Judgement:
    return choose_way(engagement=engagement, question=question, answer=answer, reason=WHY, by=by, at=AT)


def test_the_router_follows_who_was_judged_to_let_it_end(people: People, own: Engagement) -> None:
    assert way_out(own).deciders == ("body",)
    row = judged(own, people.contact)
    assert (row.subject, row.asked, row.by, row.reason) == (LEAVING, "exit", people.contact, WHY)
    assert (way_out(own).decides, way_out(own).matter, way_out(own).judged.code) == ("KS", "M23", "exit")  # type: ignore[union-attr]
    with pytest.raises(RuleBroken, match=r"beslutas av kommunstyrelsen \(M23, avsnitt 4\). .* kan inte besluta i det"):
        left(own, people.head)
    assert [row.answer for row in own.judgements.all()] == ["KS"]
    judged(own, people.contact, "body")
    assert left(own, people.head).state == State.CLOSED


def test_that_it_goes_on_is_decided_as_before(people: People, own: Engagement) -> None:
    Judgement.objects.create(engagement=own, subject=MATTER, answer="body", reason="x", by=people.contact, at=AT)
    before = route_of(own, step=Step.REVIEW)
    judged(own, people.contact)
    assert route_of(own, step=Step.REVIEW) == before
    assert way_out(own).decides == "KS"


def test_nothing_else_is_judged_of_what_is_in_force(people: People, own: Engagement) -> None:
    with pytest.raises(WrongState):
        judged(own, people.contact, "city_wide", "scope")
    with pytest.raises(PermissionDenied):
        judged(own, people.outsider)
    left(own, people.head)
    with pytest.raises(PermissionDenied):
        judged(own, people.contact)


def test_an_agreement_is_left_the_same_way(people: People) -> None:
    agreement = an_agreement(people.contact, people.body("169"), matter={"scope": Scope.OWN_FIELD}).engagement
    judged(agreement, people.contact)
    assert way_out(agreement).decides == "KS"


def test_the_page_asks_and_the_panel_says_who_judged_and_why(people: People, as_user: Any, own: Engagement) -> None:
    client, address = as_user(people.contact), f"{reverse('judge_way', args=[own.key])}?fraga={LEAVING}"
    for name in ("membership_detail", "membership_review"):
        page = client.get(reverse(name, args=[own.key])).content.decode()
        assert f'<a href="{address}">Bedöm vem som beslutar att det avslutas</a>' in page
    assert "Utträde och paus beslutas på samma nivå som inträdet." in client.get(address).content.decode()
    said = {"question": LEAVING, "answer": "KS", "reason": WHY}
    assert client.post(address, said | {"reason": ""}).status_code == 422
    assert client.post(address, said).status_code == 302
    page = client.get(own.get_absolute_url()).content.decode()
    assert f"Kommunstyrelsen: {WHY}" in page
    assert "Bedöm på nytt: Utträde och paus" in page
    assert (
        "att det avslutas av kommunstyrelsen"
        in client.get(reverse("membership_review", args=[own.key])).content.decode()
    )


def test_who_only_reads_is_not_asked(people: People, as_user: Any, own: Engagement) -> None:
    address = reverse("judge_way", args=[own.key])
    assert as_user(people.auditor).get(address).status_code == 403
    assert address not in as_user(people.auditor).get(own.get_absolute_url()).content.decode()
