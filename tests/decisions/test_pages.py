"""The committee's pages: who comes in, and a meeting from notice to report."""

from datetime import date

import pytest

from decisions.enums import MeetingState, Section
from decisions.models import AgendaItem, Decision, Meeting, Paper
from decisions.operations import add_item, mark_held
from engagements.enums import State
from engagements.models import Engagement
from tests.decisions.making import (
    AFTER,
    NOTICE,
    a_meeting,
    a_point,
    a_trip,
    decided,
    referred,
)
from tests.decisions.pages import (
    HOSTILE,
    READERS,
    SHUT_OUT,
    AsUser,
    a_full_meeting,
    decision_data,
    make_secret,
    text_of,
    url,
)
from tests.people import People


@pytest.mark.parametrize("place", READERS)
def test_the_committee_and_slk_read_the_meetings(people: People, as_user: AsUser, place: str) -> None:
    meeting, _items = a_full_meeting(people)
    client = as_user(getattr(people, place))
    assert "IB nr 1/2026" in text_of(client.get(url("meeting_list")))
    page = text_of(client.get(url("meeting_detail", meeting.pk)))
    assert "Internationella beredningen nr 1/2026" in page
    assert "Eurocities i Brno" in page
    assert ("Spara" in page or "Besluta" in page) == (place == "ib_secretary")


@pytest.mark.parametrize("place", SHUT_OUT)
def test_nobody_else_comes_in(people: People, as_user: AsUser, place: str) -> None:
    meeting, _items = a_full_meeting(people)
    client = as_user(getattr(people, place))
    for address in (url("meeting_list"), url("meeting_detail", meeting.pk)):
        assert client.get(address).status_code == 403
    for name in ("meeting_print_agenda", "meeting_print_decisions"):
        assert client.post(url(name, meeting.pk)).status_code == 403
    assert not Paper.objects.exists()
    assert url("meeting_list") not in client.get("/konto/").content.decode()


@pytest.mark.parametrize("place", [*READERS[1:], *SHUT_OUT])
def test_only_the_secretary_runs_a_meeting(people: People, as_user: AsUser, place: str) -> None:
    meeting, items = a_full_meeting(people)
    point, client = a_point(people), as_user(getattr(people, place))
    pages = [url("meeting_new"), url("meeting_edit", meeting.pk), url("meeting_item_new", meeting.pk)]
    pages += [url("meeting_report", meeting.pk), url("item_edit", items[0].pk), url("item_withdraw", items[0].pk)]
    for address in pages:
        assert client.get(address).status_code == 403
    changes = [
        (url("meeting_hold", meeting.pk), {}),
        (url("item_move", items[0].pk), {"ned": "1", "version": meeting.version}),
        (url("item_decide", items[0].pk), decision_data(point)),
        (url("item_undo", items[0].pk), {"reason": "Fel"}),
    ]
    for address, data in [*((address, {}) for address in pages), *changes]:
        assert client.post(address, data).status_code == 403
    assert not Decision.objects.exists()


def test_a_member_reads_what_was_referred_and_nothing_else(people: People, as_user: AsUser) -> None:
    meeting, items = a_full_meeting(people)
    other = a_trip(people, "En resa som inte är hänskjuten")
    client = as_user(people.ib_member)
    assert client.get(url("meeting_detail", meeting.pk) + f"?punkt={items[1].pk}").context["item"] == items[1]
    seen = Engagement.objects.visible_to(people.ib_member)
    assert set(seen) == {item.engagement for item in items}
    assert "inte är hänskjuten" not in text_of(client.get(url("meeting_list")))
    assert other.key not in text_of(client.get(url("meeting_detail", meeting.pk)))
    for place in ("engagement_refer", "engagement_decide"):
        assert client.get(url(place, other.key)).status_code == 404
        assert client.get(url(place, items[0].engagement.key)).status_code == 403


@pytest.mark.parametrize("place", READERS)
def test_what_became_secret_is_as_if_not_there(people: People, as_user: AsUser, place: str) -> None:
    meeting, items = a_full_meeting(people)
    decided(people, items[0], a_point(people), text="Hemlig text om resan.")
    make_secret(items[0].engagement)
    client = as_user(getattr(people, place))
    page = text_of(client.get(url("meeting_detail", meeting.pk) + f"?punkt={items[0].pk}"))
    for word in ("Brno", "Hemlig text", items[0].engagement.key):
        assert word not in page
    assert "2 punkter" in page
    assert "2 punkter" in text_of(client.get(url("meeting_list")))
    if place == "ib_secretary":
        assert client.get(url("item_edit", items[0].pk)).status_code == 404
        assert client.post(url("item_undo", items[0].pk), {"reason": "Fel"}).status_code == 404


