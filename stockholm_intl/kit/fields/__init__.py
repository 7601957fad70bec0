"""Form fields that keep only what can be kept, and say how to mend the rest."""

from stockholm_intl.kit.fields.days import DateField
from stockholm_intl.kit.fields.numbers import DecimalField, IntegerField
from stockholm_intl.kit.fields.texts import LineField, TextField
from stockholm_intl.kit.fields.words import EMPTY, NOT_CHOSEN
from stockholm_intl.kit.fields.yes_no import YesNoField

__all__ = ["EMPTY", "NOT_CHOSEN", "DateField", "DecimalField", "IntegerField", "LineField", "TextField", "YesNoField"]
