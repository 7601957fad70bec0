"""From an engagement: put it before the committee, or decide it in the own field."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.enums import CLOSED_STATES
from decisions.forms import SEND_BACK, OwnDecisionForm, ReferForm
from decisions.models import Meeting
from decisions.operations import decide_own, refer_engagement, send_back
from decisions.operations.reviews import said
from decisions.queries import authority, meetings_of_committees, must_cite, own_points, writes_in
from decisions.rules import belonging, section_for
from decisions.views.meetings import form_page, posted
from engagements.enums import IN_FORCE_STATES, Instrument, Kind, State
from engagements.models import Engagement
from engagements.permission import holds, shared_with
from engagements.routing import route_of
from engagements.rules import EditConflict, RuleBroken
from engagements.showing import directions
from engagements.submitting import way_proposed
from engagements.views.crumbs import around
from engagements.views.detail import get_engagement, motives
from engagements.views.guard_panel import guard_panel
from engagements.views.steps import tell
from memberships.enums import ReviewOutcome
from memberships.queries import proposed_review
from organisation.enums import Action
from stockholm_intl.kit import clock


@require_http_methods(["GET", "HEAD", "POST"])
def engagement_refer(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, needs=Action.REFER)
    meetings = meetings_of_committees()
    form = ReferForm(
        posted(request),
        meetings=meetings,
        initial={
            "meeting": next_meeting(),
            "section": section_for(engagement.kind, comes_back=State(engagement.state) in IN_FORCE_STATES),
            "title": engagement.title,
            "proposal": what_is_proposed(engagement),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            item = refer_engagement(engagement=engagement, by=request.user, at=clock.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except RuleBroken as problem:
            tell(form, problem)
        else:
            said = {"meeting": item.meeting, "point": item.point}
            messages.success(request, _("Ärendet står nu på dagordningen för %(meeting)s, punkt %(point)s.") % said)
            return redirect(engagement)
    context = around(engagement) | {
        "title": _("Hänskjut till beredningen"),
        "submit": _("Hänskjut ärendet"),
        "belongs": belonging(way_proposed(engagement) or route_of(engagement)),
        "may_run": holds(request.user, Action.RUN_MEETING),  # type: ignore[arg-type]
        "no_meeting": not form.fields["meeting"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return form_page(request, form, context, template="decisions/refer.html")


@require_http_methods(["GET", "HEAD", "POST"])
def engagement_decide(request: HttpRequest, key: str) -> HttpResponse:
    """Shows what will be written and who will see it; then it is done."""
    engagement = get_engagement(request, key=key, needs=Action.DECIDE)
    if engagement.state != State.PROPOSED and request.method != "POST":
        raise PermissionDenied(_("Ärendet väntar inte på beslut: det är inte föreslaget än, eller redan beslutat."))
    user: Any = request.user
    today = clock.today()
    form = OwnDecisionForm(
        posted(request),
        outcomes=outcomes_for(engagement),
        points=own_points(engagement.body, on=today),
        must_cite=must_cite(user, engagement, on=today),
        writes_in=writes_in(user, engagement, on=today),
        initial={"outcome": proposed_outcome(engagement), "version": engagement.version, "decided_on": today},
    )
    status = None
    if request.method == "POST" and form.is_valid():
        try:
            said = carry_out(engagement, form, user)
        except RuleBroken as problem:
            tell(form, problem)
            status = 409 if isinstance(problem, EditConflict) else None
        else:
            messages.success(request, said)
            return redirect(engagement)
    is_visit = engagement.kind == Kind.VISIT and engagement.instrument != Instrument.INVITATION_LETTER
    context = around(engagement) | {
        "title": _("Besluta om besöket") if is_visit else _("Besluta"),
        "submit": _("Besluta"),
        "directions": directions(engagement.main_direction, engagement.other_directions, engagement.edition),
        "motives": motives(engagement),
        "authority": authority(user, engagement, on=today),
        "readers": readers(engagement),
        "guard": guard_panel(request, engagement),
        "is_visit": is_visit,
    }
    return form_page(request, form, context, status, template="decisions/decide.html")


def what_is_proposed(engagement: Engagement) -> str:
    """In the committee's words; of a review how it should go and why."""
    review = proposed_review(engagement)
    return (
        said(engagement, ReviewOutcome(review.proposed_outcome), review.proposal_note)
        if review
        else engagement.proposal_text
    )


def next_meeting() -> Meeting | None:
    """The one that comes, else the last one that is still open."""
    still_open = meetings_of_committees().filter(source="").exclude(state__in=CLOSED_STATES).order_by("held_on")
    return still_open.filter(held_on__gte=clock.today()).first() or still_open.last()


def carry_out(engagement: Engagement, form: OwnDecisionForm, user: Any) -> str:
    """Do what was chosen and say what happened and what comes next."""
    data, now = form.cleaned_data, clock.now()
    if data["outcome"] == SEND_BACK:
        send_back(engagement=engagement, by=user, at=now, reason=data["note"])
        return _("Ärendet är tillbaka hos kontaktpersonen för komplettering.")
    decision = decide_own(
        engagement=engagement, outcome=data["outcome"], by=user, at=now, note=data["note"], point=data.get("point"),
        decided_on=data.get("decided_on"), paragraph=data.get("paragraph", ""), seen_version=data["version"],
    )  # fmt: skip
    return _("Beslutet är fattat: %(text)s") % {"text": decision.text.splitlines()[0]}


def outcomes_for(engagement: Engagement) -> list[tuple[str, str]]:
    visit = engagement.kind == Kind.VISIT
    if engagement.instrument == Instrument.INVITATION_LETTER:
        return [
            ("accept", _("Skicka inbjudningsbrevet")),
            ("decline", _("Skicka inget inbjudningsbrev")),
            (SEND_BACK, _("Skicka tillbaka för komplettering")),
        ]
    return [
        ("accept", _("Ta emot besöket") if visit else _("Bifall")),
        ("decline", _("Avböj besöket") if visit else _("Avslag")),
        (SEND_BACK, _("Skicka tillbaka för komplettering")),
    ]


def proposed_outcome(engagement: Engagement) -> str | None:
    return engagement.proposal if engagement.proposal in {"accept", "decline"} else None


def readers(engagement: Engagement) -> list[str]:
    """Who reads the decision: the body, those it is shared with, and the city's coordinators."""
    if engagement.is_secret:
        return [_("De som har fått ärendet i eget namn, och ingen annan")]
    shared = [body.name for body in shared_with(engagement) if body != engagement.body]
    return [engagement.body.name, *shared, _("Stadsledningskontorets samordnare och stadens revisorer")]
