from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = _("Beslut")

    def ready(self) -> None:
        from decisions import gathering  # noqa: F401
