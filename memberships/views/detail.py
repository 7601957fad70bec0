from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements.enums import EDITABLE_STATES, MEMBERSHIP_KINDS, Kind, State
from engagements.masking import DETAIL, covered
from engagements.models import Engagement
from engagements.operations import propose_engagement
from engagements.rules import allowed
from engagements.views.detail import NextStep, detail_context, get_engagement, refer_step
from engagements.views.steps import step_page
from memberships.enums import Grade
from memberships.forms import ProposalForm
from memberships.intervals import every
from memberships.models import Agreement, Membership, Review
from memberships.reviewing import may_decide_review
from memberships.rules import DECIDE_REVIEW, PROPOSE_REVIEW, UPKEEP_STATES, grade
from organisation.enums import Action
from stockholm_intl.kit import clock
from stockholm_intl.kit.swedish import number
from stockholm_intl.kit.templatetags.formats import date_sv, partial_date


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, kinds=MEMBERSHIP_KINDS)
    detail: Membership | Agreement = getattr(engagement, DETAIL[Kind(engagement.kind)])
    rows = (
        engagement.reviews.select_related("decided_by", "proposed_by")
        .prefetch_related("decisions__point")
        .order_by("-opened_on", "-id")
    )
    reviews = covered(request.user, rows)  # type: ignore[arg-type]
    review_by = detail.review_by if is_reviewed(engagement, detail) else None
    open_review = next((review for review in reviews if review.is_open), None)
    waits = bool(open_review) or bool(review_by and grade(review_by, on=clock.today()) in (Grade.OVERDUE, Grade.DUE))
    found = steps(request.user, engagement, open_review)
    asks = waits or State(engagement.state) not in UPKEEP_STATES
    context = detail_context(request, engagement, detail=detail, steps=found, asks=asks) | {
        "detail": detail,
        "about": about(engagement, detail),
        "texts": texts(detail),
        "reviews": [review for review in reviews if not review.is_open],
        "open_review": open_review,
        "review_by": review_by,
        "interval": every(detail.interval_months),
        "waits": waits,
    }
    return render(request, "memberships/detail.html", context)


def is_reviewed(engagement: Engagement, detail: Membership | Agreement) -> bool:
    """In force, and of a kind the strategy has reconsidered."""
    return State(engagement.state) in UPKEEP_STATES and detail.is_reviewed


def steps(user: Any, engagement: Engagement, open_review: Review | None) -> list[NextStep]:
    """What can be done in its state, weightiest first."""
    key = engagement.key or ""
    state = State(engagement.state)
    found: list[NextStep] = []
    if allowed("propose", state):
        found.append(NextStep(_("Föreslå beslut"), reverse("membership_propose", args=[key]), Action.PREPARE))
    if state == State.PROPOSED:
        found.append(NextStep(_("Besluta"), reverse("engagement_decide", args=[key]), Action.DECIDE))
    if state in UPKEEP_STATES:
        decides = may_decide_review(user, engagement, on=clock.today())
        is_proposed = bool(open_review and open_review.proposed_outcome)
        label = _("Besluta om omprövningen") if decides and is_proposed else _("Ompröva")
        needs = DECIDE_REVIEW if decides else PROPOSE_REVIEW
        # who has proposed waits for the one who decides
        found.append(NextStep(label, reverse("membership_review", args=[key]), needs, leads=decides or not is_proposed))
    found += refer_step(engagement)
    if state in EDITABLE_STATES | UPKEEP_STATES:
        found.append(
            NextStep(_("Ändra uppgifterna"), reverse("membership_edit", args=[key]), Action.PREPARE, leads=False)
        )
    return found


def about(engagement: Engagement, detail: Membership | Agreement) -> list[dict[str, Any]]:
    since = partial_date(engagement.happens) if len(engagement.happens) in (4, 7) else date_sv(detail.entered_on)
    common = [
        {"term": _("Med vem"), "value": engagement.counterpart},
        {"term": _("Form"), "value": detail.form_word},
        {"term": _("Tema"), "value": detail.theme},
        {"term": _("Rör"), "value": engagement.get_scope_display()},
        {"term": _("Gäller från"), "value": since},
    ]
    if isinstance(detail, Agreement):
        common.append({"term": _("Gäller till och med"), "value": date_sv(detail.ends_on)})
    else:
        common.append({"term": _("Årsavgift"), "value": fee(detail)})
        common.append({"term": _("Förtroendeuppdrag"), "value": detail.post_of_trust})
    return [
        *common,
        {"term": _("Avslutades"), "value": date_sv(detail.ended_on)},
        {"term": _("Vår kontakt"), "value": engagement.contact},
    ]


def fee(membership: Membership) -> str:
    """12 500 SEK a year; nothing when it is not known, 0 when there is none."""
    if membership.annual_fee is None:
        return ""
    decimals = 2 if membership.annual_fee % 1 else 0
    return f"{number(membership.annual_fee, decimals)}\u00a0{membership.fee_currency}"


def texts(detail: Membership | Agreement) -> list[dict[str, str]]:
    if isinstance(detail, Membership):
        found = [(_("Vad medlemskapet ger"), detail.benefit)]
    else:
        found = [
            (_("Konkret utbyte"), detail.activity),
            (_("Vad staden får"), detail.our_benefit),
            (_("Vad motparten får"), detail.their_benefit),
        ]
    return [{"heading": heading, "text": text} for heading, text in found if text]


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, kinds=MEMBERSHIP_KINDS, needs=Action.PREPARE)
    if not allowed("propose", engagement.state):
        raise PermissionDenied(_("Ärendet väntar redan på beslut eller är beslutat."))
    form = ProposalForm(request.POST or None, initial={"text": engagement.proposal_text})
    return step_page(
        request, engagement, form, propose_engagement, title=_("Föreslå beslut"),
        submit=_("Lämna förslaget"), said=_("Förslaget är lämnat och väntar på beslut."),
    )  # fmt: skip
