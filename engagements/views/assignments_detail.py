"""One assignment: what it is, what can be done next, and the steps after it is granted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements.assignments import (
    REPORTABLE,
    close_assignment,
    detail_of,
    file_trip_report,
    set_project_money,
    submit_influence,
)
from engagements.enums import ASSIGNMENT_KINDS, EDITABLE_STATES, WAITING_STATES, Kind, State
from engagements.forms_steps import ClosingForm, MoneyForm, ProposalForm, SubmissionForm, TripReportForm
from engagements.models import Declaration, Engagement, EUInfluence, Project, Trip
from engagements.operations import propose_engagement
from engagements.rules import allowed
from engagements.views.assignment_facts import facts_of, texts_of
from engagements.views.detail import NextStep, detail_context, get_engagement, refer_step
from engagements.views.steps import step_page
from organisation.enums import Action
from stockholm_intl.kit import clock

ASKS_FOR_SOMETHING = WAITING_STATES | {State.APPROVED}
MONEY_STATES = frozenset(State) - {State.DRAFT, State.STRUCK}


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, kinds=ASSIGNMENT_KINDS)
    detail = detail_of(engagement)
    asks = engagement.state in ASKS_FOR_SOMETHING
    context = detail_context(request, engagement, detail=detail, steps=steps(engagement, detail), asks=asks)
    context |= {"about": facts_of(engagement, detail), "texts": texts_of(engagement, detail)}
    if isinstance(detail, Project):
        context["years"] = list(detail.years.order_by("year")) if detail.pk else []
    return render(request, "engagements/assignments/detail.html", context)


def steps(engagement: Engagement, detail: Any) -> list[NextStep]:
    """What can be done in its state, weightiest first; what leads it on is what its state and day ask for."""
    state, key, today = State(engagement.state), engagement.key or "", clock.today()
    runs = state == State.APPROVED
    last_day = engagement.ends_on or engagement.starts_on
    is_over = runs and last_day is not None and last_day < today
    found: list[NextStep] = []

    def add(label: str, name: str, action: Action = Action.PREPARE, *, leads: bool = True) -> None:
        found.append(NextStep(label, reverse(name, args=[key]), action, leads))

    if allowed("propose", state):
        add(_("Föreslå beslut"), "assignment_propose")
    if state == State.PROPOSED:
        add(_("Besluta"), "engagement_decide", Action.DECIDE)
    if isinstance(detail, Trip) and state in REPORTABLE:
        label = _("Ändra reserapporten") if detail.report else _("Lämna reserapport")
        add(label, "trip_report", leads=not detail.report and (is_over or last_day is None))
    if isinstance(detail, EUInfluence) and state in REPORTABLE:
        label = _("Skriv vad det ledde till") if detail.submitted_on else _("Ståndpunkten är lämnad")
        add(label, "influence_submitted")
    if isinstance(detail, Project) and state in MONEY_STATES:
        add(_("Lägg in pengar för ett år"), "project_money", leads=runs and lacks_money(engagement, detail, today.year))
    found += refer_step(engagement)
    if state in EDITABLE_STATES:
        add(_("Ändra uppgifterna"), "assignment_edit", leads=False)
    if allowed("close", state):
        add(_("Avsluta uppdraget"), "assignment_close", leads=is_over and isinstance(detail, (Project, Declaration)))
    return found


def lacks_money(engagement: Engagement, project: Project, year: int) -> bool:
    """A project that has begun says every year what it cost; one that is over, of its last year."""
    last = min(year, engagement.ends_on.year) if engagement.ends_on else year
    if engagement.starts_on and engagement.starts_on.year > last:
        return False
    return not project.years.filter(year=last).exists()


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, kinds=ASSIGNMENT_KINDS, needs=Action.PREPARE)
    if not allowed("propose", engagement.state):
        raise PermissionDenied(_("Ärendet väntar redan på beslut eller är beslutat."))
    form = ProposalForm(request.POST or None, initial={"text": engagement.proposal_text})
    return step_page(
        request, engagement, form, propose_engagement,
        title=_("Föreslå beslut"), submit=_("Lämna förslaget"), said=_("Förslaget är lämnat och väntar på beslut."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, key: str) -> HttpResponse:
    engagement, trip = granted(request, key, Kind.TRIP, _("Bara en beviljad resa kan få en reserapport."))
    initial = {"report": trip.report, "filed_on": trip.report_filed_on or clock.today()}
    return step_page(
        request, engagement, TripReportForm(request.POST or None, initial=initial), file_trip_report,
        title=_("Lämna reserapport"), submit=_("Lämna rapporten"), said=_("Reserapporten är lämnad."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def submitted(request: HttpRequest, key: str) -> HttpResponse:
    engagement, influence = granted(request, key, Kind.EU_INFLUENCE, _("Bara en beslutad ståndpunkt kan lämnas."))
    initial = {"result": influence.result, "submitted_on": influence.submitted_on or clock.today()}
    return step_page(
        request, engagement, SubmissionForm(request.POST or None, initial=initial), submit_influence,
        title=_("Ståndpunkten är lämnad"), submit=_("Spara"), said=_("Det är sparat."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def money(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, kinds=frozenset({Kind.PROJECT}), needs=Action.PREPARE)
    if State(engagement.state) not in MONEY_STATES:
        raise PermissionDenied(_("Projektet är makulerat."))

    def keep(**said: Any) -> None:
        set_project_money(**said | {"own_share_sek": said["own_share_sek"] or 0})

    return step_page(
        request, engagement, MoneyForm(request.POST or None, initial={"year": clock.today().year}), keep,
        title=_("Pengar för ett år"), submit=_("Spara beloppen"),
        said=_("Beloppen är sparade och räknas i årsrapporten."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, kinds=ASSIGNMENT_KINDS, needs=Action.PREPARE)
    if not allowed("close", engagement.state):
        raise PermissionDenied(_("Bara det som är beslutat kan avslutas."))
    return step_page(
        request, engagement, ClosingForm(request.POST or None), close_assignment,
        title=_("Avsluta uppdraget"), submit=_("Avsluta uppdraget"), said=_("Uppdraget är avslutat."),
    )  # fmt: skip


def granted(request: HttpRequest, key: str, kind: Kind, why_not: str) -> tuple[Engagement, Any]:
    """The engagement and its detail row, when it has been decided on."""
    engagement = get_engagement(request, key=key, kinds=frozenset({kind}), needs=Action.PREPARE)
    if engagement.state not in REPORTABLE:
        raise PermissionDenied(why_not)
    return engagement, detail_of(engagement)
