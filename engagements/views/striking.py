"""A registration that was a mistake is struck, visibly: the key stays and is never used again (records law R2)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from engagements.operations import strike_engagement
from engagements.rules import allowed
from engagements.views.detail import get_engagement, may_strike
from engagements.views.steps import step_page
from organisation.enums import Action
from stockholm_intl.kit.forms import Form, LineField


class StrikeForm(Form):
    groups: Any = [("", ["reason"])]
    reason = LineField(
        label=gettext_lazy("Varför?"),
        max_length=300,
        help_text=gettext_lazy("Till exempel att ärendet redan finns, och under vilket nummer."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def engagement_strike(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, needs=Action.DECIDE)
    if not may_strike(request.user, engagement):
        raise PermissionDenied
    if request.method != "POST" and not allowed("strike", engagement.state):
        raise PermissionDenied(_("Bara ett ärende som inte är beslutat kan makuleras."))
    return step_page(
        request,
        engagement,
        StrikeForm(request.POST if request.method == "POST" else None),
        strike_engagement,
        title=_("Makulera ärendet"),
        submit=_("Makulera"),
        said=_("Ärendet är makulerat. Numret står kvar och används inte igen."),
        lead=_(
            "Makulera det som har registrerats av misstag. Ett nej till en förfrågan är ett beslut och skrivs som ett."
        ),
    )
