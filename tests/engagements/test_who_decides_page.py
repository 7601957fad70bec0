"""The page Vem beslutar?, asked through the address, and the panel and judgements of one engagement."""

from datetime import date

import pytest
from django.test import Client

from engagements.choosing import choose_way
from engagements.enums import Kind, State
from engagements.models import Engagement, EngagementGroupGrant, Judgement
from memberships.models import Membership
from tests.factories import AT, a_visit, an_engagement
from tests.people import People
from tests.queries import queries_of

PAGE = "/vem-beslutar/"


def told(client: Client, query: str = "", **headers: str) -> str:
    return client.get(f"{PAGE}?{query}", headers=headers).content.decode()


@pytest.fixture
def anyone(people: People, client: Client) -> Client:
    client.force_login(people.stranger)
    return client


def test_it_begins_with_what_it_is_and_bears_on(anyone: Client) -> None:
    page = told(anyone)
    assert "Vad rör det?" in page
    assert "Medlemskap i en organisation" in page
    assert "beslutar.</p>" not in page


def test_it_asks_one_thing_at_a_time_and_then_answers(anyone: Client) -> None:
    page = told(anyone, "instrument=trip")
    assert "för kommunstyrelsens räkning?" in page
    assert "Är det utomlands?" not in page
    page = told(anyone, "instrument=trip&on_behalf_of_ks=yes")
    assert "Är det utomlands?" in page
    page = told(anyone, "instrument=trip&on_behalf_of_ks=yes&abroad=yes")
    assert "<strong>Finansborgarrådet</strong> beslutar." in page
    assert "Internationella beredningen" in page
    assert "avsnitt 5 (utgåva 2016)" in page


def test_our_reading_is_marked(anyone: Client) -> None:
    assert "Vår läsning." in told(anyone, "instrument=reception")
    assert "Vår läsning." not in told(anyone, "instrument=organisation&scope=city_wide")


def test_kommunstyrelsen_coordinates_a_significant_visit(anyone: Client) -> None:
    page = told(anyone, "instrument=visit&scope=several")
    assert "Samordnas av <strong>kommunstyrelsen</strong>" in page
    assert "<strong>Det egna organet</strong> beslutar." in page


def test_what_the_strategy_leaves_open_is_chosen(anyone: Client) -> None:
    query = "instrument=initiative&scope=city_wide&burden=none"
    assert "passar två rader" in told(anyone, query)
    page = told(anyone, f"{query}&judged=M7")
    assert "<strong>Finansborgarrådet</strong> beslutar." in page
    assert "passar två rader" in page  # so that the choice can be changed


def test_a_review_and_an_exit_are_asked_for_where_they_can_be(anyone: Client) -> None:
    assert "Omprövning" in told(anyone, "instrument=network&scope=own_field")
    assert "M22" in told(anyone, "instrument=network&scope=own_field&step=review")
    assert "Är det nytt?" not in told(anyone, "instrument=reception")


@pytest.mark.parametrize(
    "query", ["instrument=rymd", "scope=xyz&instrument=network", "step=%00", "judged=x", "abroad="]
)
def test_an_address_that_says_nothing_known_asks_on(anyone: Client, query: str) -> None:
    assert anyone.get(f"{PAGE}?{query}").status_code == 200


def test_htmx_gets_the_part_that_changes(anyone: Client) -> None:
    part = told(anyone, "instrument=network", **{"HX-Request": "true"})
    assert part.strip().startswith('<div class="cols" id="vag"')
    assert "<html" not in part


def test_it_reads_in_english_too(anyone: Client) -> None:
    anyone.cookies.load({"django_language": "en"})
    assert "The city council" in told(anyone, "instrument=organisation&scope=city_wide")


# --- on an engagement


def a_membership(people: People, **fields: object) -> Engagement:
    filled = {"counterpart": "Eurocities", "instrument": "organisation"} | fields
    engagement = an_engagement(people.contact, people.body("169"), Kind.MEMBERSHIP, **filled)
    Membership.objects.create(engagement=engagement, form=filled["instrument"], entered_on=date(2021, 1, 1))
    return engagement


def test_the_panel_says_who_decides_and_what_is_asked(people: People, client: Client) -> None:
    client.force_login(people.contact)
    page = client.get(a_membership(people).get_absolute_url()).content.decode()
    assert "Det beror på svaren. Möjliga: " in page
    assert "bedom-vag/?fraga=scope" in page
    page = client.get(a_membership(people, scope="own_field").get_absolute_url()).content.decode()
    assert "<strong>Det egna organet</strong> (Miljöförvaltningen) beslutar." in page


def test_who_only_reads_sees_the_question_and_no_link(people: People, client: Client) -> None:
    client.force_login(people.auditor)
    page = client.get(a_membership(people).get_absolute_url()).content.decode()
    assert "Vad rör det?" in page
    assert "bedom-vag" not in page


