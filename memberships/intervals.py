"""How often something is reconsidered, in words: whole years as one says them, else months."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

YEARS = {
    1: gettext_lazy("varje år"),
    2: gettext_lazy("vartannat år"),
    3: gettext_lazy("vart tredje år"),
    4: gettext_lazy("vart fjärde år"),
    5: gettext_lazy("vart femte år"),
    6: gettext_lazy("vart sjätte år"),
    7: gettext_lazy("vart sjunde år"),
    8: gettext_lazy("vart åttonde år"),
    9: gettext_lazy("vart nionde år"),
    10: gettext_lazy("vart tionde år"),
}
MONTHS = {1: gettext_lazy("varje månad"), 2: gettext_lazy("varannan månad")}


def every(months: int) -> str:
    """48: vart fjärde år; 18: med 18 månaders mellanrum."""
    years, rest = divmod(months, 12)
    known = MONTHS.get(months) if rest else YEARS.get(years)
    return str(known) if known else _("med %(n)s månaders mellanrum") % {"n": months}
