"""The page of a long job, as the person who asked sees it, and as nobody else does."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from stockholm_intl.kit.jobs import finish_job, progress, start_job
from stockholm_intl.kit.models import Job, JobState
from tests.people import People

AsUser = Callable[[Any], Client]


@pytest.fixture
def job(people: People) -> Job:
    return start_job("probe.write", kind="report", title="Årsrapport 2025", by=people.controller, subject="x")


def test_it_says_how_far_it_has_come(job: Job, people: People, as_user: AsUser) -> None:
    progress(job.pk, "Räknar besök", 0.4)
    page = as_user(people.controller).get(job.get_absolute_url())
    text = page.content.decode()
    assert "Årsrapport 2025" in text
    assert "Räknar besök" in text
    assert 'value="40"' in text


def test_htmx_gets_the_same_without_the_frame(job: Job, people: People, as_user: AsUser) -> None:
    part = as_user(people.controller).get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert 'id="jobb"' in part
    assert "<html" not in part


def test_it_stops_asking_when_done(job: Job, people: People, as_user: AsUser) -> None:
    finish_job(job.pk, result_url="/rapporter/7/", message="412 ärenden")
    text = as_user(people.controller).get(job.get_absolute_url()).content.decode()
    assert "every 2s" not in text
    assert 'href="/rapporter/7/"' in text
    assert "412 ärenden" in text


def test_nobody_else_learns_that_it_exists(job: Job, people: People, as_user: AsUser, client: Client) -> None:
    for other in (people.coordinator, people.administrator, people.outsider):
        assert as_user(other).get(job.get_absolute_url()).status_code == 404
        assert as_user(other).post(job.get_absolute_url()).status_code == 404
    assert as_user(people.controller).get(f"/jobb/{uuid.uuid4()}/").status_code == 404
    assert client.get(job.get_absolute_url()).status_code == 302
    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_it_can_be_cancelled(job: Job, people: People, as_user: AsUser) -> None:
    answer = as_user(people.controller).post(job.get_absolute_url(), follow=True)
    assert "Avbrutet" in answer.content.decode()


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.05, ""), (0.5, "mindre än en minut kvar"), (0.2, "ungefär 2 minuter kvar"), (0.3, "ungefär 1 minut kvar")],
)
def test_time_left_is_told_when_it_can_be_known(share: float, words: str, job: Job, people: People) -> None:
    from stockholm_intl.kit.views import time_left

    now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    job.state, job.started_at, job.done_share = JobState.RUNNING, now - timedelta(seconds=30), share
    assert time_left(job, now) == words


def test_a_job_that_waits_long_says_why(job: Job, people: People, as_user: AsUser) -> None:
    browser = as_user(people.controller)
    assert "Det är kö just nu" not in browser.get(job.get_absolute_url()).content.decode()
    with time_machine.travel(job.created_at + timedelta(minutes=2)):
        assert "Det är kö just nu" in browser.get(job.get_absolute_url()).content.decode()
