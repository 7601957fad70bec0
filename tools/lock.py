"""Write the hashed locks from pyproject.toml; they name no package index."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = str(ROOT / ".venv" / "bin" / "uv")
HOW = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "-q", "-p", "3.11"]
LOCKS = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-dev.txt": ["pyproject.toml", "--group", "dev"],
    "tools/requirements-uv.txt": ["tools/requirements-uv.in"],
}


def main() -> None:
    """With --upgrade as argument the newest allowed versions, else only what pyproject.toml asks for."""
    for lock, sources in LOCKS.items():
        subprocess.run([UV, "pip", "compile", *sources, *HOW, *sys.argv[1:], "-o", lock], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
