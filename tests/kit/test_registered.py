"""A name in a string is checked by no compiler: these are."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from stockholm_intl.celery import app

CALLS = {"enqueue", "start_job"}


@pytest.fixture(scope="module")
def registered() -> set[str]:
    app.loader.import_default_modules()
    return set(app.tasks)


def names_asked_for() -> Iterator[tuple[str, str]]:
    for path in sorted(Path(settings.BASE_DIR).glob("[a-z]*/**/*.py")):
        if path.parts[len(settings.BASE_DIR.parts)] in {"tests", "tools", "static"}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and called(node) in CALLS and node.args:
                name = node.args[0]
                # A name handed on by kit.jobs itself is a variable; everybody else writes it out.
                if isinstance(name, ast.Constant):
                    yield str(name.value), str(path)
                elif "kit/jobs.py" not in str(path):
                    yield "(not written out)", str(path)


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def test_every_task_that_is_enqueued_exists(registered: set[str]) -> None:
    unknown = {(name, path) for name, path in names_asked_for() if name not in registered}
    assert not unknown


def test_every_task_of_the_clock_exists(registered: set[str]) -> None:
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= registered
