"""Printed papers and what they cost, and the register of delegation."""

from datetime import date

import pytest

from decisions.enums import Outcome
from decisions.models import Paper
from tests.decisions.making import (
    a_meeting,
    a_point,
    a_trip,
    decided,
    referred,
)
from tests.decisions.pages import (
    READERS,
    AsUser,
    a_full_meeting,
    make_secret,
    printed,
    queries,
    text_of,
    url,
)
from tests.people import People


def test_the_papers_are_frozen_once_a_content(people: People, as_user: AsUser) -> None:
    meeting, items = a_full_meeting(people)
    decided(people, items[0], a_point(people))
    secretary, member = as_user(people.ib_secretary), as_user(people.ib_member)
    first = printed(secretary, "meeting_print_decisions", meeting)
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-")
    assert first["Content-Disposition"] == 'attachment; filename="beslutslista-ib-2026-1.pdf"'
    assert printed(member, "meeting_print_decisions", meeting).content == first.content
    paper = Paper.objects.get()
    assert (paper.kind, paper.made_by, bytes(paper.content)) == ("decisions", people.ib_secretary, first.content)
    decided(people, items[1], a_point(people, "IB 2.2"))
    assert printed(secretary, "meeting_print_decisions", meeting).content != first.content
    assert Paper.objects.count() == 2
    assert member.get(url("meeting_paper", paper.pk)).content == first.content
    assert paper.sha256 in text_of(member.get(url("meeting_detail", meeting.pk)))


def test_the_agenda_is_printed_before_anything_is_decided(people: People, as_user: AsUser) -> None:
    meeting, _items = a_full_meeting(people)
    answer = printed(as_user(people.coordinator), "meeting_print_agenda", meeting)
    assert answer.content.startswith(b"%PDF-")
    assert Paper.objects.get().kind == "agenda"


def test_a_paper_with_what_became_secret_is_shut(people: People, as_user: AsUser) -> None:
    meeting, items = a_full_meeting(people)
    secretary = as_user(people.ib_secretary)
    printed(secretary, "meeting_print_agenda", meeting)
    old = Paper.objects.get()
    make_secret(items[0].engagement)
    for place in READERS:
        client = as_user(getattr(people, place))
        assert client.get(url("meeting_paper", old.pk)).status_code == 404
        assert old.sha256 not in text_of(client.get(url("meeting_detail", meeting.pk)))
    assert printed(secretary, "meeting_print_agenda", meeting).status_code == 200
    assert Paper.objects.exclude(pk=old.pk).get().engagement_ids == sorted(item.engagement_id for item in items[1:])


def test_no_paper_is_no_page(people: People, as_user: AsUser) -> None:
    assert as_user(people.ib_secretary).get(url("meeting_paper", 999)).status_code == 404
    assert as_user(people.ib_secretary).get(url("meeting_detail", 10**30)).status_code == 404


def test_the_register_of_delegation_shows_versions_and_validity(people: People, as_user: AsUser) -> None:
    a_point(people, version="2025-01", valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    a_point(people, version="2026-01")
    client = as_user(people.contact)
    page = text_of(client.get(url("delegation_list")))
    assert ("2026-01" in page, "2025-01" in page) == (True, False)
    assert "Upphörd" in text_of(client.get(url("delegation_list") + "?alla=1"))


@pytest.mark.parametrize("place", ["ib_member", "commissioner", "stranger"])
def test_the_registers_are_for_those_who_may_see_them(people: People, as_user: AsUser, place: str) -> None:
    assert as_user(getattr(people, place)).get(url("delegation_list")).status_code == 403


def test_one_point_of_delegation_and_thirty_cost_the_same(people: People, as_user: AsUser) -> None:
    client = as_user(people.contact)
    a_point(people)
    one = queries(client, url("delegation_list"))
    for number in range(30):
        a_point(people, f"MHN {number}", body="MHN" if number % 2 else "TN")
    assert queries(client, url("delegation_list")) == one


@pytest.mark.parametrize("place", ["ib_secretary", "ib_member"])
def test_one_point_and_thirty_cost_the_same(people: People, as_user: AsUser, place: str) -> None:
    meeting, point = a_meeting(people), a_point(people)
    client = as_user(getattr(people, place))
    earlier = a_meeting(people, date(2026, 9, 9))
    decided(people, referred(people, earlier, a_trip(people, "Tidigare")), point)
    first = referred(people, meeting, a_trip(people, "Resa 0"))
    address = url("meeting_detail", meeting.pk) + f"?punkt={first.pk}"
    one = queries(client, address)
    for number in range(1, 30):
        item = referred(people, meeting, a_trip(people, f"Resa {number}"))
        if number % 2:
            decided(people, item, point, Outcome.APPROVED)
    assert queries(client, address) == one
    assert one < 45  # the point's way and what its checks answer come along


def test_one_meeting_and_ten_cost_the_same(people: People, as_user: AsUser) -> None:
    client, point = as_user(people.ib_secretary), a_point(people)

    def fill(month: int) -> None:
        meeting = a_meeting(people, date(2026, month, 3))
        decided(people, referred(people, meeting, a_trip(people, f"Resa {month}")), point)
        a_trip(people, f"Väntar {month}", respond_by=date(2026, 12, month))

    fill(1)
    one = queries(client, url("meeting_list"))
    for month in range(2, 11):
        fill(month)
    assert queries(client, url("meeting_list")) == one
