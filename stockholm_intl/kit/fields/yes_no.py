"""A question with two answers, or none yet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

ANSWERS = [(True, _("Ja")), (False, _("Nej"))]


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or None while nobody knows; a required one must be answered."""

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        choices = ANSWERS if required else [("", _("Vet inte ännu")), *ANSWERS]
        super().__init__(
            choices=choices, coerce=lambda told: told == "True", empty_value=None, required=required, **kwargs
        )
