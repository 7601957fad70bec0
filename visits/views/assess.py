from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagements.enums import Kind, State
from engagements.models import Engagement
from engagements.rules import RuleBroken, allowed
from engagements.views.crumbs import around
from engagements.views.detail import get_engagement
from engagements.views.steps import step_page
from organisation.enums import Action
from stockholm_intl.kit import clock
from visits.forms import AssessmentForm, OutcomeForm
from visits.models import VisitRequest
from visits.operations import assess_visit, complete_visit, propose_visit


def get_visit(request: HttpRequest, key: str) -> VisitRequest:
    engagement = get_engagement(request, key=key, kinds=frozenset({Kind.VISIT}), needs=Action.PREPARE)
    visit: VisitRequest = engagement.visit
    return visit


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, key: str) -> HttpResponse:
    """Grade the visit and, with the filled button, hand it to the head with a proposal."""
    visit = get_visit(request, key)
    if not allowed("assess", visit.engagement.state):
        raise PermissionDenied(_("Ärendet är redan bedömt och väntar på beslut eller är beslutat."))
    if request.method != "POST":
        return assessment_page(request, AssessmentForm(initial=initial_of(visit), letter=visit.is_letter), visit)
    form = AssessmentForm(request.POST, letter=visit.is_letter)
    proposing = "spara" not in request.POST
    if not form.is_valid() or (proposing and not form.require_proposal()):
        return assessment_page(request, form, visit, status=422)
    try:
        say = save_assessment(form, visit, request.user, proposing=proposing)
    except RuleBroken as problem:
        form.add_error(None, str(problem))
        return assessment_page(request, form, visit, status=422)
    messages.success(request, say)
    return redirect(visit.engagement)


def save_assessment(form: AssessmentForm, visit: VisitRequest, user: Any, *, proposing: bool) -> str:
    visit = assess_visit(visit=visit, by=user, at=clock.now(), grades=form.grades())
    if not proposing:
        return _("Bedömningen är sparad. Lämna förslaget när den är klar.")
    data = form.cleaned_data
    propose_visit(visit=visit, by=user, at=clock.now(), proposal=data["proposal"], text=data["proposal_text"])
    return _("Förslaget är lämnat. Chefen ser det på sitt skrivbord.")


def initial_of(visit: VisitRequest) -> dict[str, Any]:
    engagement = visit.engagement
    return {name: getattr(visit, name) for name in (*AssessmentForm.GRADES, "alternative")} | {
        "proposal": engagement.proposal,
        "proposal_text": engagement.proposal_text,
    }


def assessment_page(request: HttpRequest, form: Any, visit: VisitRequest, status: int = 200) -> HttpResponse:
    return render(
        request,
        "visits/assess.html",
        around(visit.engagement)
        | {
            "form": form,
            "visit": visit,
            "title": _("Bedöm inbjudningsbrevet") if visit.is_letter else _("Bedöm besöket"),
            "action": reverse("visit_assess", args=[visit.engagement.key]),
            "submit": _("Lämna förslaget"),
            "second": {"name": "spara", "label": _("Spara bedömningen")},
        },
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, key: str) -> HttpResponse:
    visit = get_visit(request, key)
    if visit.engagement.state != State.APPROVED:
        raise PermissionDenied(_("Bara det som är beviljat kan följas upp."))
    form = OutcomeForm(request.POST or None, initial={"visitors_in_fact": visit.people})

    def finish(engagement: Engagement, **said: Any) -> None:
        complete_visit(visit=visit, **said)

    return step_page(
        request, visit.engagement, form, finish, submit=_("Spara uppföljningen"), template="patterns/form.html",
        title=_("Följ upp inbjudningsbrevet") if visit.is_letter else _("Följ upp besöket"),
        said=_("Inbjudningsbrevet är uppföljt.") if visit.is_letter else _("Besöket är genomfört och uppföljt."),
    )  # fmt: skip
