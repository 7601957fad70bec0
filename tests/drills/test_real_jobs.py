"""The register's own jobs, with the worker killed at any moment: done in the end, and done once."""

import random
import time
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from memberships.models import Review
from reporting.models import AnnualReport, ReportFigure
from reporting.operations import ask_for_report
from stockholm_intl.celery import app
from stockholm_intl.kit.jobs import OPEN_JOB_STATES
from stockholm_intl.kit.models import Job, JobState, Outbox
from stockholm_intl.kit.relay import relay_all
from tests.factories.memberships import a_membership
from tests.people import People
from tests.reporting.register import Register
from tests.worker import Worker, wait_until

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
REPORTS, KILLS = 3, 2  # a third kill of the same job would park it, rightly
RUNS, MEMBERSHIPS = 5, 40


def message_comes_back() -> None:
    """What Redis does after the visibility timeout, and the relay after it."""
    Outbox.objects.open().update(sent_at=None)
    relay_all()


def is_over(job: Job) -> bool:
    return not Job.objects.filter(pk=job.pk, state__in=OPEN_JOB_STATES).exists()


@pytest.mark.django_db(transaction=True)
def test_a_report_has_one_edition_however_often_its_worker_dies(lasting_worker: Worker) -> None:
    moments = random.Random(20261122)
    register = Register(People())
    for day in range(1, 9):
        register.visit(date(2025, 5, day))
    for _number in range(REPORTS):
        job = ask_for_report(year=2025, by=register.people.controller, at=NOW)
        for _kill in range(KILLS):
            lasting_worker.start()
            wait_until(
                lambda job=job: Job.objects.get(pk=job.pk).state != JobState.WAITING, seconds=60, what="it to run"
            )
            time.sleep(moments.uniform(0, 5))
            lasting_worker.kill()
            message_comes_back()
        lasting_worker.start()
        wait_until(lambda job=job: is_over(job), seconds=180, what="the report")
        assert Job.objects.get(pk=job.pk).state == JobState.DONE
        assert AnnualReport.objects.filter(job_id=job.pk).count() == 1
    assert sorted(AnnualReport.objects.values_list("edition", flat=True)) == list(range(1, REPORTS + 1))
    figures = {ReportFigure.objects.filter(report=report).count() for report in AnnualReport.objects.all()}
    assert len(figures) == 1


@pytest.mark.django_db(transaction=True)
def test_each_review_is_opened_once_however_often_its_worker_dies(lasting_worker: Worker) -> None:
    moments = random.Random(20261123)
    people, today = People(), timezone.localdate()
    for _number in range(MEMBERSHIPS):
        a_membership(people.contact, people.body("169"), entered_on=today.replace(year=today.year - 4, day=1))
    for _run in range(RUNS):
        lasting_worker.start()
        app.send_task("memberships.flag_due_reviews")
        time.sleep(moments.uniform(0, 0.5))
        lasting_worker.kill()
    lasting_worker.start()
    app.send_task("memberships.flag_due_reviews")
    message_comes_back()
    wait_until(lambda: not Outbox.objects.open().exists(), seconds=60, what="all to be done")
    assert Review.objects.count() == Review.history.count() == MEMBERSHIPS
    assert Review.objects.values("engagement_id").distinct().count() == MEMBERSHIPS
