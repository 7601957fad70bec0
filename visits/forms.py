"""The forms of a visit: one to write it down, one to assess it, one to say what came of it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from engagements.enums import Instrument
from engagements.forms_matter import AIMS, AimedForm, aims_of, with_empty
from engagements.models import Engagement
from engagements.showing import country_choices
from stockholm_intl.kit.forms import FOLDED, DateField, Form, IntegerField, LineField, TextField
from visits.enums import Attendance, Level, Proposal, VisitorKind, VisitType
from visits.models import GRADES, VisitRequest
from visits.rules import GRADED

# Which row of the matrix the kind of visit is; a protocol visit is a visit that the router knows by its kind.
INSTRUMENTS = {
    VisitType.STATE_VISIT: Instrument.STATE_VISIT,
    VisitType.INVITATION_LETTER: Instrument.INVITATION_LETTER,
}
NEAR = ("DK", "FI", "IS", "NO")  # the Nordic neighbours first in a list of 249


def near_and_far() -> list[tuple[str, Any]]:
    near = [country for country in country_choices() if country[0] in NEAR]
    far = [country for country in country_choices() if country[0] not in NEAR]
    return with_empty([(_("Norden"), near), (_("Alla länder"), far)])


class VisitForm(AimedForm):
    """What somebody who wants to visit has told us. Only who asks and what they want must be there."""

    counterpart = LineField(
        label=_("Vem frågar?"),
        help_text=_("Organisationen, till exempel Utrechts kommun, klimatavdelningen."),
        max_length=200,
    )
    country = forms.ChoiceField(label=_("Land"), choices=lazy(near_and_far, list))
    people = IntegerField(label=_("Antal personer"), required=False, min_value=1, max_value=5_000)
    visitor_kind = forms.ChoiceField(label=_("Vilka är de?"), choices=with_empty(VisitorKind.choices), required=False)
    delegation = TextField(
        label=_("Vilka kommer?"),
        required=False,
        max_length=2_000,
        help_text=_("Titlar räcker. Skriv inte personnummer."),
    )
    sender_name = LineField(label=_("Kontaktperson hos dem"), required=False, max_length=120)
    sender_email = forms.EmailField(label=_("Deras e-post"), required=False, max_length=254)

    wants = TextField(label=_("Vad vill de?"), max_length=4_000)
    title = LineField(
        label=_("Rubrik"),
        required=False,
        max_length=200,
        help_text=_("Till exempel Besök från Utrecht om klimatbudget. Tom rubrik blir Besök från och avsändaren."),
    )
    starts_on = DateField(label=_("Första dag"), required=False)
    ends_on = DateField(label=_("Sista dag"), required=False, help_text=_("Bara om besöket är längre än en dag."))
    time_of_day = LineField(label=_("Tid på dagen"), required=False, max_length=80)
    is_flexible = forms.BooleanField(label=_("Datumet går att flytta"), required=False)
    attendance = forms.ChoiceField(
        label=_("På plats eller digitalt?"), choices=Attendance.choices, initial=Attendance.ON_SITE
    )
    language = LineField(label=_("Språk"), required=False, max_length=80, help_text=_("Även om tolk behövs."))
    is_urban_development = forms.BooleanField(
        label=_("Studiebesök om stadsutveckling"),
        required=False,
        help_text=_("Dem tar exploateringskontoret emot. Studenter och besök genom stadens organ betalar inget."),
    )
    visit_type = forms.ChoiceField(
        label=_("Slag av besök"),
        choices=VisitType.choices,
        initial=VisitType.STUDY_VISIT,
        help_text=_("Vill de bara ha ett brev, till exempel för visum: välj Inbjudningsbrev."),
    )
    level = forms.ChoiceField(label=_("Nivå"), choices=Level.choices, initial=Level.ORDINARY)

    purpose = TextField(label=_("Besökets syfte"), required=False, max_length=4_000)
    benefit = TextField(label=_("Vad får staden ut av det?"), required=False, max_length=4_000)

    respond_by = DateField(label=_("Svara senast"), required=False, help_text=_("Tomt betyder om två veckor."))
    submission = forms.UUIDField(widget=forms.HiddenInput)

    groups = [
        (_("Förfrågan"), ["counterpart", "country", "people", "wants", "starts_on"]),
        (_("Inriktning i strategin"), AIMS),
        (
            _("Mer om besöket"),
            [
                "title", "purpose", "benefit", "visitor_kind", "delegation", "sender_name", "sender_email", "ends_on",
                "time_of_day", "is_flexible", "attendance", "language", "visit_type", "is_urban_development",
                "level",
            ],
            _("Fyll i det du vet. Resten går att lägga till senare."),
            FOLDED,
        ),
        (_("Handläggning"), ["respond_by", "registry_number", "body"], "", FOLDED),
    ]  # fmt: skip

    MATTER = ("counterpart", "country", "title", "starts_on", "ends_on", "respond_by", "registry_number")
    DETAILS = (
        "people", "visitor_kind", "delegation", "sender_name", "sender_email", "wants", "time_of_day", "is_flexible",
        "attendance", "language", "visit_type", "is_urban_development", "level", "purpose", "benefit",
    )  # fmt: skip

    WAITING = ("counterpart", "country", "wants")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender_email"].error_messages["invalid"] = _(
            "Skriv en fullständig e-postadress, som namn@stad.nl."
        )

    def matter(self, before: Engagement | None = None) -> dict[str, Any]:
        data = self.cleaned_data
        first = data["starts_on"]
        return super().matter(before) | {
            "happens": first.isoformat() if first else "",
            "summary": data["wants"],
            "instrument": INSTRUMENTS.get(data["visit_type"], Instrument.VISIT),
        }


def initial_of(visit: VisitRequest | None) -> dict[str, Any]:
    """The form's values from the rows, or a fresh submission."""
    if visit is None:
        return {"submission": uuid4()}
    engagement = visit.engagement
    values: dict[str, Any] = {name: getattr(engagement, name) for name in VisitForm.MATTER}
    values |= {name: getattr(visit, name) for name in VisitForm.DETAILS}
    return values | aims_of(engagement) | {"country": str(engagement.country)}


