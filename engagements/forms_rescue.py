from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.models import User
from stockholm_intl.kit.forms import Form, LineField


class RescueForm(Form):
    readers = forms.ModelMultipleChoiceField(
        label=_("Namngivna läsare"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Du själv är alltid med. Glöm inte den som ska handlägga."),
    )
    reason = LineField(
        label=_("Varför?"), max_length=240, help_text=_("Till exempel att den som var namngiven har slutat. Loggas.")
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].queryset = people  # type: ignore[attr-defined]
