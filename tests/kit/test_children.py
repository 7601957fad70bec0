"""What a launcher starts ends with it: politely, or at the next start."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stockholm_intl.kit import launcher
from stockholm_intl.kit.children import Child, Children, group, start_time
from stockholm_intl.kit.embedded import alive, free_port
from tests.worker import wait_until

FINISHES = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (time.sleep(0.5), print("finished", flush=True), sys.exit(0)))
print("ready", flush=True)
while True: time.sleep(0.1)
"""
IGNORES = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
while True: time.sleep(0.1)
"""


def started(children: Children, code: str, *, grace: float = 10) -> Child:
    child = children.start("child", [sys.executable, "-c", code], environment=os.environ, cwd=Path.cwd(), grace=grace)
    wait_until(lambda: "ready" in child.log.read_text())
    return child


def test_a_child_may_finish_what_it_does(tmp_path: Path) -> None:
    children = Children(tmp_path)
    child = started(children, FINISHES)
    children.stop()
    assert "finished" in child.log.read_text()
    assert child.process.returncode == 0
    assert not children.register.exists()


def test_one_that_does_not_end_is_ended(tmp_path: Path) -> None:
    children = Children(tmp_path)
    child = started(children, IGNORES, grace=0.3)
    began = time.monotonic()
    children.stop()
    assert time.monotonic() - began < 5
    assert child.process.returncode == -signal.SIGKILL


def test_children_end_with_a_launcher_that_is_killed(tmp_path: Path) -> None:
    code = f"""
import os, sys, time
from pathlib import Path
from stockholm_intl.kit.children import Children
child = Children(Path({str(tmp_path)!r})).start(
    "child", [sys.executable, "-c", {FINISHES!r}], environment=os.environ, cwd=Path.cwd(), grace=1)
while "ready" not in child.log.read_text(): time.sleep(0.05)
print(child.process.pid, flush=True)
os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    pid = int(done.stdout)
    wait_until(lambda: not alive(pid), seconds=10, what="the child to end")
    assert "finished" in (tmp_path / "log" / "child.log").read_text()


def test_the_next_launcher_ends_what_a_crash_left(tmp_path: Path) -> None:
    left = started(Children(tmp_path), IGNORES)
    assert Children(tmp_path).stop_leftovers(grace=0.3) == 1
    assert left.process.wait(5) == -signal.SIGKILL
    assert Children(tmp_path).stop_leftovers(grace=0.3) == 0


def test_a_number_that_another_program_got_is_left_alone(tmp_path: Path) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    (tmp_path / "children.json").write_text(f"[[{bystander.pid}, {start_time(bystander.pid) - 1}]]")
    assert Children(tmp_path).stop_leftovers(grace=0.1) == 0
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()
    assert group(bystander.pid) == []


def test_a_broken_register_stops_no_start(tmp_path: Path) -> None:
    (tmp_path / "children.json").write_text("{half")
    assert Children(tmp_path).stop_leftovers(grace=0.1) == 0


def test_a_taken_port_is_told_with_another_that_may_be_free() -> None:
    import socket

    port = free_port()
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", port))
        busy.listen()
        with pytest.raises(launcher.Failed, match=f"make demo PORT={port + 1}"):
            launcher.require_free(port)
    launcher.require_free(port)


def test_a_child_that_ends_by_itself_ends_the_demo_with_a_word(tmp_path: Path) -> None:
    children = Children(tmp_path)
    child = children.start("web", [sys.executable, "-c", ""], environment=os.environ, cwd=Path.cwd(), grace=1)
    child.process.wait(10)
    with pytest.raises(launcher.Failed, match="web slutade"):
        launcher.require_running(children.started)
