"""A report counts what is secret; neither its lists nor its printed editions tell what of it is masked."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from decisions.operations.printing import print_decision_list
from decisions.queries import papers_of
from engagements.enums import Part
from engagements.models import Engagement
from engagements.secrecy import mark_secret
from organisation.models import User
from reporting.material import material_of
from reporting.models import AnnualReport
from reporting.queries import book_of
from reporting.typesetting import report_words
from reporting.writing import paper_of
from tests.decisions.pages import a_full_meeting
from tests.decisions.test_printed_again import the_other_secretary
from tests.people import People
from tests.reporting.register import Register, an_edition

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def november() -> Any:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def visit(people: People) -> Engagement:
    register = Register(people)
    register.visit(date(2025, 3, 1), "NO", title="Besök från Oslo")
    return register.visit(date(2025, 5, 20), "JP", title="Besök från Tokyo")


def marked(engagement: Engagement, people: People, *parts: Part, at: datetime = LATER, **more: Any) -> None:
    told: Any = {"paragraph": "OSL 15 kap. 1 §", "ground": "Skadar relationen", "readers": [people.auditor]} | more
    head = User.objects.get(pk=people.head.pk)
    mark_secret(engagement=engagement, whole=not parts, parts=parts, by=head, at=at, **told)


def numbers() -> dict[str, int]:
    book = book_of(2025)
    return {
        code: book.count(code)
        for code in ("visits", "visits.region.asien", "visits.region.norden", "visits.region.utan")
    }


def test_a_masked_country_is_no_region_of_the_year(people: People, visit: Engagement, as_user: SignedIn) -> None:
    asia = reverse("report_figure", args=[2025, "visits.region.asien"])
    assert numbers() == {"visits": 2, "visits.region.asien": 1, "visits.region.norden": 1, "visits.region.utan": 0}
    assert f"/{visit.key}/" in as_user(people.controller).get(asia).content.decode()
    marked(visit, people, Part.COUNTERPART)
    assert numbers() == {"visits": 2, "visits.region.asien": 0, "visits.region.norden": 1, "visits.region.utan": 1}
    assert f"/{visit.key}/" not in as_user(people.controller).get(asia).content.decode()


def test_a_wholly_secret_matter_is_counted_and_lends_no_group_its_words(people: People) -> None:
    register = Register(people)
    day = date(2025, 3, 1)
    matters = [
        register.visit(day, "JP"),
        register.membership(day, theme="Signalskydd"),
        register.influence(day, "Underrättelser"),
        register.project({2025: "1000"}, programme="Fonden"),
    ]
    codes = (
        "visits.region.asien", "memberships.theme.signalskydd", "inputs.area.underrattelser", "funding.programme.fonden",
    )  # fmt: skip
    totals = ("visits", "memberships", "inputs", "funding")
    before = book_of(2025)
    assert all(before.count(code) for code in (*codes, *totals))
    for matter in matters:
        marked(matter, people)
    after = book_of(2025)
    assert [after.count(code) for code in totals] == [before.count(code) for code in totals]
    assert not any(after.count(code) for code in codes if code in after.figures)
    assert set(codes[1:]).isdisjoint(after.figures)


def test_the_paper_says_how_many_are_secret(people: People, visit: Engagement) -> None:
    assert not report_words(paper_of(material_of(2025), made_on=NOW.date()))["secret"]
    marked(visit, people)
    words = report_words(paper_of(material_of(2025), made_on=NOW.date()))
    assert (words["secret"], words["entry_count"], words["entries_of"]) == (
        "1 är sekretessmarkerat: det är räknat i rapportens tal men står inte här.", "1", "2",
    )  # fmt: skip


def test_a_visit_within_sweden_is_still_none_of_the_figures(people: People) -> None:
    at_home = Register(people).visit(date(2025, 6, 1), "SE")
    marked(at_home, people, Part.COUNTERPART)
    assert book_of(2025).count("visits") == 0


def test_the_list_behind_a_printed_region_leaves_out_what_was_masked_since(
    people: People, visit: Engagement, as_user: SignedIn
) -> None:
    report = an_edition(people.controller, NOW)
    addresses = [reverse("report_edition_figure", args=[report.pk, code]) for code in ("visits.region.asien", "visits")]
    client = as_user(people.controller)
    assert [f"/{visit.key}/" in client.get(one).content.decode() for one in addresses] == [True, True]
    marked(visit, people, Part.COUNTERPART)
    assert [f"/{visit.key}/" in client.get(one).content.decode() for one in addresses] == [False, True]
    for one in addresses:
        assert "Japan" not in client.get(one).content.decode().split("</form>")[-1]
    # neither does the list that is whole tell, by being the only one that is shown
    north = client.get(reverse("report_edition_figure", args=[report.pk, "visits.region.norden"])).content.decode()
    assert "Besök från Oslo" not in north
    assert "Därför visas inte listan bakom någon av regionerna." in north


def test_what_was_masked_before_the_print_shuts_no_region(people: People, visit: Engagement, as_user: SignedIn) -> None:
    marked(visit, people, Part.COUNTERPART, at=NOW - timedelta(hours=1))
    report = an_edition(people.controller, NOW)
    client = as_user(people.controller)
    north, unsaid = (
        client.get(reverse("report_edition_figure", args=[report.pk, f"visits.region.{one}"])).content.decode()
        for one in ("norden", "utan")
    )
    assert "Besök från Oslo" in north
    assert f"/{visit.key}/" in unsaid


@pytest.mark.parametrize("parts", [(), (Part.TITLE,)])
def test_an_edition_in_which_something_was_marked_since_is_for_the_named(
    people: People, visit: Engagement, as_user: SignedIn, parts: tuple[Part, ...]
) -> None:
    report = an_edition(people.controller, NOW)
    assert all(gets(as_user, user, report) for user in (people.controller, people.coordinator, people.auditor))
    marked(visit, people, *parts)
    assert [gets(as_user, user, report) for user in (people.controller, people.coordinator, people.auditor)] == [
        False, False, True,
    ]  # fmt: skip
    assert gets(as_user, people.controller, an_edition(people.controller, LATER + timedelta(hours=1)))


def test_what_was_marked_before_the_print_stands_in_no_edition_and_stops_none(
    people: People, visit: Engagement, as_user: SignedIn
) -> None:
    marked(visit, people, Part.TITLE, at=NOW - timedelta(hours=1))
    assert gets(as_user, people.controller, an_edition(people.controller, NOW))


def test_what_was_printed_covered_is_not_shut_by_one_reader_more(
    people: People, visit: Engagement, as_user: SignedIn
) -> None:
    marked(visit, people, Part.TITLE, at=NOW - timedelta(hours=1))
    report = an_edition(people.controller, NOW)
    marked(visit, people, Part.TITLE, readers=[people.auditor, people.contact])
    assert gets(as_user, people.controller, report)
    marked(visit, people, Part.TITLE, Part.COUNTERPART)
    assert not gets(as_user, people.controller, report)


def test_a_list_printed_covered_is_not_shut_by_one_reader_more(people: People) -> None:
    """A new one would be the same bytes, and so the same row: nobody would have got it."""
    meeting, items = a_full_meeting(people)
    matter = items[0].engagement
    assert matter is not None
    Engagement.objects.filter(pk=matter.pk).update(body=people.body("169"))
    writes = the_other_secretary(people)
    marked(matter, people, Part.TITLE, at=NOW, readers=[writes])
    paper = print_decision_list(meeting=meeting, by=people.ib_secretary, at=LATER)
    marked(matter, people, Part.TITLE, at=LATER + timedelta(hours=1), readers=[people.contact, writes])
    assert paper in papers_of(people.ib_secretary, meeting)
    marked(matter, people, Part.TITLE, Part.DOCUMENTS, at=LATER + timedelta(hours=2), readers=[writes])
    assert paper not in papers_of(people.ib_secretary, meeting)


def gets(as_user: SignedIn, user: User, report: AnnualReport) -> bool:
    """Whether the file comes, and the page offers it when it does."""
    client, address = as_user(user), reverse("report_download", args=[report.pk])
    answer = client.get(address)
    offered = f'href="{address}"' in client.get(reverse("report_edition", args=[report.pk])).content.decode()
    assert answer.status_code == (200 if offered else 403)
    return offered
