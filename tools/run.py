"""What the Makefile calls: makes the environment ready, then becomes the command itself.

It becomes it (exec) rather than calls it, so that a signal to make reaches what runs.
Runs on a bare python3 >= 3.11, before anything is installed.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import machine

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements-dev.txt"
UV_LOCK = ROOT / "tools" / "requirements-uv.txt"
PYTEST = ("-m", "pytest")
ARGS = os.environ.get("ARGS", "").split()

COMMANDS: dict[str, list[str]] = {
    "demo": ["-m", "stockholm_intl.kit.launcher"],
    "test": [*PYTEST, "-n", os.environ.get("WORKERS", "2"), "--dist", "worksteal", *ARGS],
    "drills": [*PYTEST, "tests/drills", *ARGS],
    "check": ["tools/check.py", *ARGS],
    "bench": ["-m", "bench", *ARGS],
    "mutation": ["tools/mutation.py", *ARGS],
    "messages": ["tools/translations.py", "update"],
    "lock": ["tools/lock.py", *ARGS],
}
WITHOUT_TESTS = {"demo", "lock"}


def main() -> int:
    name = sys.argv[1]
    os.chdir(ROOT)
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells it
        return say(f"Python {sys.version.split()[0]} är för gammal: projektet behöver 3.11 eller senare.")
    if name == "doctor":
        return machine.doctor(ROOT)
    if name in ("demo-reset", "clean"):
        return throw_away(everything=name == "clean")
    if not ready_machine(machine.TO_RUN if name in WITHOUT_TESTS else machine.TO_TEST):
        return 1
    ready_environment()
    os.execv(PYTHON, [str(PYTHON), *COMMANDS[name]])


def ready_machine(needs: tuple[machine.Need, ...]) -> bool:
    lacking = machine.missing(needs)
    if not lacking or machine.install(lacking):
        return True
    say(f"Det saknas: {', '.join(need.name for need in lacking)}. Den här raden ordnar det:")
    say(f"  {machine.one_line(lacking)}")
    return False


def ready_environment() -> None:
    """.venv with exactly what the lock says; quick when nothing changed."""
    wanted = hashlib.sha256(LOCK.read_bytes() + UV_LOCK.read_bytes()).hexdigest()
    (ROOT / ".run").mkdir(exist_ok=True)
    with (ROOT / ".run" / "environment.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = VENV / ".synced"
        if stamp.exists() and PYTHON.exists() and stamp.read_text() == wanted:
            return
        say("Hämtar det som projektet behöver till .venv …")
        if not works(PYTHON):
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
        pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r"]
        subprocess.run([*pip, str(UV_LOCK)], check=True)
        uv = [str(VENV / "bin" / "uv"), "pip", "sync", "-q", "--require-hashes", "-p", str(PYTHON), str(LOCK)]
        if subprocess.run(uv, env=os.environ | same_index()).returncode:
            # uv reads none of pip's own configuration; where only pip is set up, pip does it, more slowly.
            subprocess.run([*pip, str(LOCK)], check=True)
        stamp.write_text(wanted)


def works(python: Path) -> bool:
    return python.exists() and subprocess.run([str(python), "-c", "import pip"], capture_output=True).returncode == 0


def same_index() -> dict[str, str]:
    """The package index that pip was told to use here, for uv."""
    if "UV_DEFAULT_INDEX" in os.environ:
        return {}
    told = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True
    )
    index = os.environ.get("PIP_INDEX_URL") or told.stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index else {}


def throw_away(*, everything: bool) -> int:
    """The demo's data; with everything also .venv and what tools keep. Stops the checkout's servers first."""
    run = ROOT / ".run"
    if PYTHON.exists() and run.exists():
        code = subprocess.run([str(PYTHON), "-m", "stockholm_intl.kit.launcher", "stop"]).returncode
        if code:
            return code
    shutil.rmtree(run, ignore_errors=True)
    if not everything:
        return say("Demons data är borta. Kör make demo för att börja om.", code=0)
    for name in (".venv", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis", "staticfiles"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    return 0


def say(text: str, code: int = 1) -> int:
    print(text, file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
