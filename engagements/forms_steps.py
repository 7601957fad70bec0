"""What is asked at each step of an assignment after it is registered."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from stockholm_intl.kit.forms import DateField, DecimalField, Form, IntegerField, TextField


class ProposalForm(Form):
    text = TextField(
        label=_("Förslag till beslut"),
        max_length=4_000,
        help_text=_("Börja med ett verb: Godkänna att kontoret deltar i …"),
    )


class ReceptionProposalForm(ProposalForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _("Börja med ett verb: Bevilja mottagningen enligt ansökan.")


class TripReportForm(Form):
    report = TextField(
        label=_("Reserapport"),
        max_length=20_000,
        help_text=_("Bakgrund, stadens roll och syfte, och vad resan gav. Bilagor läggs in som dokument."),
    )
    filed_on = DateField(label=_("Lämnad"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["report"].widget.attrs["rows"] = 12


class SubmissionForm(Form):
    submitted_on = DateField(label=_("Lämnad"))
    result = TextField(
        label=_("Vad ledde det till?"), required=False, max_length=4_000, help_text=_("Kan fyllas i senare.")
    )


class ClosingForm(Form):
    reason = TextField(label=_("Hur slutade det?"), max_length=2_000, help_text=_("Står i historiken."))


class MoneyForm(Form):
    year = IntegerField(label=_("År"), min_value=1990, max_value=2100)
    funding_sek = DecimalField(label=_("Pengar utifrån, kronor"), min_value=0, max_digits=14)
    own_share_sek = DecimalField(label=_("Egen insats, kronor"), min_value=0, max_digits=14, required=False)
