"""What is asked when an engagement is shared, marked secret, or asked for by somebody outside."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.enums import DisclosureOutcome, Part
from organisation.enums import Action
from organisation.models import Body, Mandate, User
from stockholm_intl.kit import clock, swedish
from stockholm_intl.kit.forms import DateField, Form, LineField, TextField


class ShareForm(Form):
    groups = [(_("Dela med fler"), ["body", "person", "action", "reason", "until"])]
    body = forms.ModelChoiceField(
        label=_("Organ"),
        queryset=Body.objects.none(),
        required=False,
        help_text=_("Alla med mandat där läser ärendet. Välj ett organ eller en person."),
    )
    person = forms.ModelChoiceField(
        label=_("Eller person"), queryset=User.objects.none(), required=False, help_text=_("Bara den personen.")
    )
    action = forms.ChoiceField(
        label=_("Vad får de göra?"),
        choices=[(Action.READ.value, _("Läsa")), (Action.PREPARE.value, _("Läsa och bereda"))],
        initial=Action.READ.value,
        widget=forms.RadioSelect,
    )
    reason = LineField(
        label=_("Varför?"), max_length=300, help_text=_("Står i historiken och hos den som får ärendet.")
    )
    until = DateField(
        label=_("Till och med"), required=False, help_text=_("Lämna tomt om delningen gäller tills vidare.")
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies, people = self.fields["body"], self.fields["person"]
        bodies.show_optional = people.show_optional = False  # type: ignore[attr-defined]
        bodies.queryset = Body.objects.in_force(on=clock.today()).order_by(swedish.in_alphabet("name"))  # type: ignore[attr-defined]
        people.queryset = people_to_choose().exclude(pk=by.pk)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("body")) == bool(data.get("person")) and not {"body", "person"} & set(self.errors):
            self.add_error("body", _("Välj antingen ett organ eller en person."))
        return data

    @property
    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "to": data["body"] or data["person"],
            "action": Action(data["action"]),
            "reason": data["reason"],
            "until": data["until"],
        }


def people_to_choose() -> Any:
    """Those who work here now: active, with a mandate in force."""
    today = clock.today()
    return (
        User.objects.filter(is_active=True, mandates__in=Mandate.objects.in_force(on=today))
        .distinct()
        .order_by("first_name", "last_name", "username")
    )


class EndShareForm(Form):
    ref = forms.CharField(max_length=60, widget=forms.HiddenInput)
    reason = LineField(label=_("Varför?"), max_length=300)


WHOLE, PARTS = "hela", "delar"


class SecrecyForm(Form):
    groups = [
        (_("Vad ska markeras?"), ["extent", "parts"]),
        (_("Varför?"), ["paragraph", "ground"]),
        (_("Vilka ska kunna läsa det?"), ["readers"]),
    ]
    extent = forms.ChoiceField(
        label=_("Markeringen gäller"),
        choices=[
            (PARTS, _("Vissa uppgifter: andra ser ärendet, men inte dem")),
            (WHOLE, _("Hela ärendet: andra ser inte att det finns")),
        ],
        initial=PARTS,
        widget=forms.RadioSelect,
    )
    parts = forms.MultipleChoiceField(
        label=_("Uppgifter"),
        choices=Part.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Det som innehåller samma ord eller namn markeras också, och du får veta vad. "
            "Omskrivningar och felstavningar hittas inte: läs själv igenom ärendet."
        ),
    )
    paragraph = LineField(label=_("Lagrum"), max_length=80, help_text=_("Till exempel OSL 15 kap. 1 §."))
    ground = LineField(label=_("Grund"), max_length=300, help_text=_("Vilken skada som kan uppstå. Läses av alla."))
    readers = forms.ModelMultipleChoiceField(
        label=_("Namngivna läsare"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Du själv är alltid med. Glöm inte den som handlägger. Fler kan namnges sedan, genom att dela ärendet."
        ),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].queryset = people  # type: ignore[attr-defined]
        self.fields["parts"].show_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("extent") == PARTS and not data.get("parts"):
            self.add_error("parts", _("Välj vilka uppgifter det gäller, eller hela ärendet."))
        return data

    @property
    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "whole": data["extent"] == WHOLE,
            "parts": data["parts"],
            "paragraph": data["paragraph"],
            "ground": data["ground"],
            "readers": list(data["readers"]),
        }


class UnmarkForm(Form):
    reason = LineField(label=_("Varför tas markeringen bort?"), max_length=300)


class DisclosureForm(Form):
    asked_on = DateField(label=_("Begäran kom"))
    what = LineField(
        label=_("Vad begärdes?"),
        max_length=300,
        help_text=_("Skriv inte vem som frågade: den har rätt att vara anonym."),
    )
    outcome = forms.ChoiceField(label=_("Utfall"), choices=DisclosureOutcome.choices, widget=forms.RadioSelect)
    reason = TextField(label=_("Skäl"), max_length=4_000)
    decider = LineField(label=_("Beslutad av"), max_length=120)
    decided_on = DateField(label=_("Prövad den"))
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
