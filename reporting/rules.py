"""Which years there is a report of."""

from datetime import date

from django.utils.translation import gettext as _

from engagements.rules import RuleBroken

FIRST_YEAR = 1992  # money is kept from 1990 on, and every year stands beside the two before it


class NoSuchYear(RuleBroken):
    """There is no report of this year: too early, or not begun."""


def is_report_year(year: int, *, on: date) -> bool:
    return FIRST_YEAR <= year <= on.year


def require_report_year(year: int, *, on: date) -> None:
    if not is_report_year(year, on=on):
        raise NoSuchYear(
            _("Årsrapporten finns för åren %(first)s till %(last)s. Välj ett av dem.")
            % {"first": FIRST_YEAR, "last": on.year}
        )
