"""What is filled in about bodies, mandates and absences. Every list of choices holds what this person may choose."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.enums import BodyKind, Role
from organisation.models import Body, Mandate, User
from stockholm_intl.kit.forms import DateField, Form, LineField
from stockholm_intl.kit.swedish import in_alphabet


class BodyFilter(Form):
    """Field names are what the address says."""

    slag = forms.ChoiceField(label=_("Slag"), required=False)
    tid = forms.ChoiceField(
        label=_("Tid"), required=False, choices=[("", _("Finns i dag")), ("alla", _("Alla som har funnits"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slag: Any = self.fields["slag"]
        slag.choices = [("", _("Alla slag")), *BodyKind.choices]

    @property
    def chosen(self) -> int:
        return sum(1 for value in self.cleaned_data.values() if value)


class MandateFilter(Form):
    organ = forms.ModelChoiceField(
        label=pgettext_lazy("ett", "Organ"), queryset=Body.objects.none(), to_field_name="code", required=False
    )
    roll = forms.ChoiceField(label=_("Roll"), required=False, choices=[("", _("Alla roller")), *Role.choices])
    tid = forms.ChoiceField(
        label=_("Tid"),
        required=False,
        choices=[
            ("", _("Gäller i dag")),
            ("slutar", _("Går ut inom 60 dagar")),
            ("kommande", _("Kommande")),
            ("tidigare", _("Upphörda")),
            ("alla", _("Alla")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organ: Any = self.fields["organ"]
        organ.queryset = Body.objects.order_by(in_alphabet("name"))
        organ.empty_label = _("Alla organ")

    @property
    def chosen(self) -> int:
        return sum(1 for value in self.cleaned_data.values() if value)


class AppointForm(Form):
    groups: Any = [
        (_("Vem och var"), ["body", "role", "person", "is_deputy"]),
        (_("Hur länge"), ["valid_from", "valid_to", "reason"]),
    ]
    body = forms.ModelChoiceField(
        label=pgettext_lazy("ett", "Organ"), queryset=Body.objects.none(), to_field_name="code"
    )
    role = forms.ChoiceField(label=_("Roll"))
    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=User.objects.none(),
        help_text=_("Saknas personen? Stadsledningskontoret lägger upp kontot."),
    )
    is_deputy = forms.BooleanField(label=_("Som ersättare"), required=False)
    valid_from = DateField(label=_("Från och med"))
    valid_to = DateField(
        label=_("Till och med"),
        required=False,
        help_text=_("Tomt betyder tills vidare. Slutet aviseras 60 och 14 dagar före."),
    )
    reason = LineField(label=_("Anteckning"), required=False, max_length=300)

    def __init__(
        self, *args: Any, bodies: QuerySet[Body], roles: list[Role], people: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        body, role, person = (self.fields[name] for name in ("body", "role", "person"))
        body.queryset, person.queryset = bodies, people  # type: ignore[attr-defined]
        role.choices = [("", _("Välj …")), *((one.value, one.label) for one in roles)]  # type: ignore[attr-defined]
        person.label_from_instance = named_person  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class EndMandateForm(Form):
    last_day = DateField(
        label=_("Sista dagen"), help_text=_("Rätten gäller den dagen ut. Skriv gårdagens datum om den ska upphöra nu.")
    )
    reason = LineField(label=_("Varför avslutas mandatet?"), max_length=300)


class AbsenceForm(Form):
    """`held` is the mandate, and with it the person and the body, that is lent."""

    groups: Any = [
        (_("Vem är borta och vem tar över"), ["held", "substitute"]),
        (_("När"), ["valid_from", "valid_to", "reason"]),
    ]
    held = forms.ModelChoiceField(label=_("Mandat"), queryset=Mandate.objects.none())
    substitute = forms.ModelChoiceField(
        label=_("Vikarie"),
        queryset=User.objects.none(),
        help_text=_("Någon med eget mandat i samma förvaltning, nämnd eller bolag."),
    )
    valid_from = DateField(label=_("Från och med"))
    valid_to = DateField(label=_("Till och med"))
    reason = LineField(label=_("Varför?"), max_length=300, help_text=_("Till exempel semester. Skriv inget om hälsa."))

    def __init__(self, *args: Any, held: QuerySet[Mandate], people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mandates, substitute = self.fields["held"], self.fields["substitute"]
        mandates.queryset = held.select_related("person", "body")  # type: ignore[attr-defined]
        mandates.label_from_instance = whose_mandate  # type: ignore[attr-defined]
        substitute.queryset = people  # type: ignore[attr-defined]
        substitute.label_from_instance = named_person  # type: ignore[attr-defined]


def named_person(person: User) -> str:
    return f"{person}, {person.title}" if person.title else str(person)


def whose_mandate(mandate: Mandate) -> str:
    return f"{mandate.person}: {mandate}"
