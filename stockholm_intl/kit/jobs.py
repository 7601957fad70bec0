"""Work outside the request. An operation calls enqueue(); a task in <app>/tasks.py does it, and may run twice.

enqueue() writes a row in the caller's transaction, so that the task comes if and only if the change does.
Every start is counted in the database before the task's own code runs: one that kills its worker is parked
after the third, instead of killing workers for ever.
"""

import functools
import logging
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from celery import Task, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stockholm_intl.kit import clock
from stockholm_intl.kit.models import OPEN_JOB_STATES, Job, JobState, Outbox, OutboxState
from stockholm_intl.kit.relay import nudge

__all__ = [
    "Cancelled",
    "Job",
    "Refused",
    "cancel_job",
    "enqueue",
    "finish_job",
    "progress",
    "recorded_task",
    "start_job",
]

logger = logging.getLogger(__name__)
MAX_STARTS = 3
DEATH_IS_SEEN = 3.0  # seconds
# A server that is away comes back; the mail server's own errors are OSErrors too.
PASSING = (OperationalError, InterfaceError, OSError)

Id = int | str | uuid.UUID | date


class Cancelled(Exception):
    """Raised in a task by progress() when the person no longer wants the result."""


class Refused(Exception):
    """Raised in a task that cannot do what was asked. Its message is Swedish and meant for the person."""


# --- Asking for it


def enqueue(name: str, *, job: Job | None = None, **ids: Id) -> Outbox:
    """Have the task of that name run after commit. With a job the task also gets its job_id."""
    if job is not None:
        ids = {**ids, "job_id": job.pk}
    row = Outbox.objects.create(name=name, job=job, ids={key: plain(value) for key, value in ids.items()})
    transaction.on_commit(functools.partial(nudge, [row.pk]))
    return row


def plain(value: Id) -> int | str:
    """Ids only: what people wrote has no business in a message queue."""
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | str):
        return value
    raise TypeError(f"A task takes ids, not {type(value).__name__}.")


@transaction.atomic
def start_job(name: str, *, kind: str, title: str, by: Any, **ids: Id) -> Job:
    """A job whose page `by` can follow, and the task that does it."""
    job = Job.objects.create(kind=kind, title=title, requested_by=by)
    enqueue(name, job=job, **ids)
    return job


@transaction.atomic
def start_again(rows: QuerySet[Outbox]) -> int:
    """Those of the rows that were parked or failed get three new starts; says how many they were."""
    ended = list(rows.filter(state__in=(OutboxState.PARKED, OutboxState.FAILED)).select_for_update())
    ids = [row.pk for row in ended]
    Job.objects.filter(outbox__in=ids, state=JobState.FAILED).update(
        state=JobState.WAITING, message="", done_share=0, finished_at=None
    )
    Outbox.objects.filter(pk__in=ids).update(
        state=OutboxState.WAITING, starts=0, sent_at=None, finished_at=None, error=""
    )
    if ids:
        transaction.on_commit(functools.partial(nudge, ids))
    return len(ids)


# --- While it runs


def progress(job_id: uuid.UUID | str, step: str, share: float) -> None:
    """Tell the page how far it has come (share 0..1); call it outside a transaction, or nobody sees it."""
    share = min(max(share, 0.0), 1.0)
    running = Job.objects.filter(pk=job_id, state__in=OPEN_JOB_STATES)
    if not running.update(state=JobState.RUNNING, step=step, done_share=share):
        raise Cancelled


def finish_job(job_id: uuid.UUID | str, *, result_url: str = "", message: str = "") -> None:
    """The result is there. A job that was cancelled meanwhile stays so."""
    Job.objects.filter(pk=job_id, state__in=OPEN_JOB_STATES).update(
        state=JobState.DONE,
        done_share=1,
        step="",
        result_url=result_url,
        message=message,
        finished_at=clock.now(),
    )


def cancel_job(*, job: Job, at: datetime) -> bool:
    """Whether it could still be stopped; a running task notices at its next progress()."""
    return bool(
        Job.objects.filter(pk=job.pk, state__in=OPEN_JOB_STATES).update(
            state=JobState.CANCELLED, step="", finished_at=at
        )
    )


# --- The record around every run


