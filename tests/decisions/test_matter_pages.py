"""From an engagement: put before the committee, or decided in the own field."""

from datetime import date
from typing import Any

import pytest

from decisions.enums import Outcome
from decisions.models import AgendaItem, Decision
from engagements.enums import Kind, State
from engagements.models import Engagement
from engagements.operations import move
from tests.decisions.making import NOTICE, a_delegate, a_meeting, a_point, a_trip, referred
from tests.decisions.pages import SHUT_OUT, AsUser, make_secret, text_of, url
from tests.factories import a_draft, a_visit, an_engagement
from tests.people import People
from visits.operations import propose_visit


def a_proposed_visit(people: People) -> Engagement:
    visit = a_visit(people.contact, people.body("169"))
    return propose_visit(
        visit=visit, by=people.contact, at=NOTICE, proposal="decline", text="Vi hinner inte i vår."
    ).engagement


def refer_data(chosen: Any, **changes: str) -> dict[str, Any]:
    return {"meeting": chosen.pk, "section": "1", "title": "Eurocities", "proposal": "", "reasons": ""} | changes


# --- hänskjut


@pytest.mark.parametrize("place", ["coordinator", "protocol", "ib_secretary"])
def test_slk_refers_to_the_next_meeting(people: People, as_user: AsUser, place: str) -> None:
    a_meeting(people, date(2026, 1, 14))
    coming, trip = a_meeting(people, date(2031, 5, 6)), a_trip(people)
    client = as_user(getattr(people, place))
    page = client.get(url("engagement_refer", trip.key))
    assert page.context["form"].initial["meeting"] == coming
    assert "Finansborgarrådet beslutar" in text_of(page)
    assert client.post(url("engagement_refer", trip.key), refer_data(coming)).status_code == 302
    assert AgendaItem.objects.get().referred_by == getattr(people, place)


@pytest.mark.parametrize("place", SHUT_OUT)
def test_others_refer_nothing(people: People, as_user: AsUser, place: str) -> None:
    meeting, visit = a_meeting(people), a_visit(people.contact, people.body("169"))
    answer = as_user(getattr(people, place)).post(url("engagement_refer", visit.engagement.key), refer_data(meeting))
    expected = 403 if place in {"contact", "head", "board_secretary", "controller"} else 404
    assert answer.status_code == expected
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"meeting": ""}, "Välj"),
        ({"meeting": "999"}, "Välj"),
        ({"section": "9"}, "Välj"),
        ({"title": " "}, "Fältet är tomt"),
        ({"title": "x" * 10_000}, "Korta den till högst 300"),
        ({"proposal": "a\x00"}, "inte går att spara"),
    ],
)
def test_a_referral_that_lacks_something_says_what(
    people: People, as_user: AsUser, changes: dict[str, str], says: str
) -> None:
    meeting, trip = a_meeting(people), a_trip(people)
    answer = as_user(people.coordinator).post(url("engagement_refer", trip.key), refer_data(meeting, **changes))
    assert answer.status_code == 422
    assert says in text_of(answer)


def test_what_already_waits_is_not_referred_again(people: People, as_user: AsUser) -> None:
    meeting, trip = a_meeting(people), a_trip(people)
    referred(people, meeting, trip)
    answer = as_user(people.coordinator).post(url("engagement_refer", trip.key), refer_data(meeting))
    assert answer.status_code == 422
    assert "står redan på dagordningen för IB nr 1/2026, punkt 1.1" in text_of(answer)


def test_without_a_meeting_the_page_says_how_to_come_on(people: People, as_user: AsUser) -> None:
    trip = a_trip(people)
    assert "Skapa ett möte" in text_of(as_user(people.ib_secretary).get(url("engagement_refer", trip.key)))
    assert "Be beredningens sekreterare" in text_of(as_user(people.coordinator).get(url("engagement_refer", trip.key)))


def test_a_secret_matter_and_a_draft_have_no_such_page(people: People, as_user: AsUser) -> None:
    trip, client = a_trip(people), as_user(people.coordinator)
    make_secret(trip)
    draft = a_draft(people.coordinator, people.body("110"), "trip")
    assert client.get(url("engagement_refer", trip.key)).status_code == 404
    assert client.get(f"/arenden/{draft.pk}/hanskjut/").status_code == 404


# --- besluta


def test_the_head_sees_what_is_written_and_who_reads_it(people: People, as_user: AsUser) -> None:
    engagement = a_proposed_visit(people)
    answer = as_user(people.head).get(url("engagement_decide", engagement.key))
    page = text_of(answer)
    for words in (
        "Vi hinner inte i vår.", "Förvaltningschefen", "”Besöket avböjs.” och ditt skäl", "Miljöförvaltningen",
        "Stadsledningskontorets samordnare",
    ):  # fmt: skip
        assert words in page
    assert answer.context["form"].initial["outcome"] == "decline"


