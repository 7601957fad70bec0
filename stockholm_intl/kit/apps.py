from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "stockholm_intl.kit"
    label = "kit"
    verbose_name = _("Teknik")

    def ready(self) -> None:
        from stockholm_intl import checks  # noqa: F401
        from stockholm_intl.kit import addresses  # noqa: F401 - registers the address converters
