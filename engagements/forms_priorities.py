"""The forms of the register of priorities."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from engagements.showing import country_choices
from organisation.models import Body
from stockholm_intl.kit.forms import DateField, Form, LineField

CITY = _("Hela staden")


PRIORITISED, WATCHED = "priority", "watch"
WHAT = (
    (PRIORITISED, _("Ett tema eller länder prioriteras")),
    (WATCHED, _("Länder bevakas: en person bedömer varje ärende med dem (C1)")),
)


class PriorityForm(Form):
    what = forms.ChoiceField(
        label=_("Vad gäller det?"), choices=WHAT, initial=PRIORITISED, required=False, widget=forms.RadioSelect
    )
    theme = LineField(
        label=_("Tema"), required=False, max_length=200, help_text=_("Ett ord eller två, till exempel klimatbudget.")
    )
    countries = LineField(
        label=_("Länder"),
        required=False,
        max_length=1_000,
        help_text=_(
            "Namn med komma emellan, till exempel Nederländerna, Norge. Med både tema och länder gäller det bara temat där."
        ),
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
        self.fields["what"].show_optional = False  # type: ignore[attr-defined]
        field: Any = self.fields["body"]
        field.queryset, field.show_optional = bodies, False
        if not city:
            field.required, field.empty_label = True, None
            del self.fields["what"]  # only the city watches countries

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        told["is_watch"] = told.pop("what", "") == WATCHED
        return told

    def clean_countries(self) -> list[str]:
        """The codes of the countries that are named, in the reader's language."""
        known = {name.casefold(): code for code, name in country_choices()}
        named = [name.strip() for name in self.cleaned_data["countries"].split(",") if name.strip()]
        unknown = [name for name in named if name.casefold() not in known]
        if unknown:
            said = ", ".join(unknown)
            raise forms.ValidationError(_t("Det finns inget land som heter %(names)s.") % {"names": said})
        return [known[name.casefold()] for name in named]


class EndPriorityForm(Form):
    on = DateField(label=_("Sista dag"))
    reason = LineField(label=_("Varför upphör den?"), max_length=300)
