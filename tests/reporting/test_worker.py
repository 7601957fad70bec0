"""A real worker on a real queue, with its own connection to the database."""

from datetime import UTC, date, datetime

import pytest

from reporting.models import AnnualReport
from reporting.operations import ask_for_report
from stockholm_intl.kit.jobs import cancel_job
from stockholm_intl.kit.models import Job
from tests.people import People
from tests.reporting.register import Register
from tests.worker import Worker, wait_until

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def register(real_worker: Worker) -> Register:
    return Register(People())


def ended(job: Job) -> bool:
    job.refresh_from_db()
    return not job.is_open


def test_it_makes_the_report_and_tells_how_far_it_has_come(register: Register) -> None:
    register.visit(date(2025, 5, 20))
    job = ask_for_report(year=2025, by=register.people.controller, at=NOW)
    told = set()

    def followed() -> bool:
        done = ended(job)
        told.add((job.step, job.done_share))
        return done

    wait_until(followed, seconds=120, what="the report")
    assert (job.state, job.done_share) == ("done", 1)
    report = AnnualReport.objects.get()
    assert report.job_id == job.pk
    assert str(report.pk) in job.result_url
    assert {"Texten sätts", "Skriver texten"} & {step for step, _share in told} or len(told) > 3


def test_a_cancelled_one_leaves_nothing(register: Register) -> None:
    for number in range(30):
        register.visit(date(2025, 5, 20), title=f"Besök {number}")
    job = ask_for_report(year=2025, by=register.people.controller, at=NOW)
    wait_until(lambda: Job.objects.get(pk=job.pk).state == "running", seconds=60, what="the start")
    assert cancel_job(job=job, at=NOW)
    other = ask_for_report(year=2024, by=register.people.controller, at=NOW)
    wait_until(lambda: ended(other), seconds=120, what="the next report")
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert [report.year for report in AnnualReport.objects.all()] == [2024]
