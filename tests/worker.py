"""A Celery worker as production starts it, on the database of the test."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from stockholm_intl.celery import app

QUEUES = ("default", "reports")


def wait_until(condition: Callable[[], object], *, seconds: float = 30, what: str = "the condition") -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s in vain for {what}")
        time.sleep(0.05)


def address_of_test_database() -> str:
    config = connection.settings_dict
    password = f":{quote(config['PASSWORD'])}" if config["PASSWORD"] else ""
    port = f"&port={config['PORT']}" if config["PORT"] else ""
    return f"postgresql://{config['USER']}{password}@/{config['NAME']}?host={quote(str(config['HOST']), safe='')}{port}"


def environment(**more: str) -> dict[str, str]:
    """For a process of ours beside the test: same database, same Redis number, same files."""
    return (
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "stockholm_intl.settings.test",
            "DATABASE_URL": address_of_test_database(),
            "PYTHONWARNINGS": "default",
        }
        | more
    )


class Worker:
    def __init__(
        self, *, mail_url: str = "", queues: tuple[str, ...] = QUEUES, name: str = "test", **more: str
    ) -> None:
        self.queues, self.name, self.node = queues, name, f"{name}@tests"
        self.environment = environment(**({"EMAIL_URL": mail_url} if mail_url else {}), **more)
        number = settings.CELERY_BROKER_URL.rpartition("/")[2]
        self.log = Path(os.environ["FILES_DIR"]).parent / f"worker-{name}-{number}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it if it does not run, and wait until it takes tasks."""
        if self.is_running():
            return
        self.log.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "celery", "-A", "stockholm_intl", "worker", "--concurrency=1"]
        command += ["--queues", ",".join(self.queues), "--without-gossip", "--without-mingle", "-l", "INFO"]
        command += ["--include", "tests.kit.probe_tasks"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "-n", self.node],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self.is_ready, what=f"the worker; its log is {self.log}")

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def is_ready(self) -> bool:
        if self.process and self.process.poll() is not None:
            raise AssertionError(self.log.read_text())
        return " ready." in self.log.read_text()

    def forget_messages(self) -> None:
        """What an earlier test left in Redis speaks of rows that are gone."""
        with app.connection_for_write() as broker, broker.channel() as channel:
            channel.client.delete(*self.queues, "unacked", "unacked_index")

    def wake(self) -> None:
        """Started, and taking what comes."""
        self.forget_messages()
        if self.is_running():
            self.tell("add_consumer")
        else:
            self.start()

    def rest(self) -> None:
        """What is begun is done, and no more is taken: the next test, and the emptying of the tables, are left in peace."""
        if self.is_running():
            self.tell("cancel_consumer")
            wait_until(self.has_nothing, what=f"the worker to finish; its log is {self.log}")

    def tell(self, command: str) -> None:
        for queue in self.queues:
            told = getattr(app.control, command)(queue, destination=[self.node], reply=True, limit=1, timeout=10)
            if not told:
                raise AssertionError(f"the worker did not answer {command}; its log is {self.log}")

    def has_nothing(self) -> bool:
        asked = app.control.inspect(destination=[self.node], limit=1, timeout=10)
        return [asked.active(), asked.reserved()] == [{self.node: []}, {self.node: []}]

    def kill(self) -> None:
        """As the out-of-memory killer would: parent and children, no goodbye."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        if self.process and self.is_running():
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
