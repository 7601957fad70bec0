"""Days as Swedes and standards write them: 2026-11-22."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1900, 2100


def is_shown_by_browsers(text: str) -> bool:
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class DayInput(forms.DateInput):
    """A browser empties a date input whose value is no date: then a plain one keeps what was typed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        if not is_shown_by_browsers(context["widget"]["value"] or ""):
            context["widget"]["type"] = "text"
            context["widget"]["attrs"]["data-short"] = True
        return context


class DateField(forms.Field):
    widget = DayInput
    default_error_messages = {
        "required": _("Datumet saknas. Skriv det som år-månad-dag, till exempel 2026-11-22."),
        "invalid": _("Skriv datumet som år-månad-dag, till exempel 2026-11-22."),
        "unknown": _("Datumet finns inte i kalendern. Kontrollera månad och dag."),
        "year": _("Året ska ligga mellan %(first)s och %(last)s. Kontrollera årtalet."),
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        numbers = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", str(value).strip())
        if not numbers:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        year, month, day = map(int, numbers.groups())
        if not FIRST_YEAR <= year <= LAST_YEAR:
            facts = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
            raise ValidationError(self.error_messages["year"], code="year", params=facts)
        try:
            return date(year, month, day)
        except ValueError as problem:
            raise ValidationError(self.error_messages["unknown"], code="unknown") from problem

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True
