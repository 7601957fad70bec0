"""The checks of one engagement as a page, and a person's answer to one of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements.forms_underlag import DeviationForm, JudgementForm
from engagements.judging import (
    NEVER_DEVIATED,
    asked_now,
    deviating_bodies,
    may_judge,
    record_deviation,
    record_judgement,
)
from engagements.models import Engagement
from engagements.routing import edition_of
from engagements.rules import RuleBroken
from engagements.views.crumbs import around, way_to
from engagements.views.detail import get_engagement
from engagements.views.guard_panel import Hands, guard_panel, row_of
from stockholm_intl.kit import clock


def get_whole(request: HttpRequest, key: str) -> Engagement:
    """The answers quote what the matter says: they are for those who read all of it."""
    engagement = get_engagement(request, key=key)
    if engagement.covered_parts:
        raise PermissionDenied(_("Uppgifter i ärendet är sekretessmarkerade, och kontrollen återger dem."))
    return engagement


@require_safe
def checks(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_whole(request, key)
    return render(request, "engagements/checks/page.html", around(engagement) | {
        "title": _("Principkontroll"),
        "guard": guard_panel(request, engagement),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Judge what needs a person, or let through what fails; which of them is asked depends on how the check stands."""
    user: Any = request.user
    engagement = get_whole(request, key)
    bodies = deviating_bodies(user, engagement)
    if edition_of(engagement).check(code) is None:
        raise Http404
    if not may_judge(user, engagement) and not bodies:
        raise PermissionDenied(_("Den som bereder eller beslutar ärendet bedömer."))
    one = next((found for found in asked_now(engagement, on=clock.today()) if found.id == code), None)
    deviating = one is not None and one.is_stopping and bool(bodies) and code not in NEVER_DEVIATED
    judging = one is not None and (one.is_open or one.judgement is not None) and may_judge(user, engagement)
    if one is None or not (deviating or judging):
        messages.info(request, _("Kontrollen behöver inget svar nu."))
        return redirect(engagement)
    deviating = deviating and not (judging and "bedom" in request.GET)
    if request.method == "POST" and "body" in request.POST and not deviating:
        # the second click, or a colleague who was quicker
        messages.info(request, _("Någon har redan svarat på kontrollen. Svaret står i ärendet."))
        return redirect(engagement)
    form: Any = DeviationForm(data_of(request), bodies=bodies) if deviating else JudgementForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            say = answer(engagement, code, form.cleaned_data, user, deviating=deviating)
        except RuleBroken as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, say)
            return redirect(engagement)
    page = reverse("engagement_checks", args=[engagement.key])
    context = around(engagement) | {
        "crumbs": [*way_to(engagement), {"label": _("Principkontroll"), "url": page}],
        "title": _("Gör ett avsteg") if deviating else _("Bedöm kontrollen"),
        "check": row_of(one, engagement, Hands(user, engagement)),
        "form": form,
        "action": request.get_full_path(),
        "submit": _("Spara avsteget") if deviating else _("Spara bedömningen"),
        "deviating": deviating,
        "judges_too": deviating and judging,
    }
    return render(request, "engagements/checks/answer.html", context, status=422 if form.errors else 200)


def answer(engagement: Engagement, code: str, data: dict[str, Any], user: Any, *, deviating: bool) -> str:
    now = clock.now()
    if deviating:
        row = record_deviation(engagement=engagement, check=code, by=user, at=now, **data)
        return _("Avsteget från %(check)s är antecknat i %(body)s namn.") % {"check": code, "body": row.body}
    record_judgement(engagement=engagement, check=code, by=user, at=now, **data)
    return _("Bedömningen av %(check)s är sparad.") % {"check": code}


def data_of(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
