from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class EngagementsConfig(AppConfig):
    name = "engagements"
    verbose_name = _("Engagemang")

    def ready(self) -> None:
        from engagements.masking import refuse_covered

        pre_save.connect(refuse_covered, dispatch_uid="refuse_covered")
