"""Who writes at a meeting whose agenda a matter stands on: without her a marked point can neither be decided nor taken off."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from decisions.enums import CLOSED_STATES
from decisions.models import AgendaItem
from engagements.models import Engagement
from engagements.needed_readers import Needed, one_of
from organisation.enums import Role
from organisation.models import Body, User
from organisation.queries import holders_of


def open_points(engagement: Engagement) -> QuerySet[AgendaItem]:
    """Where it waits for its outcome. What history brought waits for nobody."""
    rows = AgendaItem.objects.filter(engagement=engagement.pk, decision__isnull=True, meeting__source="")
    return rows.exclude(meeting__state__in=CLOSED_STATES).select_related("meeting__body")


def secretaries_of(body: Body, *, on: date) -> QuerySet[User]:
    """They who run its meetings in their own name that day; a substitute reads for a while, and is not asked for."""
    return holders_of(Role.IB_SECRETARY, body, on=on)


def writers_needed(engagement: Engagement, *, on: date) -> list[Needed]:
    """By point: of each meeting's secretaries one must read the matter while it waits there."""
    said = _(
        "Ärendet står på dagordningen för %(place)s. Namnge mötets sekreterare som läsare (%(names)s), "
        "eller be att punkten tas bort därifrån först."
    )
    found = []
    for item in open_points(engagement):
        if people := list(secretaries_of(item.meeting.body, on=on)):
            place = f"{item.meeting}, punkt {item.point}"
            found.append(Needed(people, said % {"place": place, "names": one_of(people)}))
    return found
