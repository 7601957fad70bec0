"""The way to an engagement's own pages: its place in the menu, then the engagement."""

from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.models import Engagement
from engagements.views.detail import PLACES


def way_to(engagement: Engagement) -> list[dict[str, str]]:
    _kinds, list_name, place_label = PLACES[engagement.place]
    return [
        {"label": place_label(), "url": reverse(list_name)},
        {"label": engagement.key or _("Utkast"), "url": engagement.get_absolute_url()},
    ]
