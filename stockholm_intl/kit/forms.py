"""Forms as the pages draw them: groups with headings, one field template, errors first in a list of links."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from stockholm_intl.kit.fields import (
    EMPTY,
    NOT_CHOSEN,
    DateField,
    DecimalField,
    IntegerField,
    LineField,
    TextField,
    YesNoField,
)
from stockholm_intl.kit.uninvited import log_uninvited

__all__ = [
    "DateField",
    "DecimalField",
    "ErrorLine",
    "FOLDED",
    "Form",
    "Group",
    "IntegerField",
    "LineField",
    "ModelForm",
    "Renderer",
    "TextField",
    "YesNoField",
    "clean_formfield",
]
CHOOSE = _("Välj …")
CHOICE_ERRORS = {"invalid_choice": _("Välj ett av alternativen i listan."), "required": NOT_CHOSEN}


# In a group: shown as one line until somebody wants it.
FOLDED = object()


class Renderer(TemplatesSetting):
    form_template_name = "forms/fields.html"
    field_template_name = "forms/field.html"


class Group(NamedTuple):
    heading: str
    fields: list[BoundField]
    help: str = ""
    folded: bool = False


class ErrorLine(NamedTuple):
    """One line of the summary: which field, what to do, and the id to go to."""

    label: str
    text: str
    target: str


class Look(forms.BaseForm):
    """What our forms have in common. Fields that no group names come last.

    `groups` is [("Rubrik", ["field", …], "help under the heading", FOLDED), …]; the last two may be left out.
    """

    groups: Sequence[tuple[Any, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)

    def full_clean(self) -> None:
        super().full_clean()
        log_uninvited(self)

    def grouped(self) -> Iterator[Group]:
        """The visible fields under their headings."""
        rest = [field.name for field in self.visible_fields()]
        for heading, names, *more in self.groups:
            present = [name for name in names if name in rest]
            rest = [name for name in rest if name not in present]
            fields = [self[name] for name in present]
            # what is wrong, and what is filled in, is never hidden
            folded = FOLDED in more and not any(field.errors or is_filled(field) for field in fields)
            yield Group(str(heading), fields, "".join(str(text) for text in more if text is not FOLDED), folded)
        yield Group("", [self[name] for name in rest])

    def error_lines(self) -> list[ErrorLine]:
        lines = [ErrorLine("", str(text), "") for text in self.non_field_errors()]
        shown = [field for group in self.grouped() for field in group.fields] + self.hidden_fields()
        return lines + [ErrorLine(before_error(f), str(text), first_id(f)) for f in shown for text in f.errors]


def is_filled(field: BoundField) -> bool:
    """Whether somebody has chosen or written something other than what the field begins with."""
    value = field.value()
    return value not in field.field.empty_values and value != field.field.initial and value is not False


class Form(Look, forms.Form):
    pass


def clean_formfield(db_field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """The form field for a column: text, days and numbers by our fields, all else by Django's."""
    if not getattr(db_field, "choices", None):
        for column, field in OUR_FIELDS.items():
            if type(db_field) is column:
                kwargs.setdefault("form_class", field)
                break
    return db_field.formfield(**kwargs)


OUR_FIELDS: "dict[type[models.Field[Any, Any]], type[forms.Field]]" = {
    models.CharField: LineField,
    models.TextField: TextField,
    models.DateField: DateField,
}


class ModelForm(Look, forms.ModelForm):
    class Meta:
        formfield_callback = clean_formfield


def before_error(field: BoundField) -> str:
    label = str(field.label)
    return label if label.endswith(("?", ":", "!", ".")) else f"{label}:"


def first_id(field: BoundField) -> str:
    """Where the summary's link goes: the control, or the first of a group of them."""
    if field.field.widget.use_fieldset and len(field.subwidgets):
        return str(field.subwidgets[0].id_for_label)
    return str(field.id_for_label or field.auto_id)


def dress(field: forms.Field) -> None:
    """Our words for an empty choice and for Django's two commonest errors, and Designsystemet's class."""
    widget = field.widget
    if isinstance(field, forms.ChoiceField):
        field.error_messages.update({k: v for k, v in CHOICE_ERRORS.items() if is_django_own(field, k)})
    elif is_django_own(field, "required"):
        field.error_messages["required"] = EMPTY
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == "---------":
        field.empty_label = str(CHOOSE)
    elif isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
        widget.choices = [(v, CHOOSE if label == "---------" else label) for v, label in widget.choices]
    if getattr(widget, "input_type", "") not in {"radio", "checkbox", "hidden"}:
        widget.attrs.setdefault("class", "ds-input")


def is_django_own(field: forms.Field, code: str) -> bool:
    """Whether the form's author left this message as Django has it."""
    own: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            own.update(getattr(kind, "default_error_messages", {}))
    return field.error_messages.get(code) == own.get(code)
