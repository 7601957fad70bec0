"""make check: everything that can be said about the code without running it. All steps run; one failure fails it."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]

# Values as production wants them; nothing listens at these addresses, and nothing is asked there.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "stockholm_intl.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "internationellt.stockholm.example",
    "DATABASE_URL": "postgresql://app@localhost:1/app",
    "REDIS_URL": "redis://localhost:1/0",
    "EMAIL_URL": "smtp://localhost:1",
    "SITE_URL": "https://internationellt.stockholm.example",
    "FILES_DIR": "/srv/files",
}
TEST = {"DJANGO_SETTINGS_MODULE": "stockholm_intl.settings.test"}


def templates() -> list[str]:
    return [str(path.relative_to(ROOT)) for path in sorted((ROOT / "templates").rglob("*.html"))]


STEPS: list[tuple[str, list[str], dict[str, str]]] = [
    ("ruff check", [str(BIN / "ruff"), "check", "."], {}),
    ("ruff format", [str(BIN / "ruff"), "format", "--check", "."], {}),
    ("djade", [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates()], {}),
    ("layers", [str(BIN / "lint-imports"), "--no-cache"], {}),
    ("types", [str(BIN / "mypy")], {}),
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], TEST),
    ("translations", [sys.executable, "tools/translations.py", "check"], {}),
    ("deploy", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
]


def main() -> int:
    """With names as arguments only those steps."""
    failed = []
    for name, command, environment in STEPS:
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        started = time.monotonic()
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        print(f"{'ok' if done.returncode == 0 else 'FAILED':6} {name} ({time.monotonic() - started:.1f} s)", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout, flush=True)
    print(
        f"make check: {len(failed)} of {len(STEPS)} failed: {', '.join(failed)}" if failed else "make check: all well"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
