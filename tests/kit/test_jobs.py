"""What an operation may rely on when it enqueues, and what the person sees meanwhile."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from stockholm_intl.celery import app
from stockholm_intl.kit import clock
from stockholm_intl.kit.jobs import (
    MAX_STARTS,
    Cancelled,
    cancel_job,
    enqueue,
    finish_job,
    progress,
    start_again,
    start_job,
)
from stockholm_intl.kit.models import Job, JobState, Outbox, OutboxState
from tests.kit import probe_tasks
from tests.people import People


@pytest.fixture
def subject() -> str:
    return uuid.uuid4().hex


def deliver(row: Outbox) -> Outbox:
    """The message arrives at a worker."""
    app.tasks[row.name].apply(kwargs=row.ids, task_id=str(row.pk))
    row.refresh_from_db()
    return row


def a_job(people: People, subject: str, task: str = "probe.stepwise") -> Job:
    return start_job(task, kind="prov", title="Ett prov", by=people.contact, subject=subject)


@pytest.mark.django_db
def test_a_change_that_is_rolled_back_leaves_no_task() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue("probe.write", subject="x")
        raise RuntimeError
    assert not Outbox.objects.exists()


@pytest.mark.django_db
def test_ids_travel_as_plain_values() -> None:
    key = uuid.uuid4()
    row = enqueue("probe.write", number=7, key=key, day=date(2026, 11, 22))
    assert row.ids == {"number": 7, "key": str(key), "day": "2026-11-22"}


@pytest.mark.django_db
def test_objects_are_refused_in_the_queue(people: People) -> None:
    with pytest.raises(TypeError, match="takes ids, not User"):
        enqueue("probe.write", who=people.contact)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_message_that_comes_twice_runs_once(subject: str) -> None:
    row = enqueue("probe.write", subject=subject)
    deliver(row)
    deliver(row)
    assert probe_tasks.noted(subject) == ["done"]
    assert (row.state, row.starts) == (OutboxState.DONE, 1)


@pytest.mark.django_db
def test_what_was_started_three_times_without_an_end_is_parked(people: People, subject: str) -> None:
    job = a_job(people, subject)
    row = job.outbox.get()
    Outbox.objects.filter(pk=row.pk).update(starts=MAX_STARTS, state=OutboxState.RUNNING)
    assert deliver(row).state == OutboxState.PARKED
    job.refresh_from_db()
    assert probe_tasks.noted(subject) == []
    assert job.state == JobState.FAILED
    assert job.message


@pytest.mark.django_db
def test_a_server_that_is_away_is_tried_three_times(subject: str) -> None:
    row = enqueue("probe.away", subject=subject)
    waits = []
    for _start in range(MAX_STARTS):
        waits.append(row.not_before)
        deliver(row)
    assert len(probe_tasks.noted(subject)) == MAX_STARTS
    assert (row.state, row.error) == (OutboxState.FAILED, "ConnectionRefusedError")
    assert waits[2] - waits[1] > timedelta(seconds=80)


@pytest.mark.django_db
def test_a_fault_of_ours_is_told_at_once_and_not_repeated(people: People, subject: str) -> None:
    job = a_job(people, subject, task="probe.too_slow")
    Outbox.objects.update(name="probe.fail", ids={"subject": subject})
    row = deliver(job.outbox.get())
    job.refresh_from_db()
    assert (row.state, row.starts, job.state) == (OutboxState.FAILED, 1, JobState.FAILED)


@pytest.mark.django_db
def test_an_error_is_kept_without_what_people_wrote(subject: str, capfd: pytest.CaptureFixture[str]) -> None:
    row = deliver(enqueue("probe.fail", subject=subject))
    told = capfd.readouterr()
    assert row.error == "ValueError"
    assert "anna@" not in told.err + told.out


@pytest.mark.django_db
def test_a_job_that_takes_too_long_says_so(people: People, subject: str) -> None:
    job = a_job(people, subject)
    Outbox.objects.update(name="probe.too_slow", ids={"subject": subject})
    deliver(job.outbox.get())
    job.refresh_from_db()
    assert "för lång tid" in job.message


@pytest.mark.django_db
def test_a_job_ends_with_its_task(people: People, subject: str, run_outbox: Callable[[], int]) -> None:
    job = a_job(people, subject)
    assert run_outbox() == 1
    job.refresh_from_db()
    assert (job.state, job.done_share, job.step) == (JobState.DONE, 1, "")
    assert job.started_at
    assert job.finished_at


@pytest.mark.django_db
def test_progress_is_kept_between_nothing_and_all(people: People, subject: str) -> None:
    job = a_job(people, subject)
    progress(job.pk, "Läser", 1.7)
    job.refresh_from_db()
    assert (job.state, job.step, job.done_share) == (JobState.RUNNING, "Läser", 1)


@pytest.mark.django_db
def test_a_cancelled_job_is_never_begun(people: People, subject: str) -> None:
    job = a_job(people, subject)
    assert cancel_job(job=job, at=clock.now())
    assert deliver(job.outbox.get()).state == OutboxState.CANCELLED
    assert probe_tasks.noted(subject) == []


@pytest.mark.django_db
def test_a_running_task_notices_at_its_next_step(people: People, subject: str) -> None:
    job = a_job(people, subject)
    progress(job.pk, "Läser", 0.1)
    cancel_job(job=job, at=clock.now())
    with pytest.raises(Cancelled):
        progress(job.pk, "Skriver", 0.2)
    finish_job(job.pk, result_url="/rapporter/1/")
    job.refresh_from_db()
    assert (job.state, job.result_url) == (JobState.CANCELLED, "")


@pytest.mark.django_db
def test_what_is_done_cannot_be_cancelled(people: People, subject: str) -> None:
    job = a_job(people, subject)
    finish_job(job.pk)
    assert not cancel_job(job=job, at=clock.now())


@pytest.mark.django_db
def test_a_task_of_the_clock_is_recorded_too(subject: str) -> None:
    task_id = str(uuid.uuid4())
    app.tasks["probe.write"].apply(kwargs={"subject": subject}, task_id=task_id)
    assert Outbox.objects.get(pk=task_id).state == OutboxState.DONE


def test_called_as_a_function_it_just_runs(subject: str) -> None:
    probe_tasks.write(subject=subject)
    assert probe_tasks.noted(subject) == ["done"]


@pytest.mark.django_db
def test_what_was_parked_can_be_started_again(people: People, subject: str, run_outbox: Callable[[], int]) -> None:
    job = a_job(people, subject)
    Outbox.objects.update(starts=MAX_STARTS)
    assert deliver(job.outbox.get()).state == OutboxState.PARKED
    assert start_again(Outbox.objects.all()) == 1
    assert run_outbox() == 1
    job.refresh_from_db()
    assert (job.state, probe_tasks.noted(subject)) == (JobState.DONE, ["half", "done"])
    assert start_again(Outbox.objects.all()) == 0


@pytest.mark.django_db
def test_the_back_office_sees_what_was_parked_and_starts_it_again(people: People, subject: str) -> None:
    row = enqueue("probe.fail", subject=subject)
    deliver(row)
    people.administrator.is_superuser = True
    people.administrator.save()
    browser = Client()
    browser.force_login(people.administrator, backend="django.contrib.auth.backends.ModelBackend")
    place = reverse("admin:kit_outbox_changelist")
    assert "ValueError" in browser.get(place).content.decode()
    browser.post(place, {"action": "again", "_selected_action": [str(row.pk)]})
    row.refresh_from_db()
    assert (row.state, row.starts, row.finished_at) == (OutboxState.WAITING, 0, None)
