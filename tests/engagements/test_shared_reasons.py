"""Why a marked matter was shared is read by the named alone, wherever it is told."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from engagements.enums import Part
from engagements.models import Engagement
from engagements.permission import grant
from engagements.rescue import NAMED
from engagements.secrecy import mark_secret
from engagements.sharing import share_engagement
from organisation.enums import Action
from organisation.models import User
from tests.factories import AT, a_visit
from tests.people import People

REASON = "Ministern från Kyiv reser med dem"
WORD = "Kyiv"


@pytest.fixture
def visit(people: People) -> Engagement:
    """Shared by hand with an office and with a person, and handed on by the system."""
    made = a_visit(people.contact, people.body("169")).engagement
    told: dict[str, Any] = {"action": Action.READ, "reason": REASON, "until": None, "by": people.contact, "at": AT}
    share_engagement(engagement=made, to=people.body("181"), **told)
    share_engagement(engagement=made, to=people.protocol, **told)
    grant(engagement=made, to=people.body("IB"), action=Action.READ, reason="Hänskjutet", by=None, at=AT)
    return made


def marked(visit: Engagement, people: People, *parts: Part) -> None:
    mark_secret(
        engagement=visit, whole=not parts, parts=parts, paragraph="OSL 15 kap. 1 §", ground="Skada",
        readers=[people.protocol], by=User.objects.get(pk=people.head.pk), at=AT,
    )  # fmt: skip


def told_to(client: Any, visit: Engagement, people: People) -> dict[str, str]:
    """By place the text that tells why."""
    report = reverse("access_report")
    asked = {
        "of the matter": {"arende": visit.key},
        "of the person": {"person": people.protocol.username},
        "of the body": {"organ": "181"},
    }
    found = {of: client.get(report, one) for of, one in asked.items()}
    found |= {f"{of}, as a file": client.get(report, one | {"utdrag": "csv"}) for of, one in asked.items()}
    found["matter"] = client.get(reverse("visit_detail", args=[visit.key]))
    return {place: answer.content.decode() for place, answer in found.items()}


@pytest.mark.parametrize("part", [Part.TITLE, Part.DOCUMENTS])
def test_who_is_not_named_reads_no_reason(people: People, visit: Engagement, as_user: Any, part: Part) -> None:
    client = as_user(people.auditor)
    before = told_to(client, visit, people)
    assert all(WORD in text for text in before.values()), [place for place, text in before.items() if WORD not in text]
    marked(visit, people, part)
    after = told_to(client, visit, people)
    assert not [place for place, text in after.items() if WORD in text]
    assert "Hänskjutet" in after["of the matter"], "the system's own words"
    assert "Delat med Trafikkontoret: Sekretess" in after["of the matter"]


def test_who_has_it_through_her_office_is_told_that_and_not_why(
    people: People, visit: Engagement, as_user: Any
) -> None:
    address = reverse("visit_detail", args=[visit.key])
    assert WORD in as_user(people.outsider).get(address).content.decode()
    marked(visit, people, Part.SENDER)
    page = as_user(people.outsider).get(address).content.decode()
    assert "Ärendet är delat med Trafikkontoret: Sekretess" in page
    assert WORD not in page


def test_the_named_read_it_on_and_only_they_see_the_page_of_shares(
    people: People, visit: Engagement, as_user: Any
) -> None:
    marked(visit, people, Part.SENDER)
    shares = reverse("engagement_sharing", args=[visit.key])
    for user in (people.head, people.protocol):
        assert WORD in as_user(user).get(reverse("visit_detail", args=[visit.key])).content.decode()
    assert WORD in as_user(people.head).get(shares).content.decode()
    for user in (people.contact, people.coordinator, people.outsider):
        assert as_user(user).get(shares).status_code == 403


@pytest.mark.parametrize("parts", [(Part.SENDER,), ()])
def test_the_command_tells_no_reason_of_what_is_marked(people: People, visit: Engagement, parts: Any) -> None:
    asked: Any = [{"engagement": visit.key}, {"user": people.protocol.username}, {"body": "181"}]
    assert all(WORD in commanded(**one) for one in asked)
    marked(visit, people, *parts)
    assert not [one for one in asked if WORD in commanded(**one)]


def test_a_reader_is_said_to_be_named_and_the_head_s_own_words_are_not(
    people: People, visit: Engagement, as_user: Any
) -> None:
    marked(visit, people, Part.SENDER)
    grant(
        engagement=visit, to=people.registrar, action=Action.READ, reason=f"{NAMED}: {REASON}", by=None, at=AT,
        by_hand=True,
    )  # fmt: skip
    after = told_to(as_user(people.auditor), visit, people)
    assert NAMED in after["of the matter"]
    assert NAMED in after["matter"], "in the history"
    assert not [place for place, text in after.items() if WORD in text]


def commanded(**options: Any) -> str:
    out = io.StringIO()
    call_command("access_report", json=True, stdout=out, **options)
    return json.dumps(json.loads(out.getvalue()), ensure_ascii=False)
