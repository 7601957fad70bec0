from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = _("Beslut")

    def ready(self) -> None:
        from decisions import gathering  # noqa: F401
        from decisions.queries.on_paper import last_printed
        from decisions.queries.secretaries import writers_needed
        from engagements.needed_readers import readers_needed_by
        from engagements.secrecy import printed_by

        readers_needed_by(writers_needed)
        printed_by(last_printed)
