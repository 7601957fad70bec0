"""What waits, what is unreported, what was decided before."""

from datetime import date
from decimal import Decimal

import pytest

from decisions.enums import Outcome
from decisions.models import Meeting
from decisions.operations import report_to_ks
from decisions.queries import (
    clashes,
    find_meeting,
    granted_in,
    near_codes,
    precedents,
    unreported_meetings,
    waiting_for_committee,
)
from engagements.enums import Kind
from engagements.models import Engagement
from tests.decisions.making import AFTER, a_meeting, a_point, a_reception, a_trip, approved, decided, referred
from tests.people import People


def titles(found: object) -> list[str]:
    return [row.title for row in found]  # type: ignore[attr-defined]


def test_what_is_on_an_agenda_no_longer_waits_and_a_tabled_matter_does(people: People) -> None:
    meeting = a_meeting(people)
    on_agenda, tabled = a_trip(people, "På dagordningen"), a_trip(people, "Bordlagd")
    referred(people, meeting, on_agenda)
    decided(people, referred(people, meeting, tabled), None, Outcome.TABLED)
    assert titles(waiting_for_committee(people.ib_secretary)) == ["Bordlagd"]


def test_drafts_secrets_and_other_peoples_matters_do_not_wait(people: People) -> None:
    secret = a_trip(people, "Hemlig")
    Engagement.objects.filter(pk=secret.pk).update(is_secret=True, secrecy_paragraph="15 kap. 1 § OSL")
    a_trip(people, "Öppen")
    assert titles(waiting_for_committee(people.ib_secretary)) == ["Öppen"]
    assert titles(waiting_for_committee(people.contact)) == []


def test_proposed_and_urgent_matters_come_first(people: People) -> None:
    a_trip(people, "Utan dag")
    a_trip(people, "Snart", respond_by=date(2026, 12, 1))
    last = a_trip(people, "Föreslagen")
    Engagement.objects.filter(pk=last.pk).update(state="proposed")
    assert titles(waiting_for_committee(people.ib_secretary)) == ["Föreslagen", "Snart", "Utan dag"]


def test_nothing_is_left_to_report_after_a_reported_meeting(people: People) -> None:
    point = a_point(people)
    first, second = a_meeting(people, date(2026, 11, 4)), a_meeting(people)
    for meeting in (first, second):
        decided(people, referred(people, meeting, a_trip(people, f"Resa {meeting.pk}")), point)
    decided(people, referred(people, second, a_trip(people, "Bordlagd")), None, Outcome.TABLED)
    assert [(meeting, meeting.unreported) for meeting in unreported_meetings(people.ib_secretary)] == [
        (first, 1),
        (second, 1),
    ]
    report_to_ks(meeting=approved(people, first), by=people.ib_secretary, at=AFTER, on=AFTER.date(), paragraph="9")
    assert list(unreported_meetings(people.ib_secretary)) == [second]


def test_history_is_not_left_to_report(people: People) -> None:
    meeting = a_meeting(people)
    decided(people, referred(people, meeting, a_trip(people)), a_point(people))
    Meeting.objects.filter(pk=meeting.pk).update(source="https://example.org/protokoll")
    assert not unreported_meetings(people.ib_secretary)


def test_precedents_are_earlier_the_same_partner_s_first(people: People) -> None:
    point = a_point(people)
    old, now = a_meeting(people, date(2026, 9, 9)), a_meeting(people)
    later = a_meeting(people, date(2026, 11, 19))
    for meeting, title, who in (
        (old, "Polis i Porto", "Polis"),
        (old, "Eurocities i Brno", "Eurocities"),
        (later, "Efteråt", "Eurocities"),
    ):
        decided(people, referred(people, meeting, a_trip(people, title, counterpart=who)), point)
    decided(people, referred(people, old, a_trip(people, "Bordlagd")), None, Outcome.TABLED)
    item = referred(people, now, a_trip(people))
    found = [decision.item.title for decision in precedents(people.ib_secretary, item)]
    assert found == ["Eurocities i Brno", "Polis i Porto"]


def test_a_member_s_precedents_are_those_the_member_may_read(people: People) -> None:
    old, now, point = a_meeting(people, date(2026, 9, 9)), a_meeting(people), a_point(people)
    earlier = referred(people, old, a_trip(people, "Eurocities i Brno"))
    decided(people, earlier, point)
    item = referred(people, now, a_trip(people))
    assert len(precedents(people.ib_member, item)) == 1
    Engagement.objects.filter(pk=earlier.engagement_id).update(is_secret=True, secrecy_paragraph="15 kap. 1 § OSL")
    assert len(precedents(people.ib_member, item)) == 0


def test_what_collides_is_asked_for_or_granted_in_the_same_days(people: People) -> None:
    june = {"starts_on": date(2027, 6, 9)}
    ours = a_reception(people, "Vår", **june)
    a_reception(people, "Samma kväll", **june)
    a_reception(people, "Dagen efter", starts_on=date(2027, 6, 10))
    a_reception(people, "Hela veckan", starts_on=date(2027, 6, 7), ends_on=date(2027, 6, 11))
    a_trip(people, "En resa", **june)
    assert titles(clashes(people.ib_secretary, ours)) == ["Hela veckan", "Samma kväll"]
    assert not clashes(people.ib_secretary, a_reception(people, "Utan dag"))


def test_what_is_granted_this_year_counts_only_what_was_granted(people: People) -> None:
    meeting, point = a_meeting(people), a_point(people)
    for title, outcome in (("Ja", Outcome.APPROVED), ("Delvis", Outcome.CHANGED), ("Nej", Outcome.DECLINED)):
        decided(people, referred(people, meeting, a_trip(people, title)), point, outcome, cost=Decimal(1000))
    assert granted_in(people.ib_secretary, meeting, Kind.TRIP) == Decimal(2000)
    assert granted_in(people.ib_secretary, meeting, Kind.RECEPTION) is None


@pytest.mark.parametrize("code", ["IB/2026/1", "ib/2026/1", " IB/2026/01 "])
def test_a_meeting_is_found_by_its_code(people: People, code: str) -> None:
    meeting = a_meeting(people)
    assert find_meeting(code) == meeting


@pytest.mark.parametrize("code", ["", "IB", "IB/2026", "IB/2026/2", "KS/2026/1", "IB/2026/x", "../../etc", "IB/٢٠٢٦/1"])
def test_other_codes_find_nothing(people: People, code: str) -> None:
    a_meeting(people)
    assert find_meeting(code) is None


def test_a_meeting_without_number_is_found_by_its_day(people: People) -> None:
    old = Meeting.objects.create(body=people.body("IB"), year=2012, held_on=date(2012, 5, 3), source="Protokoll")
    assert find_meeting(old.code) == old
    assert find_meeting("IB/2012/2012-13-40") is None


def test_a_mistyped_code_is_answered_with_those_like_it(people: People) -> None:
    a_meeting(people)
    a_meeting(people, date(2025, 3, 5))
    assert near_codes("IB/2026/11")[0] == "IB/2026/1"
    assert near_codes("något helt annat") == ["IB/2026/1", "IB/2025/1"]
