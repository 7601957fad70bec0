from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from decisions.forms import EditItemForm, ItemForm, ReasonForm
from decisions.operations import add_item, edit_item, move_item, withdraw_item
from decisions.views.access import get_item, get_meeting, take_in
from decisions.views.meeting_page import item_url, meeting_context
from decisions.views.meetings import crumbs, form_page, posted
from engagements.rules import EditConflict, RuleBroken
from engagements.views.steps import tell
from organisation.enums import Action
from stockholm_intl.kit import clock


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_item_new(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk, needs=Action.RUN_MEETING)
    form = ItemForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            item = add_item(meeting=meeting, by=request.user, at=clock.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except RuleBroken as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Punkt %(point)s är tillagd.") % {"point": item.point})
            return redirect(item_url(meeting, item))
    context = {
        "title": _("Ny punkt på dagordningen"),
        "intro": _("För det som saknar ärende. Ärenden hänskjuts från sin egen sida."),
        "submit": _("Lägg till punkten"),
        "crumbs": crumbs(meeting),
        "cancel": {"url": meeting.get_absolute_url()},
    }
    return form_page(request, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_item(request, pk)
    names = ("section", "title", "proposal", "reasons")
    initial = {name: getattr(item, name) for name in names} | {"version": item.meeting.version}
    form = EditItemForm(posted(request), initial=initial)
    status = None
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        seen = fields.pop("version")
        try:
            item = edit_item(item=item, by=request.user, at=clock.now(), seen_version=seen, **fields)  # type: ignore[arg-type]
        except RuleBroken as problem:
            tell(form, problem)
            status = 409 if isinstance(problem, EditConflict) else None
        else:
            messages.success(request, _("Punkt %(point)s är ändrad.") % {"point": item.point})
            return redirect(item_url(item.meeting, item))
    theirs: list[dict[str, Any]] = []
    if status == 409:
        take_in(form, item.meeting.version)
        theirs = [
            {"label": form.fields[name].label, "theirs": getattr(item, name), "yours": form.cleaned_data[name]}
            for name in names
            if getattr(item, name) != form.cleaned_data[name]
        ]
    context = {
        "title": _("Ändra punkt %(point)s") % {"point": item.point},
        "intro": item.title,
        "submit": _("Spara punkten"),
        "crumbs": crumbs(item.meeting),
        "cancel": {"url": item_url(item.meeting, item)},
        "theirs": theirs,
    }
    return form_page(request, form, context, status)


@require_POST
def item_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One step up or down. htmx takes the agenda out of the page that comes back."""
    item = get_item(request, pk)
    version = request.POST.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    try:
        move_item(item=item, up="upp" in request.POST, by=request.user, at=clock.now(), seen_version=seen)  # type: ignore[arg-type]
    except RuleBroken as problem:
        messages.error(request, str(problem))
    return redirect(f"{item.meeting.get_absolute_url()}?ordna=1")


@require_http_methods(["GET", "HEAD", "POST"])
def item_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why first: what is taken off a called meeting's agenda is missed."""
    item = get_item(request, pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            meeting = withdraw_item(item=item, by=request.user, at=clock.now(), reason=reason)  # type: ignore[arg-type]
        except RuleBroken as problem:
            tell(form, problem)
        else:
            messages.success(request, _("”%(title)s” är borttagen från dagordningen.") % {"title": item.title})
            return redirect(meeting)
    loses = _("Beredningens ledamöter kan inte längre läsa ärendet, om det inte står på ett annat av deras möten.")
    context = {
        "title": _("Ta bort punkt %(point)s") % {"point": item.point},
        "intro": item.title,
        "note": loses if item.engagement_id else "",
        "submit": _("Ta bort från dagordningen"),
        "crumbs": crumbs(item.meeting),
        "cancel": {"url": item_url(item.meeting, item)},
    }
    return form_page(request, form, context)


def page_of(request: HttpRequest, item: Any, form: Any, status: int) -> HttpResponse:
    """The meeting page as it stood, with the form that could not be saved."""
    context = meeting_context(request, item.meeting, item.pk, form=form)
    return render(request, "decisions/meeting.html", context, status=status)
