"""What was said of a change before the mark: a reason typed in passing often quotes what is secret now."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from decisions.operations import decide_own
from engagements.enums import Part, State
from engagements.models import Engagement
from engagements.operations import edit_engagement
from engagements.permission import grant, withdraw
from engagements.secrecy import mark_secret
from organisation.enums import Action
from organisation.models import User
from tests.factories import AT, a_visit
from tests.people import People

LATER = AT + timedelta(hours=1)
SAID = "Avböjs för att Zebrabolaget granskas"
SignedIn = Callable[[User], Client]


def marked(engagement: Engagement, people: People, *parts: Part) -> None:
    told: Any = {"paragraph": "OSL 15 kap. 1 §", "ground": "Skadar relationen", "readers": [people.contact]}
    head = User.objects.get(pk=people.head.pk)
    mark_secret(engagement=engagement, whole=False, parts=parts, by=head, at=LATER, **told)


def page(client: Client, engagement: Engagement) -> str:
    return client.get(reverse("visit_detail", args=[engagement.key])).content.decode()


def declined(people: People) -> Engagement:
    visit = a_visit(people.contact, people.body("169")).engagement
    Engagement.objects.filter(pk=visit.pk).update(state=State.PROPOSED)
    visit.refresh_from_db()
    decide_own(engagement=visit, outcome="decline", note=SAID, by=people.head, at=AT)
    return visit


def edited(people: People) -> Engagement:
    visit = a_visit(people.contact, people.body("169")).engagement
    return edit_engagement(
        engagement=visit, by=people.contact, at=AT, seen_version=visit.version, reason=SAID, title="Annan rubrik"
    )


def taken_back(people: People) -> Engagement:
    visit = a_visit(people.contact, people.body("169")).engagement
    told: Any = {"engagement": visit, "to": people.body("181"), "action": Action.READ, "by": people.head, "at": AT}
    grant(**told, reason="Prov")
    withdraw(**told, reason=SAID)
    return visit


@pytest.mark.parametrize("happened", [declined, edited, taken_back])
def test_why_somebody_did_it_is_for_those_who_read_all(
    people: People, as_user: SignedIn, happened: Callable[[People], Engagement]
) -> None:
    visit = happened(people)
    assert SAID in page(as_user(people.auditor), visit)
    marked(visit, people, Part.DECISION)
    for user in (people.auditor, people.coordinator, people.board_secretary):
        assert SAID not in page(as_user(user), visit)
    for user in (people.head, people.contact):
        assert SAID in page(as_user(user), visit)
