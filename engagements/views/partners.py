"""The register of partners: whom the city meets abroad."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from engagements.forms_registers import PartnerFilter
from engagements.models import Partner
from engagements.queries import COUNT_CAP
from engagements.register_queries import PARTNER_ORDERS, partner_engagements, partners
from engagements.showing import country_name
from engagements.views.hits import VALUES, hit
from organisation.queries import access_of
from organisation.views import require_registers
from stockholm_intl.kit import swedish
from stockholm_intl.kit.numbered import address, numbered

SHOWN = 50
COLUMNS = (
    (lambda: _("Part"), "namn"),
    (lambda: _("Slag"), "slag"),
    (lambda: _("Land"), ""),
    (lambda: _("Tema"), ""),
    (lambda: _("Ägare"), ""),
    (lambda: _("Sedan"), "sedan"),
)


@require_safe
def partner_list(request: HttpRequest) -> HttpResponse:
    require_registers(request)
    form = PartnerFilter(request.GET)
    valid = form.is_valid()
    chosen: dict[str, Any] = form.cleaned_data if valid else {}
    order = order_of(request)
    found = partners(kind=chosen["slag"], country=chosen["land"], words=chosen["ord"], order=order) if valid else None
    rows, count, pager = numbered(request, Partner.objects.none() if found is None else found)
    context = {
        "title": _("Parter"),
        "crumbs": [{"label": _("Register"), "url": reverse("register_index")}],
        "count_text": ngettext("%(n)s part", "%(n)s parter", count) % {"n": swedish.number(count)},
        "filter_form": form,
        "filter_count": form.chosen if valid else len(form.errors),
        "filter_label": _("Filtrera parter"),
        "rows": [{"partner": row, "country": country_name(str(row.country))} for row in rows],
        "row_template": "engagements/registers/partner_row.html",
        "columns": [column(request, label(), name, order) for label, name in COLUMNS],
        "pager": pager,
        "exports": [{"label": _("Skriv ut"), "url": "#", "print": True}],
        "empty": {
            "heading": _("Ingen part passar urvalet") if request.GET else _("Inga parter ännu"),
            "text": _("Registret läses in av systemförvaltaren. Ett ärende kan skrivas utan att parten finns här."),
            "actions": [{"label": _("Rensa urvalet"), "url": request.path}] if request.GET else [],
        },
    }
    name = "engagements/registers/partner_list.html"
    fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return render(request, f"{name}#results" if fragment else name, context, status=200 if valid else 422)


def order_of(request: HttpRequest) -> str:
    asked = request.GET.get("sort", "namn")
    if asked in PARTNER_ORDERS:
        return asked
    messages.warning(request, _("Listan kan inte sorteras så. Den visas efter namn."))
    return "namn"


def column(request: HttpRequest, label: str, name: str, order: str) -> dict[str, Any]:
    """A head that sorts: first rising, then falling."""
    if not name:
        return {"label": label}
    shown = {"label": label, "url": address(request, sort=f"-{name}" if order == name else name)}
    if order.lstrip("-") == name:
        shown["aria"] = "descending" if order.startswith("-") else "ascending"
    return shown


@require_safe
def partner_detail(request: HttpRequest, pk: int) -> HttpResponse:
    require_registers(request)
    partner = get_object_or_404(Partner.objects.select_related("owner"), pk=pk)
    rows, count = partner_engagements(access_of(request.user), partner, limit=SHOWN)  # type: ignore[arg-type]
    context = {
        "title": partner.name,
        "partner": partner,
        "crumbs": [
            {"label": _("Register"), "url": reverse("register_index")},
            {"label": _("Parter"), "url": reverse("partner_list")},
        ],
        "about": about(partner),
        "rows": [hit(row) for row in rows.values(*VALUES)],
        "count_text": said_count(count),
    }
    return render(request, "engagements/registers/partner.html", context)


def about(partner: Partner) -> list[dict[str, Any]]:
    city_wide = {True: _("hela staden"), False: _("ett organs eget område"), None: _("inte känt")}
    return [
        {"term": _("Slag"), "value": partner.get_kind_display()},
        {"term": _("Kortnamn"), "value": partner.acronym},
        {"term": _("Land"), "value": country_name(str(partner.country))},
        {"term": _("Tema"), "value": partner.theme},
        {"term": _("Rör"), "value": city_wide[partner.city_wide]},
        {"term": _("Sedan"), "value": partner.since_year},
        {"term": _("Årsavgift"), "value": partner.annual_fee_sek and swedish.kronor(partner.annual_fee_sek)},
    ]


def said_count(count: int) -> str:
    if count > COUNT_CAP:
        return _("Fler än 1 000 ärenden. De senast ändrade visas.")
    said = ngettext("%(n)s ärende som du ser", "%(n)s ärenden som du ser", count)
    return said % {"n": swedish.number(count)}
