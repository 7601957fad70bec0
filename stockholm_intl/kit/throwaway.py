"""Servers for one run of the tests: quick, not durable, gone when the run ends."""

import atexit
import fcntl
import os
import shutil
from pathlib import Path

from stockholm_intl.kit import embedded

_held: list[int] = []  # the locks that say we still run; the system lets go of them when we end


def servers(base: Path) -> None:
    """Fill in DATABASE_URL, REDIS_URL and FILES_DIR where the environment lacks them; children inherit them."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL") and os.environ.get("FILES_DIR"):
        return
    clear_leftovers(base)
    folder = base / f"test-{os.getpid()}"
    hold(folder)
    atexit.register(remove, folder, os.getpid())
    # Set only what is missing, or a forked child would take our servers for given ones and start its own.
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = embedded.postgres(folder, durable=False)
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = embedded.redis(folder)
    os.environ.setdefault("FILES_DIR", str(folder / "files"))


def hold(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / "alive", os.O_WRONLY | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    _held.append(lock)


def clear_leftovers(base: Path) -> None:
    """What a killed run left: the system let go of its lock, its servers still run."""
    for folder in base.glob("test-*"):
        try:
            with (folder / "alive").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(folder, os.getpid())
        except OSError:
            continue


def remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:
        embedded.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)
