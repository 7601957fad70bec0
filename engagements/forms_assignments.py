"""The forms of trips, declarations, EU influence and projects: the same matter, different details."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.enums import (
    ASSIGNMENT_KINDS,
    Burden,
    DeclarationKind,
    Financing,
    InfluenceForm,
    Kind,
    ProjectKind,
    TripKind,
)
from engagements.forms import EngagementFilter
from engagements.forms_matter import AIMS, MatterForm, aims_of, with_empty
from engagements.models import Engagement
from stockholm_intl.kit.forms import DecimalField, IntegerField, LineField, TextField, YesNoField
from stockholm_intl.kit.partial_dates import is_partial_date

SLUGS = {"resa": Kind.TRIP, "deklaration": Kind.DECLARATION, "eu": Kind.EU_INFLUENCE, "projekt": Kind.PROJECT}
WITHOUT_COUNTRY = tuple(name for name in MatterForm.MATTER if name != "country")


class AssignmentFilter(EngagementFilter):
    slag = forms.ChoiceField(label=_("Slag"), required=False)

    field_order = ["slag", "ar", "land", "inriktning", "lage", "organ", "ord"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slag: Any = self.fields["slag"]
        slag.choices = [("", _("Alla slag")), *((kind.value, kind.label) for kind in SLUGS.values())]

    def narrow(self, rows: Any, *, today: Any) -> Any:
        rows = super().narrow(rows, today=today)
        kind = self.cleaned_data.get("slag")
        return rows.filter(kind=kind) if kind in ASSIGNMENT_KINDS else rows


class TripForm(MatterForm):
    kind = forms.ChoiceField(label=_("Slag av resa"), choices=TripKind.choices, initial=TripKind.CONFERENCE)
    place = LineField(label=_("Ort"), required=False, max_length=120)
    people = IntegerField(label=_("Antal som reser"), required=False, min_value=1, max_value=500)
    delegation = TextField(
        label=_("Vilka reser?"),
        required=False,
        max_length=2_000,
        help_text=_("Titlar räcker. Skriv inte personnummer."),
    )
    on_behalf_of_ks = YesNoField(
        label=_("Görs resan för kommunstyrelsen?"),
        help_text=_("Då beslutar finansborgarrådet, och ärendet bereds i Internationella beredningen."),
    )
    cost = DecimalField(label=_("Beräknad kostnad, kronor"), required=False, min_value=0, max_digits=14)

    DETAILS = ("kind", "place", "people", "delegation")
    groups = [
        (_("Vad och var"), ["kind", "title", "summary", "counterpart", "place", "country", "starts_on", "ends_on"]),
        (_("Vilka och till vilken kostnad"), ["people", "delegation", "cost"]),
        (_("Inriktning i strategin"), [*AIMS, "goal"]),
        (_("Handläggning"), ["on_behalf_of_ks", "scope", "body", "registry_number"]),
    ]

    def __init__(self, *args: Any, stage: str = "new", **kwargs: Any) -> None:
        super().__init__(*args, stage=stage, **kwargs)
        counterpart = self.fields["counterpart"]
        counterpart.label = _("Vem ordnar eller tar emot?")
        counterpart.required = stage != "draft"

    def matter(self, before: Engagement | None = None) -> dict[str, Any]:
        return super().matter(before) | {name: self.cleaned_data[name] for name in ("on_behalf_of_ks", "cost")}


class DeclarationForm(MatterForm):
    kind = forms.ChoiceField(
        label=_("Slag"), choices=DeclarationKind.choices, widget=forms.RadioSelect(attrs={"inline": True})
    )
    commitments = TextField(label=_("Vad åtar sig staden?"), required=False, max_length=4_000)
    signed_on = LineField(
        label=_("Undertecknad"),
        required=False,
        max_length=10,
        help_text=_("År, månad eller dag: 2026, 2026-11 eller 2026-11-22."),
    )
    burden = forms.ChoiceField(
        label=_("Ger det ny belastning på stadens resurser?"),
        choices=with_empty(Burden.choices),
        required=False,
        help_text=_("Med ny belastning beslutar kommunstyrelsen (strategin, avsnitt 5)."),
    )

    MATTER = WITHOUT_COUNTRY
    DETAILS = ("kind", "commitments", "signed_on")
    groups = [
        (_("Vad"), ["kind", "title", "summary", "counterpart", "commitments", "signed_on", "starts_on", "ends_on"]),
        (_("Inriktning i strategin"), [*AIMS, "goal"]),
        (_("Handläggning"), ["scope", "burden", "body", "registry_number"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counterpart"].label = _("Vem tar initiativet?")
        del self.fields["country"]

    def clean_signed_on(self) -> str:
        text: str = self.cleaned_data["signed_on"]
        if not is_partial_date(text):
            raise forms.ValidationError(_("Skriv ett år, en månad eller en dag, till exempel 2026-11."))
        return text

    def matter(self, before: Engagement | None = None) -> dict[str, Any]:
        return super().matter(before) | {"burden": self.cleaned_data["burden"]}


class EUInfluenceForm(MatterForm):
    form = forms.ChoiceField(label=_("Hur?"), choices=with_empty(InfluenceForm.choices))
    policy_area = LineField(
        label=_("Politikområde"),
        required=False,
        max_length=80,
        help_text=_("Till exempel luftkvalitet eller statsstöd."),
    )
    addressee = LineField(
        label=_("Till vem?"), required=False, max_length=200, help_text=_("Till exempel EU-kommissionen, GD Miljö.")
    )

    MATTER = WITHOUT_COUNTRY
    DETAILS = ("form", "policy_area", "addressee")
    groups = [
        (_("Vad"), ["form", "title", "summary", "policy_area", "addressee", "counterpart", "starts_on", "ends_on"]),
        (_("Inriktning i strategin"), [*AIMS, "goal"]),
        (_("Handläggning"), ["scope", "body", "registry_number"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["country"]
        self.fields["counterpart"].label = _("Tillsammans med")
        self.fields["starts_on"].label = _("Tiden börjar")
        self.fields["ends_on"].label = _("Svar senast")


class ProjectForm(MatterForm):
    kind = forms.ChoiceField(
        label=_("Slag av projekt"), choices=ProjectKind.choices, widget=forms.RadioSelect(attrs={"inline": True})
    )
    programme = LineField(
        label=_("Program"), required=False, max_length=120, help_text=_("Till exempel Horisont Europa.")
    )
    funder = LineField(label=_("Finansiär"), required=False, max_length=120)
    financing = forms.ChoiceField(label=_("Vem betalar?"), choices=with_empty(Financing.choices), required=False)

    DETAILS = ("kind", "programme", "funder")
    groups = [
        (_("Vad"), ["kind", "title", "summary", "counterpart", "country", "starts_on", "ends_on"]),
        (_("Pengar"), ["programme", "funder", "financing"], _("Belopp per år läggs in när projektet är registrerat.")),
        (_("Inriktning i strategin"), [*AIMS, "goal"]),
        (_("Handläggning"), ["scope", "body", "registry_number"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counterpart"].label = _("Partner eller samordnare")

    def matter(self, before: Engagement | None = None) -> dict[str, Any]:
        return super().matter(before) | {"financing": self.cleaned_data["financing"]}


FORMS: dict[Kind, type[MatterForm]] = {
    Kind.TRIP: TripForm,
    Kind.DECLARATION: DeclarationForm,
    Kind.EU_INFLUENCE: EUInfluenceForm,
    Kind.PROJECT: ProjectForm,
}


def initial_of(engagement: Engagement | None, detail: Any = None) -> dict[str, Any]:
    """The form's values from the rows, or a fresh submission."""
    if engagement is None:
        return {"submission": uuid4()}
    form = FORMS[Kind(engagement.kind)]
    values: dict[str, Any] = {name: getattr(engagement, name) for name in form.MATTER}
    values |= {name: getattr(detail, name) for name in form.DETAILS}
    return (
        values
        | aims_of(engagement)
        | {
            "country": str(engagement.country),
            "on_behalf_of_ks": engagement.on_behalf_of_ks,
            "cost": engagement.cost,
            "burden": engagement.burden,
            "financing": engagement.financing,
        }
    )
