"""A reception's steps: the proposal to Internationella beredningen, and what is told when it has been held."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements.enums import Kind, State
from engagements.forms_steps import ReceptionProposalForm
from engagements.models import Engagement
from engagements.rules import RuleBroken, allowed
from engagements.views.detail import get_engagement
from organisation.enums import Action
from stockholm_intl.kit import clock
from visits.forms_reception import ReceptionOutcomeForm
from visits.operations import complete_reception, propose_reception
from visits.views.assess import base_context

ONLY_RECEPTIONS = frozenset({Kind.RECEPTION})


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, kinds=ONLY_RECEPTIONS, needs=Action.PREPARE)
    if not allowed("propose", engagement.state):
        raise PermissionDenied(_("Mottagningen väntar redan på beslut eller är beslutad."))
    form = ReceptionProposalForm(request.POST or None, initial={"text": engagement.proposal_text})
    return step(
        request, engagement, form, propose_reception, title=_("Föreslå beslut"), submit=_("Lämna förslaget"),
        said=_("Förslaget är lämnat. Hänskjut ärendet till beredningen."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, kinds=ONLY_RECEPTIONS, needs=Action.PREPARE)
    if engagement.state != State.APPROVED:
        raise PermissionDenied(_("Bara en beviljad mottagning kan följas upp."))
    form = ReceptionOutcomeForm(request.POST or None)
    return step(
        request, engagement, form, complete_reception, title=_("Följ upp mottagningen"),
        submit=_("Spara uppföljningen"), said=_("Mottagningen är genomförd och uppföljd."),
    )  # fmt: skip


def step(
    request: HttpRequest,
    engagement: Engagement,
    form: Any,
    operation: Callable[..., object],
    *,
    title: str,
    submit: str,
    said: str,
) -> HttpResponse:
    """Ask, do, say. What the operation refuses is told on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            operation(engagement=engagement, by=request.user, at=clock.now(), **form.cleaned_data)
        except RuleBroken as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, said)
            return redirect(engagement)
    about = {"title": title, "intro": engagement.title, "action": request.path, "submit": submit}
    context = base_context(form, engagement) | about
    return render(request, "patterns/form.html", context, status=422 if form.errors else 200)
