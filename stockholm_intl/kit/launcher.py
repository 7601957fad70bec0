"""make demo: everything that production has, on this machine, until Ctrl-C.

Its data lie in .run/ of the checkout, or where RUN_DIR says. Run it as `python -m stockholm_intl.kit.launcher`;
with the word stop it ends the checkout's embedded servers instead.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from stockholm_intl.kit import embedded
from stockholm_intl.kit.children import Child, Children

ROOT = Path(__file__).resolve().parents[2]
RUN_DIR = Path(os.environ.get("RUN_DIR") or ROOT / ".run").resolve()
HISTORY = str(ROOT / "engagements" / "data" / "events.csv")
PREPARE = (["migrate", "--verbosity", "0"], ["load_registers"], ["load_sample"], ["import_history", HISTORY])
ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
SHORT, TASK = 15.0, 250.0  # seconds of grace: for what answers requests, and for a task at its time limit


class Stopped(BaseException):
    """Somebody wants us to end. Not an Exception: nothing on the way may take it for a fault."""


class Failed(Exception):
    """The text says what is wrong and how to mend it."""


def main() -> int:
    if sys.argv[1:] == ["stop"]:
        return stop_servers()
    try:
        with only_one(), ending_on_signals():
            return demo(port=int(os.environ.get("PORT") or 8000))
    except Failed as reason:
        say(str(reason))
        return 1
    except Stopped:
        return 0


def stop_servers() -> int:
    try:
        with only_one():
            Children(RUN_DIR).stop_leftovers(grace=SHORT)
            embedded.stop(RUN_DIR)
    except Failed as reason:
        say(str(reason))
        return 1
    return 0


def demo(*, port: int) -> int:
    children = Children(RUN_DIR)
    children.stop_leftovers(grace=SHORT)
    require_free(port)
    try:
        environment = addresses() | {"SITE_URL": f"http://localhost:{port}", "PYTHONUNBUFFERED": "1"}
        for command in PREPARE:
            manage(*command, environment=environment)
        for name, command, grace in processes(port):
            children.start(name, command, environment=environment, cwd=ROOT, grace=grace)
        wait_until_it_answers(port, children.started)
        say(f"\nRegistret svarar på http://localhost:{port}/\n")
        manage("demo_logins", environment=environment, quiet=False)
        say(f"\nCtrl-C stoppar allt. Loggarna ligger i {RUN_DIR}/log/, det som skulle ha mejlats i {RUN_DIR}/mail/.")
        return watch(children.started)
    finally:
        stop(children)


def addresses() -> dict[str, str]:
    """What is set wins; else the embedded servers, found running or started."""
    say("Startar PostgreSQL och Redis …")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "stockholm_intl.settings.dev",
        "DATABASE_URL": os.environ.get("DATABASE_URL") or embedded.postgres(RUN_DIR),
        "REDIS_URL": os.environ.get("REDIS_URL") or embedded.redis(RUN_DIR),
    }


def manage(*words: str, environment: dict[str, str], quiet: bool = True) -> None:
    if quiet:
        say(f"manage.py {words[0]} …")
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL if quiet else None,
    )
    if done.returncode:
        raise Failed(f"manage.py {words[0]} gick inte: se raderna ovan.")


def processes(port: int) -> Iterator[tuple[str, list[str], float]]:
    """The same commands as in docker-compose.yml, smaller."""
    celery = [sys.executable, "-m", "celery", "-A", "stockholm_intl"]
    worker = [*celery, "worker", "--loglevel", "INFO", "--concurrency", "1", "--without-gossip", "--without-mingle"]
    gunicorn = [sys.executable, "-m", "gunicorn", "stockholm_intl.wsgi", "--bind", f"127.0.0.1:{port}"]
    gunicorn += ["--no-control-socket", "--graceful-timeout", "10"]
    yield "web", [*gunicorn, "--workers", "2", "--threads", "4"], SHORT
    yield "beat", [*celery, "beat", "--loglevel", "INFO", "--pidfile", ""], SHORT
    yield "worker", [*worker, "--queues", "default", "--hostname", "default@%h"], TASK
    reports = ["--queues", "reports", "--hostname", "reports@%h", "--max-tasks-per-child", "20"]
    yield "reports", [*worker, *reports], TASK


def wait_until_it_answers(port: int, started: list[Child]) -> None:
    """A real 200 from the front page, which sends a stranger on to the login page."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        require_running(started)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as error:
            raise Failed(f"Startsidan svarar {error.code}: se {RUN_DIR}/log/web.log.") from error
        except OSError:
            time.sleep(0.2)
    raise Failed(f"Startsidan svarade inte på en minut: se {RUN_DIR}/log/web.log.")


def watch(started: list[Child]) -> int:
    while True:
        require_running(started)
        time.sleep(0.5)


def require_running(started: list[Child]) -> None:
    for child in started:
        if not child.runs:
            raise Failed(f"{child.name} slutade oväntat: se {child.log}.")


def stop(children: Children) -> None:
    """Web, beat and workers first, the servers they write to last. A second signal ends the waiting."""
    if any(child.runs for child in children.started):
        say("\nStoppar. Ett jobb som pågår får göra klart (Ctrl-C igen avbryter det).")
    try:
        children.stop()
    except Stopped:
        children.kill()
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
    if not os.environ.get("REDIS_URL"):
        embedded.stop_redis(RUN_DIR)
    if not os.environ.get("DATABASE_URL"):
        embedded.stop_postgres(RUN_DIR)


@contextmanager
def ending_on_signals() -> Iterator[None]:
    """TERM, INT and HUP raise into one finally."""

    def raise_stopped(number: int, frame: FrameType | None) -> None:
        raise Stopped

    before = [signal.signal(each, raise_stopped) for each in ENDING]
    try:
        yield
    finally:
        for each, handler in zip(ENDING, before, strict=True):
            signal.signal(each, handler)


@contextmanager
def only_one() -> Iterator[None]:
    """Two demos in one checkout would share its data and stop each other's servers."""
    RUN_DIR.mkdir(exist_ok=True)
    with (RUN_DIR / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Failed(f"Demon körs redan i den här mappen ({lock.read().strip()}): stoppa den först.") from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, port {os.environ.get('PORT') or 8000}")
        lock.flush()
        yield


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Failed(f"Port {port} är upptagen. Välj en annan: make demo PORT={port + 1}") from None


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
