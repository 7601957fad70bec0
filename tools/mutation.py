"""Mutation testing of the modules that say who sees what and who decides: each is changed in many small ways, and for each
a test must fail. The figure and what survived go to docs/mutation.md with --save.

Works in a copy under .run/mutation, so that a changed module can never be taken for the real one.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRATCH = ROOT / ".run" / "mutation"
MUTMUT = str(ROOT / ".venv" / "bin" / "mutmut")
GOAL = 90.0
APPS = ("stockholm_intl", "organisation", "engagements", "visits", "memberships", "decisions", "reporting")
BESIDE = ("templates", "static", "locale", "tools", "manage.py", "README.md")


@dataclass(frozen=True)
class Group:
    """Modules, and the tests that must notice. A group's tests share a database, so one change at a time."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


GROUPS = {
    "competence": Group(
        ("engagements/strategy/competence.py",),
        ("tests/engagements/test_competence.py",),
    ),
    "access": Group(
        ("engagements/permission.py",),
        (
            "tests/engagements/test_permission.py",
            "tests/engagements/test_grants.py",
            "tests/engagements/test_sharing.py",
            "tests/engagements/test_secrecy.py",
            "tests/decisions/test_submitting.py",
        ),
    ),
    "reach": Group(
        ("organisation/queries.py",),
        (
            "tests/organisation/test_absences.py",
            "tests/engagements/test_grants.py",
            "tests/engagements/test_permission.py",
            "tests/engagements/test_merging.py",
            "tests/engagements/test_access_report.py",
            "tests/organisation/test_reach.py",
        ),
    ),
    "masking": Group(
        ("engagements/masking.py",),
        ("tests/engagements/test_masking.py", "tests/engagements/test_secrecy.py"),
    ),
    "routing": Group(
        ("engagements/routing.py", "engagements/submitting.py"),
        (
            "tests/engagements/test_routing.py",
            "tests/engagements/test_facts.py",
            "tests/engagements/test_handing_on.py",
            "tests/decisions/test_submitting.py",
            "tests/decisions/test_own.py",
            "tests/decisions/test_reviews.py",
            "tests/decisions/test_marked_and_handed_over.py",
            "tests/memberships/test_leaving.py",
            "tests/engagements/test_who_decides_page.py",
        ),
    ),
    "lists": Group(
        ("engagements/queries.py", "engagements/page_sql.py", "engagements/ordering.py"),
        ("tests/engagements/test_permission.py", "tests/engagements/test_pages_of_lists.py"),
    ),
}
# Words for people, and what only types see, are not behaviour.
NOT_BEHAVIOUR = [r"\b_\(", r"^\s*raise ValueError\(", r"\bcast\("]


@dataclass(frozen=True)
class Score:
    killed: int
    by_time: int  # of them: the tests did not come to an end
    total: int
    survived: tuple[str, ...]

    @property
    def share(self) -> float:
        return 100 * self.killed / self.total if self.total else 0.0


def main() -> int:
    """Names of groups as arguments; none means all."""
    chosen = [name for name in sys.argv[1:] if name in GROUPS] or list(GROUPS)
    with ThreadPoolExecutor(os.cpu_count()) as side_by_side:
        scores = dict(zip(chosen, side_by_side.map(measure, chosen), strict=True))
    for name, score in scores.items():
        print(f"{name}: {score.killed} of {score.total} killed, {score.share:.1f} %")
    if "--save" in sys.argv:
        (ROOT / "docs" / "mutation.md").write_text(page(scores), encoding="utf-8")
    return 0 if all(score.share >= GOAL for score in scores.values()) else 1


def measure(name: str) -> Score:
    folder, group = copied(name), GROUPS[name]
    (folder / "setup.cfg").write_text("", encoding="utf-8")
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as config:
        config.write(settings(group))
    run = [MUTMUT, "run", "--max-children", "1"]
    with (folder / "mutmut.log").open("w", encoding="utf-8") as log:
        subprocess.run(run, cwd=folder, stdout=log, stderr=subprocess.STDOUT, check=False, env=os.environ | {"CI": "1"})
    subprocess.run([MUTMUT, "export-cicd-stats"], cwd=folder, stdout=subprocess.DEVNULL, check=True)
    found = json.loads((folder / "mutants" / "mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    listed = subprocess.run([MUTMUT, "results"], cwd=folder, capture_output=True, text=True, check=True).stdout
    survived = tuple(line.strip() for line in listed.splitlines() if line.strip())
    killed = found["killed"] + found["timeout"] + found["segfault"]
    return Score(killed, found["timeout"], found["total"] - found["skipped"], survived)


def copied(name: str) -> Path:
    """The tracked files as they are in the working tree now."""
    folder = SCRATCH / name
    shutil.rmtree(folder, ignore_errors=True)
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for file in filter(None, tracked.split("\0")):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / file).exists():
            shutil.copy2(ROOT / file, folder / file)
    return folder


def settings(group: Group) -> str:
    apps = sorted({module.partition("/")[0] for module in group.modules})
    values = {
        "source_paths": apps,
        "only_mutate": list(group.modules),
        "also_copy": [one for one in (*APPS, *BESIDE) if one not in apps],
        "do_not_mutate_patterns": NOT_BEHAVIOUR,
        "pytest_add_cli_args": ["--reuse-db", "-p", "no:playwright", "-p", "no:xdist"],
        "pytest_add_cli_args_test_selection": list(group.tests),
        "use_git_change_detection": False,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    return "\n".join(["", "[tool.mutmut]", *lines, ""])


def page(scores: dict[str, Score]) -> str:
    lines = [
        f"# Mutation testing, {time.strftime('%Y-%m-%d')}",
        "",
        "`make mutation ARGS=--save` wrote this page: mutmut changes the modules in small ways, one at a time, and a test must",
        f"fail for at least {GOAL:.0f} %. Words for people are left as they are.",
        "",
        "| group | modules | killed | of which by time | of | share |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for name, score in scores.items():
        modules = ", ".join(f"`{module}`" for module in GROUPS[name].modules)
        lines.append(f"| {name} | {modules} | {score.killed} | {score.by_time} | {score.total} | {score.share:.1f} % |")
    for name, score in scores.items():
        lines += ["", f"What survived, {name}:", "", "```", *score.survived, "```"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
