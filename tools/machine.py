"""What the machine itself must have, besides Python packages. Runs on a bare python3 >= 3.11."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """`why` is told to the reader; `packages` are Debian's names."""

    name: str
    why: str
    packages: tuple[str, ...]
    there: Callable[[], bool]


def library(*names: str) -> Callable[[], bool]:
    def loads() -> bool:
        try:
            for name in names:
                ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return loads


def program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def can_make_environments() -> bool:
    """Debian splits venv's pip from Python itself."""
    return subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True).returncode == 0


def can_install_redis() -> bool:
    """Its wheels end at Python 3.12; after that it is compiled here."""
    return sys.version_info < (3, 13) or bool(shutil.which("cc") and shutil.which("make"))


VENV = Need("venv", "gör projektets egen Python-miljö", ("python3-venv",), can_make_environments)
COMPILER = Need("C-kompilator", "bygger Redis på Python 3.13 och senare", ("build-essential",), can_install_redis)
PANGO = Need(
    "Pango",
    "sätter texten i PDF:erna",
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    library("libpango-1.0.so.0", "libpangoft2-1.0.so.0"),
)
CHROMIUM = Need("Chromium", "bara för proven", ("chromium",), program("chromium", "chromium-browser", "google-chrome"))
GETTEXT = Need("gettext", "bara för kontrollen av översättningar", ("gettext",), program("xgettext"))
POPPLER = Need("poppler", "bara för proven av PDF:er", ("poppler-utils",), program("pdftotext"))

TO_RUN = (VENV, COMPILER, PANGO)
TO_TEST = (*TO_RUN, CHROMIUM, GETTEXT, POPPLER)


def missing(needs: tuple[Need, ...]) -> list[Need]:
    return [need for need in needs if not need.there()]


def one_line(needs: list[Need]) -> str:
    """What a person with the right to install types."""
    packages = " ".join(name for need in needs for name in need.packages)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}"


def install(needs: list[Need]) -> bool:
    """Install them if we may; whether all are there now."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": sys.stderr, "check": False}
    packages = [name for need in needs for name in need.packages]
    subprocess.run(["apt-get", "update", "-q"], **quiet)
    subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages], **quiet)
    return not missing(tuple(needs))


def doctor(root: Path) -> int:
    """Tell what is there, what is missing and the line that mends it."""
    lines = [(f"Python {sys.version.split()[0]}", "minst 3.11", sys.version_info >= (3, 11))]
    lines += [(need.name, need.why, need.there()) for need in TO_TEST]
    lines.append(("typsnitt", "följer med i static/", any((root / "static").rglob("*.ttf"))))
    lines.append((".venv", "görs av make demo och make test", (root / ".venv" / "bin" / "python").exists()))
    for name, why, there in lines:
        print(f"{'finns ' if there else 'saknas'}  {name:14} {why}")
    lacking = missing(TO_TEST)
    if lacking:
        print(f"\nDet här ordnar det som saknas:\n  {one_line(lacking)}")
    return 1 if missing(TO_RUN) or sys.version_info < (3, 11) else 0
