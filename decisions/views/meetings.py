from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from decisions.enums import MeetingState
from decisions.forms import EditMeetingForm, MeetingForm, ReportForm
from decisions.models import Meeting
from decisions.operations import create_meeting, edit_meeting, mark_held, report_to_ks
from decisions.queries import (
    committees,
    meetings_of_committees,
    unreported_meetings,
    waiting_for_committee,
    with_counts,
)
from decisions.views.access import get_meeting, require, take_in
from decisions.views.meeting_page import chosen_pk, meeting_context
from engagements.permission import holds
from engagements.rules import EditConflict, RuleBroken
from engagements.views.steps import tell
from organisation.enums import Action
from stockholm_intl.kit import clock

MOST_WAITING = 20


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    require(request, Action.READ_MEETING)
    user: Any = request.user
    everything = meetings_of_committees()
    years = sorted(set(everything.order_by().values_list("year", flat=True)), reverse=True)
    year = chosen_year(request, years)
    meetings = list(with_counts(everything.filter(year=year) if year else everything.none(), user))
    runs = holds(user, Action.RUN_MEETING)
    context = {
        "title": _("Beredning"),
        "count_text": ngettext("%(n)s möte", "%(n)s möten", len(meetings)) % {"n": len(meetings)},
        "tabs": [{"label": str(one), "url": f"?ar={one}", "current": one == year} for one in years],
        "columns": [
            {"label": label, "css": css}
            for label, css in (
                (_("Möte"), ""),
                (_("Dag"), ""),
                (_("Punkter"), ""),
                (_("Beslut"), ""),
                (_("Läge"), ""),
            )
        ],  # fmt: skip
        "rows": meetings,
        "row_template": "decisions/meeting_row.html",
        "empty": {
            "heading": _("Inga möten ännu"),
            "text": _("Här visas beredningens möten med dagordning och beslut."),
            "actions": [{"label": _("Skapa möte"), "url": reverse("meeting_new"), "primary": True}] if runs else [],
        },
        "may_run": runs,
        "may_refer": holds(user, Action.REFER),
        "unreported": list(unreported_meetings(user)) if runs else [],
        "waiting": list(waiting_for_committee(user)[:MOST_WAITING]) if holds(user, Action.REFER) else [],
    }
    return render(request, "decisions/meeting_list.html", context)


def chosen_year(request: HttpRequest, years: list[int]) -> int | None:
    """The year in the address if there are meetings that year, else the latest one."""
    asked = request.GET.get("ar", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 5 and int(asked) in years:
        return int(asked)
    return years[0] if years else None


@require_safe
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk)
    return render(request, "decisions/meeting.html", meeting_context(request, meeting, chosen_pk(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: HttpRequest) -> HttpResponse:
    require(request, Action.RUN_MEETING)
    found = committees(on=clock.today())
    form = MeetingForm(posted(request), committees=found)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = create_meeting(by=request.user, at=clock.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except RuleBroken as problem:
            tell(form, problem)
        else:
            messages.success(request, _("%(meeting)s är skapat. Hänskjut ärenden till det.") % {"meeting": meeting})
            return redirect(meeting)
    context = {"title": _("Nytt möte"), "submit": _("Skapa mötet"), "cancel": {"url": reverse("meeting_list")}}
    return form_page(request, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk, needs=Action.RUN_MEETING)
    names = ("held_on", "starts_at", "ends_at", "place", "present", "registry_number", "version")
    form = EditMeetingForm(posted(request), initial={name: getattr(meeting, name) for name in names})
    status = None
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        seen = fields.pop("version")
        try:
            edit_meeting(meeting=meeting, by=request.user, at=clock.now(), seen_version=seen, **fields)  # type: ignore[arg-type]
        except RuleBroken as problem:
            tell(form, problem)
            status = 409 if isinstance(problem, EditConflict) else None
        else:
            messages.success(request, _("Mötet är ändrat."))
            return redirect(meeting)
    context = {
        "title": _("Ändra mötet"),
        "intro": meeting.name,
        "submit": _("Spara mötet"),
        "crumbs": crumbs(meeting),
        "cancel": {"url": meeting.get_absolute_url()},
        "theirs": saved_values(form, meeting) if status == 409 else [],
    }
    return form_page(request, form, context, status)


def saved_values(form: EditMeetingForm, meeting: Meeting) -> list[dict[str, Any]]:
    """What stands saved where it differs from what was typed; and from now on that is what was seen."""
    meeting.refresh_from_db()
    take_in(form, meeting.version)
    pairs = [(form.fields[name].label, getattr(meeting, name), form.cleaned_data.get(name)) for name in form.fields]
    return [
        {"label": label, "theirs": theirs, "yours": yours} for label, theirs, yours in pairs[:-1] if theirs != yours
    ]


@require_POST
def meeting_hold(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk, needs=Action.RUN_MEETING)
    try:
        mark_held(meeting=meeting, by=request.user, at=clock.now())  # type: ignore[arg-type]
    except RuleBroken as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Mötet är markerat som hållet. Skriv in utgångarna och låt justera beslutslistan."))
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_report(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk, needs=Action.RUN_MEETING)
    form = ReportForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            report_to_ks(meeting=meeting, by=request.user, at=clock.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except RuleBroken as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Besluten är anmälda till kommunstyrelsen. Mötet är stängt."))
            return redirect(meeting)
    counted = with_counts(Meeting.objects.filter(pk=meeting.pk), request.user).get()  # type: ignore[arg-type]
    context = {
        "title": _("Anmäl till kommunstyrelsen"),
        "intro": meeting.name,
        "submit": _("Anmäl besluten"),
        "crumbs": crumbs(meeting),
        "cancel": {"url": meeting.get_absolute_url()},
        "meeting": meeting,
        "counted": counted,
        "open": meeting.state != MeetingState.REPORTED,
    }
    return form_page(request, form, context, template="decisions/report.html")


def posted(request: HttpRequest) -> Any:
    """What was sent, also when it was nothing; None when the form is only asked for."""
    return request.POST if request.method == "POST" else None


def crumbs(meeting: Meeting | None = None) -> list[dict[str, str]]:
    found = [{"label": _("Beredning"), "url": reverse("meeting_list")}]
    return [*found, {"label": str(meeting), "url": meeting.get_absolute_url()}] if meeting else found


def form_page(
    request: HttpRequest,
    form: Any,
    context: dict[str, Any],
    status: int | None = None,
    template: str = "decisions/form.html",
) -> HttpResponse:
    """A form alone on its page; with errors 422, unless `status` says otherwise."""
    filled = {"form": form, "action": request.get_full_path(), "crumbs": crumbs()} | context
    return render(request, template, filled, status=status or (422 if form.errors else 200))