def grade_field(name: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=column(name).verbose_name,
        choices=GRADES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(attrs={"inline": True}),
    )


def column(name: str) -> Any:
    return VisitRequest._meta.get_field(name)


class AssessmentForm(Form):
    """Five grades with a reason each, then the proposal, which the head reads first."""

    GRADES = [part for name in GRADED for part in (name, f"{name}_why")]
    groups: Any = [
        (
            _("Besöket ger"),
            GRADES,
            _("Alla fem graderna behövs för att lämna förslaget. Skälen är frivilliga."),
        ),
        (_("Förslag till beslut"), ["proposal", "proposal_text", "alternative"]),
    ]
    proposal = forms.ChoiceField(
        label=_("Förslag"), choices=Proposal.choices, widget=forms.RadioSelect(attrs={"inline": True}), required=False
    )
    proposal_text = TextField(label=_("Skäl för förslaget"), required=False, max_length=4_000)
    alternative = TextField(
        label=_("Annat vi kan erbjuda"),
        required=False,
        max_length=2_000,
        help_text=_("Om du föreslår nej: till exempel en digital visning."),
    )

    def __init__(self, *args: Any, letter: bool = False, **kwargs: Any) -> None:
        """Of a letter (M18) it is graded what the visit will give that it is for."""
        super().__init__(*args, **kwargs)
        proposal: Any = self.fields["proposal"]
        proposal.show_optional = False
        if letter:
            (_heading, *rest), last = self.groups
            self.groups = [(_("Besöket som brevet gäller ger"), *rest), last]
            proposal.choices = [(Proposal.ACCEPT, _("Skicka brevet")), (Proposal.DECLINE, _("Skicka inget brev"))]

    def grades(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.GRADES, "alternative")}

    def require_proposal(self) -> bool:
        """Whether it can go to the head: every grade set and a proposal chosen. Says on the form what is missing."""
        for name in GRADED:
            if self.cleaned_data.get(name) is None:
                self.add_error(name, _("Välj en grad innan förslaget lämnas."))
        if not self.cleaned_data.get("proposal"):
            self.add_error("proposal", _("Välj vad du föreslår."))
        elif self.cleaned_data["proposal"] == Proposal.DECLINE and not self.cleaned_data.get("proposal_text"):
            self.add_error("proposal_text", _("Skriv varför du föreslår nej."))
        return not self.errors


for _name in GRADED:
    AssessmentForm.base_fields[_name] = grade_field(_name)
    AssessmentForm.base_fields[f"{_name}_why"] = LineField(
        label=column(f"{_name}_why").verbose_name, required=False, max_length=300
    )


class OutcomeForm(Form):
    visitors_in_fact = IntegerField(label=_("Hur många kom?"), min_value=0, max_value=5_000)
    outcome = TextField(label=_("Vad gav besöket?"), max_length=4_000, help_text=_("Två meningar räcker."))