def test_the_list_shows_a_year_at_a_time(people: People, as_user: AsUser) -> None:
    a_meeting(people)
    a_meeting(people, date(2025, 3, 5))
    client = as_user(people.ib_secretary)
    assert [row.year for row in client.get(url("meeting_list")).context["rows"]] == [2026]
    assert [row.year for row in client.get(url("meeting_list") + "?ar=2025").context["rows"]] == [2025]


@pytest.mark.parametrize("year", ["0", "-1", "1999", "x", "٢٠٢٦", "9" * 30, "\x00"])
def test_a_year_without_meetings_shows_the_latest(people: People, as_user: AsUser, year: str) -> None:
    a_meeting(people)
    answer = as_user(people.ib_secretary).get(url("meeting_list"), {"ar": year})
    assert [row.year for row in answer.context["rows"]] == [2026]


def test_the_secretary_sees_what_waits(people: People, as_user: AsUser) -> None:
    meeting = a_meeting(people)
    decided(people, referred(people, meeting, a_trip(people, "Redan beslutad")), a_point(people))
    a_trip(people, "Väntar på beredningen")
    page = as_user(people.ib_secretary).get(url("meeting_list"))
    assert [matter.title for matter in page.context["waiting"]] == ["Väntar på beredningen"]
    assert [(found.code, found.unreported) for found in page.context["unreported"]] == [("IB/2026/1", 1)]
    member = as_user(people.ib_member).get(url("meeting_list"))
    assert (member.context["waiting"], member.context["unreported"]) == ([], [])


def test_an_empty_list_says_what_would_be_there(people: People, as_user: AsUser) -> None:
    assert "Inga möten ännu" in text_of(as_user(people.ib_secretary).get(url("meeting_list")))


def test_the_secretary_walks_from_notice_to_report(people: People, as_user: AsUser) -> None:
    client, point = as_user(people.ib_secretary), a_point(people)
    answer = client.post(url("meeting_new"), {"body": "IB", "held_on": "2026-11-18", "starts_at": "13:00"})
    meeting = Meeting.objects.get()
    assert answer["Location"] == url("meeting_detail", meeting.pk)
    trip = a_trip(people)
    refer = {
        "meeting": meeting.pk,
        "section": "1",
        "title": trip.title,
        "proposal": "Godkänna resan.",
        "reasons": "Nytta.",
    }
    answer = client.post(url("engagement_refer", trip.key), refer, follow=True)
    assert "IB nr 1/2026, punkt 1.1" in text_of(answer)
    item = AgendaItem.objects.get()
    page = client.get(url("meeting_detail", meeting.pk))
    assert page.context["form"].initial["text"] == "Godkänna resan."
    answer = client.post(url("item_decide", item.pk), decision_data(point), follow=True)
    assert "Punkt 1.1 är klar: Bifall." in text_of(answer)
    client.post(url("meeting_hold", meeting.pk))
    justified = {"on": "2026-11-20", "approvers": [people.commissioner.pk]}
    answer = client.post(url("meeting_approve", meeting.pk), justified, follow=True)
    assert "Beslutslistan är justerad." in text_of(answer)
    answer = client.post(url("meeting_report", meeting.pk), {"on": "2026-11-20", "paragraph": "14"}, follow=True)
    assert "Besluten är anmälda" in text_of(answer)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.reported_paragraph) == (MeetingState.REPORTED, "14")
    trip.refresh_from_db()
    assert (trip.state, trip.decided_by) == (State.APPROVED, people.commissioner)


def test_the_order_is_changed_by_buttons(people: People, as_user: AsUser) -> None:
    meeting, items = a_full_meeting(people)
    client = as_user(people.ib_secretary)
    page = client.get(url("meeting_detail", meeting.pk) + "?ordna=1").content.decode()
    assert f'name="version" value="{meeting.version}"' in page
    answer = client.post(url("item_move", items[1].pk), {"upp": "1", "version": meeting.version}, follow=True)
    assert [item.title for item in meeting.items.all()][:2] == ["Polis i Porto", "Eurocities i Brno"]
    late = client.post(url("item_move", items[1].pk), {"ned": "1", "version": meeting.version}, follow=True)
    assert "Någon annan har ändrat mötet" in text_of(late)
    assert answer.redirect_chain[-1][0].endswith("?ordna=1")


