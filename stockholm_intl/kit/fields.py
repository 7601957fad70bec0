"""Form fields that keep only what can be kept, and say how to mend the rest."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stockholm_intl.kit import swedish
from stockholm_intl.kit.text import Unfit, clean_line, clean_text

FIRST_YEAR, LAST_YEAR = 1900, 2100
MAX_INTEGER = 2_147_483_647
LINE_LENGTH, TEXT_LENGTH = 200, 5_000
SPACES = re.compile("[\\s\u00a0\u202f]")

EMPTY = _("Fältet är tomt. Fyll i det.")
NOT_CHOSEN = _("Välj ett av alternativen.")
TEXT_ERRORS: dict[str, Any] = {
    "required": EMPTY,
    "control": _("Texten innehåller tecken som inte går att spara. Skriv den på nytt utan att klistra in."),
    "turned": _("Texten innehåller dolda tecken som vänder läsriktningen. Skriv den på nytt utan att klistra in."),
    "too_long": _("Texten är %(length)s tecken. Korta den till högst %(limit)s."),
}


class CleanTextField(forms.Field):
    """The common part of LineField and TextField. Lengths are counted in characters, after cleaning."""

    default_error_messages = TEXT_ERRORS
    clean_with = staticmethod(clean_text)
    default_length = TEXT_LENGTH

    def __init__(self, *, max_length: int | None = None, min_length: int | None = None, **kwargs: Any) -> None:
        self.max_length = max_length or self.default_length
        self.min_length = min_length
        # Django's ModelForm asks for these of every text field.
        self.empty_value = kwargs.pop("empty_value", "")
        kwargs.pop("strip", None)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        try:
            text = self.clean_with(str(value)) if value not in self.empty_values else ""
        except Unfit as problem:
            raise ValidationError(self.error_messages[problem.code], code=problem.code) from problem
        if len(text) > self.max_length:
            facts = {"length": swedish.number(len(text)), "limit": swedish.number(self.max_length)}
            raise ValidationError(self.error_messages["too_long"], code="too_long", params=facts)
        return text or self.empty_value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Line ends and spaces at the edges, which a browser adds by itself, are no change."""
        try:
            return bool(self.to_python(data) != (initial or self.empty_value))
        except ValidationError:
            return True


class LineField(CleanTextField):
    widget = forms.TextInput
    clean_with = staticmethod(clean_line)
    default_length = LINE_LENGTH


class TextField(CleanTextField):
    widget = forms.Textarea(attrs={"rows": 4})


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


class NumberField(forms.Field):
    """The common part of IntegerField and DecimalField: 1 234,5 as well as 1234.5."""

    widget = forms.TextInput
    pattern = r"[-+\u2212]?[0-9]{1,15}"
    inputmode = "numeric"
    default_error_messages = {
        "required": EMPTY,
        "small": _("Skriv ett tal som är minst %(limit)s."),
        "large": _("Skriv ett tal som är högst %(limit)s."),
    }

    def __init__(self, *, min_value: Any = None, max_value: Any = None, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": self.inputmode, "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        plain = SPACES.sub("", str(value)).replace("\u2212", "-")
        if not re.fullmatch(self.pattern, plain, re.ASCII):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return self.from_digits(plain.replace(",", "."))

    def from_digits(self, digits: str) -> Any:
        raise NotImplementedError

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            raise ValidationError(self.error_messages["small"], code="small", params={"limit": self.min_value})
        if self.max_value is not None and value > self.max_value:
            limit = swedish.number(self.max_value)
            raise ValidationError(self.error_messages["large"], code="large", params={"limit": limit})


class IntegerField(NumberField):
    default_error_messages = {"invalid": _("Skriv ett heltal med siffror, till exempel 14.")}

    def __init__(self, *, max_value: int = MAX_INTEGER, **kwargs: Any) -> None:
        super().__init__(max_value=max_value, **kwargs)

    def from_digits(self, digits: str) -> int:
        return int(digits)


class DecimalField(NumberField):
    pattern = r"[-+]?[0-9]{1,15}([.,][0-9]{1,10})?"
    inputmode = "decimal"
    default_error_messages = {
        "invalid": _("Skriv talet med siffror och decimalkomma, till exempel 12 500,50."),
        "decimals": _("Skriv talet med högst %(places)s decimaler."),
    }

    def __init__(self, *, max_digits: int = 15, decimal_places: int = 2, **kwargs: Any) -> None:
        self.max_digits, self.decimal_places = max_digits, decimal_places
        kwargs.setdefault("max_value", Decimal(10) ** (max_digits - decimal_places) - 1)
        super().__init__(**kwargs)

    def from_digits(self, digits: str) -> Decimal:
        value = Decimal(digits)
        exponent = value.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.decimal_places:
            raise ValidationError(
                self.error_messages["decimals"], code="decimals", params={"places": self.decimal_places}
            )
        return value

    def prepare_value(self, value: Any) -> Any:
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else value
