"""Questions asked at every start, so that a setting that cannot work is told before a person meets it."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def tasks_end_before_they_are_sent_again(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A task longer than the visibility timeout would run twice at the same time."""
    if settings.CELERY_TASK_TIME_LIMIT < settings.VISIBILITY_TIMEOUT / 2:
        return []
    return [
        Error(
            "CELERY_TASK_TIME_LIMIT must be under half of VISIBILITY_TIMEOUT.",
            id="kit.E001",
        )
    ]


@register()
def nobody_is_no_person(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """guardian would otherwise create an active user row that grants can be given to."""
    if settings.ANONYMOUS_USER_NAME is None:
        return []
    return [Error("ANONYMOUS_USER_NAME must be None.", id="kit.E002")]
