from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from decisions.models import DelegationPoint
from decisions.queries.points import bodies_with_scheme, may_keep_scheme, with_citations
from organisation.views import require_registers
from stockholm_intl.kit import clock


@require_safe
def delegation_list(request: HttpRequest) -> HttpResponse:
    """Every body's scheme: who may decide what, in which version, and since when."""
    require_registers(request)
    everything = "alla" in request.GET
    points = DelegationPoint.objects.all() if everything else DelegationPoint.objects.in_force(on=clock.today())
    user: Any = request.user
    found = list(with_citations(points).select_related("body").order_by("body__name", "code", "-valid_from", "pk"))
    context: dict[str, Any] = {
        "title": _("Delegation"),
        "crumbs": [{"label": _("Register"), "url": reverse("register_index")}],
        "count_text": ngettext("%(n)s delegationspunkt", "%(n)s delegationspunkter", len(found)) % {"n": len(found)},
        "tabs": [
            {"label": _("Gäller nu"), "url": request.path, "current": not everything},
            {"label": _("Alla versioner"), "url": "?alla=1", "current": everything},
        ],
        "bodies": [
            {
                "body": body,
                "points": [{"point": point, "word": validity(point)} for point in points_of],
                "may_keep": may_keep_scheme(user, body),
            }
            for body, points_of in groupby(found, key=lambda point: point.body)
        ],
        "may_add": bodies_with_scheme(user).exists(),
        "empty": {
            "heading": _("Inga delegationspunkter"),
            "text": _("Här visas vem som får besluta vad, enligt nämndernas och styrelsernas delegationsordningar."),
        },
    }
    return render(request, "decisions/delegation_list.html", context)


def validity(point: DelegationPoint) -> str:
    today = clock.today()
    if point.valid_from > today:
        return str(_("Gäller inte än"))
    return str(_("Upphörd")) if point.valid_to and point.valid_to < today else str(_("Gäller"))
