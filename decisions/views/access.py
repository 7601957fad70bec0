"""Who comes in: the committee's meetings are for those with a right to read or run them, and nobody else."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from decisions.models import AgendaItem, Meeting
from decisions.queries import chosen_item, meetings_of_committees
from decisions.rules import changeable
from engagements.permission import holds
from organisation.enums import Action


def require(request: HttpRequest, action: Action) -> None:
    if not holds(request.user, action):  # type: ignore[arg-type]
        raise PermissionDenied(
            _("Sekreteraren i beredningen sköter mötena.")
            if action is Action.RUN_MEETING
            else _("Beredningens handlingar är för dess ledamöter och stadsledningskontoret.")
        )


def get_meeting(request: HttpRequest, pk: int, *, needs: Action = Action.READ_MEETING) -> Meeting:
    """The committee's meeting, or 404; the right `needs`, or 403."""
    require(request, needs)
    meeting = meetings_of_committees().filter(pk=pk).first()
    if meeting is None:
        raise Http404
    return meeting


def get_item(request: HttpRequest, pk: int) -> AgendaItem:
    """A point whose matter this secretary may read, or 404."""
    require(request, Action.RUN_MEETING)
    found = (
        AgendaItem.objects.filter(pk=pk, meeting__in=meetings_of_committees()).select_related("meeting__body").first()
    )
    item = chosen_item(request.user, found.meeting, pk) if found else None  # type: ignore[arg-type]
    if item is None or found is None:
        raise Http404
    if item.engagement and item.engagement.covered_parts:
        raise PermissionDenied(
            _("Uppgifter i ärendet är sekretessmarkerade. Bara den som är namngiven i ärendet kan arbeta med punkten.")
        )
    item.meeting = found.meeting
    return item


def may_run(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether this person may still change something here. What history brought is only read."""
    if not changeable(meeting.state) or meeting.source:
        return False
    return holds(request.user, Action.RUN_MEETING)  # type: ignore[arg-type]


def take_in(form: Any, version: int) -> None:
    """The person has now been shown what another saved: sending the form again means to replace it."""
    form.data = form.data.copy()
    form.data["version"] = str(version)
