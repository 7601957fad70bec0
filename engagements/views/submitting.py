"""A proposed matter is handed to kommunstyrelsen, which decides it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements.routing import deciders, route_of, rule_of
from engagements.submitting import goes_to_board, submit_engagement, way_proposed
from engagements.views.detail import get_engagement
from engagements.views.steps import step_page
from organisation.enums import Action
from stockholm_intl.kit.forms import Form


class SubmitForm(Form):
    """Nothing to fill in: what it means is read before it is done."""

    groups: Any = []


@require_http_methods(["GET", "HEAD", "POST"])
def engagement_submit(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, needs=Action.PREPARE)
    way = way_proposed(engagement) or route_of(engagement)
    if request.method != "POST" and not goes_to_board(engagement, way):
        raise PermissionDenied(_("Ärendet beslutas inte av kommunstyrelsen. Läs under Vem beslutar?"))
    said = _("Ärendet beslutas av %(decider)s (%(row)s). Kommunstyrelsens sekreterare läser det och för in beslutet.")
    return step_page(
        request,
        engagement,
        SubmitForm(request.POST if request.method == "POST" else None),
        submit_engagement,
        title=_("Lämna till kommunstyrelsen"),
        submit=_("Lämna ärendet"),
        said=_("Ärendet är lämnat till kommunstyrelsen. Du ser beslutet här när det är fört in."),
        lead=said % {"decider": deciders(way, engagement), "row": rule_of(way)},
    )
