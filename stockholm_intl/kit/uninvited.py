"""Columns sent to a form that does not ask for them: they change nothing, and somebody should know that it was tried."""

import logging
from functools import cache
from typing import Any

from django.apps import apps

logger = logging.getLogger(__name__)


@cache
def columns() -> frozenset[str]:
    """The names of everything that is stored; only these are logged, never what else somebody calls a field."""
    return frozenset(field.name for model in apps.get_models() for field in model._meta.concrete_fields)


def uninvited(form: Any) -> list[str]:
    if not form.is_bound or form.prefix:
        return []
    return sorted(columns() & set(form.data) - set(form.fields))


def log_uninvited(form: Any) -> None:
    if found := uninvited(form):
        logger.warning("%s was sent columns it does not ask for: %s", type(form).__name__, ", ".join(found))
