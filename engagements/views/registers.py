"""The registers: what there is, one body, facts from history, the strategy."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from engagements.forms_registers import FactFilter
from engagements.models import Fact, Partner
from engagements.permission import holds
from engagements.priorities import in_force as priorities_in_force
from engagements.queries import COUNT_CAP
from engagements.register_queries import Count, body_counts, facts
from engagements.rescue import is_head, unkept_for
from engagements.strategy.editions import known
from organisation.appointing import keeps_registers
from organisation.enums import Action
from organisation.models import Body, Mandate
from organisation.queries import access_of
from organisation.views import require_registers
from stockholm_intl.kit import clock, swedish
from stockholm_intl.kit.numbered import numbered


@require_safe
def register_index(request: HttpRequest) -> HttpResponse:
    require_registers(request)
    registers: list[tuple[str, str, int | None, str]] = [
        (_("Organ"), "body_list", Body.objects.in_force(on=clock.today()).count(),
         _("Nämnder, förvaltningar och bolag, och vilka som är internationella kontaktpersoner.")),
        (_("Mandat"), "mandate_list", Mandate.objects.in_force(on=clock.today()).count(),
         _("Vem som har vilken roll, vilka som saknas och vilka mandat som går ut.")),
        (_("Delegation"), "delegation_list", None, _("Vem som får besluta vad, enligt delegationsordningarna.")),
        (_("Parter"), "partner_list", Partner.objects.count(),
         _("Städer, organisationer och nätverk som staden möter.")),
        (_("Prioriteringar"), "priority_list", priorities_in_force(on=clock.today()).filter(is_watch=False).count(),
         _("Teman och länder som staden eller ett organ prioriterar just nu.")),
        (_("Uppgifter ur historien"), "fact_list", Fact.objects.count(),
         _("Tal, regler och strategier med källa, som inte är ärenden.")),
        *([(_("Åtkomst"), "access_report", None, _("Vem som får se och göra vad: per ärende, person och organ."))]
          if holds(request.user, Action.REVIEW_ACCESS) else []),  # type: ignore[arg-type]
        *([(_("Sekretess utan läsare"), "unkept_list", len(unkept_for(request.user)),  # type: ignore[arg-type]
            _("Det som är sekretessmarkerat hos dig och som ingen namngiven längre svarar för."))]
          if is_head(request.user) else []),  # type: ignore[arg-type]
        (_("Strategin"), "strategy", len(known()), _("Inriktningarna som varje ärende prövas mot.")),
    ]  # fmt: skip
    rows = [
        {"label": label, "url": reverse(name), "count": "" if count is None else swedish.number(count), "text": text}
        for label, name, count, text in registers
    ]
    return render(request, "engagements/registers/index.html", {"title": _("Register"), "registers": rows})


@require_safe
def body_detail(request: HttpRequest, code: str) -> HttpResponse:
    require_registers(request)
    body = get_object_or_404(Body.objects.select_related("parent", "successor"), code=code)
    today = clock.today()
    mandates = list(body.mandates.select_related("person", "appointed_by").order_by("role", "-valid_from"))
    in_force = [m for m in mandates if m.valid_from <= today and (m.valid_to is None or m.valid_to >= today)]
    context = {
        "title": body.name,
        "body": body,
        "crumbs": [
            {"label": _("Register"), "url": reverse("register_index")},
            {"label": _("Organ"), "url": reverse("body_list")},
        ],
        "current": in_force,
        "others": [mandate for mandate in mandates if mandate not in in_force],
        "parts": body.parts.order_by(swedish.in_alphabet("name")),
        "predecessors": body.predecessors.order_by(swedish.in_alphabet("name")),
        "counts": [said(count, body) for count in body_counts(access_of(request.user), body)],  # type: ignore[arg-type]
        "may_merge": body.successor_id is None and keeps_registers(request.user),  # type: ignore[arg-type]
        "has_ended": body.valid_to is not None and body.valid_to < today,
    }
    return render(request, "engagements/registers/body.html", context)


def said(count: Count, body: Body) -> dict[str, Any]:
    """A count in words, with the list behind it."""
    words = {
        "visit": ngettext("%(n)s besök", "%(n)s besök", count.number),
        "membership": ngettext("%(n)s medlemskap eller avtal", "%(n)s medlemskap och avtal", count.number),
        "assignment": ngettext("%(n)s uppdrag", "%(n)s uppdrag", count.number),
    }
    shown = _("fler än 1 000") if count.number > COUNT_CAP else swedish.number(count.number)
    url = f"{reverse(f'{count.place}_list')}?organ={body.code}"
    return {"label": words[count.place] % {"n": shown}, "url": url if count.number else ""}


@require_safe
def fact_list(request: HttpRequest) -> HttpResponse:
    require_registers(request)
    form = FactFilter(request.GET)
    valid = form.is_valid()
    found = facts(kind=form.cleaned_data["slag"], words=form.cleaned_data["ord"]) if valid else Fact.objects.none()
    rows, count, pager = numbered(request, found)
    context = {
        "title": _("Uppgifter ur historien"),
        "crumbs": [{"label": _("Register"), "url": reverse("register_index")}],
        "count_text": ngettext("%(n)s uppgift", "%(n)s uppgifter", count) % {"n": count},
        "filter_form": form,
        "filter_count": form.chosen if valid else len(form.errors),
        "filter_label": _("Filtrera uppgifter"),
        "rows": rows,
        "row_template": "engagements/registers/fact_row.html",
        "columns": [{"label": label} for label in (_("Uppgift"), _("Slag"), _("När"), _("Källa"))],
        "pager": pager,
        "exports": [{"label": _("Skriv ut"), "url": "#", "print": True}],
        "empty": {
            "heading": _("Ingen uppgift passar urvalet") if form.is_bound and request.GET else _("Inga uppgifter ännu"),
            "text": _("Uppgifterna läses in med historiken: tal, regler och strategier som inte är ärenden."),
            "actions": [{"label": _("Rensa urvalet"), "url": request.path}] if request.GET else [],
        },
    }
    name = "engagements/registers/fact_list.html"
    fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return render(request, f"{name}#results" if fragment else name, context, status=200 if valid else 422)
