"""The meeting page: agenda left, the chosen point right. The same page is the tablet's paper."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.enums import FINAL_OUTCOMES, MeetingState, Section
from decisions.models import AgendaItem, Meeting
from decisions.queries import agenda, chosen_item, next_open, papers_of
from decisions.views.access import may_run
from decisions.views.item_page import item_context
from engagements.permission import holds
from organisation.enums import Action
from stockholm_intl.kit import clock
from stockholm_intl.kit.swedish import listed

LONGEST_LINK = 60


def chosen_pk(request: HttpRequest) -> int | None:
    asked = request.GET.get("punkt", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None


def meeting_context(request: HttpRequest, meeting: Meeting, pk: int | None, *, form: Any = None) -> dict[str, Any]:
    """Everything the page shows. `form` is a decision that could not be recorded, as it was typed."""
    user: Any = request.user
    items = list(agenda(user, meeting))
    chosen = choose(items, pk)
    runs = may_run(request, meeting)
    arranging = runs and "ordna" in request.GET and form is None
    done = sum(hasattr(item, "decision") for item in items)
    context = {
        "meeting": meeting,
        "title": meeting.name,
        "crumbs": [{"label": _("Beredning"), "url": reverse("meeting_list")}],
        "count_text": count_text(len(items), done),
        "sections": sections(meeting, items, chosen),
        "chosen": chosen,
        "may_run": runs,
        "arranging": arranging,
        "next_step": next_step(meeting) if holds(user, Action.RUN_MEETING) and not meeting.source else None,
        "papers": papers_of(user, meeting),
        "approvals": approvals(meeting),
    }
    item = chosen_item(user, meeting, chosen.pk) if chosen and not arranging else None
    if item:
        item.meeting = meeting
        is_clear = item.engagement is None or not item.engagement.covered_parts
        open_still = runs and is_clear and item.immediate_on is None
        context |= {"may_run": open_still, "approvers": approvals(meeting, item)}
        context |= item_context(request, item, runs=open_still, form=form) | around(items, item)
    return context


def choose(items: list[AgendaItem], pk: int | None) -> AgendaItem | None:
    """The point in the address if it is there to read, else the first without outcome, else the first."""
    asked = next((item for item in items if item.pk == pk), None)
    return asked or next_open(items) or (items[0] if items else None)


def count_text(count: int, done: int) -> str:
    points = ngettext("%(n)s punkt", "%(n)s punkter", count) % {"n": count}
    return points + (ngettext(", %(n)s klar", ", %(n)s klara", done) % {"n": done} if done else "")


def sections(meeting: Meeting, items: list[AgendaItem], chosen: AgendaItem | None) -> list[dict[str, Any]]:
    return [
        {"label": Section(code).label, "items": [agenda_row(meeting, item, chosen) for item in found]}
        for code, found in groupby(items, key=lambda item: item.section)
    ]


def agenda_row(meeting: Meeting, item: AgendaItem, chosen: AgendaItem | None) -> dict[str, Any]:
    """A point in the agenda column: its address, and how far it has come as a mark and a word."""
    mark, word = progress(item)
    return {
        "item": item,
        "url": item_url(meeting, item),
        "current": chosen is not None and item.pk == chosen.pk,
        "mark": mark,
        "word": word,
    }


def progress(item: AgendaItem) -> tuple[str, str]:
    decision = getattr(item, "decision", None)
    if decision is None:
        return "s0", _("Inte avgjord")
    return (
        "s4" if decision.outcome in FINAL_OUTCOMES or decision.outcome == "noted" else "s1",
        decision.get_outcome_display(),
    )


def around(items: list[AgendaItem], item: AgendaItem) -> dict[str, Any]:
    """The points before and after, for the links that the keys j and k follow."""
    here = next(number for number, one in enumerate(items) if one.pk == item.pk)
    before, after = items[here - 1] if here else None, items[here + 1] if here + 1 < len(items) else None
    return {
        "previous": link(_("Föregående"), before) if before else None,
        "next": link(_("Nästa"), after) if after else None,
    }


def link(word: str, item: AgendaItem) -> dict[str, str]:
    label = Truncator(f"{word}: {item.point} {item.title}").chars(LONGEST_LINK)
    return {"label": label, "url": item_url(item.meeting, item)}


def item_url(meeting: Meeting, item: AgendaItem) -> str:
    return f"{meeting.get_absolute_url()}?punkt={item.pk}"


def approvals(meeting: Meeting, item: AgendaItem | None = None) -> str:
    """Who has approved the list, or the point at once: names in a row."""
    found = meeting.approvals.filter(item=item).select_related("person")
    return listed([str(one.person) for one in found])


def next_step(meeting: Meeting) -> dict[str, Any] | None:
    """What the secretary does with the meeting itself: hold it, have its list approved, report it."""
    if meeting.state == MeetingState.HELD:
        return {"label": _("Justera beslutslistan"), "url": reverse("meeting_approve", args=[meeting.pk])}
    if meeting.state == MeetingState.APPROVED:
        return {"label": _("Anmäl till kommunstyrelsen"), "url": reverse("meeting_report", args=[meeting.pk])}
    if meeting.state == MeetingState.PLANNED and meeting.held_on <= clock.today():
        return {"label": _("Mötet har hållits"), "url": reverse("meeting_hold", args=[meeting.pk]), "post": True}
    return None
