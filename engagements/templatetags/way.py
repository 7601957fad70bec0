"""Vem beslutar? in a step's side panel: the same answer as on the engagement's own page."""

from typing import Any

from django import template
from django.utils.translation import get_language

from engagements.models import Engagement
from engagements.routing import edition_of, route_of
from engagements.way import shown

register = template.Library()


@register.inclusion_tag("engagements/way/answer.html")
def way_of(engagement: Engagement, step: str = "") -> dict[str, Any]:
    """`step` is review where what is in force is reconsidered."""
    return {"said": shown(route_of(engagement, step=step), edition_of(engagement), get_language() or "sv")}
