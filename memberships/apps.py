from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipsConfig(AppConfig):
    name = "memberships"
    verbose_name = _("Medlemskap och avtal")

    def ready(self) -> None:
        from engagements.submitting import proposed_anew_by
        from memberships import gathering  # noqa: F401
        from memberships.reviewing import way_of_proposal

        proposed_anew_by(way_of_proposal)
