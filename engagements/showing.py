"""How an engagement looks: ready strings and small dicts for templates, never rights."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from engagements.strategy.editions import Edition, edition
from engagements.strategy.marks import shapes_of
from stockholm_intl.kit.partial_dates import is_partial_date
from stockholm_intl.kit.swedish import alphabetical
from stockholm_intl.kit.templatetags.formats import partial_date
from stockholm_intl.kit.templatetags.look import DIRECTION_MARKS, marked


def directions(main: str, others: tuple[str, ...] | list[str], edition_code: str) -> list[dict[str, Any]]:
    """The edition's directions in its own order, each main, also or none."""
    language = get_language() or "sv"
    chosen = edition(edition_code)
    return [
        {
            "code": direction.code,
            "label": direction.name(language),
            "short": direction.short,
            "icon": DIRECTION_MARKS[shapes_of(chosen)[direction.code]][0],
            "state": "main" if direction.code == main else "also" if direction.code in others else "none",
        }
        for direction in chosen.directions
    ]


def named_directions(of: Edition) -> list[tuple[str, str]]:
    """(code, name) of each direction of the edition, as a field offers them."""
    return [(direction.code, direction.name(get_language() or "sv")) for direction in of.directions]


def direction_name(code: str, edition_code: str) -> str:
    """The direction's name in the reader's language, or the code when the edition has none such."""
    try:
        return edition(edition_code).direction(code).name(get_language() or "sv")
    except KeyError:
        return code


@lru_cache(maxsize=512)
def _marks(main: str, others: tuple[str, ...], edition_code: str, _language: str) -> SafeString:
    found = marked(directions(main, others, edition_code))  # type: ignore[arg-type]
    return mark_safe(render_to_string("components/direction_marks.html", {"directions": found}))


def direction_marks(main: str, others: list[str], edition_code: str) -> SafeString:
    """The compact marks of a table row; rendered once for each combination."""
    return _marks(main, tuple(others), edition_code, get_language() or "sv")


@lru_cache(maxsize=1024)
def _country(code: str, _language: str) -> str:
    return str(countries.name(code)) or code


def country_name(code: str) -> str:
    return _country(code, get_language() or "sv") if code else ""


@lru_cache(maxsize=4)
def _countries(_language: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((code, str(name)) for code, name in countries), key=lambda country: alphabetical(country[1])))


def country_choices() -> tuple[tuple[str, str], ...]:
    """Every country by name in the reader's language, å ä ö last."""
    return _countries(get_language() or "sv")


def when(starts_on: date | None, happens: str) -> str:
    """The first day, or what history knows of it: 2026-12-09, december 2020, 2011."""
    if starts_on and len(happens) not in (4, 7):
        return starts_on.isoformat()
    return str(partial_date(happens)) if happens and is_partial_date(happens) else ""


def section_words(section: str) -> str:
    """avsnitt 4; where the strategy has no section, the source as it is told."""
    return _("avsnitt %(number)s") % {"number": section} if section[:1].isdigit() else section
