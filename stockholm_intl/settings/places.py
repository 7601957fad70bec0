"""Where things lie, and what the environment says."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.FileAwareEnv()


def place(name: str, default: Path) -> Path:
    return Path(env.str(name, default=str(default)))


# What a checkout's own servers and demo keep.
RUN_DIR = place("RUN_DIR", BASE_DIR / ".run")
