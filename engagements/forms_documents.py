"""Handing in a file."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from stockholm_intl.kit.forms import Form
from stockholm_intl.kit.uploads import ACCEPT, Checked, FileRefused, check_upload


class DocumentForm(Form):
    file = forms.FileField(
        label=_("Fil"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, bild, text, e-post eller kalender. Högst 20 MB."),
        error_messages={"required": _("Välj en fil att lägga in."), "missing": _("Välj en fil att lägga in.")},
    )

    checked: Checked

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        try:
            self.checked = check_upload(upload)
        except FileRefused as refused:
            raise ValidationError(refused.message) from refused
        return upload
