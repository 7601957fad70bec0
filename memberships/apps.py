from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipsConfig(AppConfig):
    name = "memberships"
    verbose_name = _("Medlemskap och avtal")

    def ready(self) -> None:
        from engagements.submitting import proposed_anew_by
        from memberships import gathering  # noqa: F401
        from memberships.reviewing import way_proposed

        proposed_anew_by(way_proposed)
