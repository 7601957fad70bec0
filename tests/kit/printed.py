"""The same paper printed elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def sha256_in_another_process(paper: str, *, hash_seed: str) -> str:
    command = [sys.executable, "-m", "tests.kit.print_once", paper]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "LC_ALL": "C.UTF-8", "TZ": "America/New_York"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=300)
    return done.stdout.strip()
