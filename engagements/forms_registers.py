"""The filters of the registers. Field names are what the address says."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from engagements.enums import FactKind, PartnerKind
from engagements.showing import country_choices
from stockholm_intl.kit.forms import Form, LineField


class RegisterFilter(Form):
    @property
    def chosen(self) -> int:
        return sum(1 for value in self.cleaned_data.values() if value)


class PartnerFilter(RegisterFilter):
    slag = forms.ChoiceField(label=_("Slag"), required=False, choices=[("", _("Alla slag")), *PartnerKind.choices])
    land = forms.ChoiceField(
        label=_("Land"), required=False, choices=lazy(lambda: [("", _("Alla länder")), *country_choices()], list)
    )
    ord = LineField(label=_("Namn eller tema"), required=False, max_length=200)


class FactFilter(RegisterFilter):
    slag = forms.ChoiceField(label=_("Slag"), required=False, choices=[("", _("Alla slag")), *FactKind.choices])
    ord = LineField(label=_("Ord"), required=False, max_length=200)
