"""make demo, as a person starts and stops it, and as a crash leaves it."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from stockholm_intl.kit import embedded
from stockholm_intl.kit.children import group
from tests.kit import probe_tasks
from tests.worker import wait_until

ANSWERS = "Registret svarar på"


class Demo:
    """One checkout's demo: its run folder and its port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, embedded.free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHON": sys.executable,
            "RUN_DIR": str(folder),
            "PORT": str(self.port),
            "FILES_DIR": str(folder / "files"),
            "MORE_TASKS": "tests.kit.probe_tasks",
        }
        self.output = folder / "output"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **more: str) -> "Demo":
        with self.output.open("wb") as file:
            self.process = subprocess.Popen(
                ["make", "demo"],
                cwd=settings.BASE_DIR,
                env=self.environment | more,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        return self

    @property
    def told(self) -> str:
        return self.output.read_text()

    def wait_until_it_answers(self) -> None:
        def answers() -> bool:
            assert self.process and (self.process.poll() is None or ANSWERS in self.told), self.told
            return ANSWERS in self.told

        wait_until(answers, seconds=180, what="the demo")

    def front_page(self) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
            return int(answer.status)

    def enqueue(self, name: str, **ids: object) -> None:
        code = f"from stockholm_intl.kit.jobs import enqueue; enqueue({name!r}, **{ids!r})"
        subprocess.run([sys.executable, "manage.py", "shell", "-c", code], env=self.environment, check=True)

    def processes(self) -> list[int]:
        """Everything that anybody started for this run folder."""
        marker = f"RUN_DIR={self.folder}".encode()
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if marker in environ(pid)]

    def end(self) -> None:
        """Whatever a test left."""
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.process:
            self.process.wait()
        embedded.stop(self.folder)

    @property
    def launcher(self) -> int:
        return int(self.folder.joinpath("demo.lock").read_text().split()[1].rstrip(","))


def environ(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def demo(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Demo]:
    demo = Demo(folder)
    # What its tasks note down lies with it.
    monkeypatch.setenv("FILES_DIR", demo.environment["FILES_DIR"])
    yield demo
    demo.end()


@contextmanager
def database(folder: Path) -> Iterator[psycopg.Connection]:
    with psycopg.connect(embedded.answering_postgres(folder / "postgres")) as connection:
        yield connection


def engagements(folder: Path) -> int:
    with database(folder) as connection:
        row = connection.execute("SELECT count(*) FROM engagements_engagement").fetchone()
    assert row
    return int(row[0])


def test_the_whole_life_of_a_demo(demo: Demo) -> None:
    demo.start().wait_until_it_answers()
    assert demo.front_page() == 200
    known = engagements(demo.folder)
    assert known > 100

    # A crash: nobody stops anything. The children end with the launcher, the servers stay and are used on.
    server = embedded.postmaster(demo.folder / "postgres")[0]
    left = demo.launcher
    os.kill(left, signal.SIGKILL)
    wait_until(lambda: not group(left), what="the launcher to be gone")
    assert demo.process
    demo.process.wait(30)
    demo.start().wait_until_it_answers()
    assert embedded.postmaster(demo.folder / "postgres")[0] == server
    assert engagements(demo.folder) == known

    # A second one in the same place is told, and does no harm.
    with pytest.raises(subprocess.CalledProcessError) as refused:
        run_again(demo)
    assert f"port {demo.port}" in refused.value.stdout
    assert demo.front_page() == 200

    # SIGTERM to make: the task that runs is finished, everything ends, the servers last.
    subject = uuid.uuid4().hex
    demo.enqueue("probe.slow", subject=subject, tenths=40)
    wait_until(lambda: probe_tasks.noted(subject) == ["started"], what="the task to begin")
    demo.process.send_signal(signal.SIGTERM)
    demo.process.wait(60)
    assert probe_tasks.noted(subject) == ["started", "done"]
    wait_until(lambda: not demo.processes(), seconds=10, what="all processes to be gone")
    assert not embedded.answering_redis(demo.folder)
    assert not embedded.answering_postgres(demo.folder / "postgres")


def run_again(demo: Demo) -> None:
    subprocess.run(
        [sys.executable, "-m", "stockholm_intl.kit.launcher"],
        cwd=settings.BASE_DIR,
        env=demo.environment,
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_every_way_to_say_stop_stops_it_also_while_it_starts(demo: Demo, number: signal.Signals) -> None:
    demo.start()
    wait_until(lambda: "manage.py migrate" in demo.told, what="it to begin")
    time.sleep(1)
    os.kill(demo.launcher, number)
    assert demo.process
    demo.process.wait(60)
    wait_until(lambda: not demo.processes(), seconds=10, what="all processes to be gone")


def test_two_checkouts_run_side_by_side_and_a_taken_port_is_told(
    demo: Demo, folder: Path, start_other: Callable[[], Demo]
) -> None:
    demo.start().wait_until_it_answers()
    other = start_other()
    taken = other.start(PORT=str(demo.port))
    assert taken.process
    assert taken.process.wait(60) != 0
    assert f"make demo PORT={demo.port + 1}" in taken.told
    other.start().wait_until_it_answers()
    assert (demo.front_page(), other.front_page()) == (200, 200)


@pytest.fixture
def start_other(folder: Path) -> Iterator[Callable[[], Demo]]:
    made: list[Demo] = []

    def make() -> Demo:
        place = folder / "other"
        place.mkdir()
        made.append(Demo(place))
        return made[-1]

    yield make
    for each in made:
        each.end()
