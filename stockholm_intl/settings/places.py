"""Where things lie, and what the environment says."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]
RUN_DIR = BASE_DIR / ".run"
env = environ.FileAwareEnv()
