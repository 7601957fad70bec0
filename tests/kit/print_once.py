"""Print one paper in a process of its own and tell its checksum: `python -m tests.kit.print_once module.function`."""

import hashlib
import importlib
import sys
from pathlib import Path

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


def main(name: str) -> str:
    # Only what a template needs: the test settings would start servers.
    engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [ROOT / "templates"]}
    settings.configure(TEMPLATES=[engine], LANGUAGE_CODE="sv", USE_I18N=True, USE_TZ=True)
    django.setup()
    module, _dot, function = name.rpartition(".")
    paper: bytes = getattr(importlib.import_module(module), function)()
    return hashlib.sha256(paper).hexdigest()


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1]))
