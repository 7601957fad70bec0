"""To stand for a post (M24): written down among the assignments, decided by kommunstyrelsen."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from decisions.operations import decide_own
from engagements.enums import Instrument, State
from engagements.guard import findings
from engagements.models import Engagement
from engagements.operations import propose_engagement
from engagements.routing import decider_fits, route_of
from engagements.rules import RuleBroken
from organisation.enums import Role
from organisation.models import Mandate, User
from tests.factories import AT, TODAY
from tests.people import People, person

AsUser = Callable[[Any], Client]


def registered(client: Client, body: str) -> Engagement:
    client.post(
        f"{reverse('assignment_new')}?slag=eu",
        {
            "title": "Ordförande i Eurocities", "form": "post", "counterpart": "Eurocities", "body": body,
            "main_direction": "paverkan", "motive": "Staden får gehör.", "submission": str(uuid4()),
        },
    )  # fmt: skip
    return Engagement.objects.select_related("body").get()


def secretary_of(people: People, body: str) -> User:
    user = person("sekreterare.ks", "Sekreteraren, Kommunstyrelsen")
    Mandate.objects.create(person=user, body=people.body(body), role=Role.BOARD_SECRETARY, valid_from=date(2020, 1, 1))
    return user


def test_a_candidature_is_written_down_and_goes_to_kommunstyrelsen(people: People, as_user: AsUser) -> None:
    client = as_user(people.coordinator)
    assert (
        "Kandidatur till ett förtroendeuppdrag" in client.get(f"{reverse('assignment_new')}?slag=eu").content.decode()
    )
    post = registered(client, "110")
    way = route_of(post)
    assert (post.instrument, way.rows, way.deciders) == (Instrument.POST, ("M24",), ("KS",))
    assert "C19" not in {one.id for one in findings(post, on=TODAY)}, "it is no position to the union"
    fits = {code: decider_fits(people.body(code), post, way) for code in ("KS", "KF", "IB", "110", "169")}
    assert fits == {"KS": True, "KF": False, "IB": False, "110": False, "169": False}
    propose_engagement(engagement=post, text="Staden kandiderar.", by=people.coordinator, at=AT)
    decision = decide_own(engagement=post, outcome="accept", by=secretary_of(people, "KS"), at=AT)
    post.refresh_from_db()
    assert (post.state, decision.text) == (State.APPROVED, "Bifall till förslaget.")


def test_a_body_does_not_stand_for_a_post_by_itself(people: People, as_user: AsUser) -> None:
    post = registered(as_user(people.contact), "169")
    propose_engagement(engagement=post, text="Staden kandiderar.", by=people.contact, at=AT)
    with pytest.raises(RuleBroken, match="kommunstyrelsen"):
        decide_own(engagement=post, outcome="accept", by=people.head, at=AT)
