"""The pages of the reports: who may see them, what the numbers open, what a wrong address gets."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagements.models import Engagement
from engagements.operations import save_with_reason
from engagements.permission import grant
from organisation.enums import Action
from reporting.models import AnnualReport
from stockholm_intl.kit.models import Job, Outbox
from tests.people import People
from tests.reporting.register import Register, an_edition

DAY = date(2025, 5, 20)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
READERS = ("controller", "coordinator", "protocol", "ib_secretary", "auditor")
OTHERS = (
    "contact",
    "head",
    "outsider",
    "board_secretary",
    "ib_member",
    "commissioner",
    "registrar",
    "administrator",
    "stranger",
)
AsUser = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def november() -> Any:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def report(register: Register) -> AnnualReport:
    register.visit(DAY, "FI", title="Delegation från Åbo")
    return an_edition(register.people.controller, NOW)


def places(report: AnnualReport) -> list[str]:
    return [
        reverse("report_list"),
        reverse("report_year", args=[2025]),
        reverse("report_figure", args=[2025, "visits"]),
        reverse("report_chart", args=[2025, "regioner"]),
        reverse("report_edition", args=[report.pk]),
        reverse("report_edition_figure", args=[report.pk, "visits"]),
        reverse("report_download", args=[report.pk]),
    ]


def secret(engagement: Engagement, people: People) -> Engagement:
    engagement.is_secret, engagement.secrecy_paragraph = True, "OSL 15 kap. 1 §"
    save_with_reason(engagement, by=people.head, reason="")
    return engagement


def body(response: Any) -> str:
    return " ".join(response.content.decode().split())


# --- Who


def test_those_who_read_everything_and_the_controller_read_the_reports(
    report: AnnualReport, people: People, as_user: AsUser
) -> None:
    for place in places(report):
        for name in READERS:
            assert as_user(getattr(people, name)).get(place).status_code == 200, (name, place)
        for name in OTHERS:
            assert as_user(getattr(people, name)).get(place).status_code == 403, (name, place)
        assert Client().get(place).status_code == 302


def test_only_the_controller_asks_for_a_report(people: People, as_user: AsUser) -> None:
    for name in (*READERS[1:], *OTHERS):
        answer = as_user(getattr(people, name)).post(reverse("report_list"), {"year": "2025"})
        assert answer.status_code == 403, name
    assert not Job.objects.exists()
    assert "Ta fram rapporten" not in body(as_user(people.coordinator).get(reverse("report_list")))
    assert "Ta fram rapporten" in body(as_user(people.controller).get(reverse("report_list")))


# --- Asking for one


def test_asking_twice_leads_to_the_same_job(people: People, as_user: AsUser) -> None:
    controller = as_user(people.controller)
    first = controller.post(reverse("report_list"), {"year": "2025"})
    again = controller.post(reverse("report_list"), {"year": "2025"})
    other = controller.post(reverse("report_list"), {"year": "2024"})
    job = Job.objects.get(title="Årsrapport 2025")
    assert first["Location"] == again["Location"] == job.get_absolute_url() != other["Location"]
    assert Outbox.objects.filter(job=job).count() == 1
    assert "Årsrapport 2025" in body(controller.get(reverse("report_list")))


def test_the_worker_makes_it_and_the_job_leads_to_it(
    register: Register, people: People, as_user: AsUser, run_outbox: Callable[[], int]
) -> None:
    register.visit(DAY)
    controller = as_user(people.controller)
    place = controller.post(reverse("report_list"), {"year": "2025"})["Location"]
    run_outbox()
    report = AnnualReport.objects.get()
    job = Job.objects.get()
    assert (job.state, job.result_url) == ("done", reverse("report_edition", args=[report.pk]))
    assert report.made_by == people.controller
    assert job.result_url in body(controller.get(place))
    listed = body(controller.get(reverse("report_list")))
    for said in (str(report.pages), report.sha256[:16], str(people.controller), "i dag"):
        assert said in listed


def test_the_right_is_asked_for_again_when_the_work_begins(
    people: People, as_user: AsUser, run_outbox: Callable[[], int]
) -> None:
    as_user(people.controller).post(reverse("report_list"), {"year": "2025"})
    people.controller.mandates.update(valid_to=date(2026, 1, 1))
    run_outbox()
    job = Job.objects.get()
    assert (job.state, job.message) == ("failed", "Du har inte längre rätt att ta fram årsrapporten.")
    assert not AnnualReport.objects.exists()


@pytest.mark.parametrize("year", ["", "0", "-1", "1991", "2027", "99999", "abc", "2025\x00", "２０２５", "9" * 10_000])
def test_a_wrong_year_gets_a_message(people: People, as_user: AsUser, year: str) -> None:
    answer = as_user(people.controller).post(reverse("report_list"), {"year": year})
    assert answer.status_code == 422
    assert not Job.objects.exists()


# --- Numbers and lists


def test_every_number_of_the_year_opens_its_list(register: Register, people: People, as_user: AsUser) -> None:
    visit = register.visit(DAY, "FI", people=3)
    register.membership(date(2010, 1, 1))
    register.influence(DAY)
    register.project({2023: "1", 2025: "2000000"})
    register.item(register.meeting(1, DAY), visit)
    controller = as_user(people.controller)
    page = controller.get(reverse("report_year", args=[2025])).content.decode()
    links = {part.split('"')[0] for part in page.split('href="')[1:] if "/tal/" in part}
    assert reverse("report_figure", args=[2025, "visits.region.norden"]) in links
    assert reverse("report_figure", args=[2024, "funding"]) in links
    assert len(links) > 150
    for link in sorted(links)[::7]:
        assert controller.get(link).status_code == 200, link


def test_the_list_behind_a_number_says_what_the_reader_cannot_see(
    register: Register, people: People, as_user: AsUser
) -> None:
    register.visit(DAY, title="Öppet besök")
    hidden = secret(register.visit(DAY, title="Hemligt besök"), people)
    place = reverse("report_figure", args=[2025, "visits"])
    page = body(as_user(people.controller).get(place))
    assert "Öppet besök" in page
    assert "Hemligt besök" not in page
    assert "2 ärenden ligger bakom talet." in page
    assert "1 av dem är sekretessmarkerat: det är räknat men visas inte här." in page
    grant(engagement=hidden, to=people.controller, action=Action.READ, reason="Granskning", by=people.head, at=NOW)
    page = body(as_user(people.controller).get(place))
    assert "Hemligt besök" in page
    assert "sekretessmarkerat: det är räknat" not in page


def test_a_frozen_list_is_as_it_was(report: AnnualReport, register: Register, people: People, as_user: AsUser) -> None:
    register.visit(DAY, title="Sent inlagd")
    controller = as_user(people.controller)
    frozen = body(controller.get(reverse("report_edition_figure", args=[report.pk, "visits"])))
    live = body(controller.get(reverse("report_figure", args=[2025, "visits"])))
    assert "Delegation från Åbo" in frozen
    assert "Sent inlagd" not in frozen
    assert "Sent inlagd" in live
    assert "trycktes den 22 november 2026" in frozen
    edition = body(controller.get(reverse("report_edition", args=[report.pk])))
    assert report.sha256 in edition
    assert reverse("report_edition_figure", args=[report.pk, "visits"]) in edition


def test_a_frozen_list_does_not_name_what_has_become_secret(
    report: AnnualReport, people: People, as_user: AsUser
) -> None:
    secret(Engagement.objects.get(), people)
    page = body(as_user(people.controller).get(reverse("report_edition_figure", args=[report.pk, "visits"])))
    assert "Delegation från Åbo" not in page
    assert "1 av dem är sekretessmarkerat: det är räknat men visas inte här." in page


def test_meetings_are_listed_by_name(register: Register, people: People, as_user: AsUser) -> None:
    meeting = register.meeting(4, DAY)
    register.item(meeting, register.visit(DAY, title="Behandlat ärende"))
    place = reverse("report_figure", args=[2025, "meetings"])
    page = body(as_user(people.controller).get(place))
    assert "Internationella beredningen nr 4/2025" in page
    assert "Behandlat ärende" in page


def test_the_paper_is_fetched_as_a_file(report: AnnualReport, people: People, as_user: AsUser) -> None:
    answer = as_user(people.controller).get(reverse("report_download", args=[report.pk]))
    assert answer.content == bytes(report.content)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="arsrapport-2025-utgava-1.pdf"'


def test_a_drawing_has_words_and_a_table_under_it(register: Register, people: People, as_user: AsUser) -> None:
    register.visit(DAY, "FI")
    controller = as_user(people.controller)
    page = body(controller.get(reverse("report_year", args=[2025])))
    place = reverse("report_chart", args=[2025, "regioner"])
    after = page[page.index(f'src="{place}"') :]
    assert "Norden 1 (2024: 0)" in after[: after.index("</figure>")]
    assert after.index("<table") - after.index("</figure>") < 200
    drawn = controller.get(place)
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b"<?xml")
    assert controller.get(place).content == drawn.content
    # nothing to draw, nothing drawn
    assert controller.get(reverse("report_chart", args=[2025, "teman"])).status_code == 404
    assert reverse("report_chart", args=[2025, "teman"]) not in page


# --- Wrong addresses


@pytest.mark.parametrize(
    "place",
    [
        "/rapporter/0/",
        "/rapporter/99999/",
        "/rapporter/2027/",
        "/rapporter/1991/",
        "/rapporter/-1/",
        f"/rapporter/{'9' * 300}/",
        "/rapporter/2025/tal/inget/",
        "/rapporter/2025/tal/visits.region.mars/",
        "/rapporter/2025/tal/VISITS/",
        "/rapporter/2025/tal/visits%00/",
        f"/rapporter/2025/tal/{'a' * 300}/",
        "/rapporter/0/tal/visits/",
        "/rapporter/2027/tal/visits/",
        "/rapporter/2025/diagram/inget.svg",
        "/rapporter/99999/diagram/teman.svg",
        "/rapporter/utgava/0/",
        f"/rapporter/utgava/{'9' * 30}/",
        f"/rapporter/utgava/{'9' * 30}/arsrapport.pdf",
        f"/rapporter/utgava/{'9' * 30}/tal/visits/",
    ],
)
def test_what_is_not_there_is_not_found(people: People, as_user: AsUser, place: str) -> None:
    assert as_user(people.controller).get(place).status_code == 404


@pytest.mark.parametrize("query", ["sida=-1", "sida=abc", "sida=999999999", "page=-1", "sida=%00", "sida=²"])
def test_a_wrong_page_of_the_editions_is_the_first(people: People, as_user: AsUser, query: str) -> None:
    answer = as_user(people.controller).get(f"{reverse('report_list')}?{query}")
    assert answer.status_code == 200
    assert "Den sidan finns inte" in body(answer)


@pytest.mark.parametrize("query", ["sort=password", "efter=x", "fore=~", "page=-1", "ar=0", "land=XX", "ord=%00"])
def test_a_wrong_filter_of_a_list_behind_a_number_gets_a_message(
    register: Register, people: People, as_user: AsUser, query: str
) -> None:
    register.visit(DAY)
    answer = as_user(people.controller).get(f"{reverse('report_figure', args=[2025, 'visits'])}?{query}")
    assert answer.status_code in (200, 422)


def test_other_methods_are_refused(report: AnnualReport, people: People, as_user: AsUser) -> None:
    controller = as_user(people.controller)
    for place in places(report)[1:]:
        assert controller.post(place).status_code == 405, place


# --- Few queries


@pytest.mark.parametrize("name", ["report_list", "report_year", "report_figure"])
def test_as_many_queries_for_one_and_thirty(register: Register, people: People, as_user: AsUser, name: str) -> None:
    place = {
        "report_list": reverse("report_list"),
        "report_year": reverse("report_year", args=[2025]),
        "report_figure": reverse("report_figure", args=[2025, "visits"]),
    }[name]

    def more(count: int) -> None:
        for _number in range(count):
            register.visit(DAY, "FI")
            edition = AnnualReport.objects.count() + 1
            AnnualReport.objects.create(
                year=2025, edition=edition, made_at=NOW, made_by=people.controller, strategy_edition="2016",
                content=b"", size=1, pages=1, sha256="0" * 64,
            )  # fmt: skip

    def count() -> int:
        controller = as_user(people.controller)
        with CaptureQueriesContext(connection) as found:
            assert controller.get(place).status_code == 200
        return len(found)

    more(1)
    count()  # what is cached for everybody is in the cache now
    one = count()
    more(29)
    assert count() == one
