from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.enums import BodyKind
from stockholm_intl.kit.forms import Form


class BodyFilter(Form):
    """Field names are what the address says."""

    slag = forms.ChoiceField(label=_("Slag"), required=False)
    tid = forms.ChoiceField(
        label=_("Tid"), required=False, choices=[("", _("Finns i dag")), ("alla", _("Alla som har funnits"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slag: Any = self.fields["slag"]
        slag.choices = [("", _("Alla slag")), *BodyKind.choices]

    @property
    def chosen(self) -> int:
        return sum(1 for value in self.cleaned_data.values() if value)
