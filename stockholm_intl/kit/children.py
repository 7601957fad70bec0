"""The processes of one launcher: they end with it, and what a killed launcher left is found by the next."""

import ctypes
import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
GONE = 0
libc = ctypes.CDLL(None, use_errno=True)


@dataclass
class Child:
    """`grace`: seconds it gets to finish what it does after SIGTERM."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    grace: float

    @property
    def runs(self) -> bool:
        return self.process.poll() is None


class Children:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.register = folder / "children.json"
        self.started: list[Child] = []

    def start(
        self, name: str, command: Sequence[str], *, environment: Mapping[str, str], cwd: Path, grace: float
    ) -> Child:
        log = self.folder / "log" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        parent = os.getpid()

        def end_with_parent() -> None:
            # Between fork and this call the parent may be gone already.
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

        with log.open("wb") as file:
            process = subprocess.Popen(
                list(command),
                env=dict(environment),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,  # Ctrl-C in the terminal is for the launcher, which then asks nicely
                preexec_fn=end_with_parent,
            )
        child = Child(name, process, log, grace)
        self.started.append(child)
        known = [[each.process.pid, start_time(each.process.pid)] for each in self.started if each.runs]
        self.register.write_text(json.dumps(known))
        return child

    def stop(self) -> None:
        """SIGTERM to each leader, not to its group: that would kill the task that is running."""
        for child in self.started:
            if child.runs:
                child.process.terminate()
        for child in self.started:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(child.grace)
        self.kill()

    def kill(self) -> None:
        for child in self.started:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()
        self.register.unlink(missing_ok=True)

    def stop_leftovers(self, *, grace: float) -> int:
        """End the groups that an earlier launcher started and could not stop; how many there were."""
        left = [pid for pid, born in self.written() if start_time(pid) in (born, GONE) and group(pid)]
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + grace
        while any(group(pid) for pid in left) and time.monotonic() < deadline:
            time.sleep(0.1)
        for pid in left:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        self.register.unlink(missing_ok=True)
        return len(left)

    def written(self) -> list[tuple[int, int]]:
        with suppress(FileNotFoundError, ValueError):
            return [(int(pid), int(born)) for pid, born in json.loads(self.register.read_text())]
        return []


def start_time(pid: int) -> int:
    """With its number it names one process, also after numbers come round again."""
    return int(stat(pid)[19]) if stat(pid) else GONE


def group(leader: int) -> list[int]:
    """Who lives in that process group; its number is not given out again while somebody does."""
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in pids if (fields := stat(pid)) and int(fields[2]) == leader and fields[0] != "Z"]


def stat(pid: int) -> list[str]:
    """/proc/PID/stat from its third field (the state) on; nothing if there is no such process."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []
