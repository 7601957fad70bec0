"""The forms of a visit: one to write it down, one to assess it, one to say what came of it."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from engagements.forms import offer_bodies
from engagements.models import Engagement
from engagements.showing import country_choices, direction_name
from engagements.strategy.editions import edition
from organisation.models import Body
from stockholm_intl.kit.forms import FOLDED, DateField, Form, IntegerField, LineField, TextField
from visits.enums import Attendance, Level, Proposal, VisitorKind, VisitType
from visits.models import GRADES, VisitRequest
from visits.rules import GRADED

named = lazy(direction_name, str)
NEAR = ("DK", "FI", "IS", "NO")  # the Nordic neighbours first in a list of 249


def with_empty(choices: Any, empty: Any = _("Välj …")) -> list[tuple[str, Any]]:
    return [("", empty), *choices]


def direction_choices() -> list[tuple[str, Any]]:
    return [(direction.code, named(direction.code)) for direction in edition().directions]


def near_and_far() -> list[tuple[str, Any]]:
    near = [country for country in country_choices() if country[0] in NEAR]
    far = [country for country in country_choices() if country[0] not in NEAR]
    return with_empty([(_("Norden"), near), (_("Alla länder"), far)])


class VisitForm(Form):
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
    visit_type = forms.ChoiceField(label=_("Slag av besök"), choices=VisitType.choices, initial=VisitType.STUDY_VISIT)
    level = forms.ChoiceField(label=_("Nivå"), choices=Level.choices, initial=Level.ORDINARY)

    purpose = TextField(label=_("Besökets syfte"), required=False, max_length=4_000)
    benefit = TextField(label=_("Vad får staden ut av det?"), required=False, max_length=4_000)

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
    respond_by = DateField(label=_("Svara senast"), required=False, help_text=_("Tomt betyder om två veckor."))
    registry_number = LineField(
        label=_("Diarienummer"), required=False, max_length=60, help_text=_("Om det redan finns i ert diarium.")
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    groups = [
        (_("Förfrågan"), ["counterpart", "country", "people", "wants", "starts_on"]),
        (_("Inriktning i strategin"), ["main_direction", "motive", "other_directions"]),
        (
            _("Mer om besöket"),
            [
                "title", "purpose", "benefit", "visitor_kind", "delegation", "sender_name", "sender_email", "ends_on",
                "time_of_day", "is_flexible", "attendance", "language", "visit_type", "level",
            ],
            _("Fyll i det du vet. Resten går att lägga till senare."),
            FOLDED,
        ),
        (_("Handläggning"), ["respond_by", "registry_number", "body"], "", FOLDED),
    ]  # fmt: skip

    ENGAGEMENT = (
        "counterpart",
        "country",
        "title",
        "starts_on",
        "ends_on",
        "main_direction",
        "respond_by",
        "registry_number",
    )
    VISIT = (
        "people", "visitor_kind", "delegation", "sender_name", "sender_email", "wants", "time_of_day", "is_flexible",
        "attendance", "language", "visit_type", "level", "purpose", "benefit",
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_bodies(self.fields["body"], bodies)
        self.fields["sender_email"].error_messages["invalid"] = _(
            "Skriv en fullständig e-postadress, som namn@stad.nl."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Sista dagen är före första dagen. Ändra en av dem."))
        if last and not first and "starts_on" not in self.errors:
            self.add_error("starts_on", _("Ange första dagen också."))
        main, motive = data.get("main_direction"), data.get("motive")
        if motive and not main and "main_direction" not in self.errors:
            self.add_error("main_direction", _("Välj den inriktning som meningen gäller."))
        return data

    def clean_registry_number(self) -> str:
        return " ".join(self.cleaned_data["registry_number"].replace("–", "-").replace("−", "-").split())

    def engagement_fields(self, before: Engagement | None = None) -> dict[str, Any]:
        """What the form says of the engagement; motives of directions the form does not ask about are kept."""
        data = self.cleaned_data
        main = data["main_direction"]
        others = [code for code in data["other_directions"] if code != main]
        known = before.motives if before else {}
        motives = {code: text for code, text in known.items() if code in others}
        if main:
            motives[main] = data["motive"]
        first = data["starts_on"]
        return {name: data[name] for name in self.ENGAGEMENT} | {
            "other_directions": others,
            "motives": motives,
            "happens": first.isoformat() if first else "",
            "summary": data["wants"],
            "instrument": "state_visit" if data["visit_type"] == "state_visit" else "visit",
        }

    def visit_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.VISIT}


class DraftForm(VisitForm):
    """The same form while it is only kept: nothing is required yet, and nothing wrong is let through."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("counterpart", "country", "wants"):
            self.fields[name].required = False


