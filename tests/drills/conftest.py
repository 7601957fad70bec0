"""What the drills break is theirs alone: a Redis, a run folder and workers that no other test uses."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from stockholm_intl.celery import app
from stockholm_intl.kit import embedded, relay
from tests.worker import Worker

QUICK = {"VISIBILITY_TIMEOUT": "8", "TASK_TIME_LIMIT": "3"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """In the checkout: PostgreSQL's own user must reach it, which it cannot in root's temporary folder."""
    place = Path(settings.RUN_DIR) / f"test-{os.getpid()}" / "drill"
    place.mkdir(parents=True)
    yield place
    embedded.stop(place)
    shutil.rmtree(place)


class Broker:
    """A Redis to kill, on a port that stays the same."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = embedded.redis(folder)

    def kill(self) -> None:
        os.kill(embedded.redis_state(self.folder)["pid"], 9)

    def start_empty(self) -> None:
        state = embedded.redis_state(self.folder)
        shutil.rmtree(self.folder / "redis" / "appendonlydir", ignore_errors=True)
        (self.folder / "redis" / "appendonly.aof").unlink(missing_ok=True)
        embedded.start_redis(self.folder, port=state["port"], password=state["password"])
        embedded.wait_for(lambda: embedded.answering_redis(self.folder), what="Redis", log=self.folder)


@pytest.fixture
def broker(folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    own = Broker(folder)
    before = app.conf.broker_url
    settings.CELERY_BROKER_URL = app.conf.broker_url = own.url
    app.pool.force_close_all()
    app.amqp._producer_pool = None
    monkeypatch.setattr(relay, "_quiet_until", 0.0)
    yield own
    app.conf.broker_url = before
    app.pool.force_close_all()
    app.amqp._producer_pool = None


@pytest.fixture
def mortal_worker(transactional_db: None) -> Iterator[Worker]:
    """Its messages come back after seconds instead of minutes."""
    yield from used(Worker(name="mortal", queues=("default",), **QUICK))


@pytest.fixture
def lasting_worker(transactional_db: None) -> Iterator[Worker]:
    """As in production: the pool tells of a dead child before any time is up."""
    yield from used(Worker(name="lasting"))


def used(worker: Worker) -> Iterator[Worker]:
    worker.forget_messages()
    yield worker
    worker.stop()
    worker.forget_messages()
