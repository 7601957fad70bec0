"""The form of a correction: the facts as they stand, to put right, and why; and the form of an approval."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from decisions.correctable import Fact
from engagements.enums import Sustainability
from engagements.forms_matter import LONGEST_MOTIVE, motive_field, why_other
from engagements.models import Engagement
from engagements.routing import edition_of
from engagements.showing import country_choices, named_directions
from organisation.models import User
from stockholm_intl.kit.forms import (
    DateField,
    DecimalField,
    Form,
    IntegerField,
    LineField,
    TextField,
    clean_formfield,
    dress,
)

MOTIVE = "motive"  # the main direction's sentence; motive_<code> is that of another
NEEDED = frozenset({"title"})
DIRECTED = frozenset({"main_direction", "other_directions"})
INLINE = {"inline": True}


class CorrectionForm(Form):
    """Fields by the code of each fact; `corrected` are the values that differ from what stands."""

    reason = TextField(label=_("Varför rättas ärendet?"), max_length=2_000)
    version = IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: list[Fact], engagement: Engagement, **kwargs: Any) -> None:
        self.engagement = engagement
        super().__init__(*args, initial=initial_of(known, engagement), **kwargs)
        made = Made(known, engagement)
        # what a person reads first stands first, the reason and the hidden version last
        self.fields = {**made.fields, **self.fields}
        for field in made.fields.values():
            dress(field)
            field.show_optional = False  # type: ignore[attr-defined]
        help_text = _("Ändra bara det som är fel. Resten står kvar som det var vid beslutet.")
        self.groups = [(_("Rätta det som är fel"), list(made.fields), help_text), (_("Skäl"), ["reason"])]

    def corrected(self) -> dict[str, Any]:
        asked = {name: self.cleaned_data[name] for name in self.changed_data if name not in ("reason", "version")}
        values = {code: value for code, value in asked.items() if not code.startswith(MOTIVE)}
        if "main_direction" in self.fields and any(code in DIRECTED or code.startswith(MOTIVE) for code in asked):
            values |= self.directed()
        return values

    def directed(self) -> dict[str, Any]:
        """The directions and a sentence for each of them; what is written for one that is not chosen is dropped."""
        main = self.cleaned_data["main_direction"]
        others = [code for code in self.cleaned_data["other_directions"] if code != main]
        motives = {code: self.cleaned_data.get(why_other(code), "") for code in others}
        return {
            "main_direction": main,
            "other_directions": others,
            "motives": motives | {main: self.cleaned_data[MOTIVE]},
        }


class Made(forms.Form):
    """The fields of the facts, each by its column."""

    def __init__(self, known: list[Fact], engagement: Engagement) -> None:
        super().__init__()
        for fact in known:
            if fact.name == "motives":
                self.fields |= motive_fields(engagement)
            else:
                self.fields[fact.code] = field_of(fact, engagement)


def initial_of(known: list[Fact], engagement: Engagement) -> dict[str, Any]:
    found = {fact.code: getattr(fact.value, "code", fact.value) for fact in known if fact.name != "motives"}
    motives = {why_other(code): text for code, text in engagement.motives.items()}
    motives[MOTIVE] = engagement.motives.get(engagement.main_direction, "")
    return found | motives | {"version": engagement.version}


def motive_fields(engagement: Engagement) -> dict[str, forms.Field]:
    label = _("Varför huvudinriktningen? En mening.")
    fields: dict[str, forms.Field] = {MOTIVE: LineField(label=label, max_length=LONGEST_MOTIVE)}
    for place, (code, name) in enumerate(named_directions(edition_of(engagement))):
        fields[why_other(code)] = motive_field(name, place)
    return fields


def field_of(fact: Fact, engagement: Engagement) -> forms.Field:
    column = fact.field
    label = str(column.verbose_name)
    asked: dict[str, Any] = {"label": label[:1].upper() + label[1:], "required": fact.code in NEEDED}
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
    """Those of the edition that the matter was decided under."""
    return asked | {"choices": named_directions(edition_of(engagement))}


def countries(asked: dict[str, Any], _engagement: Engagement) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("Inget land")), *country_choices()], **asked)


def main_direction(asked: dict[str, Any], engagement: Engagement) -> forms.Field:
    return forms.ChoiceField(
        widget=forms.RadioSelect(attrs=INLINE), **directions(asked, engagement) | {"required": True}
    )


def other_directions(asked: dict[str, Any], engagement: Engagement) -> forms.Field:
    asked = directions(asked, engagement) | {"label": _("Övriga inriktningar")}
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple(attrs=INLINE), **asked)


def sustainability(asked: dict[str, Any], _engagement: Engagement) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=Sustainability.choices, widget=forms.CheckboxSelectMultiple(attrs=INLINE), **asked
    )


SPECIAL = {
    "country": countries,
    "main_direction": main_direction,
    "other_directions": other_directions,
    "sustainability": sustainability,
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
