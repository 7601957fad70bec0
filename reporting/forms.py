from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.rules import FIRST_YEAR
from stockholm_intl.kit.forms import Form


class ReportForm(Form):
    """Which year to print. The year that closed last is proposed."""

    year = forms.TypedChoiceField(label=_("År"), coerce=int)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(today.year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.initial.setdefault("year", today.year - 1)
