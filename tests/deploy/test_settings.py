"""Production says what is missing and does not start; nothing dangerous is on by forgetfulness."""

import os
import subprocess
import sys

import pytest

from tests.deploy.compose import ROOT

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "stockholm_intl.settings.production",
    "SECRET_KEY": "only-for-this-test-" * 4,
    "ALLOWED_HOSTS": "register.example",
    "DATABASE_URL": "postgresql://app@localhost:1/app",
    "REDIS_URL": "redis://localhost:1/0",
    "EMAIL_URL": "smtp://localhost:1",
    "SITE_URL": "https://register.example",
    "FILES_DIR": "/srv/files",
}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """As gunicorn starts it."""
    code = "import stockholm_intl.wsgi; from django.conf import settings; print(settings.DEBUG)"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
    )


def test_it_starts_when_everything_is_told() -> None:
    done = start(**COMPLETE)
    assert done.stdout.strip() == "False", done.stderr


@pytest.mark.parametrize("name", sorted(set(COMPLETE) - {"DJANGO_SETTINGS_MODULE"}))
def test_it_refuses_without(name: str) -> None:
    done = start(**(COMPLETE | {name: " "}))
    assert done.returncode != 0
    assert "Production needs these in the environment" in done.stderr
    assert name in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DEBUG", "1", "does not start with DEBUG on"),
        ("SECRET_KEY", "short", "shorter than 50"),
        ("ALLOWED_HOSTS", "*", "names the hosts"),
    ],
)
def test_it_refuses_what_is_not_safe(name: str, value: str, words: str) -> None:
    done = start(**(COMPLETE | {name: value}))
    assert done.returncode != 0
    assert words in done.stderr


def test_nobody_said_which_settings_means_production() -> None:
    done = start()
    assert "Production needs these" in done.stderr


def test_the_deploy_check_has_no_remark() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | COMPLETE,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
