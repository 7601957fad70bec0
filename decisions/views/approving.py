"""Justering: of the meeting's list, or of one point at once."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.forms_correcting import ApprovalForm
from decisions.models import Meeting
from decisions.operations import approve_item, approve_meeting
from decisions.queries import approvers_of
from decisions.views.access import get_item, get_meeting
from decisions.views.meeting_page import item_url
from decisions.views.meetings import crumbs, form_page, posted
from engagements.rules import RuleBroken
from engagements.views.steps import tell
from organisation.enums import Action
from stockholm_intl.kit import clock
from stockholm_intl.kit.pdf import PaperTooLarge


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The list is frozen, and what it decides is locked."""
    meeting = get_meeting(request, pk, needs=Action.RUN_MEETING)
    form = approval_form(request, meeting)
    if request.method == "POST" and carried_out(form, partial(approve_meeting, meeting=meeting), request.user):
        messages.success(request, _("Beslutslistan är justerad. Anmäl besluten när kommunstyrelsen har sammanträtt."))
        return redirect(meeting)
    context = {
        "title": _("Justera beslutslistan"),
        "intro": meeting.name,
        "submit": _("Skriv in justeringen"),
        "crumbs": crumbs(meeting),
        "cancel": {"url": meeting.get_absolute_url()},
        "meeting": meeting,
    }
    return form_page(request, form, context, template="decisions/approve.html")


@require_http_methods(["GET", "HEAD", "POST"])
def item_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Omedelbar justering of one point, before the list."""
    item = get_item(request, pk)
    form = approval_form(request, item.meeting)
    if request.method == "POST" and carried_out(form, partial(approve_item, item=item), request.user):
        messages.success(request, _("Punkt %(point)s är omedelbart justerad.") % {"point": item.point})
        return redirect(item_url(item.meeting, item))
    context = {
        "title": _("Justera punkt %(point)s omedelbart") % {"point": item.point},
        "intro": item.title,
        "submit": _("Skriv in justeringen"),
        "crumbs": crumbs(item.meeting),
        "cancel": {"url": item_url(item.meeting, item)},
        "item": item,
    }
    return form_page(request, form, context, template="decisions/approve.html")


def approval_form(request: HttpRequest, meeting: Meeting) -> ApprovalForm:
    people = approvers_of(meeting, secretary=request.user)  # type: ignore[arg-type]
    return ApprovalForm(posted(request), people=people, initial={"on": clock.today()})


def carried_out(form: ApprovalForm, operation: Callable[..., Any], by: Any) -> bool:
    """Whether it is done; else the form says why not."""
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        operation(approvers=list(said["approvers"]), on=said["on"], by=by, at=clock.now())
    except RuleBroken as problem:
        tell(form, problem)
        return False
    except PaperTooLarge as problem:
        form.add_error(None, str(problem))
        return False
    return True
