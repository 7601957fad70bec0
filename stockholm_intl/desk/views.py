from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from decisions.queries import meetings_of_committees
from engagements.permission import access_of, holds
from organisation.enums import Action
from stockholm_intl.desk.latest import latest_for
from stockholm_intl.desk.waiting import SHOWN, soon_for, waiting_for
from stockholm_intl.kit import clock


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, what is soon, what happened last. No decoration."""
    user: Any = request.user
    today = clock.today()
    waiting = waiting_for(user, today=today)
    show_all = "alla" in request.GET
    context = {
        "title": _("Skrivbord"),
        "today": today,
        "waiting": waiting if show_all else waiting[:SHOWN],
        "waiting_more": 0 if show_all else max(0, len(waiting) - SHOWN),
        "soon": soon_for(user, today=today),
        "latest": latest_for(user),
        "actions": first_actions(user),
    }
    return render(request, "desk/desk.html", context)


def first_actions(user: Any) -> list[dict[str, str]]:
    """The one or two things this person most often begins with; the first is the filled button."""
    found = []
    if holds(user, Action.RUN_MEETING):
        found.append({"label": _("Till beredningen"), "url": reverse("meeting_list")})
    if holds(user, Action.MAKE_REPORT):
        found.append({"label": _("Till årsrapporten"), "url": reverse("report_list")})
    if access_of(user).bodies(Action.PREPARE) and not found:
        found.append({"label": _("Registrera besök"), "url": reverse("visit_new")})
        found.append({"label": _("Registrera annat"), "url": reverse("assignment_new")})
    if holds(user, Action.READ_MEETING) and not found:
        found += to_read()
    return found


def to_read() -> list[dict[str, str]]:
    """For those who only read at the committee: the papers of the meeting that comes, then all meetings."""
    coming = meetings_of_committees().filter(source="", held_on__gte=clock.today()).order_by("held_on").first()
    next_meeting = [{"label": _("Till nästa möte"), "url": coming.get_absolute_url()}] if coming else []
    return [*next_meeting, {"label": _("Till beredningen"), "url": reverse("meeting_list")}]


@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """How many things wait: loaded by the menu after the page, so that no page waits for it."""
    waiting = waiting_for(request.user, today=clock.today())  # type: ignore[arg-type]
    return render(request, "desk/count.html", {"n": len(waiting)})
