"""The forms of a membership and of an agreement: the same matter, different details."""

from collections.abc import Collection
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.enums import Burden, Kind, Scope
from engagements.forms_matter import AIMS, AimedForm, EditionForm, aims_of, with_empty
from engagements.models import Engagement
from memberships import enums
from memberships.models import Agreement, Membership
from memberships.rules import MAX_INTERVAL_MONTHS, needs_interval_reason
from stockholm_intl.kit.forms import DateField, DecimalField, IntegerField, LineField, TextField

CURRENCIES = [(code, code) for code in ("SEK", "EUR", "USD", "GBP", "DKK", "NOK", "CHF")]


class IntervalFields(EditionForm):
    interval_months = IntegerField(
        label=_("Intervall i månader"),
        min_value=1,
        max_value=MAX_INTERVAL_MONTHS,
    )
    interval_reason = LineField(
        label=_("Skäl till ett annat intervall"),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = self.edition.review_interval_months
        if interval := self.fields.get("interval_months"):
            interval.initial = self.usual
            interval.help_text = _("Strategin: regelbundet, till exempel var %(months)s:e månad.") % {
                "months": self.usual
            }
        if reason := self.fields.get("interval_reason"):
            reason.help_text = _("Behövs bara om det inte är %(months)s.") % {"months": self.usual}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        months = data.get("interval_months")
        own = months is not None and needs_interval_reason(months, usual=self.usual)
        # what was usual under an earlier edition stays so
        kept = months == self.initial.get("interval_months") and not self.initial.get("interval_reason")
        if own and not kept and not data.get("interval_reason") and "interval_reason" in data:
            self.add_error(
                "interval_reason",
                _("Skriv varför intervallet är ett annat än %(months)s månader.") % {"months": self.usual},
            )
        return data


class MatterForm(IntervalFields, AimedForm):
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

    MATTER = ("title", "counterpart", "scope", "burden", "registry_number")
    WAITING = ("counterpart",)
    SUMMARY: ClassVar[str]  # the field that also says what the matter is about

    def matter(self, before: Engagement | None = None) -> dict[str, Any]:
        return super().matter(before) | {"summary": self.cleaned_data[self.SUMMARY]}


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
        (_("Inriktning i strategin"), AIMS),
        (_("Beslut och omprövning"), ["scope", "burden", "interval_months", "interval_reason"]),
        (_("Handläggning"), ["body", "registry_number", "reason"]),
    ]
    DETAILS = (
        "form", "theme", "entered_on", "annual_fee", "fee_currency", "post_of_trust", "benefit", "interval_months",
        "interval_reason",
    )  # fmt: skip

    SUMMARY = "benefit"


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
        (_("Inriktning i strategin"), AIMS),
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
    SUMMARY = "activity"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("entered_on"), data.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("Avtalet slutar innan det har börjat. Ändra en av dagarna."))
        return data


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

    def __init__(self, *args: Any, kind: Kind, frozen: Collection[str], **kwargs: Any) -> None:
        """`frozen` are the columns that only a correction changes: none of them is asked for."""
        super().__init__(*args, **kwargs)
        self.own = tuple(name for name in (*self.COMMON, *self.OWN[kind]) if name not in frozen)
        self.about = next((name for name in self.own if name == FORMS[kind].SUMMARY), "")
        for name in {*self.COMMON, *(name for names in self.OWN.values() for name in names)} - {*self.own}:
            del self.fields[name]

    def matter(self, _before: Engagement | None = None) -> dict[str, Any]:
        said = {"registry_number": self.cleaned_data["registry_number"]}
        return said | ({"summary": self.cleaned_data[self.about]} if self.about else {})

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.own}


def initial_of(engagement: Engagement | None, detail: Membership | Agreement | None) -> dict[str, Any]:
    """A form's values from the rows, or a fresh submission."""
    if engagement is None or detail is None:
        return {"submission": uuid4()}
    form = FORMS[Kind(engagement.kind)]
    values: dict[str, Any] = {name: getattr(engagement, name) for name in MatterForm.MATTER}
    values |= {name: getattr(detail, name) for name in form.DETAILS}
    return values | aims_of(engagement)
