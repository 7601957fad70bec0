"""The forms of the register of priorities."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from engagements.showing import country_choices
from organisation.models import Body
from stockholm_intl.kit.forms import DateField, Form, LineField

CITY = _("Hela staden")


class PriorityForm(Form):
    theme = LineField(
        label=_("Tema"), required=False, max_length=200, help_text=_("Ett ord eller två, till exempel klimatbudget.")
    )
    countries = forms.MultipleChoiceField(
        label=_("Länder"),
        choices=lazy(country_choices, tuple),
        required=False,
        help_text=_("Håll ned Ctrl för att välja flera. Med både tema och länder gäller det bara temat i de länderna."),
    )
    body = forms.ModelChoiceField(
        label=_("För vem?"), queryset=Body.objects.none(), to_field_name="code", required=False, empty_label=CITY
    )
    valid_from = DateField(label=_("Från"))
    valid_to = DateField(label=_("Till och med"), required=False, help_text=_("Tomt betyder tills vidare."))
    decided_by = LineField(
        label=_("Beslutad av"), max_length=200, help_text=_("Vem, när och paragraf, till exempel KS 2026-03-04 § 12.")
    )

    def __init__(self, *args: Any, bodies: Any, city: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.queryset = bodies
        if not city:
            field.required, field.empty_label = True, None


class EndPriorityForm(Form):
    on = DateField(label=_("Sista dag"))
    reason = LineField(label=_("Varför upphör den?"), max_length=300)
