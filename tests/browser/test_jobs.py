"""The three main jobs, from the login form to the paper in hand."""

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from decisions.models import DelegationPoint
from engagements.enums import Kind
from engagements.models import Engagement, EUInfluence, Trip
from memberships.models import Membership
from tests.factories import AT, a_visit, an_engagement
from tests.people import People
from tests.worker import Worker

# Swedish form fields by their labels, as a person finds them.
REQUEST = {
    "Vem frågar?": "Utrechts kommun, klimatavdelningen",
    "Antal personer": "14",
    "Vad vill de?": "Se hur klimatbudgeten används i nämnderna.",
    "Första dag": "2027-01-19",
}


def fill(page: Page, label: str, text: str) -> None:
    page.locator("main :is(input, textarea)").and_(page.get_by_label(label)).first.fill(text)


def pdf_text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages)


def download(page: Page, name: str | re.Pattern[str], folder: Path, role: Any = "link") -> Path:
    with page.expect_download(timeout=90_000) as waiting:
        page.get_by_role(role, name=name).first.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_job_one_a_visit_from_the_request_to_the_heads_yes(people: People, sign_in: Any) -> None:
    page: Page = sign_in(people.contact)
    expect(page.get_by_text("Inget väntar på dig just nu.")).to_be_visible()
    page.get_by_role("link", name="Registrera besök").first.click()
    for label, text in REQUEST.items():
        fill(page, label, text)
    page.get_by_label("Land").select_option(label="Nederländerna")
    page.get_by_role("group", name="Huvudinriktning").get_by_label("Samverkan").check()
    fill(page, "Varför den inriktningen?", "Vi arbetar med samma metod och har olika svar.")
    expect(page.get_by_text(re.compile("Sparat [0-9]"))).to_be_visible()
    page.get_by_role("button", name="Registrera besöket").click()
    expect(page.get_by_text("Besöket är registrerat som INT-2026-00001.")).to_be_visible()

    page.get_by_role("link", name="Bedöm besöket").click()
    for criterion in (
        "Ömsesidigt lärande",
        "Nya perspektiv",
        "Utveckling av verksamheten",
        "Kompetens",
        "Bilden av Stockholm",
    ):
        page.get_by_role("group", name=criterion).get_by_label("Tydlig").check()
    page.get_by_role("group", name=re.compile("^Förslag")).get_by_label("Ta emot").check()
    fill(page, "Skäl för förslaget", "De har haft klimatbudget i tre år.")
    page.get_by_role("button", name="Lämna förslaget").click()
    expect(page.get_by_text("Förslaget är lämnat.")).to_be_visible()

    chief: Page = sign_in(people.head)
    chief.get_by_role("link", name=re.compile("Besluta: Besök från Utrecht")).click()
    chief.get_by_role("link", name="Besluta om besöket").click()
    chief.get_by_role("group", name="Utgång").get_by_label("Ta emot besöket").check()
    chief.get_by_role("button", name="Besluta").click()
    expect(chief.get_by_text("Bokat").first).to_be_visible()

    page.goto("/")
    expect(page.get_by_text("sade ja till").first).to_be_visible()
    page.goto("/besok/?lage=approved&land=NL")
    expect(page.get_by_role("link", name="INT-2026-00001")).to_be_visible()
    page.get_by_role("link", name="INT-2026-00001").click()
    expect(page.get_by_text("De har haft klimatbudget i tre år.").first).to_be_visible()


