"""The application for a reception in Stadshuset (M19), and what is told of it afterwards."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from engagements.enums import Instrument
from engagements.forms_matter import AIMS, AimedForm, aims_of
from engagements.models import Engagement
from stockholm_intl.kit.forms import FOLDED, DateField, Form, IntegerField, LineField, TextField, YesNoField
from visits.forms import near_and_far
from visits.models import Reception


class ReceptionForm(AimedForm):
    """What the congress or the association has told. There is no provisional booking: the hour is taken by a decision."""

    counterpart = LineField(
        label=_("Vem söker?"), help_text=_("Kongressen, förbundet eller mästerskapet."), max_length=200
    )
    country = forms.ChoiceField(label=_("Land"), choices=lazy(near_and_far, list), required=False)
    title = LineField(
        label=_("Rubrik"), required=False, max_length=200,
        help_text=_("Tom rubrik blir Mottagning för och den sökande."),
    )  # fmt: skip
    starts_on = DateField(label=_("Mottagningens dag"), required=False)
    slot = LineField(
        label=_("Tid"), required=False, max_length=40, help_text=_("Klockan 18–20 eller 19–21, högst två timmar.")
    )
    guests = IntegerField(
        label=_("Antal gäster"), required=False, min_value=1, max_value=5_000, help_text=_("Minst 150 väntas.")
    )
    share_abroad = IntegerField(
        label=_("Andel gäster från utlandet, procent"), required=False, min_value=0, max_value=100,
        help_text=_("Mer än hälften ska komma från utlandet."),
    )  # fmt: skip
    share_is_estimate = forms.BooleanField(label=_("Andelen är en uppskattning"), required=False)

    congress_from = DateField(label=_("Kongressens första dag"), required=False)
    congress_to = DateField(label=_("Kongressens sista dag"), required=False)
    congress_venue = LineField(label=_("Kongressens lokal"), required=False, max_length=120)
    congress_in_city = YesNoField(label=_("Hålls kongressen i Stockholm?"))
    guests_stay_in_city = YesNoField(label=_("Bor gästerna på hotell i Stockholm?"))

    summary = TextField(label=_("Syfte"), required=False, max_length=4_000)
    why_the_city = TextField(
        label=_("Varför bör huvudstaden vara värd?"), required=False, max_length=4_000,
        help_text=_("Skriv också den vetenskapliga nivån, eller om det är ett Europa- eller världsmästerskap."),
    )  # fmt: skip
    region_co_hosts = YesNoField(
        label=_("Är Region Stockholm medvärd?"),
        help_text=_("Regionen tillfrågas när det gäller medicin, hälsa eller trafik."),
    )
    venue = LineField(label=_("Sal"), required=False, max_length=80)
    respond_by = DateField(label=_("Svara senast"), required=False, help_text=_("Tomt betyder om två veckor."))
    submission = forms.UUIDField(widget=forms.HiddenInput)

    groups = [
        (_("Ansökan"), ["counterpart", "country", "starts_on", "slot", "guests", "share_abroad", "share_is_estimate"]),
        (
            _("Kongressen"),
            ["congress_from", "congress_to", "congress_venue", "congress_in_city", "guests_stay_in_city"],
        ),
        (_("Skäl"), ["summary", "why_the_city", "region_co_hosts"]),
        (_("Inriktning i strategin"), AIMS),
        (_("Handläggning"), ["title", "venue", "respond_by", "registry_number", "body"], "", FOLDED),
    ]  # fmt: skip

    MATTER = ("counterpart", "country", "title", "summary", "starts_on", "respond_by", "registry_number")
    DETAILS = (
        "slot", "guests", "share_abroad", "share_is_estimate", "congress_from", "congress_to", "congress_venue",
        "congress_in_city", "guests_stay_in_city", "why_the_city", "region_co_hosts", "venue",
    )  # fmt: skip
    WAITING = ("counterpart",)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("congress_from"), data.get("congress_to")
        if first and last and last < first:
            self.add_error("congress_to", _("Sista dagen är före första dagen. Ändra en av dem."))
        return data

    def matter(self, before: Engagement | None = None) -> dict[str, Any]:
        day = self.cleaned_data["starts_on"]
        happens = day.isoformat() if day else ""
        return super().matter(before) | {"happens": happens, "instrument": Instrument.RECEPTION}


def reception_initial(reception: Reception) -> dict[str, Any]:
    engagement = reception.engagement
    values: dict[str, Any] = {name: getattr(engagement, name) for name in ReceptionForm.MATTER}
    values |= {name: getattr(reception, name) for name in ReceptionForm.DETAILS}
    return values | aims_of(engagement) | {"country": str(engagement.country)}


class ReceptionOutcomeForm(Form):
    """R8: who came, and who attests the bill without having been there."""

    participants = TextField(
        label=_("Vilka deltog?"), max_length=4_000, help_text=_("Grupper och antal räcker. Skriv inte personnummer.")
    )
    attested_by = LineField(label=_("Vem attesterar notan?"), max_length=120)
    attester_attended = YesNoField(
        label=_("Var den som attesterar med på mottagningen?"),
        required=True,
        widget=forms.RadioSelect(attrs={"inline": True}),
    )
