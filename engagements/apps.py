from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class EngagementsConfig(AppConfig):
    name = "engagements"
    verbose_name = _("Engagemang")

    def ready(self) -> None:
        from engagements import board_readers, leaving_marked, lent_marks, rescue, system_checks  # noqa: F401
        from engagements.marked_words import refuse_marked_word
        from engagements.masking import refuse_covered
        from engagements.strategy import editions

        # a broken edition stops here, with what is wrong in it, and not in the middle of somebody's work
        editions.read_also(Path(settings.STRATEGY_EDITIONS) if settings.STRATEGY_EDITIONS else None)
        editions.require_whole()
        pre_save.connect(refuse_covered, dispatch_uid="refuse_covered")
        pre_save.connect(refuse_marked_word, dispatch_uid="refuse_marked_word")
