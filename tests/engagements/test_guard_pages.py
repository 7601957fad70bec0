"""Principkontroll and Underlag as people meet them."""

from datetime import date
from typing import Any

import pytest

from engagements.enums import Kind, State
from engagements.judging import record_judgement
from engagements.models import Consultation, Engagement, ExaminedForum, Frame, InitiativeLink, Judgement
from memberships.models import Membership
from tests.factories import AT, a_visit, an_engagement
from tests.factories.memberships import ENTERED, a_membership
from tests.people import People


@pytest.fixture
def visit(people: People) -> Engagement:
    return a_visit(people.contact, people.body("169"), counterpart="Japans ambassad").engagement


@pytest.fixture
def membership(people: People) -> Engagement:
    fields = {"instrument": "network", "scope": "own_field", "counterpart": "Klimatnätverket"}
    return an_engagement(people.contact, people.body("169"), Kind.MEMBERSHIP, **fields)


def page(as_user: Any, person: Any, address: str) -> str:
    answer = as_user(person).get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode()).replace("\xa0", " ")


def test_the_panel_counts_and_says_what_would_mend_it(people: People, as_user: Any, visit: Engagement) -> None:
    text = page(as_user, people.contact, visit.get_absolute_url())
    assert "Principkontroll" in text
    assert "4 godkända, 1 att bedöma" in text
    assert "Motparten är en stat, en ambassad eller ett departement." in text
    assert "Strategin, avsnitt 4" in text
    assert f"/arenden/{visit.key}/kontroll/C1/" in text


def test_the_page_of_the_checks_shows_those_that_pass_too(people: People, as_user: Any, visit: Engagement) -> None:
    text = page(as_user, people.coordinator, f"/arenden/{visit.key}/kontroll/")
    assert "Inriktningen är vald och motiverad." in text
    assert f"/arenden/{visit.key}/kontroll/C1/" not in text, "who only reads is offered nothing to answer"


def test_a_judgement_is_made_with_a_reason(people: People, as_user: Any, visit: Engagement) -> None:
    browser = as_user(people.head)
    address = f"/arenden/{visit.key}/kontroll/C1/"
    lacking = browser.post(address, {"answer": "pass", "reason": ""})
    assert lacking.status_code == 422
    assert browser.post(address, {"answer": "pass", "reason": "Ett artighetsbesök."}).status_code == 302
    assert "Ett artighetsbesök." in page(as_user, people.contact, visit.get_absolute_url())


def test_what_cannot_be_judged_leads_back(people: People, as_user: Any, visit: Engagement) -> None:
    browser = as_user(people.head)
    assert browser.get(f"/arenden/{visit.key}/kontroll/C14/").status_code == 302
    assert browser.get(f"/arenden/{visit.key}/kontroll/C99/").status_code == 404
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(("answer", "label"), [("pass", "Bedöm på nytt"), ("fail", "Gör ett avsteg")])
def test_a_rule_that_nobody_has_written_a_check_for_is_judged(
    people: People, as_user: Any, visit: Engagement, invented: None, answer: str, label: str
) -> None:
    Engagement.objects.filter(pk=visit.pk).update(edition="2027")
    browser, address = as_user(people.head), f"/arenden/{visit.key}/kontroll/C24/"
    assert f'href="{address}"' in page(as_user, people.head, visit.get_absolute_url())
    assert "Klimatet går före" in page(as_user, people.head, address)
    assert browser.post(address, {"answer": answer, "reason": "Vi reser med tåg."}).status_code == 302
    shown = page(as_user, people.head, visit.get_absolute_url())
    assert "Vi reser med tåg." in shown and label in shown
    hers = page(as_user, people.contact, visit.get_absolute_url())
    assert "Bedöm på nytt" in hers and "Gör ett avsteg" not in hers, "who only judges is not offered to deviate"
    assert browser.get(f"/arenden/{visit.key}/kontroll/C1/").status_code == 404, "the edition has no such check"


