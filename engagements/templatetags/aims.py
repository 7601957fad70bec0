"""The strategy's directions on a page that belongs to no matter, and a matter's sustainabilities in words."""

from typing import Any

from django import template
from django.utils.translation import get_language

from engagements.enums import Sustainability
from engagements.showing import directions
from engagements.strategy.editions import in_force
from stockholm_intl.kit import clock

register = template.Library()


@register.filter
def sustainabilities(codes: list[str]) -> str:
    """Which of the four in the city's long-term vision (strategy section 2)."""
    return ", ".join(str(Sustainability(code).label) for code in codes)


@register.simple_tag
def edition_in_force() -> str:
    """Its code."""
    return in_force(on=clock.today()).code


@register.simple_tag
def directions_in_force() -> list[dict[str, Any]]:
    """Those new matters have today, each with its mark and what it is for."""
    now, language = in_force(on=clock.today()), get_language() or "sv"
    purposes = {direction.code: direction.purpose(language) for direction in now.directions}
    return [one | {"purpose": purposes[one["code"]]} for one in directions("", [], now.code)]
