from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipsConfig(AppConfig):
    name = "memberships"
    verbose_name = _("Medlemskap och avtal")

    def ready(self) -> None:
        from memberships import gathering  # noqa: F401
