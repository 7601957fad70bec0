"""Lines and texts that keep only what can be kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stockholm_intl.kit import swedish
from stockholm_intl.kit.fields.words import EMPTY
from stockholm_intl.kit.text import Unfit, clean_line, clean_text

LINE_LENGTH, TEXT_LENGTH = 200, 5_000

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
