"""docker-compose.yml read as a person reads it, and its commands run without an engine."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}")
OURS = ("web", "worker", "reports", "beat", "migrate")


def written() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return told


def filled(text: str, values: dict[str, str]) -> str:
    """${NAME:?why} must be given, ${NAME:-default} may be."""

    def value(match: re.Match[str]) -> str:
        name = match["name"]
        if name in values:
            return values[name]
        if match["kind"] == "-":
            return str(match["rest"])
        raise KeyError(name)

    return VARIABLE.sub(value, text)


def environment(service: dict[str, Any], values: dict[str, str], **local: str) -> dict[str, str]:
    told = {name: filled(str(value), values) for name, value in service["environment"].items()}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {"PATH": path, "PYTHONWARNINGS": "default"} | told | local


def run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def is_well(service: dict[str, Any], environment: dict[str, str], *more: str) -> bool:
    """Its own health check as written; `more` are options for where it stands here."""
    kind, program, *words = service["healthcheck"]["test"]
    assert kind == "CMD"
    return run([program, *more, *words], environment).returncode == 0
