"""The register of priorities: what the city and its bodies give priority, now and before."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from engagements.forms_priorities import EndPriorityForm, PriorityForm
from engagements.models import Priority
from engagements.priorities import codes
from engagements.prioritising import (
    bodies_to_prioritise_for,
    end_priority,
    may_prioritise,
    may_prioritise_something,
    set_priority,
)
from engagements.rules import RuleBroken
from engagements.showing import country_name
from engagements.views.steps import tell
from organisation.views.guard import require_registers
from stockholm_intl.kit import clock
from stockholm_intl.kit.fragments import wants_part
from stockholm_intl.kit.numbered import numbered
from stockholm_intl.kit.swedish import alphabetical, capital


@require_safe
def priority_list(request: HttpRequest) -> HttpResponse:
    require_registers(request)
    user: Any = request.user
    count = Priority.objects.filter(is_watch=False).count()
    found, _all, pager = numbered(request, Priority.objects.select_related("body").order_by("-valid_from", "pk"))
    rows = [row_of(row, user) for row in found]
    columns = [_("Vad"), _("För vem"), _("Gäller"), _("Beslutad av")]
    if changes := any(row["may_end"] for row in rows):
        columns.append(_("Ändra"))
    context = {
        "title": _("Prioriteringar"),
        "crumbs": crumbs()[:1],
        "count_text": ngettext("%(n)s prioritering", "%(n)s prioriteringar", count) % {"n": count},
        "rows": rows,
        "changes": changes,
        "row_template": "engagements/registers/priority_row.html",
        "columns": [{"label": label} for label in columns],
        "pager": pager,
        "may_add": may_prioritise_something(user),
        "exports": [{"label": _("Skriv ut"), "url": "#", "print": True}],
        "empty": {
            "heading": _("Inga prioriteringar ännu"),
            "text": _(
                "Staden eller ett organ kan prioritera teman och länder. Det gör ett besök prioriterat. Staden kan också bevaka länder."
            ),
            "actions": [],
        },
    }
    name = "engagements/registers/priority_list.html"
    return render(request, f"{name}#results" if wants_part(request) else name, context)


@require_http_methods(["GET", "HEAD", "POST"])
def priority_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not may_prioritise_something(user):
        raise PermissionDenied(
            _(
                "Stadsledningskontoret vårdar stadens prioriteringar. Ett organs egna vårdas av dess chef eller sekreterare."
            )
        )
    form = PriorityForm(
        data_of(request),
        bodies=bodies_to_prioritise_for(user),
        city=may_prioritise(user, None),
        initial={"valid_from": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_priority(by=user, at=clock.now(), **form.cleaned_data)
        except RuleBroken as problem:
            tell(form, problem)
        else:
            watch = form.cleaned_data["is_watch"]
            messages.success(request, _("Bevakningen är inskriven.") if watch else _("Prioriteringen är inskriven."))
            return redirect("priority_list")
    return page(request, form, _("Skriv in en prioritering"), _("Spara prioriteringen"))


@require_http_methods(["GET", "HEAD", "POST"])
def priority_end(request: HttpRequest, pk: int) -> HttpResponse:
    require_registers(request)
    user: Any = request.user
    priority = get_object_or_404(Priority.objects.select_related("body"), pk=pk)
    if not may_prioritise(user, priority.body):
        raise PermissionDenied(
            _(
                "Stadsledningskontoret vårdar stadens prioriteringar. Ett organs egna vårdas av dess chef eller sekreterare."
            )
        )
    form = EndPriorityForm(data_of(request), initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            end_priority(priority=priority, by=user, at=clock.now(), **form.cleaned_data)
        except RuleBroken as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Prioriteringen upphör. Den står kvar i registret."))
            return redirect("priority_list")
    return page(request, form, _("Avsluta prioriteringen"), _("Avsluta prioriteringen"), what_of(priority))


def page(request: HttpRequest, form: Any, title: str, submit: str, intro: str = "") -> HttpResponse:
    context = {
        "title": title,
        "intro": intro,
        "form": form,
        "action": request.path,
        "submit": submit,
        "crumbs": crumbs(),
        "cancel": {"url": reverse("priority_list")},
    }
    return render(request, "patterns/form.html", context, status=422 if form.errors else 200)


def data_of(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def crumbs() -> list[dict[str, str]]:
    return [
        {"label": _("Register"), "url": reverse("register_index")},
        {"label": _("Prioriteringar"), "url": reverse("priority_list")},
    ]


def what_of(priority: Priority) -> str:
    """Klimatbudget (Nederländerna, Norge)."""
    named = ", ".join(sorted(map(country_name, codes(priority)), key=alphabetical))
    theme = capital(priority.theme)
    return f"{theme} ({named})" if theme and named else theme or named


def row_of(priority: Priority, user: Any) -> dict[str, Any]:
    ended = priority.valid_to is not None and priority.valid_to < clock.today()
    return {
        "pk": priority.pk,
        "what": what_of(priority),
        "is_watch": priority.is_watch,
        "whom": priority.body.name if priority.body else _("Hela staden"),
        "valid_from": priority.valid_from,
        "valid_to": priority.valid_to,
        "ended": ended,
        "decided_by": priority.decided_by,
        "may_end": not ended and may_prioritise(user, priority.body),
    }
