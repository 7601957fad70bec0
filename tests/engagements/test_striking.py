"""A matter registered by mistake is struck from its own page, with a reason; what waits at a meeting or is decided is not."""

from typing import Any

import pytest
from django.urls import reverse

from engagements.enums import State
from engagements.models import Engagement
from engagements.operations import strike_engagement
from engagements.rules import RuleBroken
from tests.decisions.making import a_meeting, referred
from tests.factories import AT, a_visit
from tests.people import People


def test_the_head_strikes_a_mistake_and_the_key_stays(people: People, as_user: Any) -> None:
    visit = a_visit(people.contact, people.body("169")).engagement
    address, browser = reverse("engagement_strike", args=[visit.key]), as_user(people.head)
    assert f'href="{address}"' in browser.get(visit.get_absolute_url()).content.decode()
    assert f'href="{address}"' not in as_user(people.contact).get(visit.get_absolute_url()).content.decode()
    answer = browser.post(address, {"reason": " "})
    assert answer.status_code == 422
    said = browser.post(address, {"reason": "Finns redan."}, follow=True).content.decode()
    assert "Ärendet är makulerat." in said and "Finns redan." in said
    assert Engagement.objects.values_list("state", "key").get(pk=visit.pk) == (State.STRUCK, visit.key)
    assert browser.get(address).status_code == 403
    assert browser.post(address, {"reason": "Igen."}).status_code == 422


def test_what_waits_at_a_meeting_is_not_struck(people: People) -> None:
    visit = a_visit(people.contact, people.body("169")).engagement
    referred(people, a_meeting(people), visit)
    with pytest.raises(RuleBroken, match="dagordning"):
        strike_engagement(engagement=visit, by=people.head, at=AT, reason="Dubbelt.")
    assert Engagement.objects.get(pk=visit.pk).state == State.REGISTERED