@pytest.mark.parametrize("version", HOSTILE)
def test_a_wrong_version_moves_nothing(people: People, as_user: AsUser, version: str) -> None:
    meeting, items = a_full_meeting(people)
    as_user(people.ib_secretary).post(url("item_move", items[1].pk), {"upp": "1", "version": version})
    assert Meeting.objects.get(pk=meeting.pk).version == meeting.version


def test_a_point_is_added_edited_and_taken_away(people: People, as_user: AsUser) -> None:
    meeting, client = a_meeting(people), as_user(people.ib_secretary)
    client.post(url("meeting_item_new", meeting.pk), {"section": "1", "title": "Minnesanteckningar"})
    item = AgendaItem.objects.get()
    meeting.refresh_from_db()
    edit = {"section": "3", "title": "Förra mötet", "proposal": "", "reasons": "", "version": meeting.version}
    client.post(url("item_edit", item.pk), edit)
    item.refresh_from_db()
    assert (item.title, item.point) == ("Förra mötet", "3.1")
    stale = client.post(url("item_edit", item.pk), edit | {"title": "En tredje"})
    assert stale.status_code == 409
    assert "Förra mötet" in text_of(stale)
    assert client.post(url("item_withdraw", item.pk), {"reason": ""}).status_code == 422
    client.post(url("item_withdraw", item.pk), {"reason": "Behövs inte"})
    assert not AgendaItem.objects.exists()


def test_a_meeting_is_edited_and_the_second_editor_sees_both(people: People, as_user: AsUser) -> None:
    meeting, client = a_meeting(people), as_user(people.ib_secretary)
    data = {"held_on": "2026-11-18", "place": "Stadshuset", "version": "1"}
    assert client.post(url("meeting_edit", meeting.pk), data).status_code == 302
    answer = client.post(url("meeting_edit", meeting.pk), data | {"place": "Digitalt"})
    assert answer.status_code == 409
    assert "Stadshuset" in text_of(answer)
    assert 'value="2"' in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"held_on": ""}, "Datumet saknas"),
        ({"held_on": "0000-01-01"}, "Året"),
        ({"held_on": "2026-02-30"}, "finns inte i kalendern"),
        ({"held_on": "2026-12-02", "starts_at": "25:00"}, "timme och minut"),
        ({"held_on": "2026-12-02", "starts_at": "14:00", "ends_at": "13:00"}, "slutar innan"),
        ({"held_on": "2026-11-18"}, "redan ett möte"),
        ({"held_on": "2026-12-02", "place": "x" * 10_000}, "Korta den"),
        ({"held_on": "2026-12-02", "body": "MHN"}, "Välj ett av alternativen"),
        ({"held_on": "2026-12-02", "present": "\x00"}, "inte går att spara"),
    ],
)
def test_a_meeting_that_cannot_be_says_why(people: People, as_user: AsUser, data: dict[str, str], says: str) -> None:
    a_meeting(people)
    answer = as_user(people.ib_secretary).post(url("meeting_new"), {"body": "IB"} | data)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert Meeting.objects.count() == 1


def test_the_report_page_says_what_stands_in_the_way(people: People, as_user: AsUser) -> None:
    meeting, _items = a_full_meeting(people)
    client = as_user(people.ib_secretary)
    data = {"on": "2026-11-20", "paragraph": "14"}
    assert "Markera först" in text_of(client.post(url("meeting_report", meeting.pk), data))
    mark_held(meeting=meeting, by=people.ib_secretary, at=AFTER)
    assert "Justera först" in text_of(client.post(url("meeting_report", meeting.pk), data))
    answer = client.post(
        url("meeting_approve", meeting.pk), {"on": "2026-11-20", "approvers": [people.commissioner.pk]}
    )
    assert answer.status_code == 422
    assert "1.1, 1.2, 2.1" in text_of(answer)


@pytest.mark.parametrize("chosen", HOSTILE)
def test_any_point_in_the_address_shows_the_first_open(people: People, as_user: AsUser, chosen: str) -> None:
    meeting, items = a_full_meeting(people)
    answer = as_user(people.ib_member).get(url("meeting_detail", meeting.pk), {"punkt": chosen})
    assert answer.context["item"] == items[0]


def test_a_person_s_own_words_are_shown_as_words(people: People, as_user: AsUser) -> None:
    meeting = a_meeting(people)
    add_item(
        meeting=meeting, section=Section.INTERNATIONAL, title="<b>Fet</b> & ”fin”", proposal="<script>x</script>",
        by=people.ib_secretary, at=NOTICE,
    )  # fmt: skip
    page = as_user(people.ib_member).get(url("meeting_detail", meeting.pk)).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<b>Fet" not in page
