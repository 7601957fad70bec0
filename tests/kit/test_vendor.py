"""What stands under static/vendor is what the lock says, with its licence, and asks for nothing from elsewhere."""

import json
import re
from pathlib import Path

from tools import vendor

STATIC = Path(vendor.VENDOR).parent


def test_vendored_files_are_those_of_the_lock() -> None:
    assert vendor.differences() == []


def test_every_package_has_an_integrity_and_every_folder_a_licence() -> None:
    packages = json.loads(vendor.LOCK.read_text())["packages"]
    assert all(package["integrity"].startswith("sha512-") for package in packages)
    assert all((folder / "LICENSE.txt").exists() for folder in vendor.VENDOR.iterdir() if folder.is_dir())


def test_style_sheets_and_scripts_fetch_nothing_from_elsewhere() -> None:
    for file in [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]:
        text = file.read_text()
        assert "sourceMappingURL" not in text, file
        assert not re.search(r"""(url\(\s*['"]?|@import\s+['"]|import\(['"])(https?:)?//""", text), file
