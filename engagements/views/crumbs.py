"""The way to an engagement's own pages: its place in the menu, then the engagement."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.enums import Place
from engagements.models import Engagement


def place_crumb(place: Place) -> dict[str, str]:
    return {"label": str(place.label), "url": reverse(f"{place}_list")}


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
