"""A reception's steps: the proposal to Internationella beredningen, and what is told when it has been held."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements.enums import Kind, State
from engagements.forms_steps import ReceptionProposalForm
from engagements.operations import propose_engagement
from engagements.rules import allowed
from engagements.views.detail import get_engagement
from engagements.views.steps import step_page
from organisation.enums import Action
from visits.forms_reception import ReceptionOutcomeForm
from visits.operations import complete_reception

ONLY_RECEPTIONS = frozenset({Kind.RECEPTION})


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, kinds=ONLY_RECEPTIONS, needs=Action.PREPARE)
    if not allowed("propose", engagement.state):
        raise PermissionDenied(_("Mottagningen väntar redan på beslut eller är beslutad."))
    form = ReceptionProposalForm(request.POST or None, initial={"text": engagement.proposal_text})
    return step_page(
        request, engagement, form, propose_engagement, title=_("Föreslå beslut"), submit=_("Lämna förslaget"),
        said=_("Förslaget är lämnat. Hänskjut ärendet till beredningen."), template="patterns/form.html",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, kinds=ONLY_RECEPTIONS, needs=Action.PREPARE)
    if engagement.state != State.APPROVED:
        raise PermissionDenied(_("Bara en beviljad mottagning kan följas upp."))
    form = ReceptionOutcomeForm(request.POST or None)
    return step_page(
        request, engagement, form, complete_reception, title=_("Följ upp mottagningen"),
        submit=_("Spara uppföljningen"), said=_("Mottagningen är genomförd och uppföljd."), template="patterns/form.html",
    )  # fmt: skip
