"""How it goes on with what is in force: who prepares it proposes, whose body decides it decides, on the same page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from decisions.forms import ReviewDecisionForm
from decisions.operations import decide_review
from decisions.operations.own import what_point
from decisions.queries import authority, must_cite, own_points, writes_in
from engagements.choosing import may_choose
from engagements.enums import MEMBERSHIP_KINDS, State, Step
from engagements.models import Engagement
from engagements.permission import may
from engagements.routing import LEAVING
from engagements.rules import RuleBroken
from engagements.views.crumbs import around
from engagements.views.detail import get_engagement
from engagements.views.guard_panel import renewal_rows
from engagements.views.steps import tell
from memberships.enums import ReviewOutcome
from memberships.forms import ReviewForm
from memberships.models import Review
from memberships.operations import reconsider
from memberships.queries import detail_of
from memberships.reviewing import may_decide_review, who_decides_review
from memberships.rules import PROPOSE_REVIEW, UPKEEP_STATES
from memberships.views.detail import about, texts
from stockholm_intl.kit import clock
from stockholm_intl.kit.templatetags.formats import date_sv


@require_http_methods(["GET", "HEAD", "POST"])
def membership_review(request: HttpRequest, key: str) -> HttpResponse:
    """Proposed or decided (M22, M23), by the one who has the page open; the other is told who does."""
    user: Any = request.user
    engagement = get_engagement(request, key=key, kinds=MEMBERSHIP_KINDS)
    decides = may_decide_review(user, engagement, on=clock.today())
    # who would need a point where there is none proposes, and the board's secretary writes in what is decided
    groundless = decides and lacks_ground(user, engagement)
    decides = decides and not groundless
    if not decides and not may(user, PROPOSE_REVIEW, engagement):
        raise PermissionDenied(who_decides_review(engagement))
    if State(engagement.state) not in UPKEEP_STATES:
        raise PermissionDenied(_("Bara det som gäller omprövas."))
    known = Review.objects.open().filter(engagement=engagement).select_related("proposed_by").first()
    form = form_for(request, engagement, known, decides=decides)
    if request.method == "POST" and form.is_valid():
        try:
            say = keep(form, engagement, user, decides=decides)
        except RuleBroken as problem:
            tell(form, problem)
        else:
            messages.success(request, say)
            return redirect(engagement)
    context = page_context(form, engagement, known, decides=decides)
    if decides:
        context["consequence"] = consequence(user, engagement)
    elif groundless:
        proposes = _("Du föreslår hur det går vidare.")
        context["consequence"] = f"{what_point(engagement, there_are_some=False)} {proposes}"
    context["checks"] = renewal_rows(request, engagement)
    if may_choose(user, engagement):
        context["leaving_url"] = f"{reverse('judge_way', args=[engagement.key])}?fraga={LEAVING}"
    return render(request, "decisions/review.html", context, status=422 if form.errors else 200)


def lacks_ground(user: Any, engagement: Engagement) -> bool:
    today = clock.today()
    return (
        must_cite(user, engagement, on=today, step=Step.REVIEW) and not own_points(engagement.body, on=today).exists()
    )


def form_for(
    request: HttpRequest, engagement: Engagement, known: Review | None, *, decides: bool
) -> ReviewForm | ReviewDecisionForm:
    user: Any = request.user
    data = request.POST if request.method == "POST" else None
    initial: dict[str, Any] = {"outcome": known.proposed_outcome, "note": known.proposal_note} if known else {}
    if not decides:
        return ReviewForm(data, initial=initial)
    today = clock.today()
    return ReviewDecisionForm(
        data,
        initial=initial | {"decided_on": today},
        points=own_points(engagement.body, on=today),
        must_cite=must_cite(user, engagement, on=today, step=Step.REVIEW),
        writes_in=writes_in(user, engagement, on=today),
    )


def keep(form: ReviewForm | ReviewDecisionForm, engagement: Engagement, user: Any, *, decides: bool) -> str:
    """Open the review if the clock has not, and write the proposal or the decision in it; says what comes next."""
    if not decides:
        reconsider(engagement=engagement, by=user, at=clock.now(), **form.said)
        return _("Förslaget är lämnat. Den som beslutar ser det på ärendets sida.")
    decide_review(engagement=engagement, by=user, at=clock.now(), **form.said)
    if form.said["outcome"] == ReviewOutcome.LEAVE:
        return _("Omprövningen är gjord och ärendet är avslutat.")
    return _("Omprövningen är gjord. Nästa är senast %(day)s.") % {"day": date_sv(detail_of(engagement).review_by)}


def consequence(user: Any, engagement: Engagement) -> str:
    """What will be written and who will see it."""
    who = authority(user, engagement, on=clock.today(), step=Step.REVIEW)
    return _(
        "Beslutar: %(who)s. Du skriver in det, och alla som ser ärendet läser det. Det som fortsätter omprövas igen "
        "när intervallet har gått, det som avslutas stängs."
    ) % {"who": who}


def page_context(
    form: ReviewForm | ReviewDecisionForm, engagement: Engagement, known: Review | None, *, decides: bool
) -> dict[str, Any]:
    detail, shown = detail_of(engagement), _("Förslaget syns på ärendets sida.")
    earlier = Review.objects.filter(engagement=engagement).exclude(outcome="").order_by("-decided_on")
    return around(engagement) | {
        "title": _("Ompröva"),
        "form": form,
        "heading": pgettext("ett", "Beslut") if decides else _("Förslag"),
        "submit": _("Besluta") if decides else _("Lämna förslaget"),
        "consequence": f"{shown} {who_decides_review(engagement)}",
        "action": "",
        "next": {"url": engagement.get_absolute_url(), "label": _("Avbryt")},
        "detail": detail,
        "about": about(engagement, detail),
        "texts": texts(detail),
        "known": known,
        "earlier": earlier[:3],
        "decides": decides,
        "who_decides": who_decides_review(engagement),
    }
