"""Sekretess: marking the whole or parts, taking the mark away, and the log of requests for what is marked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements.enums import DisclosureOutcome, Part
from engagements.forms_sharing import PARTS, WHOLE, DisclosureForm, SecrecyForm, UnmarkForm
from engagements.models import Engagement
from engagements.rules import RuleBroken
from engagements.secrecy import is_marked, mark_secret, possible_readers, record_disclosure, unmark
from engagements.sharing import readers_by_name
from engagements.views.crumbs import around
from engagements.views.detail import get_engagement, secrecy_words
from engagements.views.steps import tell
from organisation.enums import Action
from stockholm_intl.kit import clock


@require_http_methods(["GET", "HEAD", "POST"])
def secrecy(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, needs=Action.MARK_SECRET)
    people = possible_readers(engagement, on=clock.today()).exclude(pk=request.user.pk or 0)
    form = SecrecyForm(request.POST or None, initial=initial_of(engagement), people=people)
    if request.method == "POST" and form.is_valid():
        try:
            made = mark_secret(engagement=engagement, by=request.user, at=clock.now(), **form.said)  # type: ignore[arg-type]
        except RuleBroken as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Sekretessmarkeringen gäller från och med nu."))
            tell_also(request, made, form.said["parts"])
            return redirect(engagement)
    return page(request, engagement, form=form)


def tell_also(request: HttpRequest, engagement: Engagement, chosen: list[str]) -> None:
    """What was marked without being asked for, because it says the same words."""
    also = [str(Part(part).label) for part in engagement.secret_fields if part not in chosen]
    if also:
        said = _("Det här innehöll samma ord och är också markerat: %(parts)s.") % {"parts": "; ".join(also)}
        messages.info(request, said)


@require_POST
def take_away(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, needs=Action.MARK_SECRET)
    form = UnmarkForm(request.POST)
    if form.is_valid():
        try:
            unmark(engagement=engagement, by=request.user, at=clock.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except RuleBroken as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Sekretessmarkeringen är borttagen. Alla som ser ärendet läser det igen."))
            return redirect(engagement)
    return page(request, engagement, unmark_form=form)


@require_POST
def disclosure(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, needs=Action.MARK_SECRET)
    form = DisclosureForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data | {"outcome": DisclosureOutcome(form.cleaned_data["outcome"])}
        try:
            record_disclosure(engagement=engagement, by=request.user, at=clock.now(), **said)  # type: ignore[arg-type]
        except RuleBroken as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Begäran och prövningen är antecknade."))
            return redirect("engagement_secrecy", key)
    return page(request, engagement, disclosure_form=form)


def initial_of(engagement: Engagement) -> dict[str, Any]:
    named = readers_by_name(engagement)
    return {
        "extent": WHOLE if engagement.is_secret else PARTS,
        "parts": engagement.secret_fields,
        "paragraph": engagement.secrecy_paragraph,
        "ground": engagement.secrecy_ground,
        "readers": [person.pk for person in named] or [engagement.contact_id],
    }


def page(
    request: HttpRequest, engagement: Engagement, form: Any = None, unmark_form: Any = None, disclosure_form: Any = None
) -> HttpResponse:
    people = possible_readers(engagement, on=clock.today()).exclude(pk=request.user.pk or 0)
    marked = is_marked(engagement)
    today = clock.today()
    bound = [one for one in (form, unmark_form, disclosure_form) if one is not None and one.errors]
    context = around(engagement) | {
        "title": _("Sekretess"),
        "secrecy": secrecy_words(engagement),
        "named": readers_by_name(engagement),
        "form": form or SecrecyForm(initial=initial_of(engagement), people=people),
        "action": reverse("engagement_secrecy", args=[engagement.key]),
        "submit": _("Ändra markeringen") if marked else _("Sekretessmarkera"),
        "cancel": {"url": engagement.get_absolute_url(), "label": _("Till ärendet")},
        "unmark_form": (unmark_form or UnmarkForm(auto_id="tas-bort-%s")) if marked else None,
        "unmark_url": reverse("engagement_unmark", args=[engagement.key]),
        "disclosures": list(engagement.disclosures.select_related("recorded_by")),
        "disclosure_form": (
            disclosure_form or DisclosureForm(initial={"decided_on": today}, auto_id="begaran-%s") if marked else None
        ),
        "disclosure_url": reverse("engagement_disclosure", args=[engagement.key]),
    }
    return render(request, "engagements/sharing/secrecy.html", context, status=422 if bound else 200)
