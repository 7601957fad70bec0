"""A reception in Stadshuset (M19): from the application to who came and who attests."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from engagements.enums import Kind, State
from engagements.guard import findings
from engagements.models import Engagement
from engagements.operations import propose_engagement
from engagements.rules import Incomplete, WrongState
from tests.factories import AT, TODAY, an_engagement
from tests.people import People
from visits.models import Reception
from visits.operations import complete_reception

NEW = "/besok/nytt/?slag=mottagning"
HOSTILE = ["\x00", "\u200b", "x" * 10_000, "<script>alert(1)</script>", "2026-13-40", "-1", "9" * 40]


def application(**changes: Any) -> dict[str, Any]:
    return {
        "counterpart": "European Society of Cardiology",
        "country": "FR",
        "starts_on": "2027-05-11",
        "slot": "kl. 18–20",
        "guests": "420",
        "share_abroad": "80",
        "congress_from": "2027-05-10",
        "congress_to": "2027-05-13",
        "congress_venue": "Stockholmsmässan",
        "congress_in_city": "True",
        "guests_stay_in_city": "True",
        "summary": "Välkomna Europas kardiologer.",
        "why_the_city": "Kongressen är den största i sitt ämne.",
        "region_co_hosts": "True",
        "main_direction": "profilering",
        "motive": "Staden syns för forskarna.",
        "body": "110",
        "submission": str(uuid4()),
    } | changes


def a_reception(people: People, **fields: Any) -> Engagement:
    filled = {"counterpart": "Limnologiska sällskapet", "starts_on": date(2027, 5, 11)} | fields
    engagement = an_engagement(people.protocol, people.body("110"), Kind.RECEPTION, **filled)
    Reception.objects.create(engagement=engagement, slot="kl. 19–21")
    return engagement


def test_the_protocol_officer_registers_what_was_applied_for(people: People, as_user: Any) -> None:
    client = as_user(people.protocol)
    assert "Registrera mottagning" in client.get(NEW).content.decode()
    answer = client.post(NEW, application(), follow=True)
    engagement = Engagement.objects.get()
    assert "Mottagningen är registrerad som INT-2026-00001." in answer.content.decode()
    assert (engagement.kind, engagement.title, engagement.instrument, engagement.happens) == (
        "reception", "Mottagning för European Society of Cardiology", "reception", "2027-05-11",
    )  # fmt: skip
    told = engagement.reception
    assert (told.guests, told.share_abroad, told.region_co_hosts, told.congress_to) == (
        420,
        80,
        True,
        date(2027, 5, 13),
    )
    page = answer.content.decode()
    for words in ("kl. 18–20", "80\xa0%", "Stockholmsmässan", "Föreslå beslut"):
        assert words in page
    assert "Bedöm besöket" not in page


def test_the_checks_read_the_application(people: People, as_user: Any) -> None:
    as_user(people.protocol).post(NEW, application(share_abroad="40"))
    answers = {one.id: one.result for one in findings(Engagement.objects.get(), on=TODAY) if one.id.startswith("R")}
    assert (answers["R1"], answers["R2"], answers["R3"]) == ("fail", "pass", "pass")


def test_a_row_that_no_form_would_take_fails_for_its_size(people: People) -> None:
    """What another system or history left may hold what the form refuses."""
    made = a_reception(people)
    Reception.objects.filter(pk=made.pk).update(guests=0)
    found = {one.id: one.result for one in findings(Engagement.objects.get(pk=made.pk), on=TODAY)}
    assert found["R3"] == "fail"


def test_a_draft_is_kept_by_itself_and_opened_again(people: People, as_user: Any) -> None:
    client = as_user(people.protocol)
    data = application(starts_on="", guests="")
    assert "Sparat" in client.post(f"{NEW}&auto=1", data).content.decode()
    draft = Engagement.objects.get()
    assert (draft.state, draft.kind) == (State.DRAFT, Kind.RECEPTION)
    page = client.get(reverse("visit_draft", args=[draft.pk]))
    assert page.context["form"]["why_the_city"].value() == "Kongressen är den största i sitt ämne."
    client.post(reverse("visit_draft", args=[draft.pk]), data | {"guests": "200"})
    draft.refresh_from_db()
    assert (draft.key, draft.reception.guests) == ("INT-2026-00001", 200)


def test_the_same_form_twice_is_one_reception(people: People, as_user: Any) -> None:
    client, data = as_user(people.protocol), application()
    client.post(NEW, data)
    client.post(NEW, data)
    assert Engagement.objects.count() == Reception.objects.count() == 1


def test_it_is_edited_until_it_is_proposed(people: People, as_user: Any) -> None:
    client, engagement = as_user(people.protocol), a_reception(people)
    address = reverse("visit_edit", args=[engagement.key])
    data = application(version=str(engagement.version), reason="De blev fler", guests="500")
    assert client.post(address, data).status_code == 302
    engagement.reception.refresh_from_db()
    assert engagement.reception.guests == 500
    assert client.post(address, data).status_code == 409
    Engagement.objects.filter(pk=engagement.pk).update(state=State.PROPOSED)
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"counterpart": ""}, "Vem söker?"),
        ({"share_abroad": "101"}, "100"),
        ({"guests": "0"}, "1"),
        ({"congress_to": "2027-05-01"}, "före första dagen"),
        ({"starts_on": "i maj"}, "2026"),
    ],
)
def test_what_cannot_be_is_told_and_kept(people: People, as_user: Any, changes: dict[str, str], says: str) -> None:
    answer = as_user(people.protocol).post(NEW, application(**changes))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Stockholmsmässan" in answer.content.decode()


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("name", ["counterpart", "slot", "guests", "share_abroad", "congress_from", "region_co_hosts"])
def test_bad_input_is_answered(people: People, as_user: Any, name: str, typed: str) -> None:
    assert as_user(people.protocol).post(NEW, application(**{name: typed})).status_code in (302, 422)


@pytest.mark.parametrize("state", State)
def test_it_is_proposed_and_followed_up_from_the_right_states(people: People, state: State) -> None:
    engagement = a_reception(people)
    key = None if state == State.DRAFT else engagement.key
    Engagement.objects.filter(pk=engagement.pk).update(state=state, key=key)
    who = {"engagement": engagement, "by": people.protocol, "at": AT}
    attest = {"participants": "400 forskare", "attested_by": "Eva Ek", "attester_attended": False}
    steps = (
        (lambda: propose_engagement(text="Bevilja mottagningen.", **who), {State.REGISTERED, State.ASSESSED}),
        (lambda: complete_reception(**attest, **who), {State.APPROVED}),
    )
    for step, allowed in steps:
        Engagement.objects.filter(pk=engagement.pk).update(state=state)
        if state in allowed:
            step()
        else:
            with pytest.raises(WrongState):
                step()


def test_a_proposal_says_what_is_proposed(people: People, as_user: Any) -> None:
    engagement = a_reception(people)
    with pytest.raises(Incomplete):
        propose_engagement(engagement=engagement, text=" ", by=people.protocol, at=AT)
    client = as_user(people.protocol)
    address = reverse("reception_propose", args=[engagement.key])
    assert client.post(address, {"text": ""}).status_code == 422
    answer = client.post(address, {"text": "Bevilja mottagningen."}, follow=True)
    assert "Hänskjut till beredningen" in answer.content.decode()
    engagement.refresh_from_db()
    assert (engagement.state, engagement.proposal_text) == (State.PROPOSED, "Bevilja mottagningen.")


def test_who_came_and_who_attests_is_told_afterwards(people: People, as_user: Any) -> None:
    engagement = a_reception(people)
    Engagement.objects.filter(pk=engagement.pk).update(state=State.APPROVED)
    data = {"participants": "400 forskare", "attested_by": "Eva Ek", "attester_attended": "False"}
    client = as_user(people.protocol)
    address = reverse("reception_complete", args=[engagement.key])
    assert client.post(address, data | {"attester_attended": ""}).status_code == 422
    answer = client.post(address, data, follow=True)
    assert "Eva Ek, som inte var med" in answer.content.decode()
    assert Engagement.objects.get(pk=engagement.pk).state == State.COMPLETED


def test_another_reception_the_same_evening_is_shown(people: People, as_user: Any) -> None:
    first, second = a_reception(people), a_reception(people, title="Mottagning för orienterare")
    a_reception(people, title="En annan kväll", starts_on=date(2027, 5, 12))
    page = as_user(people.protocol).get(first.get_absolute_url()).content.decode()
    assert second.get_absolute_url() in page
    assert "En annan kväll" not in page
