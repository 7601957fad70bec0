"""The form of a correction: the facts as they stand, to put right, and why; and the form of an approval."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from decisions.correctable import Fact
from engagements.models import Engagement
from engagements.showing import country_choices
from engagements.strategy.editions import edition
from organisation.models import User
from stockholm_intl.kit.forms import (
    DateField,
    DecimalField,
    Form,
    IntegerField,
    LineField,
    TextField,
    clean_formfield,
)

LONGEST_MOTIVE = 300
INLINE = {"inline": True}


class CorrectionForm(Form):
    """Fields by the code of each fact; `corrected` are the values that differ from what stands."""

    reason = TextField(label=_("Varför rättas ärendet?"), max_length=2_000)
    version = IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: list[Fact], engagement: Engagement, **kwargs: Any) -> None:
        self.engagement = engagement
        initial = {fact.code: initial_of(fact, engagement) for fact in known} | {"version": engagement.version}
        super().__init__(*args, initial=initial, **kwargs)
        made = Made(known, engagement)
        # what a person reads first stands first, the reason and the hidden version last
        self.fields = {**made.fields, **self.fields}
        self.groups = [(_("Rätta det som är fel"), list(made.fields)), (_("Skäl"), ["reason"])]

    def corrected(self) -> dict[str, Any]:
        codes = [name for name in self.changed_data if name not in ("reason", "version")]
        values = {code: self.cleaned_data[code] for code in codes}
        if "motives" in values or "main_direction" in values:
            values["motives"] = self.motives()
        if "other_directions" in values:
            main = self.cleaned_data.get("main_direction")
            values["other_directions"] = [code for code in values["other_directions"] if code != main]
        return values

    def motives(self) -> dict[str, str]:
        """The main direction's sentence, and those that stood for the others."""
        main = self.cleaned_data.get("main_direction", self.engagement.main_direction)
        others = {
            code: text for code, text in self.engagement.motives.items() if code in self.engagement.other_directions
        }
        return others | {main: self.cleaned_data["motives"]}


class Made(forms.Form):
    """The fields of the facts, each by its column."""

    def __init__(self, known: list[Fact], engagement: Engagement) -> None:
        super().__init__()
        for fact in known:
            self.fields[fact.code] = field_of(fact, engagement)


def initial_of(fact: Fact, engagement: Engagement) -> Any:
    if fact.name == "motives":
        return engagement.motives.get(engagement.main_direction, "")
    return getattr(fact.value, "code", fact.value)


def field_of(fact: Fact, engagement: Engagement) -> forms.Field:
    column = fact.field
    label = str(column.verbose_name)
    asked: dict[str, Any] = {"label": label[:1].upper() + label[1:], "required": False}
    if fact.name in SPECIAL:
        return SPECIAL[fact.name](asked, engagement)
    if isinstance(column, models.DecimalField):
        return DecimalField(min_value=0, max_digits=column.max_digits, **asked)
    if isinstance(column, models.BooleanField):
        choices = [("", _("Okänt")), (True, _("Ja")), (False, _("Nej"))]
        return forms.TypedChoiceField(choices=choices, coerce=lambda told: told == "True", empty_value=None, **asked)
    if isinstance(column, models.IntegerField) and not column.choices:
        return IntegerField(min_value=0, max_value=32_000, **asked)
    found = clean_formfield(column, **asked)
    if found is None:
        raise ValueError(f"{fact.code} has no form field")
    return found


def directions(asked: dict[str, Any], engagement: Engagement) -> dict[str, Any]:
    return asked | {"choices": [(one.code, one.name) for one in edition(engagement.edition).directions]}


def countries(asked: dict[str, Any], _engagement: Engagement) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("Inget land")), *country_choices()], **asked)


def main_direction(asked: dict[str, Any], engagement: Engagement) -> forms.Field:
    return forms.ChoiceField(
        widget=forms.RadioSelect(attrs=INLINE), **directions(asked, engagement) | {"required": True}
    )


def other_directions(asked: dict[str, Any], engagement: Engagement) -> forms.Field:
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple(attrs=INLINE), **directions(asked, engagement))


def motive(_asked: dict[str, Any], _engagement: Engagement) -> forms.Field:
    return LineField(label=_("Varför huvudinriktningen? En mening."), max_length=LONGEST_MOTIVE)


SPECIAL = {
    "country": countries,
    "main_direction": main_direction,
    "other_directions": other_directions,
    "motives": motive,
}


class ApprovalForm(Form):
    """Who approved, and when. The secretary who wrote the list is not offered (R13)."""

    approvers = forms.ModelMultipleChoiceField(
        label=_("Justerat av"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Ange vem som har justerat.")},
    )
    on = DateField(label=_("Justeringsdag"))

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["approvers"]
        field.queryset = people
