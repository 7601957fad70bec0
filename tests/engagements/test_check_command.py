"""manage.py check_engagement."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from engagements.enums import State
from engagements.judging import record_deviation, record_judgement
from engagements.models import Engagement
from engagements.strategy.editions import edition
from tests.factories import AT, a_visit
from tests.people import People


def asked(*args: Any) -> str:
    out = StringIO()
    call_command("check_engagement", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def visit(people: People) -> Engagement:
    return a_visit(people.contact, people.body("169"), counterpart="Japans ambassad").engagement


def test_every_check_with_its_answer_reason_section_and_mend(people: People, visit: Engagement) -> None:
    told = json.loads(asked(visit.key, "--json"))
    assert told["key"] == visit.key
    rows = {row["id"]: row for row in told["checks"] if row["bears"]}
    assert set(rows) == {"C1", "C11", "C14", "C15", "C20"}
    assert rows["C1"]["result"] == "judge"
    assert rows["C1"]["section"] == "4"
    assert rows["C1"]["reason"] and rows["C1"]["mend"]
    assert rows["C14"]["result"] == "pass" and rows["C14"]["mend"] == ""


def test_a_check_that_does_not_bear_on_the_matter_is_listed_as_such(people: People, visit: Engagement) -> None:
    told = json.loads(asked(visit.key, "--json"))["checks"]
    assert [row["id"] for row in told] == [rule.id for rule in edition("2016").checks]
    twin_town = next(row for row in told if row["id"] == "C2")
    assert (twin_town["bears"], twin_town["result"], twin_town["mend"]) == (False, "pass", "")


def test_what_is_not_judged_lists_nothing(people: People, visit: Engagement) -> None:
    Engagement.objects.filter(pk=visit.pk).update(state=State.STRUCK)
    assert json.loads(asked(visit.key, "--json"))["checks"] == []


def test_who_judged_and_who_let_it_through(people: People, visit: Engagement) -> None:
    record_judgement(engagement=visit, check="C1", answer="fail", reason="Tar ställning.", by=people.head, at=AT)
    row = json.loads(asked(visit.key, "--json"))["checks"][0]
    assert (row["result"], row["judged"]["by"], row["judged"]["reason"]) == ("fail", str(people.head), "Tar ställning.")
    record_deviation(
        engagement=visit, check="C1", body=people.body("169"), reason="Nämnden vill.", by=people.head, at=AT
    )
    row = json.loads(asked(visit.key, "--json"))["checks"][0]
    assert (row["result"], row["deviation"]["body"]) == ("fail", "Miljöförvaltningen")
    assert "Avsteg av Miljöförvaltningen" in asked(visit.key)


def test_readable_without_json(people: People, visit: Engagement) -> None:
    text = asked(visit.key.lower())
    assert text.startswith(visit.key)
    assert "C1  att bedöma (avsnitt 4): Motparten är en stat, en ambassad eller ett departement." in text


def test_an_unknown_key_is_said_so(people: People) -> None:
    with pytest.raises(CommandError, match="Det finns inget ärende INT-2026-99999"):
        asked("INT-2026-99999")
