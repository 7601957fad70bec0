"""The English texts. `check`: every text has one, none is unsure, and the compiled file says the same.

`update`: gather new texts into the .po file, drop those no longer used, and compile.
The source texts are Swedish and need no catalogue of their own.
"""

import ast
import os
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
SOURCES = (
    "stockholm_intl",
    "organisation",
    "engagements",
    "visits",
    "memberships",
    "decisions",
    "reporting",
    "templates",
)
PO = Path("locale", "en", "LC_MESSAGES", "django.po")
MARKS = frozenset({"_", "gettext", "ngettext", "pgettext", "npgettext", "gettext_lazy"})
OPTIONS = {"locale": ["en"], "symlinks": True, "no_wrap": True, "add_location": "file", "verbosity": 0}


def gathered() -> polib.POFile:
    """The catalogue as it would be now. Made in a folder beside, so that the working tree is left alone."""
    from django.core.management import call_command

    with tempfile.TemporaryDirectory() as folder:
        for name in SOURCES:
            (Path(folder) / name).symlink_to(ROOT / name)
        target = Path(folder) / PO
        target.parent.mkdir(parents=True)
        if (ROOT / PO).exists():
            target.write_bytes((ROOT / PO).read_bytes())
        os.chdir(folder)
        try:
            call_command("makemessages", **OPTIONS)
        finally:
            os.chdir(ROOT)
        return polib.pofile(str(target))


def faults() -> list[str]:
    if not (ROOT / PO).exists():
        return [f"{PO} is missing."]
    found = hidden()
    for entry in gathered():
        if entry.obsolete:
            continue
        if entry.fuzzy:
            found.append(f"unsure: {entry.msgid!r}")
        elif not entry.translated():
            found.append(
                f"no English: {entry.msgid!r} ({', '.join(sorted({path for path, _line in entry.occurrences}))})"
            )
    compiled = (ROOT / PO).with_suffix(".mo")
    if not compiled.exists() or texts(polib.mofile(str(compiled))) != texts(polib.pofile(str(ROOT / PO))):
        found.append("the compiled catalogue is old: make messages")
    return found


def hidden() -> list[str]:
    """Texts inside an f-string: what gathers them does not look there, and they would stay Swedish."""
    found = []
    for path in sorted(path for name in SOURCES for path in (ROOT / name).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            calls = (
                (part for part in ast.walk(node) if isinstance(part, ast.Call))
                if isinstance(node, ast.JoinedStr)
                else ()
            )
            if any(isinstance(call.func, ast.Name) and call.func.id in MARKS for call in calls):
                found.append(f"in an f-string, where it is not gathered: {path.relative_to(ROOT)}:{node.lineno}")
    return found


def texts(catalogue: polib.POFile | polib.MOFile) -> dict[object, object]:
    used = [entry for entry in catalogue.translated_entries() if not entry.obsolete]
    return {(e.msgctxt, e.msgid): tuple(e.msgstr_plural.items()) or e.msgstr for e in used}


def update() -> None:
    catalogue = gathered()
    catalogue.metadata.pop("POT-Creation-Date", None)  # or every run would be a change
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    catalogue.save(str(ROOT / PO))
    catalogue.save_as_mofile(str((ROOT / PO).with_suffix(".mo")))
    left = [entry for entry in catalogue if entry.fuzzy or not entry.translated()]
    print(f"{len(catalogue)} texts, {len(left)} to translate: {PO}")


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "stockholm_intl.settings.base"
    sys.path.insert(0, str(ROOT))
    if sys.argv[1:] == ["update"]:
        (ROOT / PO).parent.mkdir(parents=True, exist_ok=True)
        update()
        return 0
    found = faults()
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
