"""The parts that pages are put together from. Shape and words say it; colour only helps.

A direction is a dict: code ("samverkan"), label ("Samverkan"), state ("main", "also" or "none"), and for one of another
edition than that of 2016 the letters (short) and the mark (icon) it has there.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stockholm_intl.kit import clock
from stockholm_intl.kit.templatetags.formats import as_day, date_short, date_sv

register = template.Library()

DIRECTION_MARKS = {
    "profilering": ("pr", "Pr"),
    "omvarldsbevakning": ("om", "Om"),
    "samverkan": ("sa", "Sa"),
    "paverkan": ("pa", "På"),
}
STATE_MARKS = {
    "draft": ("s0", ""),
    "registered": ("s0", ""),
    "assessed": ("s1", ""),
    "proposed": ("s2", ""),
    "approved": ("s3", "done"),
    "completed": ("s4", ""),
    "closed": ("s4", ""),
    "declined": ("sx", "no"),
    "struck": ("sx", "no"),
    # a job
    "waiting": ("s0", ""),
    "running": ("s1", ""),
    "done": ("s3", "done"),
    "failed": ("sx", "no"),
    "cancelled": ("sx", "no"),
}
NEAR = 14
WEEKS_FROM = 60


class Direction(TypedDict):
    code: str
    label: str
    state: str
    short: NotRequired[str]
    icon: NotRequired[str]


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """One mark of the sprite, hidden from screen readers: words stand beside it."""
    return format_html('<svg class="icon{}" aria-hidden="true"><use href="#{}"/></svg>', f" {css}" if css else "", name)


@register.simple_tag
def state(code: str, label: str) -> SafeString:
    mark, css = STATE_MARKS.get(str(code), ("s0", ""))
    return format_html('<span class="state{}">{}{}</span>', f" {css}" if css else "", icon(mark), label)


def marked(directions: Sequence[Direction]) -> list[dict[str, Any]]:
    """The directions with their mark; one that has no mark anywhere gets a plain circle."""
    return [
        {**d, "icon": d.get("icon") or mark, "letters": d.get("short") or letters}
        for d in directions
        for mark, letters in [DIRECTION_MARKS.get(d["code"], ("om", d["label"][:2]))]
    ]


@register.inclusion_tag("components/direction_marks.html")
def direction_marks(directions: Sequence[Direction]) -> dict[str, Any]:
    return {"directions": marked(directions)}


@register.inclusion_tag("components/direction_chips.html")
def direction_chips(directions: Sequence[Direction]) -> dict[str, Any]:
    return {"directions": marked(directions)}


@register.inclusion_tag("components/direction_legend.html")
def direction_legend(directions: Sequence[Direction]) -> dict[str, Any]:
    return {"directions": marked(directions)}


@register.simple_tag
def grade(value: int | None, label: str = "") -> SafeString:
    """Squares for 0 to 3, and the word."""
    words = (_("Ingen"), _("Viss"), _("Tydlig"), _("Stor"))
    squares = mark_safe("".join(icon("box", "on" if (value or 0) > i else "") for i in range(3)))
    word = label or (words[value] if value is not None else _("Inte bedömt"))
    return format_html('<span class="grade"><span aria-hidden="true">{}</span> {}</span>', squares, word)


def distance(days: int) -> str:
    """How far a day is from today: 4 dagar för sent, i dag, om 9 dagar, om 9 veckor."""
    if days < 0:
        return ngettext("%(days)s dag för sent", "%(days)s dagar för sent", -days) % {"days": -days}
    if days == 0:
        return _("i dag")
    if days >= WEEKS_FROM:
        return _("om %(weeks)s veckor") % {"weeks": round(days / 7)}
    return ngettext("om %(days)s dag", "om %(days)s dagar", days) % {"days": days}


@register.simple_tag
def due(day: date | datetime | None, verb: str = "") -> SafeString:
    """**senast 3 december** om 9 dagar; late has a triangle and words."""
    if not day:
        return mark_safe("")
    left = (as_day(day) - clock.today()).days
    css = "late" if left < 0 else "near" if left < NEAR else ""
    shape = icon("late") if left < 0 else ""
    return format_html(
        '<b>{} <time datetime="{}">{}</time></b> <span class="meta {}">{} {}</span>',
        verb or _("senast"),
        as_day(day).isoformat(),
        date_short(day),
        css,
        shape,
        distance(left),
    )


@register.simple_tag
def deadline(day: date | datetime | None) -> SafeString:
    """senast 3 december 2026, in one line of text."""
    if not day:
        return mark_safe("")
    return format_html('{} <time datetime="{}">{}</time>', _("senast"), as_day(day).isoformat(), date_sv(day))


@register.simple_block_tag
def panel(
    content: SafeString, heading: str, meta: str = "", css: str = "", id: str = "", start_open: bool = False
) -> SafeString:
    """A side panel that answers one question: a heading on a wide screen, a fold on a phone."""
    words = {"content": content, "heading": heading, "meta": meta, "css": css, "id": id, "start_open": start_open}
    return mark_safe(render_to_string("components/panel.html", words))


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(context: Context, column: dict[str, Any]) -> dict[str, Any]:
    return {"column": column, "target": context.get("results_id", "resultat")}
