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
        place = str(path.relative_to(settings.BASE_DIR))
        # kit.jobs itself only hands on the name that it was given.
        if place.startswith(("tests/", "tools/", "static/", "bench/")) or place == "stockholm_intl/kit/jobs.py":
            continue
        tree = ast.parse(path.read_text())
        constants = dict(texts_of(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in CALLS and node.args:
                name = node.args[0]
                known = name.value if isinstance(name, ast.Constant) else constants.get(getattr(name, "id", ""))
                yield str(known or "(neither written out nor a constant of the module)"), place


def texts_of(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """NAME = "text" at the top of a module."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            yield from ((getattr(target, "id", ""), str(node.value.value)) for target in node.targets)


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def test_every_task_that_is_enqueued_exists(registered: set[str]) -> None:
    unknown = {(name, path) for name, path in names_asked_for() if name not in registered}
    assert not unknown


def test_every_task_of_the_clock_exists(registered: set[str]) -> None:
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= registered
