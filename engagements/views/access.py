"""The access report: who can see and do what, for those who look after access."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from engagements.access_report import of_body, of_engagement, of_person
from engagements.models import Engagement
from engagements.permission import holds, visible_to
from engagements.search_words import key_in
from engagements.views.exporting import ASKED
from organisation.enums import Action
from organisation.models import Body, User
from stockholm_intl.kit import clock, numbered, swedish
from stockholm_intl.kit.csv_answers import csv_answer
from stockholm_intl.kit.forms import Form, LineField
from stockholm_intl.kit.fragments import wants_part

ACTION_WORDS = dict(Action.choices)


class AccessForm(Form):
    """One of the three; the address can be sent to a colleague."""

    arende = LineField(label=gettext_lazy("Ärende"), required=False, max_length=40)
    person = forms.ModelChoiceField(
        label=gettext_lazy("Person"), queryset=User.objects.none(), required=False, to_field_name="username"
    )
    organ = forms.ModelChoiceField(
        label=gettext_lazy("Organ"), queryset=Body.objects.none(), required=False, to_field_name="code"
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        people = User.objects.order_by("first_name", "last_name", "username")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["organ"].queryset = Body.objects.order_by(swedish.in_alphabet("name"))  # type: ignore[attr-defined]
        for name, label in (("person", _("Ingen vald")), ("organ", _("Inget valt"))):
            self.fields[name].empty_label = label  # type: ignore[attr-defined]

    def clean_arende(self) -> Engagement | None:
        """The matter with this key, if the asker may see it; a secret one is as if not there."""
        asked = self.cleaned_data["arende"]
        if not asked:
            return None
        found = visible_to(self.by).select_related("body").filter(key=key_in(asked) or asked).first()
        if found is None:
            raise forms.ValidationError(_("Du ser inget ärende med det numret. Kontrollera det."))
        return found

    @property
    def chosen(self) -> int:
        return sum(1 for value in self.cleaned_data.values() if value)


@require_safe
def access_report(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not holds(user, Action.REVIEW_ACCESS):
        raise PermissionDenied(_("Åtkomsten granskas av samordnaren, revisorn och systemförvaltaren."))
    form = AccessForm(request.GET, by=user)
    valid = form.is_valid()
    tables = tables_of(form.cleaned_data, user) if valid else []
    if ASKED in request.GET and tables:
        header, *rows = stacked(tables)
        return csv_answer(f"atkomst-{clock.today()}", header, rows)
    context = {
        "title": _("Åtkomst"),
        "crumbs": [{"label": _("Register"), "url": reverse("register_index")}],
        "filter_form": form,
        "filter_count": form.chosen if valid else len(form.errors),
        "filter_label": _("Välj ärende, person eller organ"),
        "tables": tables,
        "exports": [{"label": _("Exportera"), "url": numbered.address(request, utdrag="csv")}] if tables else [],
    }
    name = "engagements/access/report.html"
    return render(request, f"{name}#results" if wants_part(request) else name, context, status=200 if valid else 422)


def stacked(tables: list[dict[str, Any]]) -> list[list[Any]]:
    """The tables under each other, each with its own headings."""
    return [
        line
        for table in tables
        for line in ([_("Tabell"), *table["columns"]], *([table["heading"], *row] for row in table["rows"]))
    ]


def tables_of(chosen: dict[str, Any], by: User) -> list[dict[str, Any]]:
    found = []
    if chosen["arende"]:
        found += engagement_tables(of_engagement(chosen["arende"], by=by))
    if chosen["person"]:
        found += person_tables(of_person(chosen["person"], by=by))
    if chosen["organ"]:
        found += body_tables(of_body(chosen["organ"], by=by))
    return found


def engagement_tables(told: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [[row["name"], "; ".join(row["grounds"]), actions(row["actions"])] for row in told["people"]]
    heading = _("Vilka som ser %(key)s") % {"key": told["engagement"]}
    return [table(heading, [_("Person"), _("Varför"), _("Får")], rows)]


def person_tables(told: dict[str, Any]) -> list[dict[str, Any]]:
    mandates = [
        [row["role_name"], row["body_name"], row["until"] or _("tills vidare"), row["stands_in_for"] or ""]
        for row in told["mandates"]
    ]
    bodies = [[row["name"], actions(row["actions"])] for row in told["bodies"]]
    house = [[ACTION_WORDS[right]] for right in told["house_rights"]]
    sight = _("Läser allt som inte är sekretessmarkerat.") if told["reads_everything"] else ""
    number = _("Ser %(n)s av de ärenden som du ser.") % {"n": swedish.number(told["visible"])}
    return [
        table(
            _("Mandat: %(name)s") % {"name": told["name"]},
            [_("Roll"), _("Organ"), _("Till och med"), _("Vikarie för")],
            mandates,
            " ".join(filter(None, [_("Kontot är avstängt.") if not told["active"] else "", sight, number])),
        ),
        table(_("Rätt i organ"), [_("Organ"), _("Får")], bodies),
        table(_("Rätt i hela registret"), [_("Får")], house),
        grants_table(_("Delat i eget namn"), told["grants"]),
    ]


def body_tables(told: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [[row["name"], "; ".join(row["mandates"]), actions(row["actions"])] for row in told["people"]]
    number = _("%(n)s ärenden som du ser.") % {"n": swedish.number(told["engagements"])}
    heading = _("Rätt till ärenden hos %(name)s") % {"name": told["name"]}
    return [
        table(heading, [_("Person"), _("Mandat"), _("Får")], rows, number),
        grants_table(_("Delat med organet"), told["grants"]),
    ]


def grants_table(heading: str, grants: list[dict[str, Any]]) -> dict[str, Any]:
    rows = [
        [
            row["engagement"],
            ACTION_WORDS[row["action"]],
            row["reason"],
            row["until"] or _("tills vidare"),
            row["by"] or "",
        ]
        for row in grants
    ]
    return table(heading, [_("Ärende"), _("Får"), _("Skäl"), _("Till och med"), _("Delat av")], rows)


def table(heading: str, columns: list[str], rows: list[list[Any]], note: str = "") -> dict[str, Any]:
    cells = [list(zip(columns, row, strict=True)) for row in rows]  # on a phone each value says what it is
    return {"heading": heading, "columns": columns, "rows": rows, "cells": cells, "note": note}


def actions(codes: list[str]) -> str:
    return ", ".join(str(ACTION_WORDS[code]) for code in codes)
