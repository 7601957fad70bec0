"""Making an edition: one moment, same bytes, frozen."""

import hashlib
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from engagements.operations import save_with_reason
from reporting.models import AnnualReport, ReportFigure
from reporting.operations import make_annual_report
from reporting.queries import book_of, one_snapshot
from reporting.rules import NoSuchYear
from stockholm_intl.kit.jobs import Cancelled
from tests.reporting.register import Register, an_edition

AT = datetime(2026, 1, 30, 9, tzinfo=UTC)
DAY = date(2025, 5, 20)


def text_of(report: AnnualReport) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(bytes(report.content))).pages)


@pytest.fixture
def some(register: Register) -> Register:
    register.visit(DAY, "FI", people=12, title="Delegation från Åbo om skärgårdstrafik", main_direction="samverkan")
    register.membership(date(2007, 1, 1), title="Nätverket för storstäder", post="Styrelseledamot")
    register.membership(date(2025, 3, 1), title="Klimatinitiativet", form="initiative")
    register.influence(date(2025, 4, 1))
    register.project({2024: "1000000", 2025: "2500000"})
    register.item(register.meeting(1, date(2025, 2, 3)), register.hosted(DAY))
    return register


def test_the_same_register_and_day_give_the_same_bytes(some: Register) -> None:
    first = make_annual_report(year=2025, by=some.people.controller, at=AT)
    later_that_day = make_annual_report(year=2025, by=None, at=AT.replace(hour=15))
    assert (first.edition, later_that_day.edition) == (1, 2)
    assert bytes(first.content) == bytes(later_that_day.content)
    assert first.sha256 == hashlib.sha256(bytes(first.content)).hexdigest() == later_that_day.sha256


def test_the_edition_tells_its_pages_and_prints_both_years(some: Register) -> None:
    report = make_annual_report(year=2025, by=some.people.controller, at=AT)
    assert report.pages == len(PdfReader(BytesIO(bytes(report.content))).pages)
    assert report.size == len(bytes(report.content))
    assert report.strategy_edition == "2016"
    text = " ".join(text_of(report).split())
    for said in (
        "Stockholms stads internationella arbete 2025",
        "2,5",
        "1,0",
        "Delegation från Åbo",
        "30 januari 2026",
    ):
        assert said in text.replace("\u00a0", " "), said


def test_every_figure_is_frozen_with_last_years_and_its_list(some: Register) -> None:
    report = an_edition(some.people.controller, AT)
    book = book_of(2025)
    frozen = {one.code: one for one in report.figures.all()}
    assert list(frozen) == [one.code for one in book]
    for figure in book:
        kept = frozen[figure.code]
        assert (kept.value, kept.previous, kept.engagement_ids) == (figure.value, figure.previous, list(figure.ids))
    assert frozen["meetings"].meeting_ids == list(book["meetings"].meeting_ids)
    assert frozen["memberships"].definition.startswith("Organisationer, nätverk")


def test_an_edition_does_not_change_when_the_register_does(some: Register) -> None:
    report = make_annual_report(year=2025, by=some.people.controller, at=AT)
    visit = some.visit(DAY, "NO", title="Sent inlagd")
    after = make_annual_report(year=2025, by=some.people.controller, at=AT)
    before = ReportFigure.objects.get(report=report, code="visits")
    assert (before.value, visit.pk in before.engagement_ids) == (1, False)
    assert ReportFigure.objects.get(report=after, code="visits").value == 2
    assert AnnualReport.objects.get(pk=report.pk).sha256 == report.sha256 != after.sha256


@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["reporting_annualreport", "reporting_reportfigure"])
def test_the_database_refuses_to_change_what_is_printed(some: Register, table: str, change: str) -> None:
    an_edition(None, AT)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_a_secret_one_is_counted_and_not_named(some: Register) -> None:
    for title in ("Hemligt besök", "Hemligt nätverk"):
        kind = some.visit(DAY, title=title) if "besök" in title else some.membership(date(2025, 1, 1), title=title)
        kind.is_secret, kind.secrecy_paragraph = True, "OSL 15 kap. 1 §"
        save_with_reason(kind, by=some.people.head, reason="")
    report = make_annual_report(year=2025, by=some.people.controller, at=AT)
    text = text_of(report)
    assert "Hemligt" not in text
    assert "Delegation från" in text
    assert ReportFigure.objects.get(report=report, code="visits").value == 2
    assert ReportFigure.objects.get(report=report, code="memberships.new").value == 2


def test_one_job_makes_one_edition_however_often_it_runs(some: Register) -> None:
    job = uuid4()
    first = make_annual_report(year=2025, by=some.people.controller, at=AT, job_id=job)
    assert make_annual_report(year=2025, by=some.people.controller, at=AT, job_id=job) == first
    assert AnnualReport.objects.count() == 1


@pytest.mark.parametrize("until", [0.0, 0.2, 0.9, 0.98])
def test_cancelled_at_any_step_keeps_nothing(some: Register, until: float) -> None:
    def tell(_step: str, share: float) -> None:
        if share >= until:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_annual_report(year=2025, by=some.people.controller, at=AT, tell=tell)
    assert not AnnualReport.objects.exists()
    assert not ReportFigure.objects.exists()


@pytest.mark.parametrize("year", [-1, 0, 1991, 2027, 99999])
def test_there_is_no_report_of_a_year_outside_the_register(some: Register, year: int) -> None:
    with pytest.raises(NoSuchYear, match="1992 till 2026"):
        make_annual_report(year=year, by=None, at=AT)


def test_an_empty_year_is_a_report_too(register: Register) -> None:
    report = make_annual_report(year=2001, by=None, at=AT)
    assert report.pages > 5
    assert ReportFigure.objects.get(report=report, code="visits.mean").value is None


def test_a_paper_of_text_from_people_is_literal(register: Register) -> None:
    nasty = '<img src="file:///etc/passwd"> {{ x }} & $x^2$ \u202etxt'
    register.visit(DAY, title=nasty)
    register.membership(date(2025, 1, 1), theme=nasty, title=nasty, post=nasty)
    register.influence(DAY, area=nasty[:80])
    register.project({2025: "1"}, programme=nasty)
    assert "<img src=" in text_of(make_annual_report(year=2025, by=None, at=AT))


@pytest.mark.django_db(transaction=True)
def test_what_is_read_in_one_snapshot_is_one_moment(register: Register) -> None:
    register.visit(DAY)
    with one_snapshot():
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            assert cursor.fetchone() == ("repeatable read",)
            cursor.execute("SHOW transaction_read_only")
            assert cursor.fetchone() == ("on",)
        assert book_of(2025)["visits"].value == 1


def test_the_number_of_queries_is_the_same_for_one_and_thirty(register: Register) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            book_of(2025)
        return len(found)

    register.visit(DAY)
    one = count()
    for number in range(30):
        register.visit(DAY)
        register.membership(date(2000 + number % 20, 1, 1), theme=f"Tema {number}")
        register.project({2025: "5"}, f"Program {number}")
        register.influence(DAY, f"Område {number}")
    assert count() == one <= 16
