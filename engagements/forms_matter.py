"""What the forms of trips, declarations, EU influence and projects have in common."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from engagements.enums import Scope
from engagements.forms import offer_bodies
from engagements.models import Engagement
from engagements.showing import country_choices, direction_name
from engagements.strategy.editions import edition
from organisation.models import Body
from stockholm_intl.kit.forms import DateField, Form, IntegerField, LineField, TextField

named = lazy(direction_name, str)


def with_empty(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("Välj …")), *choices]


def direction_choices() -> list[tuple[str, Any]]:
    return [(direction.code, named(direction.code)) for direction in edition().directions]


class MatterForm(Form):
    """What all four ask. A draft needs little; what is required is required when it is registered."""

    title = LineField(label=_("Rubrik"), max_length=200)
    summary = TextField(label=_("Vad gäller det?"), required=False, max_length=4_000)
    counterpart = LineField(label=_("Motpart"), required=False, max_length=200)
    country = forms.ChoiceField(
        label=_("Land"), required=False, choices=lazy(lambda: with_empty(country_choices()), list)
    )
    starts_on = DateField(label=_("Första dag"), required=False)
    ends_on = DateField(label=_("Sista dag"), required=False)
    main_direction = forms.ChoiceField(
        label=_("Huvudinriktning"),
        choices=lazy(direction_choices, list),
        widget=forms.RadioSelect(attrs={"inline": True}),
        required=False,
        help_text=_("Behövs före beslut, men inte för att registrera."),
    )
    motive = LineField(label=_("Varför den inriktningen? En mening."), required=False, max_length=300)
    other_directions = forms.MultipleChoiceField(
        label=_("Berör även"),
        choices=lazy(direction_choices, list),
        widget=forms.CheckboxSelectMultiple(attrs={"inline": True}),
        required=False,
    )
    goal = LineField(label=_("Mål i plan eller budget"), required=False, max_length=300)
    scope = forms.ChoiceField(
        label=_("Vad rör det?"),
        choices=with_empty(Scope.choices),
        required=False,
        help_text=_("Avgör vem som beslutar."),
    )
    body = forms.ModelChoiceField(label=_("Organ"), queryset=Body.objects.none(), to_field_name="code")
    registry_number = LineField(
        label=_("Diarienummer"), required=False, max_length=60, help_text=_("Om det redan finns i ert diarium.")
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = IntegerField(widget=forms.HiddenInput, required=False)
    reason = LineField(
        label=_("Varför ändrar du?"),
        required=False,
        max_length=300,
        help_text=_("Står i historiken bredvid ändringen."),
    )

    MATTER: tuple[str, ...] = (
        "title", "summary", "counterpart", "country", "starts_on", "ends_on", "main_direction", "goal", "scope",
        "registry_number",
    )  # fmt: skip
    DETAILS: tuple[str, ...] = ()

    def __init__(self, *args: Any, bodies: Any, stage: str = "new", **kwargs: Any) -> None:
        """`stage` is draft (little is required), new (registered when sent) or edit (says why)."""
        super().__init__(*args, **kwargs)
        if stage == "draft":
            for name in ("title", "counterpart"):
                self.fields[name].required = False
        if stage != "edit":
            del self.fields["version"], self.fields["reason"]
        offer_bodies(self.fields["body"], bodies)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Sista dagen är före första dagen. Ändra en av dem."))
        if last and not first and "starts_on" not in self.errors:
            self.add_error("starts_on", _("Ange första dagen också."))
        if data.get("motive") and not data.get("main_direction") and "main_direction" not in self.errors:
            self.add_error("main_direction", _("Välj den inriktning som meningen gäller."))
        return data

    def clean_registry_number(self) -> str:
        return " ".join(self.cleaned_data["registry_number"].replace("–", "-").replace("−", "-").split())

    def matter(self, before: Engagement | None = None) -> dict[str, Any]:
        """What the form says of the engagement; what it does not ask about is kept."""
        data = self.cleaned_data
        main = data["main_direction"]
        others = [code for code in data["other_directions"] if code != main]
        motives = {code: text for code, text in (before.motives if before else {}).items() if code in others}
        if main:
            motives[main] = data["motive"]
        first = data["starts_on"]
        # a year or a month that history brought stands until somebody knows the day
        happens = before.happens if before and before.starts_on == first else first.isoformat() if first else ""
        return {name: data[name] for name in self.MATTER} | {
            "other_directions": others,
            "motives": motives,
            "happens": happens,
        }

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.DETAILS}
