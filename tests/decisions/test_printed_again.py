"""A paper that comes out again with the same content is the same row, and is judged by when it last came out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from decisions.models import Meeting, Paper, Printing
from decisions.operations import print_agenda, print_decision_list
from decisions.queries import papers_of
from engagements.enums import Part
from engagements.models import Engagement
from engagements.secrecy import mark_secret, unmark
from organisation.enums import Role
from organisation.models import Mandate, User
from tests.decisions.making import AFTER, a_point, decided
from tests.decisions.pages import a_full_meeting
from tests.locks import is_waiting, told
from tests.people import People, person
from tests.queries import queries_of

HOUR = timedelta(hours=1)
Print = Callable[..., Paper]


@pytest.fixture
def meeting(people: People) -> Meeting:
    meeting, items = a_full_meeting(people)
    decided(people, items[0], a_point(people))
    Engagement.objects.filter(pk__in=[item.engagement_id for item in items]).update(body=people.body("169"))
    return meeting


def matter(meeting: Meeting, place: int = 0) -> Engagement:
    return Engagement.objects.get(agenda_items=meeting.items.order_by("position", "pk")[place])


def mark(engagement: Engagement, people: People, *parts: Part, at: datetime) -> None:
    mark_secret(
        engagement=engagement, whole=not parts, parts=parts, paragraph="OSL 15 kap. 1 §", ground="Skadar relationen",
        readers=[people.auditor, the_other_secretary(people)], by=User.objects.get(pk=people.head.pk), at=at,
    )  # fmt: skip


def the_other_secretary(people: People) -> User:
    """One of the two who write at the meetings is named, as a point that waits demands."""
    known = User.objects.filter(username="andra.ib").first()
    if known is None:
        known = person("andra.ib", "Den andra sekreteraren")
        Mandate.objects.create(person=known, body=people.body("IB"), role=Role.IB_SECRETARY, valid_from=AFTER.date())
    return known


def read_by_an_unnamed(people: People, meeting: Meeting) -> list[Paper]:
    return papers_of(User.objects.get(pk=people.ib_secretary.pk), meeting)


def again(make: Print, people: People, meeting: Meeting, at: datetime) -> Paper:
    return make(meeting=meeting, by=people.coordinator, at=at)


@pytest.mark.parametrize("make", [print_agenda, print_decision_list])
def test_a_mark_taken_off_and_set_again_is_covered_in_what_is_printed_then(
    people: People, meeting: Meeting, make: Print
) -> None:
    marked = matter(meeting)
    mark(marked, people, Part.TITLE, at=AFTER)
    paper = again(make, people, meeting, AFTER + HOUR)
    unmark(engagement=marked, reason="Avtalet är offentligt", by=people.head, at=AFTER + 2 * HOUR)
    mark(marked, people, Part.TITLE, at=AFTER + 3 * HOUR)
    assert paper not in read_by_an_unnamed(people, meeting)
    assert again(make, people, meeting, AFTER + 4 * HOUR) == paper
    assert paper in read_by_an_unnamed(people, meeting)
    mark(marked, people, Part.TITLE, Part.PROPOSAL, Part.DECISION, at=AFTER + 5 * HOUR)
    assert paper not in read_by_an_unnamed(people, meeting)


@pytest.mark.parametrize("make", [print_agenda, print_decision_list])
def test_a_mark_on_what_does_not_stand_in_it_shuts_no_new_print(people: People, meeting: Meeting, make: Print) -> None:
    paper = again(make, people, meeting, AFTER)
    mark(matter(meeting), people, Part.SENDER, at=AFTER + HOUR)
    assert paper not in read_by_an_unnamed(people, meeting)
    assert again(make, people, meeting, AFTER + 2 * HOUR) == paper
    assert paper in read_by_an_unnamed(people, meeting)


def test_a_matter_that_is_not_on_the_list_shuts_no_new_print_of_it(people: People, meeting: Meeting) -> None:
    paper = again(print_decision_list, people, meeting, AFTER)
    mark(matter(meeting, 1), people, at=AFTER + HOUR)
    assert paper not in read_by_an_unnamed(people, meeting)
    assert again(print_decision_list, people, meeting, AFTER + 2 * HOUR) == paper
    assert paper in read_by_an_unnamed(people, meeting)


def test_a_print_in_clear_stays_shut_whatever_is_printed_later(people: People, meeting: Meeting) -> None:
    clear = again(print_agenda, people, meeting, AFTER)
    mark(matter(meeting), people, Part.TITLE, at=AFTER + HOUR)
    covered = again(print_agenda, people, meeting, AFTER + 2 * HOUR)
    assert covered != clear
    assert read_by_an_unnamed(people, meeting) == [covered]
    assert clear in papers_of(User.objects.get(pk=people.head.pk), meeting)


def test_the_paper_tells_who_made_it_first_and_the_prints_come_in_one_query(people: People, meeting: Meeting) -> None:
    paper = again(print_agenda, people, meeting, AFTER)
    few = queries_of(lambda: read_by_an_unnamed(people, meeting))
    for hours in range(1, 5):
        again(print_agenda, people, meeting, AFTER + hours * HOUR)
    assert Printing.objects.filter(paper=paper, printed_by=people.coordinator).count() == 4
    paper.refresh_from_db()
    assert (paper.made_at, paper.last_printed.printed_at) == (AFTER, AFTER + 4 * HOUR)
    assert queries_of(lambda: read_by_an_unnamed(people, meeting)) == few


def test_who_was_a_day_late_with_the_clock_does_not_open_it(people: People, meeting: Meeting) -> None:
    """History is taken in with its own days: an older day says nothing of a later mark."""
    paper = again(print_agenda, people, meeting, AFTER)
    mark(matter(meeting), people, Part.SENDER, at=AFTER + HOUR)
    again(print_agenda, people, meeting, AFTER - 24 * HOUR)
    assert paper not in read_by_an_unnamed(people, meeting)
    assert paper.last_printed == paper


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [print_agenda, print_decision_list])
def test_a_mark_that_waits_for_a_print_is_younger_than_it(people: People, meeting: Meeting, make: Print) -> None:
    """The moment of the mark was read before the print's, and its words stand in the print in clear."""
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            again(make, people, meeting, AFTER + HOUR)
            marking = threads.submit(told, lambda: mark(matter(meeting), people, Part.TITLE, at=AFTER))
            assert is_waiting(marking)
        assert marking.result() == ""
    assert read_by_an_unnamed(people, meeting) == []
    again(make, people, meeting, AFTER + 2 * HOUR)
    assert len(read_by_an_unnamed(people, meeting)) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [print_agenda, print_decision_list])
def test_a_print_that_waits_for_a_mark_covers_it(people: People, meeting: Meeting, make: Print) -> None:
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            mark(matter(meeting), people, Part.TITLE, at=AFTER)
            printing = threads.submit(told, lambda: again(make, people, meeting, AFTER + HOUR))
            assert is_waiting(printing)
        assert printing.result() == ""
    again(make, people, meeting, AFTER + 2 * HOUR)
    assert len(read_by_an_unnamed(people, meeting)) == Paper.objects.count() == 1
