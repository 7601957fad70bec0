from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from engagements.forms import EngagementFilter, body_choices
from engagements.models import Engagement
from memberships.enums import AgreementType, MembershipForm
from stockholm_intl.kit.forms import Form, LineField

# A cooperation agreement and a network stand in the same list, so one filter names all forms.
FORMS = [
    ("", _("Alla former")),
    (_("Medlemskap"), MembershipForm.choices),
    (_("Avtal"), AgreementType.choices),
]


class MembershipFilter(EngagementFilter):
    form = forms.ChoiceField(label=_("Form"), required=False, choices=FORMS)
    tema = LineField(label=_("Tema"), required=False, max_length=120)

    field_order = ["form", "tema", "inriktning", "lage", "organ", "ord"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # a membership has no country of its own and lasts for years
        del self.fields["ar"], self.fields["land"]

    def narrow(self, rows: QuerySet[Engagement], *, today: Any) -> QuerySet[Engagement]:
        rows = super().narrow(rows, today=today)
        form, theme = self.cleaned_data.get("form"), self.cleaned_data.get("tema")
        if form in MembershipForm.values:
            rows = rows.filter(membership__form=form)
        elif form:
            rows = rows.filter(agreement__agreement_type=form)
        if theme:
            rows = rows.filter(Q(membership__theme__icontains=theme) | Q(agreement__theme__icontains=theme))
        return rows


class ReviewFilter(Form):
    organ = forms.ChoiceField(label=_("Organ"), required=False)

    def __init__(self, *args: Any, many_bodies: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not many_bodies:
            del self.fields["organ"]
            return
        self.fields["organ"].choices = [("", _("Alla organ")), *body_choices()]  # type: ignore[attr-defined]
        self.fields["organ"].error_messages["invalid_choice"] = _("Det organet finns inte. Välj ett i listan.")
