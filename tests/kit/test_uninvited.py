"""Mass assignment: what a form does not ask for is ignored, and logged by name alone."""

import logging
from typing import Any

import pytest
from django.urls import reverse

from engagements.models import Engagement
from engagements.permission import may
from organisation.enums import Action
from organisation.models import User
from stockholm_intl.kit.forms import Form, LineField
from tests.factories import a_visit
from tests.people import People


class Small(Form):
    title = LineField(label="Rubrik", max_length=20)


def test_columns_that_were_not_asked_for_are_logged_without_their_values(caplog: pytest.LogCaptureFixture) -> None:
    form = Small({"title": "Ett", "state": "approved", "is_secret": "1", "csrfmiddlewaretoken": "x", "påhitt\n": "y"})
    with caplog.at_level(logging.WARNING):
        assert form.is_valid()
        form.is_valid()
    assert form.cleaned_data == {"title": "Ett"}
    assert [record.getMessage() for record in caplog.records] == [
        "Small was sent columns it does not ask for: is_secret, state"
    ]


def test_nothing_is_said_of_a_form_as_it_was_given(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert Small({"title": "Ett", "spara": "1"}).is_valid()
        assert not Small().is_valid()
    assert not caplog.records


@pytest.mark.parametrize("name", ["engagement_sharing", "engagement_secrecy"])
def test_every_column_of_an_engagement_sent_along_changes_none(
    people: People, as_user: Any, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    visit = a_visit(people.contact, people.body("169")).engagement
    columns = {field.name: "1" for field in Engagement._meta.concrete_fields}
    sent = {"person": str(people.outsider.pk), "action": "read", "reason": "prov", "extent": "delar", "parts": "sender"}
    sent |= {"paragraph": "OSL 15:1", "ground": "prov"}
    before = Engagement.objects.values().get(pk=visit.pk)
    only = {"body": ""} if name == "engagement_sharing" else {}
    with caplog.at_level(logging.WARNING):
        answer = as_user(people.head).post(reverse(name, args=[visit.key]), columns | sent | only)
    assert answer.status_code == 302
    after = Engagement.objects.values().get(pk=visit.pk)
    allowed = {
        "secret_fields",
        "secrecy_paragraph",
        "secrecy_ground",
        "secrecy_at",
        "secrecy_by_id",
        "version",
        "updated_at",
    }
    assert {key for key in after if after[key] != before[key]} <= (allowed if name == "engagement_secrecy" else set())
    assert "columns it does not ask for" in caplog.text
    assert not may(User.objects.get(pk=people.outsider.pk), Action.DECIDE, visit)