class EditVisitForm(VisitForm):
    version = IntegerField(widget=forms.HiddenInput)
    reason = LineField(
        label=_("Varför ändrar du?"),
        required=False,
        max_length=300,
        help_text=_("Står i historiken bredvid ändringen."),
    )


def initial_of(visit: VisitRequest | None) -> dict[str, Any]:
    """The form's values from the rows, or a fresh submission."""
    if visit is None:
        return {"submission": uuid4()}
    engagement = visit.engagement
    values: dict[str, Any] = {name: getattr(engagement, name) for name in VisitForm.ENGAGEMENT}
    values |= {name: getattr(visit, name) for name in VisitForm.VISIT}
    return values | {
        "country": str(engagement.country),
        "motive": engagement.motives.get(engagement.main_direction, ""),
        "other_directions": engagement.other_directions,
        "body": engagement.body.code,
        "submission": engagement.submission or UUID(int=0),
        "version": engagement.version,
    }


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


class ProposalForm(Form):
    """The part of the assessment that the head reads first."""

    proposal = forms.ChoiceField(
        label=_("Förslag"), choices=Proposal.choices, widget=forms.RadioSelect(attrs={"inline": True}), required=False
    )
    proposal_text = TextField(label=_("Skäl för förslaget"), required=False, max_length=4_000)
    alternative = TextField(
        label=_("Annat vi kan erbjuda"),
        required=False,
        max_length=2_000,
        help_text=_("Om besöket avböjs: till exempel en digital visning."),
    )


class AssessmentForm(ProposalForm):
    """Five grades with a reason each, then the proposal to the head."""

    groups: Any = [
        (
            _("Besöket ger"),
            [part for name in GRADED for part in (name, f"{name}_why")],
            _("Alla fem graderna behövs för att lämna förslaget. Skäl är frivilliga."),
        ),
        (_("Förslag till beslut"), list(ProposalForm.base_fields)),
    ]

    def grades(self) -> dict[str, Any]:
        names = [part for name in GRADED for part in (name, f"{name}_why")] + ["alternative"]
        return {name: self.cleaned_data[name] for name in names}

    def require_proposal(self) -> bool:
        """Whether it can go to the head: every grade set and a proposal chosen. Says on the form what is missing."""
        for name in GRADED:
            if self.cleaned_data.get(name) is None:
                self.add_error(name, _("Välj en grad innan förslaget lämnas."))
        if not self.cleaned_data.get("proposal"):
            self.add_error("proposal", _("Välj om du föreslår att ta emot eller avböja."))
        elif self.cleaned_data["proposal"] == Proposal.DECLINE and not self.cleaned_data.get("proposal_text"):
            self.add_error("proposal_text", _("Skriv varför du föreslår att avböja."))
        return not self.errors


for _name in GRADED:
    AssessmentForm.base_fields[_name] = grade_field(_name)
    AssessmentForm.base_fields[f"{_name}_why"] = LineField(
        label=column(f"{_name}_why").verbose_name, required=False, max_length=300
    )


class OutcomeForm(Form):
    visitors_in_fact = IntegerField(label=_("Hur många kom?"), min_value=0, max_value=5_000)
    outcome = TextField(label=_("Vad gav besöket?"), max_length=4_000, help_text=_("Två meningar räcker."))