def test_the_head_writes_a_deviation(people: People, as_user: Any, membership: Engagement) -> None:
    browser = as_user(people.head)
    address = f"/arenden/{membership.key}/kontroll/C12/"
    assert "Gör ett avsteg" in browser.get(address).content.decode()
    assert browser.post(address, {"body": "169", "reason": "Frågan är ny."}).status_code == 302
    row = Judgement.objects.get()
    assert (row.is_deviation, row.body, row.by) == (True, people.body("169"), people.head)


def test_who_may_let_a_judged_fail_through_may_judge_it_anew_as_well(
    people: People, as_user: Any, visit: Engagement
) -> None:
    record_judgement(engagement=visit, check="C1", answer="fail", reason="Tar ställning.", by=people.head, at=AT)
    browser, address = as_user(people.head), f"/arenden/{visit.key}/kontroll/C1/"
    assert 'href="?bedom"' in browser.get(address).content.decode()
    anew = browser.post(f"{address}?bedom", {"answer": "pass", "reason": "Texten är ändrad."})
    assert (anew.status_code, Judgement.objects.first().answer) == (302, "pass")


def test_a_deviation_from_two_tabs_is_written_once(people: People, as_user: Any, visit: Engagement) -> None:
    record_judgement(engagement=visit, check="C1", answer="fail", reason="Tar ställning.", by=people.head, at=AT)
    browser, address = as_user(people.head), f"/arenden/{visit.key}/kontroll/C1/"
    sent = {"body": "169", "reason": "Ett artighetsbesök."}
    answers = [browser.post(address, sent, follow=True) for _tab in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "Någon har redan svarat på kontrollen." in answers[1].content.decode()
    assert Judgement.objects.filter(is_deviation=True).count() == 1


def test_what_has_the_same_theme_is_shown_as_far_as_the_reader_may_see_it(
    people: People, as_user: Any, membership: Engagement
) -> None:
    Membership.objects.create(engagement=membership, form="network", theme="klimat", entered_on=ENTERED)
    names = ("Öppna nätverket", "Zebranätverket", "Trafiknätverket", "Hemliga nätverket")
    bodies = ("169", "169", "181", "169")
    shown, covered, others, secret = (
        a_membership(
            people.outsider if body == "181" else people.contact,
            people.body(body),
            matter={"title": name, "counterpart": name},
        ).engagement
        for name, body in zip(names, bodies, strict=True)
    )
    marks = {"secrecy_paragraph": "15:1 OSL"}
    Engagement.objects.filter(pk=covered.pk).update(secret_fields=["title", "counterpart"], **marks)
    Engagement.objects.filter(pk=secret.pk).update(is_secret=True, **marks)
    ExaminedForum.objects.create(engagement=membership, name="Eurocities", conclusion="Har ingen grupp för frågan.")
    for address in (f"/arenden/{membership.key}/kontroll/", f"/arenden/{membership.key}/kontroll/C12/"):
        text = page(as_user, people.contact, address)
        assert "(3)" in text and "Öppna nätverket" in text and f'href="{shown.get_absolute_url()}"' in text
        assert f"{covered.key} Sekretess" in text and "Zebra" not in text
        assert str(others.key) not in text and str(secret.key) not in text
    wider = page(as_user, people.coordinator, f"/arenden/{membership.key}/kontroll/")
    assert "Trafiknätverket" in wider and "Zebra" not in wider and str(secret.key) not in wider
    browser = as_user(people.contact)
    browser.post(f"/arenden/{membership.key}/kontroll/C12/", {"answer": "pass", "reason": "Vi har jämfört."})
    row = Judgement.objects.get(subject="C12")
    assert not any(word in row.asked for word in (*names, shown.key, covered.key)), "what is kept quotes none of them"


def test_a_deviation_in_another_body_s_name_is_refused(people: People, as_user: Any, membership: Engagement) -> None:
    address = f"/arenden/{membership.key}/kontroll/C12/"
    answer = as_user(people.head).post(address, {"body": "KS", "reason": "Frågan är ny."})
    assert answer.status_code == 422
    assert as_user(people.contact).get(address).status_code == 302, "nothing for her to answer"
    assert as_user(people.contact).post(address, {"answer": "pass", "reason": "Jo."}).status_code in (302, 422)
    assert not Judgement.objects.exists()


def test_the_answers_are_covered_with_the_matter(people: People, as_user: Any, visit: Engagement) -> None:
    """They quote it: who does not read the whole matter sees neither the page nor the reasons in the panel."""
    record_judgement(engagement=visit, check="C1", answer="pass", reason="Hemlig middag.", by=people.head, at=AT)
    Engagement.objects.filter(pk=visit.pk).update(secret_fields=["summary"], secrecy_paragraph="15:1 OSL")
    assert as_user(people.coordinator).get(f"/arenden/{visit.key}/kontroll/").status_code == 403
    assert "Hemlig middag." not in page(as_user, people.coordinator, visit.get_absolute_url())


# --- Underlag


def test_a_forum_is_written_in_changed_and_taken_away(people: People, as_user: Any, membership: Engagement) -> None:
    browser, place = as_user(people.contact), f"/arenden/{membership.key}/underlag/"
    assert "Inget etablerat forum är prövat" in page(as_user, people.contact, f"/arenden/{membership.key}/kontroll/")
    told = {"name": "Eurocities", "conclusion": "Har ingen grupp för frågan."}
    assert browser.post(f"{place}forum/", told).status_code == 302
    row = ExaminedForum.objects.get()
    assert row.history.first().history_user == people.contact
    assert browser.post(f"{place}forum/{row.pk}/", told | {"name": "ICLEI"}).status_code == 302
    assert "ICLEI" in page(as_user, people.contact, place)
    assert browser.post(f"{place}forum/{row.pk}/ta-bort/").status_code == 302
    assert not ExaminedForum.objects.exists()


def test_the_decider_looks_again_when_the_ground_has_changed(
    people: People, as_user: Any, membership: Engagement
) -> None:
    before = Engagement.objects.get(pk=membership.pk).version
    as_user(people.contact).post(f"/arenden/{membership.key}/underlag/forum/", {"name": "Eurocities"})
    assert Engagement.objects.get(pk=membership.pk).version == before + 1


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("forum", {"name": ""}),
        ("samrad", {"on": "2026-11-20"}),
        ("samrad", {"whom": "Någon", "on": "i går"}),
        ("samrad", {"whom": "Stadsledningskontoret", "on": "2099-01-01"}),
        ("ram", {"is_covered": "kanske"}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    people: People, as_user: Any, membership: Engagement, slug: str, told: dict[str, str]
) -> None:
    answer = as_user(people.contact).post(f"/arenden/{membership.key}/underlag/{slug}/", told)
    assert answer.status_code == 422
    assert not (ExaminedForum.objects.exists() or Consultation.objects.exists() or Frame.objects.exists())


def test_a_contact_that_lies_ahead_is_refused_with_what_to_do(
    people: People, as_user: Any, membership: Engagement
) -> None:
    told = {"whom": "Stadsledningskontoret", "on": "2099-01-01", "note": "De ringer."}
    shown = as_user(people.contact).post(f"/arenden/{membership.key}/underlag/samrad/", told).content.decode()
    assert "Dagen har inte varit än." in shown and "De ringer." in shown


def test_there_is_one_frame(people: People, as_user: Any, membership: Engagement) -> None:
    browser = as_user(people.contact)
    for said in ("True", "False"):
        answer = browser.post(f"/arenden/{membership.key}/underlag/ram/", {"is_covered": said, "budget": "Nämndens"})
        assert answer.status_code == 302
    assert Frame.objects.get().is_covered is False


def test_a_section_that_does_not_belong_is_not_there(people: People, as_user: Any, visit: Engagement) -> None:
    browser = as_user(people.contact)
    for slug in ("forum", "finansiering", "nagot"):
        assert browser.get(f"/arenden/{visit.key}/underlag/{slug}/").status_code == 404
    assert browser.get(f"/arenden/{visit.key}/underlag/samrad/999999/").status_code == 404


def test_another_matter_s_row_is_not_reached(
    people: People, as_user: Any, visit: Engagement, membership: Engagement
) -> None:
    row = Consultation.objects.create(engagement=membership, whom="SLK", on=date(2026, 11, 20))
    browser = as_user(people.contact)
    assert browser.post(f"/arenden/{visit.key}/underlag/samrad/{row.pk}/", {"whom": "X"}).status_code == 404
    browser.post(f"/arenden/{visit.key}/underlag/samrad/{row.pk}/ta-bort/")
    assert Consultation.objects.get().whom == "SLK"


def test_what_is_decided_keeps_its_ground(people: People, as_user: Any, membership: Engagement) -> None:
    row = ExaminedForum.objects.create(engagement=membership, name="Eurocities", conclusion="Nej.")
    Engagement.objects.filter(pk=membership.pk).update(state=State.APPROVED)
    browser, place = as_user(people.contact), f"/arenden/{membership.key}/underlag/"
    assert browser.post(f"{place}forum/", {"name": "ICLEI"}).status_code == 403
    browser.post(f"{place}forum/{row.pk}/ta-bort/")
    assert ExaminedForum.objects.get().name == "Eurocities"
    assert "står kvar som det var" in page(as_user, people.contact, place)


def test_an_initiative_is_linked_by_a_key_one_may_read(people: People, as_user: Any) -> None:
    fields = {"instrument": "intent_agreement", "scope": "own_field", "counterpart": "Utrechts kommun"}
    intent = an_engagement(people.contact, people.body("169"), Kind.AGREEMENT, **fields)
    unseen = an_engagement(people.outsider, people.body("181"), Kind.MEMBERSHIP, title="Hemligt initiativ")
    browser, place = as_user(people.contact), f"/arenden/{intent.key}/underlag/"
    assert browser.post(f"{place}initiativ/", {"key": unseen.key}).status_code == 422
    assert browser.post(f"{place}initiativ/", {"key": intent.key}).status_code == 422
    InitiativeLink.objects.create(engagement=intent, initiative=unseen)
    text = page(as_user, people.contact, place)
    assert "Hemligt initiativ" not in text and "som du inte kan läsa" in text


def test_the_deciding_page_lists_what_stops_and_what_nobody_has_judged(people: People, as_user: Any) -> None:
    matter = a_visit(people.contact, people.body("169"), counterpart="Japans ambassad").engagement
    Engagement.objects.filter(pk=matter.pk).update(state=State.PROPOSED)
    text = page(as_user, people.head, f"/arenden/{matter.key}/besluta/")
    assert "Motparten är en stat, en ambassad eller ett departement." in text
    assert f"/arenden/{matter.key}/kontroll/C1/" in text
    assert "Inriktningen är vald och motiverad." not in text, "what passes takes no room"


def test_saving_says_at_once_what_would_stop_it(people: People, as_user: Any) -> None:
    browser = as_user(people.contact)
    told = {
        "submission": "6f1c1e5e-7b61-4a55-9d8e-1f1f6d0c7a11", "counterpart": "Klimatnätverket", "form": "network",
        "entered_on": "2026-12-01", "body": "169", "interval_months": "48", "fee_currency": "SEK", "scope": "own_field",
    }  # fmt: skip
    answer = browser.post("/medlemskap/nytt/?slag=medlemskap", told, follow=True)
    text = answer.content.decode()
    assert "Det här stoppar ett bifall:" in text, text[:3000]
    assert "Inget etablerat forum är prövat före det nya." in text
