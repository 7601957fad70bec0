"""Vem beslutar? By the strategy in force for what need not be in the register; and what is judged of one engagement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagements.choosing import ask_coordination, choose_way, may_choose, questions_for
from engagements.forms_way import ChoiceForm, WayForm
from engagements.routing import LEAVING, edition_of, route_of, way_out
from engagements.rules import RuleBroken
from engagements.strategy.editions import in_force
from engagements.views.crumbs import around
from engagements.views.detail import get_engagement
from engagements.way import shown
from organisation.enums import Action
from stockholm_intl.kit import clock
from stockholm_intl.kit.fragments import wants_part


@require_safe
def who_decides(request: HttpRequest) -> HttpResponse:
    edition, language = in_force(on=clock.today()), get_language() or "sv"
    form = WayForm(request.GET, edition=edition, language=language)
    context = {
        "title": _("Vem beslutar?"),
        "intro": edition.name,
        "form": form,
        "way": form.way,
        "said": shown(form.way, edition, language) | {"unasked": form.facts.instrument is None},
    }
    name = "engagements/way/page.html"
    return render(request, f"{name}#way" if wants_part(request) else name, context)


@require_http_methods(["GET", "HEAD", "POST"])
def judge_way(request: HttpRequest, key: str) -> HttpResponse:
    """One question about who decides, answered with a reason by whoever prepares the matter.

    While it is open; of what is in force, who lets it end (M23).
    """
    engagement = get_engagement(request, key=key, needs=Action.PREPARE)
    questions = questions_for(engagement)
    wanted = request.POST.get("question") or request.GET.get("fraga")
    asked = next((one for one in questions if one.code == wanted or not wanted), None)
    if asked is None or not may_choose(request.user, engagement):  # type: ignore[arg-type]
        messages.info(request, _("Det finns inget att bedöma här nu."))
        return redirect(engagement)
    language = get_language() or "sv"
    form = ChoiceForm(request.POST if request.method == "POST" else None, asked=asked, language=language)
    if request.method == "POST" and form.is_valid():
        try:
            choose_way(engagement=engagement, by=request.user, at=clock.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except RuleBroken as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Bedömningen står nu i ärendet."))
            return redirect(engagement)
    context = around(engagement) | {
        "title": asked.text(language),
        "form": form,
        "action": request.path,
        "submit": _("Spara bedömningen"),
        "said": shown(
            way_out(engagement) if asked.code == LEAVING else route_of(engagement), edition_of(engagement), language
        ),
    }
    return render(request, "engagements/way/judge.html", context, status=422 if form.errors else 200)


@require_POST
def coordinate(request: HttpRequest, key: str) -> HttpResponse:
    """A significant visit is handed to stadsledningskontoret, which coordinates for kommunstyrelsen."""
    engagement = get_engagement(request, key=key, needs=Action.PREPARE)
    try:
        office = ask_coordination(engagement=engagement, by=request.user, at=clock.now())  # type: ignore[arg-type]
    except RuleBroken as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("%(office)s läser och bereder nu ärendet med er.") % {"office": office})
    return redirect(engagement)
