"""The way to an engagement's own pages: its place in the menu, then the engagement."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.models import Engagement

PLACES = {
    "visit": ("visit_list", lambda: _("Besök")),
    "membership": ("membership_list", lambda: _("Medlemskap och avtal")),
    "assignment": ("assignment_list", lambda: _("Uppdrag")),
}


def place_crumb(place: str) -> dict[str, str]:
    list_name, label = PLACES[place]
    return {"label": label(), "url": reverse(list_name)}


def way_to(engagement: Engagement) -> list[dict[str, str]]:
    return [
        place_crumb(engagement.place),
        {"label": engagement.key or _("Utkast"), "url": engagement.get_absolute_url()},
    ]


def around(engagement: Engagement) -> dict[str, Any]:
    """What every page beneath the engagement's own shows around its form."""
    return {
        "engagement": engagement,
        "intro": engagement.title,
        "crumbs": way_to(engagement),
        "cancel": {"url": engagement.get_absolute_url()},
    }
