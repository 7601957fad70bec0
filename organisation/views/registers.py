"""The register of bodies, and a person's own page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from organisation.forms import BodyFilter
from organisation.models import Mandate
from organisation.register import Place, body_tree
from organisation.views.guard import require_registers
from stockholm_intl.kit import clock
from stockholm_intl.kit.fragments import wants_part


@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """All bodies on one page, under each other; there are about a hundred."""
    require_registers(request)
    form = BodyFilter(request.GET)
    places: list[Place] = []
    if form.is_valid():
        chosen = form.cleaned_data
        places = body_tree(on=clock.today(), kind=chosen["slag"], ended=bool(chosen["tid"]))
    lacking = sum(place.lacks_contact for place in places)
    context: dict[str, Any] = {
        "title": _("Organ"),
        "crumbs": [{"label": _("Register"), "url": reverse("register_index")}],
        "count_text": ngettext("%(n)s organ", "%(n)s organ", len(places)) % {"n": len(places)},
        "lacking": lacking,
        "filter_form": form,
        "filter_count": form.chosen if form.is_valid() else len(form.errors),
        "filter_label": _("Filtrera organ"),
        "rows": places,
        "row_template": "organisation/body_row.html",
        "columns": [{"label": label} for label in (_("Organ"), _("Slag"), _("Kod"), _("Kontaktperson"), _("Gäller"))],
        "exports": [{"label": _("Skriv ut"), "url": "#", "print": True}],
        "empty": {
            "heading": _("Inget organ passar urvalet"),
            "text": _("Välj ett annat slag, eller visa alla som har funnits."),
            "actions": [{"label": _("Rensa urvalet"), "url": request.path}],
        },
    }
    name = "organisation/body_list.html"
    status = 200 if form.is_valid() else 422
    return render(request, f"{name}#results" if wants_part(request) else name, context, status=status)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, and what my mandates let me do."""
    today = clock.today()
    mandates = Mandate.objects.filter(person=request.user.pk).select_related("body", "appointed_by")
    rows = [(mandate, when_valid(mandate, today)) for mandate in mandates.order_by("-valid_from", "body__name")]
    context = {
        "title": _("Mitt konto"),
        "current": [mandate for mandate, time in rows if time == "now"],
        "coming": [mandate for mandate, time in rows if time == "coming"],
        "past": [mandate for mandate, time in rows if time == "past"],
    }
    return render(request, "organisation/account.html", context)


def when_valid(mandate: Mandate, today: Any) -> str:
    if mandate.valid_from > today:
        return "coming"
    return "past" if mandate.valid_to and mandate.valid_to < today else "now"
