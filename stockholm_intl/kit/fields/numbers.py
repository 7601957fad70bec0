"""Numbers with space between thousands and decimal comma."""

import re
from abc import ABC, abstractmethod
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stockholm_intl.kit import swedish
from stockholm_intl.kit.fields.words import EMPTY

MAX_INTEGER = 2_147_483_647
SPACES = re.compile("[\\s\u00a0\u202f]")


class NumberField(forms.Field, ABC):
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

    @abstractmethod
    def from_digits(self, digits: str) -> Any:
        """The number; raises ValidationError for one the field cannot hold."""

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
