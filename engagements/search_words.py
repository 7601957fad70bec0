"""What a person typed in a search box, read: a key, a dnr, Swedish words or their beginnings, countries by name."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Func, Q
from django.utils import translation
from django_countries import countries

from engagements.enums import Part
from engagements.rules import key_for

CONFIG = "swedish"
MAX_LENGTH = 200
MAX_TERMS = 12
MAX_TERM = 60
SHORTEST_COUNTRY = 4

KEY = re.compile(r"(?:INT)?[- ]?([0-9]{4})[- ]([0-9]{1,5})", re.IGNORECASE)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
# what a tsquery reads as its own signs
OPERATORS = re.compile(r"""[&|!():*<>'"\\]+""")


@dataclass(frozen=True)
class Wanted:
    """What a person typed, made harmless. `terms` is empty when nothing in it can be looked for."""

    text: str
    terms: tuple[str, ...] = ()
    key: str | None = None
    countries: tuple[str, ...] = ()

    def tsquery(self, glue: str = "&") -> str:
        """Compounds are not split by the stemmer, so every word may be the beginning of a longer one."""
        return f" {glue} ".join(f"'{term}':*" for term in self.terms)

    def condition(self, *, walking: bool = False) -> Q:
        """Which engagements this means, permission aside.

        `walking` is for words so common that rows in order of date are read until there are enough: the function
        behind @@ is one the planner knows no index for.
        """
        query = SearchQuery(self.tsquery(), search_type="raw", config=CONFIG)
        found = (
            Q(Func("search", query, function="ts_match_vq", output_field=BooleanField()))
            if walking
            else Q(search=query)
        )
        if self.countries:
            found |= Q(country__in=self.countries) & ~Q(secret_fields__contains=[Part.COUNTERPART.value])
        if self.key:
            found |= Q(key=self.key)
        return found

    def sql(self, row: str) -> tuple[str, tuple[Any, ...]]:
        """The same as `condition`, for hand-written SQL in which a row goes by the name `row`."""
        parts: list[str] = [f"{row}.search @@ to_tsquery('{CONFIG}'::regconfig, %s)"]
        params: list[Any] = [self.tsquery()]
        if self.countries:
            parts.append(f"({row}.country = ANY(%s) AND NOT {row}.secret_fields @> '{{{Part.COUNTERPART.value}}}')")
            params.append(list(self.countries))
        if self.key:
            parts.append(f"{row}.key = %s")
            params.append(self.key)
        return f"({' OR '.join(parts)})", tuple(params)


def wanted(text: str) -> Wanted:
    """Read what was typed: control and invisible characters go, and no more than MAX_LENGTH characters count."""
    plain = "".join(_visible(sign) for sign in unicodedata.normalize("NFC", text[: MAX_LENGTH * 2]))
    plain = " ".join(plain.split())[:MAX_LENGTH]
    words = OPERATORS.sub(" ", plain.translate(DASHES)).split()
    terms = tuple(word[:MAX_TERM] for word in words if any(sign.isalnum() for sign in word))[:MAX_TERMS]
    return Wanted(plain, terms, key_in(plain), countries_named(" ".join(terms)))


def _visible(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    return " " if category == "Cc" else sign


def key_in(text: str) -> str | None:
    """The key that the whole text stands for: INT-2026-00042, int-2026-42 or 2026-42."""
    match = KEY.fullmatch(text.strip())
    return key_for(int(match[1]), int(match[2])) if match else None


def countries_named(text: str) -> tuple[str, ...]:
    """Codes of the countries whose Swedish or English name begins with the text."""
    start = text.casefold()
    names = _country_names()
    exact = {code for name, code in names if name == start}
    if exact or len(start) < SHORTEST_COUNTRY:
        return tuple(sorted(exact))
    return tuple(sorted({code for name, code in names if name.startswith(start)}))


@cache
def _country_names() -> tuple[tuple[str, str], ...]:
    names = []
    for language in ("sv", "en"):
        with translation.override(language):
            names += [(str(name).casefold(), code) for code, name in countries]
    return tuple(names)
