"""What is put on a meeting's agenda, and in which order."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from decisions.enums import Section
from decisions.models import AgendaItem, Meeting
from decisions.operations.guards import agenda_changed, drop, keep, locked_meeting, require_seen
from decisions.queries import standing_item
from decisions.queries.secretaries import secretaries_of
from decisions.rules import REFERABLE_STATES
from engagements.enums import State
from engagements.models import Engagement
from engagements.needed_readers import one_of
from engagements.operations import locked
from engagements.permission import grant, withdraw
from engagements.rules import EditConflict, Incomplete, RuleBroken, WrongState
from engagements.sharing import readers_by_name
from organisation.enums import Action
from organisation.models import User
from stockholm_intl.kit import clock


@transaction.atomic
def refer_engagement(
    *,
    engagement: Engagement,
    meeting: Meeting,
    section: Section,
    title: str,
    by: User,
    at: datetime,
    proposal: str = "",
    reasons: str = "",
) -> AgendaItem:
    """Put the engagement last under its heading and let the meeting's body read it.

    Raises WrongState for a draft or an ended matter, RuleBroken for a secret one or one that already waits somewhere.
    """
    meeting = locked_meeting(meeting.pk)
    engagement = locked(engagement)
    require_referable(engagement)
    require_not_waiting(engagement, meeting)
    require_written(engagement, meeting, at)
    item = new_item(meeting, section, title, proposal, reasons)
    item.engagement, item.referred_by, item.referred_at = engagement, by, at
    keep(item, by=by, at=at)
    grant(engagement=engagement, to=meeting.body, action=Action.READ, reason=f"Hänskjutet till {meeting}", by=by, at=at)
    agenda_changed(meeting, by=by, at=at, reason=f"{engagement.key} sattes på dagordningen")
    return item


def require_referable(engagement: Engagement) -> None:
    if engagement.key is None:
        raise WrongState(_("Ärendet är ett utkast. Registrera det först, sedan kan det hänskjutas."))
    if engagement.is_secret:
        raise RuleBroken(_("Ärendet är sekretessmarkerat. Lämna det till ledamöterna för hand, utanför dagordningen."))
    if State(engagement.state) not in REFERABLE_STATES:
        raise WrongState(
            _("Ärendet är i läget ”%(state)s” och kan inte tas upp på ett möte.") % {"state": engagement.state_word}
        )


def require_written(engagement: Engagement, meeting: Meeting, at: datetime) -> None:
    """A point that its secretary may not read would lock the meeting."""
    secretaries = set(secretaries_of(meeting.body, on=clock.local_date(at))) if engagement.secret_fields else set()
    if secretaries and not secretaries & set(readers_by_name(engagement)):
        raise RuleBroken(
            _("Uppgifter i ärendet är sekretessmarkerade. Namnge mötets sekreterare som läsare först: %(names)s.")
            % {"names": one_of(secretaries)}
        )


def require_not_waiting(engagement: Engagement, meeting: Meeting) -> None:
    standing = standing_item(engagement) or meeting.items.filter(engagement=engagement).first()
    if standing:
        raise RuleBroken(
            _("Ärendet står redan på dagordningen för %(meeting)s, punkt %(point)s.")
            % {"meeting": standing.meeting, "point": standing.point}
        )


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    section: Section,
    title: str,
    by: User,
    at: datetime,
    proposal: str = "",
    reasons: str = "",
) -> AgendaItem:
    """A point without engagement: earlier notes, a report by word of mouth."""
    meeting = locked_meeting(meeting.pk)
    item = new_item(meeting, section, title, proposal, reasons)
    keep(item, by=by, at=at)
    agenda_changed(meeting, by=by, at=at, reason="En punkt lades till")
    return item


def new_item(meeting: Meeting, section: Section, title: str, proposal: str, reasons: str) -> AgendaItem:
    """Unsaved, last under its heading. The meeting is locked, so the place is free."""
    require_title(title)
    return AgendaItem(
        meeting=meeting, section=section, position=last_position(meeting, section) + 1, title=title.strip(),
        proposal=proposal.strip(), reasons=reasons.strip(),
    )  # fmt: skip


def last_position(meeting: Meeting, section: str) -> int:
    return meeting.items.filter(section=section).aggregate(last=Max("position"))["last"] or 0


def require_title(title: str) -> None:
    if not title.strip():
        raise Incomplete(_("Punkten saknar rubrik."), {"title": _("Punkten saknar rubrik.")})


@transaction.atomic
def edit_item(
    *,
    item: AgendaItem,
    section: Section,
    title: str,
    proposal: str,
    reasons: str,
    by: User,
    at: datetime,
    seen_version: int,
) -> AgendaItem:
    """Change the words of a point, or the heading it stands under. Raises WrongState once it is decided."""
    meeting = locked_meeting(item.meeting_id)
    require_seen(meeting, seen_version)
    item = undecided(item)
    require_title(title)
    if section != item.section:
        left = item.section
        item.position, item.section = last_position(meeting, section) + 1, section
    else:
        left = None
    item.title, item.proposal, item.reasons = title.strip(), proposal.strip(), reasons.strip()
    keep(item, by=by, at=at)
    if left:
        close_gap(meeting, left, by=by)
    agenda_changed(meeting, by=by, at=at, reason=f"Punkt {item.point} ändrades")
    return item


@transaction.atomic
def withdraw_item(*, item: AgendaItem, by: User, at: datetime, reason: str) -> Meeting:
    """Take a point off the agenda. The body no longer reads the matter, unless it stands on another of its meetings."""
    meeting = locked_meeting(item.meeting_id)
    item = undecided(item)
    engagement, section, point = item.engagement, item.section, item.point
    drop(item, by=by, at=at, reason=reason)
    close_gap(meeting, section, by=by)
    if engagement and not AgendaItem.objects.filter(engagement=engagement, meeting__body=meeting.body).exists():
        withdraw(engagement=engagement, to=meeting.body, action=Action.READ, by=by, at=at, reason=reason, by_hand=False)
    agenda_changed(meeting, by=by, at=at, reason=f"Punkt {point} togs bort: {reason}")
    return meeting


def undecided(item: AgendaItem) -> AgendaItem:
    """The point as it is now. Raises WrongState when it is gone or has its outcome."""
    found = AgendaItem.objects.filter(pk=item.pk).select_related("decision", "engagement").first()
    if found is None:
        raise WrongState(_("Punkten finns inte längre på dagordningen. Läs sidan på nytt."))
    if hasattr(found, "decision"):
        raise WrongState(_("Punkt %(point)s är redan avgjord. Ångra utgången först.") % {"point": found.point})
    return found


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: User, at: datetime, seen_version: int) -> AgendaItem:
    """One step up or down under the same heading; the first stays first and the last stays last."""
    meeting = locked_meeting(item.meeting_id)
    require_seen(meeting, seen_version)
    order = list(meeting.items.filter(section=item.section).values_list("pk", flat=True))
    if item.pk not in order:
        raise EditConflict(_("Punkten finns inte längre på dagordningen. Läs sidan på nytt."))
    here = order.index(item.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        place(meeting, item.section, order, by=by)
        agenda_changed(meeting, by=by, at=at, reason=f"Punkt {item.point} flyttades")
    item.refresh_from_db()
    return item


@transaction.atomic
def reorder(
    *, meeting: Meeting, section: Section, order: Sequence[int], by: User, at: datetime, seen_version: int
) -> Meeting:
    """Put the points of one heading in this order of ids. Raises EditConflict when others stand there now."""
    meeting = locked_meeting(meeting.pk)
    require_seen(meeting, seen_version)
    if sorted(order) != sorted(meeting.items.filter(section=section).values_list("pk", flat=True)):
        raise EditConflict(_("Dagordningen har andra punkter nu. Läs sidan på nytt."))
    place(meeting, section, order, by=by)
    agenda_changed(meeting, by=by, at=at, reason="Ordningen ändrades")
    return meeting


def place(meeting: Meeting, section: str, order: Sequence[int], *, by: User) -> None:
    """Number the points 1, 2, 3 in this order. Places may collide on the way: the database looks at the end."""
    items = {item.pk: item for item in meeting.items.filter(section=section)}
    moved = []
    for position, pk in enumerate(order, 1):
        if items[pk].position != position:
            if items[pk].immediate_on:
                raise RuleBroken(
                    _("Punkt %(point)s är omedelbart justerad och behåller sin plats.") % {"point": items[pk].point}
                )
            items[pk].position = position
            moved.append(items[pk])
    if moved:
        bulk_update_with_history(moved, AgendaItem, ["position"], default_user=by, default_change_reason="Ny ordning")


def close_gap(meeting: Meeting, section: str, *, by: User) -> None:
    place(meeting, section, list(meeting.items.filter(section=section).values_list("pk", flat=True)), by=by)
