"""Underlag: what is written down for the checks, on one page, and a page for each row."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagements.forms_underlag import FORMS, RowForm
from engagements.masking import covered
from engagements.models import Engagement, Frame, InitiativeLink
from engagements.rules import RuleBroken
from engagements.underlag import SECTIONS, Section, is_open, keep_row, remove_row, rows_of, sections_for
from engagements.views.crumbs import around
from engagements.views.detail import get_engagement
from engagements.views.guard_panel import guard_panel
from organisation.enums import Action
from stockholm_intl.kit import clock


def get_prepared(request: HttpRequest, key: str) -> Engagement:
    return get_engagement(request, key=key, needs=Action.PREPARE)


@require_safe
def underlag(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_prepared(request, key)
    context = around(engagement) | {
        "title": _("Underlag"),
        "sections": [section_of(request, engagement, section) for section in sections_for(engagement)],
        "is_open": is_open(engagement),
        "guard": guard_panel(request, engagement),
    }
    return render(request, "engagements/underlag/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def row_new(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    engagement = get_prepared(request, key)
    section = get_section(engagement, slug)
    # there is one frame, and writing it again is changing it
    known = Frame.objects.filter(engagement=engagement).first() if section.model is Frame else None
    return fill(request, engagement, section, known or section.model())


@require_http_methods(["GET", "HEAD", "POST"])
def row_edit(request: HttpRequest, key: str, slug: str, pk: int) -> HttpResponse:
    engagement = get_prepared(request, key)
    section = get_section(engagement, slug)
    row = section.model._default_manager.filter(engagement=engagement, pk=pk).first()
    if row is None:
        raise Http404
    return fill(request, engagement, section, row)


@require_POST
def row_remove(request: HttpRequest, key: str, slug: str, pk: int) -> HttpResponse:
    engagement = get_prepared(request, key)
    section = get_section(engagement, slug)
    try:
        remove_row(engagement=engagement, section=section, pk=pk, by=request.user, at=clock.now())  # type: ignore[arg-type]
    except RuleBroken as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Uppgiften är borttagen."))
    return redirect(place(engagement, section))


def fill(request: HttpRequest, engagement: Engagement, section: Section, row: Any) -> HttpResponse:
    """The form of one row, and what became of it."""
    if not is_open(engagement):
        raise PermissionDenied(_("Ärendet är avgjort. Underlaget står kvar som det var vid beslutet."))
    data = request.POST if request.method == "POST" else None
    # a link is not changed into another: it is taken away
    known = row if row.pk and not isinstance(row, InitiativeLink) else None
    form: RowForm = FORMS[section.model](data, user=request.user, engagement=engagement, row=known)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        try:
            keep_row(engagement=engagement, row=form.fill(row), by=request.user, at=clock.now())  # type: ignore[arg-type]
        except RuleBroken as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Underlaget är sparat."))
            return redirect(place(engagement, section))
    context = around(engagement) | {
        "title": section.heading,
        "intro": section.help,
        "form": form,
        "action": request.path,
        "submit": _("Spara"),
        "cancel": {"url": place(engagement, section)},
    }
    return render(request, "patterns/form.html", context, status=422 if form.errors else 200)


def get_section(engagement: Engagement, slug: str) -> Section:
    section = SECTIONS.get(slug)
    if section is None or not section.applies(engagement):
        raise Http404
    return section


def place(engagement: Engagement, section: Section) -> str:
    return f"{reverse('underlag', args=[engagement.key])}#{section.slug}"


def section_of(request: HttpRequest, engagement: Engagement, section: Section) -> dict[str, Any]:
    user: Any = request.user
    rows = covered(user, rows_of(engagement, section))
    args = [engagement.key, section.slug]
    return {
        "slug": section.slug,
        "heading": section.heading,
        "help": section.help,
        "rows": [
            {
                "words": words_of(row, user),
                "edit_url": "" if isinstance(row, InitiativeLink) else reverse("underlag_row", args=[*args, row.pk]),
                "remove_url": reverse("underlag_remove", args=[*args, row.pk]),
            }
            for row in rows
        ],
        "new_url": "" if section.model is Frame and rows else reverse("underlag_new", args=args),
    }


def words_of(row: Any, user: Any) -> dict[str, Any]:
    """What a row says: a strong line, and the rest. The title of a linked matter is for those who may read it."""
    if isinstance(row, InitiativeLink):
        seen = Engagement.objects.visible_to(user).filter(pk=row.initiative_id).first()
        if seen is None:
            return {"what": _("Ett ärende som du inte kan läsa"), "rest": []}
        return {"what": f"{seen.key} {seen.title}", "url": seen.get_absolute_url(), "rest": [seen.state_word]}
    if isinstance(row, Frame):
        said = {
            True: _("Ryms i budgeten"),
            False: _("Ryms inte i budgeten"),
            None: _("Ingen har sagt om kostnaden ryms"),
        }
        brand = _("Stadens varumärke: %(word)s") % {"word": row.get_brand_display()} if row.brand else ""
        return {"what": said[row.is_covered], "rest": [row.budget, brand]}
    words: dict[str, Any] = WORDS[type(row).__name__](row)
    return words


WORDS: dict[str, Any] = {
    "PlannedActivity": lambda row: {"what": row.what, "rest": [row.owner, row.on]},
    "ExaminedForum": lambda row: {"what": row.name, "rest": [row.conclusion]},
    "Consultation": lambda row: {"what": str(row.body or row.whom), "rest": [row.on, row.note]},
    "FundingLine": lambda row: {
        "what": row.funder or _("Staden"),
        "amount": row.amount,
        "rest": [
            _("arbetstid eller lokaler") if row.in_kind else "",
            _("beslutad") if row.is_decided else _("inte beslutad"),
        ],
    },
}
