"""What every form of a matter has in common, and what those of trips, declarations, EU influence and projects share."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from engagements.enums import Scope, Sustainability
from engagements.forms import offer_bodies
from engagements.models import Engagement
from engagements.showing import country_choices, named_directions
from engagements.strategy.editions import Edition, in_force
from organisation.models import Body
from stockholm_intl.kit import clock
from stockholm_intl.kit.forms import DateField, Form, IntegerField, LineField, TextField, dress

LONGEST_MOTIVE = 300
AIMS = ["main_direction", "motive", "other_directions", "sustainability"]
OTHERS = "other_directions"  # after them stands a sentence for each


def with_empty(choices: Any, empty: Any = _("Välj …")) -> list[tuple[str, Any]]:
    return [("", empty), *choices]


def why_other(code: str) -> str:
    """The name of the field with the sentence of a direction that is not the main one."""
    return f"motive_{code}"


class EditionForm(Form):
    """A form that follows an edition of the strategy: the matter's own, or for a new matter the one in force today."""

    def __init__(self, *args: Any, edition: Edition | None = None, **kwargs: Any) -> None:
        self.edition = edition or in_force(on=clock.today())
        super().__init__(*args, **kwargs)


class AimedForm(EditionForm):
    """The directions with a sentence each, whose the matter is, and why it is changed.

    A draft needs little; what is required is required when it is registered.
    """

    main_direction = forms.ChoiceField(
        label=_("Huvudinriktning"),
        widget=forms.RadioSelect(attrs={"inline": True}),
        required=False,
        help_text=_("Behövs före beslut, men inte för att registrera."),
    )
    motive = LineField(label=_("Varför den inriktningen? En mening."), required=False, max_length=LONGEST_MOTIVE)
    other_directions = forms.MultipleChoiceField(
        label=_("Berör även"),
        widget=forms.CheckboxSelectMultiple(attrs={"inline": True}),
        required=False,
    )
    # strategy section 2: which of the four the engagement serves in the city's long-term vision
    sustainability = forms.MultipleChoiceField(
        label=_("Vilken hållbarhet bidrar det till?"),
        choices=Sustainability.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"inline": True}),
        required=False,
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

    MATTER: ClassVar[tuple[str, ...]] = ()  # columns of the engagement
    DETAILS: ClassVar[tuple[str, ...]] = ()  # columns of the kind's own row
    WAITING: ClassVar[tuple[str, ...]] = ()  # required, but not of a draft

    def __init__(self, *args: Any, bodies: Any, stage: str = "new", **kwargs: Any) -> None:
        """`stage` is draft (little is required), new (registered when sent) or edit (says why)."""
        super().__init__(*args, **kwargs)
        if stage == "draft":
            for name in self.WAITING:
                self.fields[name].required = False
        if stage != "edit":
            del self.fields["version"], self.fields["reason"]
        offer_bodies(self.fields["body"], bodies)
        self.offer_directions()

    def offer_directions(self) -> None:
        """Those of the edition, and after them the field for the sentence of each that is not the main one."""
        named = named_directions(self.edition)
        for name in ("main_direction", "other_directions"):
            self.fields[name].choices = named  # type: ignore[attr-defined]
        sentences = {why_other(code): motive_field(name, place) for place, (code, name) in enumerate(named)}
        self.fields |= sentences
        self.groups = [(heading, with_sentences(names, sentences), *more) for heading, names, *more in self.groups]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Sista dagen är före första dagen. Ändra en av dem."))
        if last and not first and "starts_on" in self.fields and "starts_on" not in self.errors:
            self.add_error("starts_on", _("Ange första dagen också."))
        if data.get("motive") and not data.get("main_direction") and "main_direction" not in self.errors:
            self.add_error("main_direction", _("Välj den inriktning som meningen gäller."))
        return data

    def clean_registry_number(self) -> str:
        return " ".join(self.cleaned_data["registry_number"].replace("–", "-").replace("−", "-").split())

    def aims(self) -> dict[str, Any]:
        """The main direction, the others, and a sentence for each that has one."""
        data = self.cleaned_data
        main = data["main_direction"]
        others = [code for code in data["other_directions"] if code != main]
        motives = {code: text for code in others if (text := data[why_other(code)])}
        if main:
            motives[main] = data["motive"]
        aims = {"main_direction": main, "other_directions": others, "motives": motives}
        return aims | {"sustainability": data["sustainability"]}

    def matter(self, before: Engagement | None = None) -> dict[str, Any]:
        """What the form says of the engagement; what it does not ask about is kept."""
        return {name: self.cleaned_data[name] for name in self.MATTER} | self.aims()

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.DETAILS}


def motive_field(direction: str, place: int) -> LineField:
    """The sentence of a direction that is not the main one; the page shows it when the box at that place is ticked."""
    label = _("Varför även %(direction)s? En mening.") % {"direction": direction.lower()}
    seen_with = forms.TextInput(attrs={"data-aim": place})
    field = LineField(label=label, required=False, max_length=LONGEST_MOTIVE, widget=seen_with)
    dress(field)
    return field


def with_sentences(names: list[str], sentences: Iterable[str]) -> list[str]:
    """A group's fields, the sentences after the directions where the group has them."""
    if OTHERS not in names:
        return names
    place = names.index(OTHERS) + 1
    return [*names[:place], *sentences, *names[place:]]


def aims_of(engagement: Engagement) -> dict[str, Any]:
    """The values of the fields that every such form has."""
    why = {why_other(code): text for code, text in engagement.motives.items() if code in engagement.other_directions}
    return why | {
        "main_direction": engagement.main_direction,
        "motive": engagement.motives.get(engagement.main_direction, ""),
        "other_directions": engagement.other_directions,
        "sustainability": engagement.sustainability,
        "body": engagement.body.code,
        "submission": engagement.submission or uuid4(),
        "version": engagement.version,
    }


class MatterForm(AimedForm):
    """What all four ask."""

    title = LineField(label=_("Rubrik"), max_length=200)
    summary = TextField(label=_("Vad gäller det?"), required=False, max_length=4_000)
    counterpart = LineField(label=_("Motpart"), required=False, max_length=200)
    country = forms.ChoiceField(
        label=_("Land"), required=False, choices=lazy(lambda: with_empty(country_choices()), list)
    )
    starts_on = DateField(label=_("Första dag"), required=False)
    ends_on = DateField(label=_("Sista dag"), required=False)
    goal = LineField(label=_("Mål i plan eller budget"), required=False, max_length=300)
    scope = forms.ChoiceField(
        label=_("Vad rör det?"),
        choices=with_empty(Scope.choices),
        required=False,
        help_text=_("Avgör vem som beslutar."),
    )

    MATTER: ClassVar[tuple[str, ...]] = (
        "title", "summary", "counterpart", "country", "starts_on", "ends_on", "goal", "scope", "registry_number",
    )  # fmt: skip
    WAITING = ("title", "counterpart")

    def matter(self, before: Engagement | None = None) -> dict[str, Any]:
        first = self.cleaned_data["starts_on"]
        # a year or a month that history brought stands until somebody knows the day
        happens = before.happens if before and before.starts_on == first else first.isoformat() if first else ""
        return super().matter(before) | {"happens": happens}