def recorded_task(*, name: str, **options: Any) -> Callable[[Callable[..., None]], Task]:
    """A Celery task whose runs are counted, and which runs at most once at a time."""

    def decorate(function: Callable[..., None]) -> Task:
        @shared_task(name=name, bind=True, **options)
        @functools.wraps(function)
        def run(self: Task, *args: Any, **ids: Any) -> None:
            if self.request.id is None:  # called as a plain function, by a test or a command
                function(*args, **ids)
                return
            with alone(self.request.id) as free:
                if free and (row := begin(self.request.id, name)):
                    perform(row, function, ids)

        return run

    return decorate


@contextmanager
def alone(task_id: str) -> Iterator[bool]:
    """False if another worker runs this very message now. The lock dies with its holder's connection."""
    key = uuid.UUID(task_id).int & (2**63 - 1)
    free = lock(key)
    # The message of a worker that was just killed may be here before PostgreSQL has seen the death.
    deadline = time.monotonic() + DEATH_IS_SEEN
    while not free and time.monotonic() < deadline:
        time.sleep(0.1)
        free = lock(key)
    try:
        yield free
    finally:
        if free and connection.connection and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def lock(key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def begin(task_id: str, name: str) -> Outbox | None:
    """Count this start; nothing if there is no more to do. A task of the beat gets its row here."""
    now = clock.now()
    Outbox.objects.get_or_create(pk=task_id, defaults={"name": name, "sent_at": now})
    row = Outbox.objects.select_for_update().get(pk=task_id)
    if row.finished_at:
        return None
    if row.job_id and not job_of(row).filter(state__in=OPEN_JOB_STATES).exists():
        end(row, OutboxState.CANCELLED)
        return None
    if row.starts >= MAX_STARTS:
        logger.error("parked after %s starts: %s", row.starts, row)
        end(row, OutboxState.PARKED, message=_("Jobbet avbröts gång på gång. Supporten har fått veta det."))
        return None
    row.state, row.starts, row.started_at = OutboxState.RUNNING, row.starts + 1, now
    row.save(update_fields=["state", "starts", "started_at"])
    job_of(row).update(state=JobState.RUNNING, started_at=now)
    return row


def perform(row: Outbox, function: Callable[..., None], ids: dict[str, Any]) -> None:
    try:
        function(**ids)
    except Cancelled:
        end(row, OutboxState.CANCELLED)
    except Refused as error:
        end(row, OutboxState.FAILED, message=str(error), error="Refused")
    except SoftTimeLimitExceeded as error:
        fail(row, error, message=_("Jobbet tog för lång tid. Välj ett mindre urval och försök igen."))
    except PASSING as error:
        again_later(row, error)
    except Exception as error:
        fail(row, error, message=_("Något gick fel hos oss. Felet är noterat; försök gärna igen."))
    else:
        if row.job_id:
            finish_job(row.job_id)
        end(row, OutboxState.DONE)


def again_later(row: Outbox, error: Exception) -> None:
    """What fails because something is away is tried again by the relay, after half a minute, then two."""
    if row.starts >= MAX_STARTS:
        fail(row, error, message=_("Ett system som behövs svarar inte. Försök igen senare."))
        return
    logger.warning("%s comes again: %s", row, type(error).__name__)
    Outbox.objects.filter(pk=row.pk).update(
        state=OutboxState.WAITING,
        sent_at=None,
        not_before=clock.now() + timedelta(seconds=30 * 4 ** (row.starts - 1)),
        error=type(error).__name__,
    )
    job_of(row).filter(state=JobState.RUNNING).update(state=JobState.WAITING, done_share=0)


def fail(row: Outbox, error: Exception, *, message: str) -> None:
    logger.error("failed: %s", row, exc_info=error)
    end(row, OutboxState.FAILED, message=message, error=type(error).__name__)


def end(row: Outbox, state: OutboxState, *, message: str = "", error: str = "") -> None:
    now = clock.now()
    Outbox.objects.filter(pk=row.pk).update(state=state, finished_at=now, error=error)
    if state in (OutboxState.FAILED, OutboxState.PARKED):
        job_of(row).filter(state__in=OPEN_JOB_STATES).update(
            state=JobState.FAILED, step="", message=message, finished_at=now
        )


def job_of(row: Outbox) -> QuerySet[Job]:
    """Its job if it has one, else nothing."""
    return Job.objects.filter(outbox=row)
