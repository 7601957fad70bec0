"""What is filled in when somebody leaves a mandate, and when bodies merge."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organisation.forms import named_person
from organisation.models import Body, User
from stockholm_intl.kit.forms import DateField, Form, LineField


class HandOverForm(Form):
    to = forms.ModelChoiceField(
        label=_("Vem tar över?"),
        queryset=User.objects.none(),
        help_text=_("En kollega som redan bereder ärenden här. Saknas någon? Utse personen först."),
    )
    last_day = DateField(label=_("Sista dagen för mandatet"))
    reason = LineField(label=_("Varför?"), max_length=300, help_text=_("Till exempel att personen byter tjänst."))
    close = forms.BooleanField(label=_("Stäng också kontot"), required=False)

    def __init__(self, *args: Any, people: QuerySet[User], may_close: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        to.queryset, to.label_from_instance = people, named_person  # type: ignore[attr-defined]
        if not may_close:
            del self.fields["close"]


class MergeForm(Form):
    into = forms.ModelChoiceField(label=_("Vilket organ tar över?"), queryset=Body.objects.none(), to_field_name="code")
    on = DateField(label=_("Efterträdarens första dag"), help_text=_("Till dess ändras ingens rätt."))
    reason = LineField(
        label=_("Varför?"), max_length=300, help_text=_("Till exempel kommunfullmäktiges beslut och dag.")
    )

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = bodies
