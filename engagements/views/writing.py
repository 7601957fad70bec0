"""What every form that writes an engagement down does alike: tell what was refused, and show two texts side by side."""

from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from engagements.rules import EditConflict

# Fields that steer the form and say nothing of the matter.
CONTROLS = frozenset({"version", "reason", "submission", "body"})


def say_on(form: Any, problem: Exception) -> None:
    """Tell on the form what an operation or the database refused. Raises what is no refusal."""
    if isinstance(problem, IntegrityError):
        if "registry_number" not in str(problem):
            raise problem
        form.add_error("registry_number", _("Numret finns redan på ett annat ärende hos organet. Kontrollera det."))
    else:
        form.add_error(None, str(problem))


def show_both(form: Any, theirs: dict[str, Any], version: int, problem: EditConflict) -> list[dict[str, str]]:
    """The fields where the saved text and the typed one differ; saving once more is then a choice with open eyes."""
    data = form.data.copy()
    data["version"] = str(version)
    form.data = data
    form.add_error(None, str(problem))
    both = {name: (shown(theirs.get(name)), shown(form.cleaned_data.get(name))) for name in form.fields}
    return [
        {"label": str(form.fields[name].label), "theirs": saved, "yours": typed}
        for name, (saved, typed) in both.items()
        if name not in CONTROLS and saved != typed
    ]


def shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(sorted(map(str, value)))
    return "" if value is None else str(value)
