"""Tasks that only tests have. Each run leaves a line in a file, which a killed process cannot take back."""

import os
import signal
import time
from pathlib import Path

from celery.exceptions import SoftTimeLimitExceeded

from stockholm_intl.kit.jobs import progress, recorded_task


def notes(subject: str) -> Path:
    return Path(os.environ["FILES_DIR"]) / f"probe-{subject}.txt"


def note(subject: str, word: str) -> None:
    notes(subject).parent.mkdir(parents=True, exist_ok=True)
    with notes(subject).open("a") as file:
        file.write(word + "\n")


def noted(subject: str) -> list[str]:
    return notes(subject).read_text().split() if notes(subject).exists() else []


@recorded_task(name="probe.write")
def write(*, subject: str) -> None:
    note(subject, "done")


@recorded_task(name="probe.slow")
def slow(*, subject: str, tenths: int) -> None:
    note(subject, "started")
    for _tenth in range(tenths):
        time.sleep(0.1)
    note(subject, "done")


@recorded_task(name="probe.kill_worker")
def kill_worker(*, subject: str) -> None:
    note(subject, "started")
    os.kill(os.getpid(), signal.SIGKILL)


@recorded_task(name="probe.fail")
def fail(*, subject: str) -> None:
    note(subject, "started")
    raise ValueError("Key (email)=(anna@stockholm.example) already exists")


@recorded_task(name="probe.away")
def away(*, subject: str) -> None:
    note(subject, "started")
    raise ConnectionRefusedError


@recorded_task(name="probe.too_slow")
def too_slow(*, subject: str) -> None:
    raise SoftTimeLimitExceeded


@recorded_task(name="probe.stepwise")
def stepwise(*, job_id: str, subject: str) -> None:
    progress(job_id, "Läser underlaget", 0.5)
    note(subject, "half")
    progress(job_id, "Skriver", 0.9)
    note(subject, "done")
