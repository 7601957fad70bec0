"""Fetch what the pages borrow from others and write it, with its checksums, under static/vendor.

Run after changing a version in tools/vendor.json: `python tools/vendor.py`. Needs Node, and only then.
`python tools/vendor.py --check` needs neither Node nor a network: it compares the files with the lock.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WISHES = ROOT / "tools" / "vendor.json"
VENDOR = ROOT / "static" / "vendor"
LOCK = VENDOR / "vendor.lock.json"
# A source map that is not shipped makes every browser console complain and static builds fail.
SOURCE_MAP = re.compile(rb"\s*(//[#@]|/\*[#@])\s*sourceMappingURL=[^\n*]*(\*/)?")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def npm(*words: str, cwd: Path) -> str:
    done = subprocess.run(["npm", *words], cwd=cwd, check=True, capture_output=True, text=True)
    return done.stdout


def pack(name: str, version: str, workshop: Path) -> tuple[Path, str]:
    """The unpacked package and the integrity that its registry states for it."""
    [facts] = json.loads(npm("pack", "--json", f"{name}@{version}", cwd=workshop))
    folder = workshop / name.replace("/", "-")
    with tarfile.open(workshop / facts["filename"]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package", facts["integrity"]


def place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    content = source.read_bytes()
    target.write_bytes(SOURCE_MAP.sub(b"", content) if target.suffix in {".css", ".js"} else content)


def build_theme(wish: dict[str, Any], workshop: Path) -> Path:
    (workshop / "theme.json").write_text(json.dumps({"outDir": "tokens", **wish["config"]}))
    tool = f"--package={wish['built_with']}@{wish['version']}"
    command = ("exec", "--yes", tool, "--", "designsystemet", "tokens")
    npm(*command, "create", "--config", "theme.json", cwd=workshop)
    npm(*command, "build", "-t", "tokens", "-o", "theme", cwd=workshop)
    [built] = (workshop / "theme").glob("*.css")
    return built


def fetch() -> None:
    wishes = json.loads(WISHES.read_text())
    shutil.rmtree(VENDOR, ignore_errors=True)
    lock: dict[str, Any] = {"packages": []}
    with tempfile.TemporaryDirectory() as folder:
        workshop = Path(folder)
        for name, wish in wishes["packages"].items():
            package, integrity = pack(name, wish["version"], workshop)
            for inside, target in wish["files"].items():
                place(package / inside, VENDOR / target)
            lock["packages"].append(entry(name, wish["version"], integrity, list(wish["files"].values())))
        theme = wishes["theme"]
        _, integrity = pack(theme["built_with"], theme["version"], workshop)
        place(build_theme(theme, workshop), VENDOR / theme["file"])
        lock["packages"].append(entry(theme["built_with"], theme["version"], integrity, [theme["file"]]))
    LOCK.write_text(json.dumps(lock, indent=2) + "\n")


def entry(name: str, version: str, integrity: str, files: list[str]) -> dict[str, Any]:
    return {
        "name": name,
        "version": version,
        "integrity": integrity,
        "files": {file: sha256(VENDOR / file) for file in files},
    }


def differences() -> list[str]:
    """What stands under static/vendor that the lock does not say, or the other way round."""
    locked = {file: digest for p in json.loads(LOCK.read_text())["packages"] for file, digest in p["files"].items()}
    here = {str(f.relative_to(VENDOR)): sha256(f) for f in VENDOR.rglob("*") if f.is_file() and f != LOCK}
    return sorted(file for file in locked.keys() | here.keys() if locked.get(file) != here.get(file))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare the files with the lock and fetch nothing")
    if not parser.parse_args().check:
        fetch()
    wrong = differences()
    for file in wrong:
        print(f"static/vendor/{file} is not what vendor.lock.json says", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
