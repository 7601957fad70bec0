"""manage.py decision_list: the same operation as the page, from the command line."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from decisions.models import Meeting, Paper
from engagements.models import Engagement
from tests.decisions.making import a_meeting, a_point, a_trip, decided, referred
from tests.decisions.pages import AsUser, make_secret, printed
from tests.people import People


def said(*args: str) -> str:
    out = StringIO()
    call_command("decision_list", *args, stdout=out)
    return out.getvalue()


def a_decided_meeting(people: People) -> Meeting:
    meeting, point = a_meeting(people), a_point(people)
    decided(people, referred(people, meeting, a_trip(people, "Eurocities i Brno")), point)
    referred(people, meeting, a_trip(people, "Polis i Porto"))
    return meeting


def test_without_a_code_it_lists_the_meetings(people: People) -> None:
    a_decided_meeting(people)
    a_meeting(people, date(2025, 3, 5))
    lines = said().splitlines()
    assert [line.split() for line in lines] == [
        ["IB/2026/1", "2026-11-18", "1", "beslut,", "planerat"],
        ["IB/2025/1", "2025-03-05", "0", "beslut,", "planerat"],
    ]
    assert json.loads(said("--json"))["meetings"][0] == {
        "code": "IB/2026/1",
        "held_on": "2026-11-18",
        "items": 2,
        "decided": 1,
        "state": "planned",
        "reported_on": None,
    }


def test_no_meetings_is_said(people: People) -> None:
    assert said() == "Inga möten.\n"
    assert json.loads(said("--json")) == {"meetings": []}


def test_it_prints_what_the_page_prints(people: People, as_user: AsUser, tmp_path: Path) -> None:
    meeting = a_decided_meeting(people)
    file = tmp_path / "lista.pdf"
    text = said("IB/2026/1", "--output", str(file))
    page = printed(as_user(people.ib_secretary), "meeting_print_decisions", meeting)
    assert file.read_bytes() == page.content
    paper = Paper.objects.get()
    assert f"1 beslut utskrivna till {file} (SHA-256 {paper.sha256})." in text


def test_the_language_of_the_reader_does_not_change_the_paper(people: People, tmp_path: Path) -> None:
    a_decided_meeting(people)
    said("IB/2026/1", "--output", str(tmp_path / "sv.pdf"))
    with override("en"):
        said("IB/2026/1", "--output", str(tmp_path / "en.pdf"))
    assert (tmp_path / "sv.pdf").read_bytes() == (tmp_path / "en.pdf").read_bytes()


def test_json_tells_each_row(people: People, tmp_path: Path) -> None:
    a_decided_meeting(people)
    answer = json.loads(said("ib/2026/1", "--json", "--output", str(tmp_path / "lista.pdf")))
    assert answer["meeting"] == "IB/2026/1"
    assert [row["matter"] for row in answer["decisions"]] == ["Eurocities i Brno"]
    assert answer["decisions"][0]["outcome"] == "approved"
    assert len(answer["sha256"]) == 64


def test_without_a_file_the_rows_are_shown(people: People) -> None:
    a_decided_meeting(people)
    assert "Bifall" in said("IB/2026/1")
    assert "Eurocities i Brno" in said("IB/2026/1")


def test_a_secret_matter_is_an_outcome_without_words(people: People) -> None:
    a_decided_meeting(people)
    make_secret(Engagement.objects.get(title="Eurocities i Brno"))
    for text in (said("IB/2026/1"), said("IB/2026/1", "--json")):
        assert "Brno" not in text
        assert "INT-" not in text
        assert "Ärende med sekretess" in text


def test_an_unknown_code_is_answered_with_those_like_it(people: People) -> None:
    a_decided_meeting(people)
    with pytest.raises(CommandError, match=r"Det finns inget möte som heter IB/2026/99\. Menade du IB/2026/1\?"):
        said("IB/2026/99")


def test_an_unknown_code_without_any_meeting(people: People) -> None:
    with pytest.raises(CommandError, match="Det finns inga möten ännu"):
        said("IB/2026/9")


def test_a_file_that_cannot_be_written_is_told(people: People, tmp_path: Path) -> None:
    a_decided_meeting(people)
    with pytest.raises(CommandError, match="går inte att skriva"):
        said("IB/2026/1", "--output", str(tmp_path / "finns" / "inte" / "lista.pdf"))


def test_a_file_without_a_meeting_is_told(people: People, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Ange vilket möte"):
        said("--output", str(tmp_path / "lista.pdf"))
