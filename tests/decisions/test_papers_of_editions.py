"""A committee's papers when the strategy gets another edition: each matter keeps its marks, and what is printed stands."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from decisions.models import Correction, Decision, Paper
from decisions.papers import AgendaSection, agenda_pdf, checksum, decision_list_pdf
from decisions.queries import agenda_paper, decision_list_paper
from engagements.models import Engagement
from engagements.strategy.editions import edition, in_force, read_also
from tests.conftest import INVENTED
from tests.decisions.making import a_meeting, a_point, a_reception, a_trip, approved, decided, referred
from tests.decisions.pages import AsUser, a_full_meeting, printed, url
from tests.decisions.paper_samples import AGENDA, CONFERENCE, LIST, RECEPTION
from tests.kit import tags
from tests.people import People

NEXT_YEAR = datetime(2027, 3, 1, 9, tzinfo=UTC)
NEW = replace(RECEPTION, direction="klimat", others=("samverkan",))


def both() -> dict[str, Any]:
    return {"edition": edition("2027"), "earlier": (edition("2016"), edition("2008"))}


@pytest.mark.usefixtures("invented")
def test_a_list_with_matters_of_two_editions_marks_each_and_explains_both() -> None:
    old = replace(CONFERENCE, direction="paverkan", others=("samverkan",))
    words = tags.text(decision_list_pdf(replace(LIST, rows=(old, NEW), **both())))
    assert "utgåva 2027: Sa samverkan Kl klimat Sy synlighet" in words
    assert "Äldre ärenden följer utgåva 2016: På påverkan Fylld form" in words
    assert "profilering" not in words  # no matter on the list has it
    assert "På Sa" in words and "Kl Sa" in words


@pytest.mark.usefixtures("invented")
def test_an_agenda_does_the_same() -> None:
    items = AGENDA.sections[0].items
    section = AgendaSection("1", "Ärenden", (replace(items[0], direction="paverkan", others=()),))
    words = tags.text(agenda_pdf(replace(AGENDA, sections=(section,), **both())))
    assert "Äldre ärenden följer utgåva 2016: På påverkan" in words


def test_a_list_of_one_edition_explains_no_other() -> None:
    assert "Äldre ärenden" not in tags.text(decision_list_pdf(replace(LIST, earlier=(edition("2008"),))))


@pytest.mark.usefixtures("invented")
def test_the_papers_of_a_meeting_have_the_editions_of_its_matters(people: People) -> None:
    meeting = a_meeting(people, held_on=date(2027, 3, 10))
    assert agenda_paper(meeting).edition.code == "2027"  # nothing on it yet: the one in force that day
    referred(people, meeting, a_trip(people))
    assert (agenda_paper(meeting).edition.code, agenda_paper(meeting).earlier) == ("2016", ())
    aims = {"main_direction": "klimat", "motives": {"klimat": "Vi går före."}}
    referred(people, meeting, a_reception(people, edition="2027", **aims))
    paper = agenda_paper(meeting)
    assert (paper.edition.code, [one.code for one in paper.earlier]) == ("2027", ["2016"])


def test_a_printed_and_approved_list_is_unchanged_by_another_edition(people: People, as_user: AsUser) -> None:
    meeting, items = a_full_meeting(people)
    for item, point in zip(items, ("IB 2.1", "IB 2.2", "IB 2.3"), strict=True):
        decided(people, item, a_point(people, point))
    file = printed(as_user(people.ib_secretary), "meeting_print_decisions", meeting).content
    meeting = approved(people, meeting)
    final = Paper.objects.order_by("pk").last()

    def now() -> list[Any]:
        paper = decision_list_paper(meeting)
        rows = [list(model.objects.order_by("pk").values()) for model in (Decision, Engagement, Paper, Correction)]
        return [rows, checksum(paper.rows), paper.edition.code, decision_list_pdf(paper)]

    before = now()
    read_also(INVENTED)
    try:
        assert in_force(on=NEXT_YEAR.date()).code == "2027"
        assert now() == before
        with time_machine.travel(NEXT_YEAR):
            reader = as_user(people.ib_member)
            assert reader.get(url("meeting_paper", Paper.objects.earliest("pk").pk)).content == file
            assert final and reader.get(url("meeting_paper", final.pk)).content == bytes(final.content)
    finally:
        read_also(None)
