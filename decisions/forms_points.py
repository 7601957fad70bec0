"""What is filled in about a point of a delegation scheme."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models import Body
from stockholm_intl.kit.forms import DateField, Form, LineField, TextField

SHORT: Any = {"data-short": True}


class VersionForm(Form):
    """A point as it is from a day on."""

    groups: Any = [
        (_("Punkten"), ["body", "code", "matter", "delegate", "conditions"]),
        (_("Versionen"), ["version", "valid_from", "valid_to", "reason"]),
    ]
    matter = LineField(label=_("Vad får delegaten besluta?"), max_length=200)
    delegate = LineField(label=_("Delegat"), max_length=120, help_text=_("Till exempel Förvaltningschefen."))
    conditions = TextField(label=_("Villkor"), required=False, max_length=4_000)
    version = LineField(
        label=_("Version"), max_length=20, help_text=_("Till exempel 2026-01."), widget=forms.TextInput(attrs=SHORT)
    )
    valid_from = DateField(label=_("Gäller från och med"))
    valid_to = DateField(label=_("Till och med"), required=False, help_text=_("Tomt betyder tills vidare."))
    reason = LineField(label=_("Beslut om delegationsordningen"), required=False, max_length=300)


class PointForm(VersionForm):
    """A point that is new in its scheme."""

    body = forms.ModelChoiceField(
        label=pgettext_lazy("ett", "Organ"), queryset=Body.objects.none(), to_field_name="code"
    )
    code = LineField(
        label=_("Punkt"), max_length=20, help_text=_("Till exempel 2.1."), widget=forms.TextInput(attrs=SHORT)
    )

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body: Any = self.fields["body"]
        body.queryset = bodies


class MendForm(VersionForm):
    reason = LineField(label=_("Varför rättas punkten?"), max_length=300)


class EndPointForm(Form):
    last_day = DateField(label=_("Sista dagen"), help_text=_("Punkten kan åberopas till och med den dagen."))
    reason = LineField(label=_("Varför upphör punkten?"), max_length=300)
