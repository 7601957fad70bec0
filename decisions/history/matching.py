"""Finds the body, the partner, the country and the place that a row of history means."""

import re
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import override
from django_countries import countries

from engagements.models import Partner
from organisation.models import Body
from stockholm_intl.kit.csv_files import RowRefused

# What is city-wide and names no body is kept by Stadsledningskontoret, which coordinates it (strategy 2016 section 5).
KEEPER = "110"
HERE = "SE"
EVERYDAY_NAMES = {"Förenta staterna": "US", "England": "GB", "Skottland": "GB", "Holland": "NL", "Bosnien": "BA"}
PLACE = re.compile(r"\bi ([A-ZÅÄÖ][a-zåäöéü]+)")
PARTS = re.compile(r"\s*[/,;]\s*|\s+och\s+")


class Bodies:
    """Bodies by code or by name, as people write them."""

    def __init__(self) -> None:
        self.known: dict[str, Body] = {}
        for body in Body.objects.all():
            self.known[body.name.casefold()] = body
            self.known[body.code.casefold()] = body

    def find(self, text: str) -> Body | None:
        """None for no body. Raises RowRefused for one the register lacks."""
        if not text:
            return None
        if text.casefold() not in self.known:
            raise RowRefused(_("Organet ”%(body)s” finns inte i registret.") % {"body": text[:40]})
        return self.known[text.casefold()]

    def owner(self, text: str) -> Body:
        return self.find(text) or self.meeting_body(KEEPER)

    def meeting_body(self, code: str) -> Body:
        if code.casefold() not in self.known:
            raise RowRefused(_("Organet %(code)s finns inte. Kör load_registers först.") % {"code": code})
        return self.known[code.casefold()]


class Partners:
    """Partners by name, by short name, and by the name before its parenthesis. Sample rows are no history."""

    def __init__(self) -> None:
        self.known: dict[str, Partner] = {}
        for partner in Partner.objects.filter(is_sample=False).order_by("-name"):
            names = {partner.name, partner.name.split(" (")[0], partner.acronym} - {""}
            self.known |= {name.casefold(): partner for name in names}

    def find(self, text: str) -> Partner | None:
        """The first of the names in the text that the register has: ”ECCAR / Tyskland”."""
        for part in [text, *PARTS.split(text)]:
            if partner := self.known.get(part.casefold()):
                return partner
        return None


@cache
def countries_by_name() -> dict[str, str]:
    with override("sv"):
        names = {str(country.name): country.code for country in countries}
    return names | EVERYDAY_NAMES


@cache
def country_pattern() -> re.Pattern[str]:
    # longest first: Nya Zeeland before Zeeland, Republiken Kongo before Kongo
    names = sorted(countries_by_name(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)")


def country_of(*texts: str) -> str:
    """The country abroad that the first telling text names; empty when a text names several."""
    for text in texts:
        codes = {countries_by_name()[name] for name in country_pattern().findall(text)} - {HERE}
        if codes:
            return codes.pop() if len(codes) == 1 else ""
    return ""


def place_of(title: str) -> str:
    """ECCAR:s generalkonferens i Karlsruhe 8–9 oktober: Karlsruhe."""
    found = PLACE.search(title)
    return found[1] if found else ""
