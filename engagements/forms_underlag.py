"""The forms of the rows that the checks read, and of a person's answer to a check."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from engagements.enums import Brand
from engagements.forms_matter import with_empty
from engagements.models import (
    Consultation,
    Engagement,
    ExaminedForum,
    Frame,
    FundingLine,
    InitiativeLink,
    PlannedActivity,
)
from organisation.models import Body, User
from stockholm_intl.kit import clock
from stockholm_intl.kit.forms import DateField, DecimalField, Form, LineField, TextField, YesNoField


class RowForm(Form):
    """A form that fills one row. `user` and `engagement` are at hand for those that must look something up."""

    def __init__(self, *args: Any, user: User, engagement: Engagement, row: Any = None, **kwargs: Any) -> None:
        self.user, self.engagement = user, engagement
        super().__init__(*args, initial=self.initial_of(row) if row is not None else None, **kwargs)

    def initial_of(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.base_fields}

    def fill(self, row: Any) -> Any:
        for name in self.base_fields:
            setattr(row, name, self.cleaned_data[name])
        return row


class ActivityForm(RowForm):
    what = LineField(label=_("Vad?"), max_length=300)
    owner = LineField(label=_("Vem ansvarar?"), max_length=120, required=False)
    on = DateField(label=_("När?"), required=False, help_text=_("Dagen, eller den första av flera."))


class ForumForm(RowForm):
    name = LineField(label=_("Vilket forum?"), max_length=200, help_text=_("Till exempel Eurocities."))
    conclusion = TextField(label=_("Varför räcker det inte?"), max_length=2_000, required=False)


class ConsultationForm(RowForm):
    body = forms.ModelChoiceField(
        label=_("Organ i staden"), queryset=Body.objects.none(), to_field_name="code", required=False
    )
    whom = LineField(label=_("Eller någon annan"), max_length=200, required=False)
    on = DateField(label=_("När?"))
    note = TextField(label=_("Vad sade de?"), max_length=2_000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies: Any = self.fields["body"]
        bodies.queryset = Body.objects.in_force(on=clock.today()).order_by("name")

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(_t("Dagen har inte varit än. Skriv in samrådet när ni har talats vid."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("body") and not data.get("whom") and not self.errors:
            self.add_error("whom", _t("Ange ett organ eller någon annan."))
        return data


class FundingForm(RowForm):
    funder = LineField(label=_("Finansiär"), max_length=120, required=False)
    by_city = forms.BooleanField(label=_("Staden själv"), required=False)
    in_kind = forms.BooleanField(label=_("Arbetstid eller lokaler, inte pengar"), required=False)
    amount = DecimalField(label=_("Belopp, kronor"), required=False, min_value=0, max_digits=14)
    is_decided = forms.BooleanField(label=_("Finansieringen är beslutad"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("by_city") and not data.get("funder") and not self.errors:
            self.add_error("funder", _t("Skriv vem som betalar, eller välj att staden gör det."))
        return data


class InitiativeForm(RowForm):
    key = LineField(label=_("Initiativets ärende"), max_length=20, help_text=_("Till exempel INT-2026-00042."))

    def initial_of(self, row: Any) -> dict[str, Any]:
        return {"key": row.initiative.key}

    def clean_key(self) -> str:
        """Only what the person may read can be pointed at; anything else is not there for them."""
        key: str = self.cleaned_data["key"].strip().upper()
        self.found = Engagement.objects.visible_to(self.user).filter(key=key).exclude(pk=self.engagement.pk).first()
        if self.found is None:
            raise forms.ValidationError(_t("Du har inget sådant ärende att läsa. Se efter numret."))
        if InitiativeLink.objects.filter(engagement=self.engagement, initiative=self.found).exists():
            raise forms.ValidationError(_t("Ärendet är redan kopplat till det initiativet."))
        return key

    def fill(self, row: Any) -> Any:
        row.initiative_id = self.found.pk if self.found else None
        return row


class FrameForm(RowForm):
    is_covered = YesNoField(label=_("Ryms kostnaden i budgeten?"))
    budget = LineField(label=_("Vilken budget betalar?"), max_length=200, required=False)
    brand = forms.ChoiceField(
        label=_("Stadens varumärke"), choices=with_empty(Brand.choices, _("Vet inte ännu")), required=False
    )


FORMS: dict[type[Any], type[RowForm]] = {
    PlannedActivity: ActivityForm,
    ExaminedForum: ForumForm,
    Consultation: ConsultationForm,
    FundingLine: FundingForm,
    InitiativeLink: InitiativeForm,
    Frame: FrameForm,
}


class JudgementForm(Form):
    answer = forms.ChoiceField(
        label=_("Är kontrollen godkänd?"),
        choices=[("pass", _("Ja, godkänd")), ("fail", _("Nej, den stoppar"))],
        widget=forms.RadioSelect(attrs={"inline": True}),
    )
    reason = TextField(label=_("Varför?"), max_length=2_000, help_text=_("Står i ärendet med ditt namn och tiden."))


class DeviationForm(Form):
    body = forms.ModelChoiceField(label=_("I vems namn?"), queryset=Body.objects.none(), to_field_name="code")
    reason = TextField(
        label=_("Skäl för avsteget"),
        max_length=2_000,
        help_text=_("Har ett annat organ beslutat: skriv vilket, när och paragrafen."),
    )

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.queryset = Body.objects.filter(pk__in=[body.pk for body in bodies]).order_by("name")
        if len(bodies) == 1:
            field.initial, field.empty_label = bodies[0].code, None
