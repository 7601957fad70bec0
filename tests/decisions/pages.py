"""Words and data that the tests of the committee's pages share."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.enums import Section
from decisions.models import AgendaItem, Meeting
from engagements.models import Engagement
from tests.decisions.making import a_meeting, a_reception, a_trip, referred
from tests.people import People

AsUser = Callable[[Any], Client]
READERS = ("ib_secretary", "ib_member", "commissioner", "coordinator", "protocol", "auditor")
SHUT_OUT = ("contact", "head", "outsider", "board_secretary", "controller", "registrar", "administrator", "stranger")
HOSTILE = ["", "\x00", "\u200b\u200b", "x" * 10_000, "<script>alert(1)</script>", "2026-13-40", "-1", "9" * 40]


def url(name: str, *args: object) -> str:
    return reverse(name, args=args)


def text_of(answer: Any) -> str:
    """The words on the page, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def a_full_meeting(people: People) -> tuple[Meeting, list[AgendaItem]]:
    meeting = a_meeting(people)
    items = [
        referred(people, meeting, a_trip(people, "Eurocities i Brno")),
        referred(people, meeting, a_trip(people, "Polis i Porto")),
        referred(people, meeting, a_reception(people), section=Section.REPRESENTATION),
    ]
    meeting.refresh_from_db()
    return meeting, items


def printed(client: Client, name: str, meeting: Meeting) -> Any:
    """Press the button and follow it to the paper."""
    return client.post(url(name, meeting.pk), follow=True)


def decision_data(chosen_point: Any, **changes: Any) -> dict[str, Any]:
    return {
        "outcome": "approved",
        "text": "Staden deltar med två personer.",
        "delegate": "Finansborgarrådet",
        "point": chosen_point.pk,
        "cost": "41 200",
        "version": "0",
    } | changes


def make_secret(engagement: Engagement) -> None:
    Engagement.objects.filter(pk=engagement.pk).update(is_secret=True, secrecy_paragraph="15 kap. 1 § OSL")


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
