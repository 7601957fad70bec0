"""The forms of a membership and of an agreement: the same matter, different details."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from engagements.enums import Burden, Kind, Scope
from engagements.forms import offer_bodies
from engagements.models import Engagement
from engagements.showing import direction_name
from engagements.strategy.editions import edition
from memberships import enums
from memberships.models import Agreement, Membership
from memberships.rules import INTERVAL_MONTHS, MAX_INTERVAL_MONTHS, needs_interval_reason
from organisation.models import Body
from stockholm_intl.kit.forms import DateField, DecimalField, Form, IntegerField, LineField, TextField

named = lazy(direction_name, str)
CURRENCIES = [(code, code) for code in ("SEK", "EUR", "USD", "GBP", "DKK", "NOK", "CHF")]


def with_empty(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("Välj …")), *choices]


def direction_choices() -> list[tuple[str, Any]]:
    return [(direction.code, named(direction.code)) for direction in edition().directions]


class IntervalFields(Form):
    interval_months = IntegerField(
        label=_("Intervall i månader"),
        initial=INTERVAL_MONTHS,
        min_value=1,
        max_value=MAX_INTERVAL_MONTHS,
        help_text=_("Strategin, avsnitt 4: regelbundet, till exempel vart fjärde år (48 månader)."),
    )
    interval_reason = LineField(
        label=_("Skäl till ett annat intervall"),
        required=False,
        max_length=300,
        help_text=_("Behövs bara om det inte är 48."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        months = data.get("interval_months")
        if months and needs_interval_reason(months) and not data.get("interval_reason") and "interval_reason" in data:
            self.add_error("interval_reason", _("Skriv varför intervallet är ett annat än 48 månader."))
        return data


class MatterForm(IntervalFields):
    """What both kinds ask. Everything the draft can wait with is required first when it is registered."""

    title = LineField(
        label=_("Rubrik"),
        required=False,
        max_length=200,
        help_text=_("Tom rubrik blir till exempel Medlemskap i Eurocities eller Avtal med Köpenhamn."),
    )
    counterpart = LineField(
        label=_("Med vem?"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "parter", "autocomplete": "off"}),
        help_text=_("Organisationen, nätverket eller staden. Kända namn föreslås medan du skriver."),
    )
    theme = LineField(
        label=_("Tema"), required=False, max_length=120, help_text=_("Ett ord eller två, till exempel klimat.")
    )
    entered_on = DateField(label=_("Gäller från"))
    scope = forms.ChoiceField(
        label=_("Vad rör det?"),
        choices=with_empty(Scope.choices),
        required=False,
        help_text=_("Avgör vem som beslutar."),
    )
    burden = forms.ChoiceField(
        label=_("Ger det ny belastning på stadens resurser?"), choices=with_empty(Burden.choices), required=False
    )
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
        "title", "counterpart", "scope", "burden", "main_direction", "registry_number",
    )  # fmt: skip
    DETAILS: tuple[str, ...] = ()

    def __init__(self, *args: Any, bodies: Any, stage: str = "new", **kwargs: Any) -> None:
        """`stage` is draft (little is required), new (registered when sent) or edit (says why)."""
        super().__init__(*args, **kwargs)
        if stage == "draft":
            self.fields["counterpart"].required = False
        if stage != "edit":
            del self.fields["version"], self.fields["reason"]
        offer_bodies(self.fields["body"], bodies)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("motive") and not data.get("main_direction") and "main_direction" not in self.errors:
            self.add_error("main_direction", _("Välj den inriktning som meningen gäller."))
        return data

    def clean_registry_number(self) -> str:
        return " ".join(self.cleaned_data["registry_number"].replace("–", "-").replace("−", "-").split())

    def matter(self, before: Engagement | None = None) -> dict[str, Any]:
        """What the form says of the engagement; motives of directions the form does not ask about are kept."""
        data = self.cleaned_data
        main = data["main_direction"]
        others = [code for code in data["other_directions"] if code != main]
        motives = {code: text for code, text in (before.motives if before else {}).items() if code in others}
        if main:
            motives[main] = data["motive"]
        said = {name: data[name] for name in self.MATTER}
        return said | {"other_directions": others, "motives": motives, "summary": self.summary()}

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.DETAILS}

    def summary(self) -> str:
        raise NotImplementedError


class MembershipForm(MatterForm):
    form = forms.ChoiceField(label=_("Form"), choices=with_empty(enums.MembershipForm.choices))
    annual_fee = DecimalField(label=_("Årsavgift"), required=False, min_value=0, max_digits=12)
    fee_currency = forms.ChoiceField(label=_("Valuta"), choices=CURRENCIES, initial="SEK")
    post_of_trust = LineField(
        label=_("Förtroendeuppdrag"),
        required=False,
        max_length=200,
        help_text=_("Om staden har ett, till exempel vice ordförande."),
    )
    benefit = TextField(label=_("Vad ger medlemskapet staden?"), required=False, max_length=4_000)

    groups = [
        (_("Vad det gäller"), ["form", "counterpart", "title", "theme", "entered_on"]),
        (_("Nytta och kostnad"), ["benefit", "annual_fee", "fee_currency", "post_of_trust"]),
        (_("Inriktning i strategin"), ["main_direction", "motive", "other_directions"]),
        (_("Beslut och omprövning"), ["scope", "burden", "interval_months", "interval_reason"]),
        (_("Handläggning"), ["body", "registry_number", "reason"]),
    ]
    DETAILS = (
        "form", "theme", "entered_on", "annual_fee", "fee_currency", "post_of_trust", "benefit", "interval_months",
        "interval_reason",
    )  # fmt: skip

    def summary(self) -> str:
        return str(self.cleaned_data["benefit"])


class AgreementForm(MatterForm):
    agreement_type = forms.ChoiceField(
        label=_("Slag av avtal"),
        choices=with_empty(enums.AgreementType.choices),
        help_text=_(
            "Staden ingår inte nya vänortsavtal (strategin, avsnitt 4). En avvikelse beslutas av "
            "kommunfullmäktige eller kommunstyrelsen."
        ),
    )
    ends_on = DateField(
        label=_("Gäller till och med"),
        required=False,
        help_text=_("Ett samarbetsavtal har start och slut (strategin, avsnitt 4)."),
    )
    activity = TextField(label=_("Vilket konkret utbyte?"), required=False, max_length=4_000)
    our_benefit = TextField(label=_("Vad får staden?"), required=False, max_length=4_000)
    their_benefit = TextField(label=_("Vad får motparten?"), required=False, max_length=4_000)

    groups = [
        (_("Vad det gäller"), ["agreement_type", "counterpart", "title", "theme", "entered_on", "ends_on"]),
        (_("Utbyte och nytta"), ["activity", "our_benefit", "their_benefit"]),
        (_("Inriktning i strategin"), ["main_direction", "motive", "other_directions"]),
        (
            _("Beslut och omprövning"),
            ["scope", "burden", "interval_months", "interval_reason"],
            _("Intentionsavtal omprövas, samarbetsavtal löper ut."),
        ),
        (_("Handläggning"), ["body", "registry_number", "reason"]),
    ]
    DETAILS = (
        "agreement_type", "theme", "entered_on", "ends_on", "activity", "our_benefit", "their_benefit",
        "interval_months", "interval_reason",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("entered_on"), data.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("Avtalet slutar innan det har börjat. Ändra en av dagarna."))
        return data

    def summary(self) -> str:
        return str(self.cleaned_data["activity"])


FORMS: dict[Kind, type[MatterForm]] = {Kind.MEMBERSHIP: MembershipForm, Kind.AGREEMENT: AgreementForm}


class UpkeepForm(IntervalFields):
    """What changes while it is in force, without a new decision."""

    theme = LineField(label=_("Tema"), required=False, max_length=120)
    annual_fee = DecimalField(label=_("Årsavgift"), required=False, min_value=0, max_digits=12)
    fee_currency = forms.ChoiceField(label=_("Valuta"), choices=CURRENCIES)
    post_of_trust = LineField(label=_("Förtroendeuppdrag"), required=False, max_length=200)
    benefit = TextField(label=_("Vad ger medlemskapet staden?"), required=False, max_length=4_000)
    activity = TextField(label=_("Vilket konkret utbyte?"), required=False, max_length=4_000)
    registry_number = LineField(label=_("Diarienummer"), required=False, max_length=60)
    version = IntegerField(widget=forms.HiddenInput)
    reason = LineField(
        label=_("Varför ändrar du?"),
        required=False,
        max_length=300,
        help_text=_("Står i historiken bredvid ändringen."),
    )

    COMMON = ("theme", "interval_months", "interval_reason")
    OWN = {
        Kind.MEMBERSHIP: ("annual_fee", "fee_currency", "post_of_trust", "benefit"),
        Kind.AGREEMENT: ("activity",),
    }
    groups = [
        (_("Det som gäller nu"), ["theme", "activity", "benefit", "annual_fee", "fee_currency", "post_of_trust"]),
        (_("Omprövning"), ["interval_months", "interval_reason"]),
        (_("Handläggning"), ["registry_number", "reason"]),
    ]
    clean_registry_number = MatterForm.clean_registry_number

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = (*self.COMMON, *self.OWN[kind])
        for other, names in self.OWN.items():
            if other != kind:
                for name in names:
                    del self.fields[name]

    def matter(self, _before: Engagement | None = None) -> dict[str, Any]:
        return {"registry_number": self.cleaned_data["registry_number"]}

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.own}


def initial_of(engagement: Engagement | None, detail: Membership | Agreement | None) -> dict[str, Any]:
    """A form's values from the rows, or a fresh submission."""
    if engagement is None or detail is None:
        return {"submission": uuid4()}
    form = FORMS[Kind(engagement.kind)]
    values: dict[str, Any] = {name: getattr(engagement, name) for name in MatterForm.MATTER}
    values |= {name: getattr(detail, name) for name in form.DETAILS}
    return values | {
        "motive": engagement.motives.get(engagement.main_direction, ""),
        "other_directions": engagement.other_directions,
        "body": engagement.body.code,
        "submission": engagement.submission,
        "version": engagement.version,
    }