def test_the_head_decides_and_everybody_concerned_sees_it(people: People, as_user: AsUser) -> None:
    engagement = a_proposed_visit(people)
    data = {"outcome": "decline", "note": "Fullt hela våren.", "version": engagement.version}
    answer = as_user(people.head).post(url("engagement_decide", engagement.key), data, follow=True)
    assert "Beslutet är fattat: Besöket avböjs." in text_of(answer)
    assert Decision.objects.get().outcome == Outcome.DECLINED
    seen = text_of(as_user(people.contact).get(engagement.get_absolute_url()))
    assert "Fullt hela våren." in seen


def test_no_without_a_reason_is_no_answer(people: People, as_user: AsUser) -> None:
    engagement = a_proposed_visit(people)
    client = as_user(people.head)
    for outcome, says in (("decline", "Skriv varför"), ("send_back", "Skriv vad som behöver"), ("", "Välj")):
        data = {"outcome": outcome, "note": " ", "version": engagement.version}
        answer = client.post(url("engagement_decide", engagement.key), data)
        assert answer.status_code == 422
        assert says in text_of(answer)


def test_a_head_without_a_point_is_offered_what_she_may_do_and_told_who_writes_it_in(
    people: People, as_user: AsUser
) -> None:
    told = {"kind": Kind.EU_INFLUENCE, "instrument": "position", "scope": "own_field"}
    engagement = an_engagement(people.contact, people.body("169"), at=NOTICE, **told)
    move(engagement, "propose", by=people.contact, at=NOTICE)
    address = url("engagement_decide", engagement.key)
    form = as_user(people.head).get(address).context["form"]
    assert [value for value, _label in form.fields["outcome"].choices] == ["send_back"]
    assert "för dess sekreterare in" in str(form.fields["point"].help_text)
    a_point(people, "MHN 7", body="MHN")
    form = as_user(people.head).get(address).context["form"]
    assert [value for value, _label in form.fields["outcome"].choices] == ["accept", "decline", "send_back"]


def test_the_head_asks_for_more(people: People, as_user: AsUser) -> None:
    engagement = a_proposed_visit(people)
    data = {"outcome": "send_back", "note": "Hur många är de?", "version": engagement.version}
    as_user(people.head).post(url("engagement_decide", engagement.key), data)
    engagement.refresh_from_db()
    assert engagement.state == State.ASSESSED
    assert not Decision.objects.exists()


@pytest.mark.parametrize("place", ["contact", "coordinator", "ib_secretary", "controller", "auditor"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_only_prepares_or_reads_gets_no_such_page(people: People, as_user: AsUser, place: str, method: str) -> None:
    engagement = a_proposed_visit(people)
    client = as_user(getattr(people, place))
    answer = getattr(client, method)(url("engagement_decide", engagement.key), {"outcome": "accept", "version": "1"})
    assert answer.status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize("place", ["outsider", "ib_member", "registrar", "stranger"])
def test_who_cannot_see_it_finds_nothing(people: People, as_user: AsUser, place: str) -> None:
    engagement = a_proposed_visit(people)
    assert as_user(getattr(people, place)).get(url("engagement_decide", engagement.key)).status_code == 404


def test_what_is_not_proposed_cannot_be_decided(people: People, as_user: AsUser) -> None:
    visit = a_visit(people.contact, people.body("169"))
    client = as_user(people.head)
    address = url("engagement_decide", visit.engagement.key)
    assert client.get(address).status_code == 403
    answer = client.post(address, {"outcome": "accept", "version": visit.engagement.version})
    assert answer.status_code == 422
    assert "Någon annan kan ha hunnit före" in text_of(answer)


def test_a_decision_on_an_older_text_is_told(people: People, as_user: AsUser) -> None:
    engagement = a_proposed_visit(people)
    data = {"outcome": "accept", "note": "", "version": engagement.version - 1}
    answer = as_user(people.head).post(url("engagement_decide", engagement.key), data)
    assert answer.status_code == 409
    assert not Decision.objects.exists()


def test_a_delegate_chooses_a_point_and_a_head_need_not(people: People, as_user: AsUser) -> None:
    engagement, delegate = a_proposed_visit(people), a_delegate(people)
    own = a_point(people, "MHN 3", body="MHN")
    a_point(people, "TN 1", body="TN")
    client = as_user(delegate)
    address = url("engagement_decide", engagement.key)
    assert list(client.get(address).context["form"].fields["point"].queryset) == [own]
    data = {"outcome": "accept", "note": "", "version": engagement.version}
    assert "Ange delegationspunkten" in text_of(client.post(address, data))
    assert client.post(address, data | {"point": own.pk}).status_code == 302
    assert Decision.objects.get().point == own


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40])
def test_a_wrong_version_decides_nothing(people: People, as_user: AsUser, version: str) -> None:
    engagement = a_proposed_visit(people)
    data = {"outcome": "accept", "note": "", "version": version}
    assert as_user(people.head).post(url("engagement_decide", engagement.key), data).status_code in {409, 422}
    assert not Decision.objects.exists()
