"""What the secretary, the one who refers and the head fill in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from decisions.enums import CLOSED_STATES, Outcome, Section
from decisions.models import DelegationPoint, Meeting
from decisions.rules import COMMISSIONER, UNDECIDED_OUTCOMES, Verdict
from memberships.forms import ReviewForm
from organisation.models import Body
from stockholm_intl.kit.forms import DateField, DecimalField, Form, IntegerField, LineField, TextField

INLINE = {"inline": True}
LONG = 8_000


class HourField(forms.TimeField):
    default_error_messages = {"invalid": _("Skriv tiden som timme och minut, till exempel 13.00.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(input_formats=["%H:%M", "%H.%M"], widget=widget, **kwargs)


class MeetingForm(Form):
    groups: Any = [
        (_("När och var"), ["body", "held_on", "starts_at", "ends_at", "place"]),
        (_("Till minnesanteckningarna"), ["present", "registry_number"]),
    ]
    body = forms.ModelChoiceField(label=_("Beredning"), queryset=Body.objects.none(), to_field_name="code")
    held_on = DateField(label=_("Dag"))
    starts_at = HourField(label=_("Börjar"), required=False)
    ends_at = HourField(label=_("Slutar"), required=False)
    place = LineField(label=_("Plats"), required=False, max_length=120)
    present = TextField(
        label=_("Närvarande"), required=False, max_length=4_000, help_text=_("Går att fylla i efteråt.")
    )
    registry_number = LineField(label=_("Diarienummer"), required=False, max_length=60)

    def __init__(self, *args: Any, committees: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.queryset = committees
        found = list(committees[:2])
        if len(found) == 1:
            field.initial, field.widget = found[0].code, forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("starts_at") and data.get("ends_at") and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends_at", _("Mötet slutar innan det börjar. Ändra en av tiderna."))
        return data


class EditMeetingForm(MeetingForm):
    version = IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, committees=Body.objects.none(), **kwargs)
        del self.fields["body"]


class ItemForm(Form):
    """A point of the agenda in words."""

    section = forms.ChoiceField(label=_("Rubrik på dagordningen"), choices=Section.choices)
    title = LineField(label=_("Punktens rubrik"), max_length=300)
    proposal = TextField(
        label=_("Förslag"),
        required=False,
        max_length=LONG,
        help_text=_("En punkt på varje rad. Börja med ett verb."),
    )
    reasons = TextField(label=_("Skäl"), required=False, max_length=LONG)


class EditItemForm(ItemForm):
    version = IntegerField(widget=forms.HiddenInput)


class ReferForm(ItemForm):
    groups: Any = [
        (_("Vart"), ["meeting", "section"]),
        (_("Vad beredningen läser"), ["title", "proposal", "reasons"]),
    ]
    meeting = forms.ModelChoiceField(label=_("Möte"), queryset=Meeting.objects.none())

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset = meetings.filter(source="").exclude(state__in=CLOSED_STATES).order_by("held_on")
        field.label_from_instance = lambda meeting: f"{meeting}, {meeting.held_on.isoformat()}"


class ReasonForm(Form):
    """Why something is taken away; `version` is what was seen."""

    reason = LineField(label=_("Varför?"), max_length=300)
    version = IntegerField(widget=forms.HiddenInput, required=False)


class ReportForm(Form):
    on = DateField(label=_("Kommunstyrelsens sammanträde"))
    paragraph = LineField(
        label=_("Paragraf i protokollet"),
        max_length=20,
        help_text=_("Till exempel 14."),
        widget=forms.TextInput(attrs={"data-short": True}),
    )


class DecisionForm(Form):
    """The outcome of a point. Only approving and declining take a text, a delegate, a point and a ground (R12)."""

    outcome = forms.ChoiceField(label=_("Utgång"), choices=Outcome.choices, widget=forms.RadioSelect(attrs=INLINE))
    text = TextField(
        label=_("Beslutets text"), max_length=LONG, error_messages={"required": _("Skriv beslutets text.")}
    )
    delegate = forms.ChoiceField(label=_("Delegat"), error_messages={"required": _("Ange vem som har beslutat.")})
    point = forms.ModelChoiceField(
        label=_("Delegationspunkt"),
        queryset=DelegationPoint.objects.none(),
        empty_label=_("Välj punkt"),
        error_messages={"required": _("Ange delegationspunkten som beslutet stöder sig på.")},
    )
    cost = DecimalField(label=_("Beviljad kostnad i kronor"), required=False, min_value=0, max_digits=14)
    ground = TextField(
        label=_("Varför är ärendet finansborgarrådets?"),
        max_length=2_000,
        error_messages={"required": _("Skriv varför ärendet är finansborgarrådets att besluta.")},
    )
    reason = LineField(
        label=_("Varför ändras beslutet?"),
        max_length=300,
        error_messages={"required": _("Skriv varför beslutet ändras.")},
    )
    version = IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, points: list[DelegationPoint], verdict: Verdict, changing: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        outcome, point, delegate = (self.fields[name] for name in ("outcome", "point", "delegate"))
        point.queryset = DelegationPoint.objects.filter(pk__in=[found.pk for found in points])  # type: ignore[attr-defined]
        point.label_from_instance = point_label  # type: ignore[attr-defined]
        names = dict.fromkeys([COMMISSIONER, *(found.delegate for found in points)])
        delegate.choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        if verdict is Verdict.OTHERS:
            # another's matter is prepared and noted, never decided (R11)
            outcome.choices = [(one.value, one.label) for one in Outcome if one in UNDECIDED_OUTCOMES]  # type: ignore[attr-defined]
            for name in ("delegate", "point", "cost"):
                del self.fields[name]
        if verdict is not Verdict.JUDGE:
            del self.fields["ground"]
        if not changing:
            del self.fields["reason"]
        undecided = self.is_bound and self.data.get("outcome") in UNDECIDED_OUTCOMES
        for name in ("text", "delegate", "point", "ground"):
            if name in self.fields and (undecided or verdict is Verdict.OTHERS):
                self.fields[name].required = False


def point_label(point: DelegationPoint) -> str:
    return f"{point.code} {point.matter} ({point.version})"


SEND_BACK = "send_back"


class GroundForm(Form):
    """On what ground a body's own decision rests: a point of the scheme, or the day and paragraph of a board's minutes."""

    point = forms.ModelChoiceField(
        label=_("Delegationspunkt"),
        queryset=DelegationPoint.objects.none(),
        required=False,
        empty_label=_("Ingen punkt"),
    )
    decided_on = DateField(label=_("Sammanträdesdag"), help_text=_("Den dag beslutet fattades."))
    paragraph = LineField(
        label=_("Paragraf"), required=False, max_length=20, help_text=_("Som i protokollet, till exempel § 12.")
    )

    def __init__(
        self, *args: Any, writes_in: bool, points: QuerySet[DelegationPoint], must_cite: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        point = self.fields["point"]
        point.queryset = points  # type: ignore[attr-defined]
        point.label_from_instance = point_label  # type: ignore[attr-defined]
        if must_cite and points.exists():
            point.required = self.decides()
            point.help_text = _("Du beslutar på delegation och anger därför punkten i delegationsordningen.")
            point.empty_label = _("Välj punkt")  # type: ignore[attr-defined]
            point.error_messages["required"] = _("Ange delegationspunkten som ger dig rätt att besluta.")
        elif must_cite:
            point.help_text = _("Ingen punkt gäller. Vad nämnden eller styrelsen beslutar för dess sekreterare in.")
        elif not points.exists():
            del self.fields["point"]
        if not writes_in:
            del self.fields["decided_on"], self.fields["paragraph"]

    def decides(self) -> bool:
        """Whether what was chosen is a decision, which needs its ground."""
        return True


class OwnDecisionForm(GroundForm):
    """The head's, or a delegate's, decision in the body's own field; or what a board decided, as its minutes say."""

    groups: Any = [(_("Beslutet"), ["outcome", "note", "point", "decided_on", "paragraph"])]
    outcome = forms.ChoiceField(label=_("Utgång"), widget=forms.RadioSelect)
    note = TextField(
        label=_("Skäl"), required=False, max_length=4_000, help_text=_("Behövs när du säger nej eller vill ha mer.")
    )
    version = IntegerField(widget=forms.HiddenInput)
    field_order = ("outcome", "note", "point", "decided_on", "paragraph", "version")

    def __init__(self, *args: Any, outcomes: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        point = self.fields.get("point")
        if kwargs["must_cite"] and point and not point.queryset.exists():  # type: ignore[attr-defined]
            # nothing that would be refused is offered
            outcomes = [one for one in outcomes if one[0] == SEND_BACK]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]

    def decides(self) -> bool:
        return bool(self.data.get("outcome") != SEND_BACK)


class ReviewDecisionForm(GroundForm, ReviewForm):
    """How what is in force goes on, decided (M22, M23)."""

    field_order = ("outcome", "note", "point", "decided_on", "paragraph")
