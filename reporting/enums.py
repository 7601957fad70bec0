"""The words of the annual report. No models here, so that the counting may read them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from engagements.enums import InfluenceForm

# An answer to the state is no input to the union, and standing for a post is none at all.
NO_INPUT = frozenset({InfluenceForm.REFERRAL, InfluenceForm.POST})


class Heading(TextChoices):
    """The headings of the city's own annual report (2021, 2022), and the directions as second axis."""

    NETWORKS = "networks", _("Samarbete i internationella organisationer och nätverk")
    EU_LAW = "eu_law", _("EU-lagstiftning med påverkan på Stockholm")
    EU_MONEY = "eu_money", _("EU-finansiering")
    VISITS = "visits", _("Internationella besök och evenemang")
    BOARD = "board", _("Internationella beredningen")
    DIRECTIONS = "directions", _("Strategins inriktningar")


class Unit(TextChoices):
    """What a number counts. Money is kept in kronor and shown in millions."""

    COUNT = "count", _("antal")
    KRONOR = "kronor", _("kronor")
    PERCENT = "percent", _("procent")
    MEAN = "mean", _("personer per besök")


class Region(TextChoices):
    """Where a visitor comes from, nearest first."""

    NORDEN = "norden", _("Norden")
    EU = "eu", _("Övriga EU")
    EUROPE = "europa", _("Övriga Europa")
    ASIA = "asien", _("Asien")
    NORTH_AMERICA = "nordamerika", _("Nordamerika")
    LATIN_AMERICA = "latinamerika", _("Latinamerika")
    AFRICA = "afrika", _("Afrika")
    OCEANIA = "oceanien", _("Oceanien")
    UNKNOWN = "utan", _("Land saknas")