def test_job_two_from_referral_to_the_printed_list(people: People, sign_in: Any, tmp_path: Path) -> None:
    committee = people.body("IB")
    DelegationPoint.objects.create(
        body=people.body("KS"),
        code="IB 2.1",
        version="2026-01",
        matter="Konferens utomlands för kommunstyrelsen",
        delegate="Finansborgarrådet",
        valid_from=date(2026, 1, 1),
    )
    trip = an_engagement(
        people.coordinator,
        people.body("110"),
        Kind.TRIP,
        title="Eurocities årskonferens i Brno",
        on_behalf_of_ks=True,
        instrument="trip",
        proposal_text="Godkänna att staden deltar med två personer.",
    )
    Trip.objects.create(engagement=trip, kind="conference", place="Brno")
    kept_out = a_visit(people.contact, people.body("169"), title="Besök som ledamoten inte ska se")

    page: Page = sign_in(people.ib_secretary)
    page.get_by_role("link", name="Till beredningen").click()
    page.get_by_role("link", name="Skapa möte").first.click()
    fill(page, "Dag", "2026-11-18")
    fill(page, "Plats", "Stadshuset")
    page.get_by_role("button", name="Skapa mötet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{committee.name} nr 1/2026")
    meeting_address = page.url

    page.goto(f"/uppdrag/{trip.key}/")
    page.get_by_role("link", name="Hänskjut till beredningen").click()
    page.get_by_label("Möte").select_option(index=1)
    page.get_by_role("button", name="Hänskjut ärendet").click()
    expect(page.get_by_text("Ärendet står nu på dagordningen").first).to_be_visible()

    member: Page = sign_in(people.ib_member)
    member.goto(meeting_address)
    expect(member.get_by_role("heading", name="Eurocities årskonferens i Brno").first).to_be_visible()
    assert member.goto(f"/uppdrag/{trip.key}/").status == 200
    assert member.goto(f"/besok/{kept_out.engagement.key}/").status == 404

    page.goto(meeting_address)
    page.get_by_role("group", name="Utgång").get_by_label("Bifall", exact=True).check()
    fill(
        page,
        "Beslutets text",
        "Staden deltar med två personer.\nReserapport lämnas senast fyra veckor efter hemkomsten.",
    )
    page.get_by_label("Delegationspunkt").select_option(index=1)
    page.get_by_role("button", name="Besluta", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("Bifall")).first).to_be_visible()

    text = pdf_text(download(page, "Skriv ut beslutslistan", tmp_path, "button"))
    for told in (
        "Internationella beredningen nr 1/2026",
        trip.key,
        "Staden deltar med två personer.",
        "IB 2.1",
        "2026-11-18",
    ):
        assert told in text.replace("\u00a0", " "), told
    assert "Eurocities årskonferens" in pdf_text(download(page, "Skriv ut dagordningen", tmp_path, "button"))


def test_job_three_the_annual_report_made_by_the_worker(
    people: People, real_worker: Worker, sign_in: Any, tmp_path: Path
) -> None:
    for number in range(3):
        visit = a_visit(people.contact, people.body("169"), starts_on=date(2025, 5, 5 + number))
        Engagement.objects.filter(pk=visit.pk).update(state="completed")
    member = an_engagement(people.contact, people.body("169"), Kind.MEMBERSHIP, title="Medlemskap i Polis")
    Engagement.objects.filter(pk=member.pk).update(state="approved")
    Membership.objects.create(engagement=member, form="network", theme="mobilitet", entered_on=date(2020, 1, 1))
    answer = an_engagement(people.coordinator, people.body("110"), Kind.EU_INFLUENCE, title="Svar om bostäder", at=AT)
    Engagement.objects.filter(pk=answer.pk).update(state="completed")
    EUInfluence.objects.create(
        engagement=answer, form="consultation", policy_area="Bostäder", submitted_on=date(2025, 6, 3)
    )

    page: Page = sign_in(people.controller)
    page.get_by_role("link", name="Till årsrapporten").click()
    page.locator("select[name=year]").select_option("2025")
    page.get_by_role("button", name="Ta fram rapporten").click()
    expect(page.get_by_role("link", name="Öppna resultatet")).to_be_visible(timeout=90_000)
    page.get_by_role("link", name="Öppna resultatet").click()
    path = download(page, re.compile("Hämta"), tmp_path)
    text = pdf_text(path).replace("\u00a0", " ")
    for told in (
        "Stockholms stads internationella arbete 2025",
        "EU-lagstiftning med påverkan på Stockholm",
        "Strategins inriktningar",
    ):
        assert told in text, told

    page.goto("/rapporter/2025/")
    link = page.locator("a[href*='/tal/visits']").first
    assert link.inner_text().strip() == "3"
    link.click()
    expect(page.get_by_text("INT-2026-00001").first).to_be_visible()
