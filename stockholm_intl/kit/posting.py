"""What a form was sent beside its own fields: never used, and noted, since somebody may be trying what takes."""

import logging
from typing import Any

from django.http import HttpRequest

logger = logging.getLogger(__name__)
ALWAYS = frozenset({"csrfmiddlewaretoken"})


def note_strays(request: HttpRequest, form: Any, *, buttons: tuple[str, ...] = ()) -> list[str]:
    """Names that were posted and that the form does not have. `buttons` are the names of its buttons."""
    known = ALWAYS | {form.add_prefix(name) for name in form.fields} | set(buttons)
    strays = sorted(set(request.POST) - known)
    if strays:
        shown = ", ".join(repr(name[:40]) for name in strays[:20])
        logger.warning("%s was sent fields it does not have: %s", type(form).__name__, shown)
    return strays


def say(form: Any, problem: Any) -> None:
    """What an operation refused, beside the field it named and else over the form."""
    form.add_error(problem.field if problem.field in form.fields else None, str(problem.message))
