"""Who has an engagement besides its own body: the list, sharing it, and taking it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements.forms_sharing import EndShareForm, ShareForm
from engagements.models import Engagement
from engagements.permission import may_share
from engagements.rules import RuleBroken
from engagements.sharing import Share, share_engagement, shares_of, withdraw_share
from engagements.views.crumbs import around
from engagements.views.detail import get_engagement
from engagements.views.steps import tell
from organisation.enums import Action
from organisation.models import User
from stockholm_intl.kit import clock

ACTIONS = {Action.READ: lambda: _("Läser"), Action.PREPARE: lambda: _("Läser och bereder")}


def get_shared(request: HttpRequest, key: str) -> Engagement:
    engagement = get_engagement(request, key=key)
    if not may_share(request.user, engagement):  # type: ignore[arg-type]
        raise PermissionDenied(_("Den som bereder ärendet hos organet delar det."))
    return engagement


@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_shared(request, key)
    user: Any = request.user
    form = ShareForm(request.POST or None, by=user)
    if request.method == "POST" and form.is_valid():
        try:
            given = share_engagement(engagement=engagement, by=user, at=clock.now(), **form.said)
        except RuleBroken as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Ärendet är delat med %(to)s.") % {"to": given.to})
            return redirect("engagement_sharing", key)
    return page(request, engagement, form)


@require_POST
def unshare(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_shared(request, key)
    form = EndShareForm(request.POST)
    if form.is_valid():
        try:
            ended = withdraw_share(engagement=engagement, by=request.user, at=clock.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except RuleBroken as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("Delningen med %(to)s har upphört.") % {"to": ended.to})
    else:
        messages.error(request, _("Skriv varför delningen upphör."))
    return redirect("engagement_sharing", key)


def page(request: HttpRequest, engagement: Engagement, form: ShareForm) -> HttpResponse:
    today = clock.today()
    found = shares_of(engagement)
    context = around(engagement) | {
        "title": _("Dela ärendet"),
        "form": form,
        "action": request.path,
        "submit": _("Dela ärendet"),
        "cancel": {"url": engagement.get_absolute_url(), "label": _("Till ärendet")},
        "shares": [said(one) for one in found if not one.has_ended(on=today)],
        "ended": [said(one) for one in found if one.has_ended(on=today)],
        "unshare_url": reverse("engagement_unshare", args=[engagement.key]),
    }
    return render(request, "engagements/sharing/page.html", context, status=422 if form.errors else 200)


def said(share: Share) -> dict[str, Any]:
    """A grant in words."""
    return {
        "share": share,
        "ref": share.ref,
        "to": str(share.to),
        "kind": _("Person") if isinstance(share.to, User) else _("Organ"),
        "right": ACTIONS[share.action](),
    }