def test_a_judgement_is_kept_with_name_and_reason_and_changes_the_way(people: People, client: Client) -> None:
    client.force_login(people.contact)
    engagement = a_membership(people)
    address = f"/arenden/{engagement.key}/bedom-vag/"
    sent = client.post(address, {"question": "scope", "answer": "city_wide", "reason": "Alla nämnder använder det."})
    assert sent.status_code == 302
    engagement.refresh_from_db()
    row = Judgement.objects.get()
    assert (engagement.scope, row.subject, row.answer, row.by) == ("city_wide", "scope", "city_wide", people.contact)
    page = client.get(engagement.get_absolute_url()).content.decode()
    assert "<strong>Kommunfullmäktige</strong> beslutar." in page
    assert "Alla nämnder använder det." in page
    assert engagement.history.first().history_change_reason.startswith("Vad rör det? Hela staden")


def test_a_judgement_takes_a_reason_and_an_answer_and_keeps_what_was_typed(people: People, client: Client) -> None:
    client.force_login(people.contact)
    engagement = a_membership(people)
    address = f"/arenden/{engagement.key}/bedom-vag/"
    for sent in (
        {"answer": "city_wide", "reason": " "},
        {"answer": "", "reason": "Därför."},
        {"answer": "x", "reason": "Ja."},
    ):
        answer = client.post(address, {"question": "scope", **sent})
        assert answer.status_code == 422
        assert sent["reason"].strip() in answer.content.decode()
    assert not Judgement.objects.exists()


def test_organisation_or_network_can_be_judged_anew(people: People, client: Client) -> None:
    client.force_login(people.contact)
    engagement = a_membership(people, scope="city_wide")
    client.post(
        f"/arenden/{engagement.key}/bedom-vag/",
        {"question": "instrument", "answer": "network", "reason": "Inga stadgar och ingen stämma."},
    )
    engagement = Engagement.objects.get(pk=engagement.pk)
    assert (engagement.instrument, engagement.membership.form) == ("network", "network")
    page = client.get(engagement.get_absolute_url()).content.decode()
    assert "<strong>Kommunstyrelsen</strong> beslutar." in page


def test_what_was_judged_falls_when_the_field_says_otherwise(people: People, client: Client) -> None:
    client.force_login(people.contact)
    engagement = a_membership(people)
    client.post(
        f"/arenden/{engagement.key}/bedom-vag/", {"question": "scope", "answer": "city_wide", "reason": "Hela staden."}
    )
    Engagement.objects.filter(pk=engagement.pk).update(scope="own_field")
    assert "Hela staden." not in client.get(engagement.get_absolute_url()).content.decode().split("Historik")[0]


def test_a_decided_matter_is_not_judged(people: People, client: Client) -> None:
    client.force_login(people.contact)
    engagement = a_membership(people)
    Engagement.objects.filter(pk=engagement.pk).update(state=State.APPROVED, locked_at=AT)
    sent = {"question": "scope", "answer": "city_wide", "reason": "Sent."}
    client.post(f"/arenden/{engagement.key}/bedom-vag/", sent)
    assert not Judgement.objects.exists()


def test_a_significant_visit_is_handed_to_coordination_once(people: People, client: Client) -> None:
    client.force_login(people.contact)
    visit = a_visit(people.contact, people.body("169"))
    Engagement.objects.filter(pk=visit.pk).update(scope="several")
    page = client.get(visit.engagement.get_absolute_url()).content.decode()
    assert "Lämna till stadsledningskontorets samordning" in page
    for _twice in range(2):
        client.post(f"/arenden/{visit.engagement.key}/samordna/")
    given = EngagementGroupGrant.objects.filter(content_object=visit.engagement, group=people.body("110").group)
    assert sorted(given.values_list("permission__codename", flat=True)) == ["prepare_engagement", "read_engagement"]
    assert all("M16" in row.reason for row in given)
    assert "läser och bereder ärendet" in client.get(visit.engagement.get_absolute_url()).content.decode()


def test_an_ordinary_visit_is_not_handed_over(people: People, client: Client) -> None:
    client.force_login(people.contact)
    visit = a_visit(people.contact, people.body("169"))
    Engagement.objects.filter(pk=visit.pk).update(scope="own_field")
    client.post(f"/arenden/{visit.engagement.key}/samordna/")
    assert not EngagementGroupGrant.objects.filter(content_object=visit.engagement).exists()


def test_the_reason_is_covered_with_the_rest_for_whom_it_is_secret(people: People, client: Client) -> None:
    engagement = a_membership(people)
    choose_way(
        engagement=engagement, question="scope", answer="city_wide", reason="Hemligt skäl.", by=people.contact, at=AT
    )
    client.force_login(people.auditor)
    assert "Hemligt skäl." in client.get(engagement.get_absolute_url()).content.decode()
    Engagement.objects.filter(pk=engagement.pk).update(secret_fields=["summary"], secrecy_paragraph="15 kap. 1 § OSL")
    assert "Hemligt skäl." not in client.get(engagement.get_absolute_url()).content.decode()


def test_the_page_costs_the_same_however_much_was_judged(people: People, client: Client) -> None:
    engagement = a_membership(people)
    client.force_login(people.contact)
    client.get(engagement.get_absolute_url())
    counted = []
    for _once_more in range(3):
        choose_way(engagement=engagement, question="scope", answer="several", reason="Så.", by=people.contact, at=AT)
        counted.append(queries_of(lambda: client.get(engagement.get_absolute_url())))
    assert counted[0] == counted[2]
