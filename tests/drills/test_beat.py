"""Two clocks: one ticks, the other takes over when the first is gone, and nothing is started twice."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis
from django.conf import settings

from tests.drills.conftest import Broker
from tests.worker import environment, wait_until

TICKS = "this beat ticks"


@pytest.fixture
def start_beat(broker: Broker, folder: Path, transactional_db: None) -> Iterator[Callable[[str], "Beat"]]:
    with ExitStack() as stack:

        def start(name: str) -> Beat:
            beat = Beat(folder / f"{name}.log", folder / f"{name}.alive", broker)
            stack.callback(beat.kill)
            return beat

        yield start


class Beat:
    def __init__(self, log: Path, alive: Path, broker: Broker) -> None:
        self.log, self.alive = log, alive
        env = environment(REDIS_URL=broker.url, PYTEST_XDIST_WORKER="gw-1", BEAT_ALIVE=str(alive))
        command = [sys.executable, "-m", "celery", "-A", "stockholm_intl", "beat", "-l", "INFO", "--pidfile", ""]
        with log.open("wb") as file:
            self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, stdout=file, stderr=file)

    @property
    def ticks(self) -> bool:
        return TICKS in self.log.read_text()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def queued(broker: Broker) -> list[str]:
    with redis.from_url(broker.url) as client:
        return [json.loads(message)["headers"]["task"] for message in client.lrange("default", 0, -1)]


@pytest.mark.django_db(transaction=True)
def test_of_two_beats_one_ticks_and_the_other_takes_over(start_beat: Callable[[str], Beat], broker: Broker) -> None:
    first = start_beat("first")
    wait_until(lambda: first.ticks, what="the first beat")
    wait_until(lambda: "memberships.flag_due_reviews" in queued(broker), what="the day's task")
    second = start_beat("second")
    wait_until(second.alive.exists, what="the second to stand by")
    assert not second.ticks
    assert queued(broker).count("memberships.flag_due_reviews") == 1

    first.kill()
    wait_until(lambda: second.ticks, what="the second to take over")


@pytest.mark.django_db(transaction=True)
def test_what_fell_due_while_no_beat_ran_is_started_at_once(start_beat: Callable[[str], Beat], broker: Broker) -> None:
    start_beat("late")
    wait_until(lambda: {"memberships.flag_due_reviews", "kit.tidy"} <= set(queued(broker)), what="the day's tasks")
