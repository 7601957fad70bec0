from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from memberships.enums import ReviewOutcome
from stockholm_intl.kit.forms import Form, TextField


class ProposalForm(Form):
    text = TextField(
        label=_("Förslag till beslut"),
        max_length=4_000,
        help_text=_("Börja med ett verb: Godkänna att staden går med i …"),
    )


class ReviewForm(Form):
    """The same for the one who proposes and the one who decides."""

    outcome = forms.ChoiceField(
        label=_("Hur går det vidare?"), choices=ReviewOutcome.choices, widget=forms.RadioSelect(attrs={"inline": True})
    )
    note = TextField(
        label=_("Varför?"),
        max_length=4_000,
        help_text=_("Vad har det gett, vad har det kostat, och vad ska ändras? Texten står i historiken."),
    )

    @property
    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"outcome": ReviewOutcome(self.cleaned_data["outcome"])}
