"""The points of one meeting, as one person may read them."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from decisions.models import AgendaItem, Meeting
from engagements.masking import covered
from engagements.models import Engagement
from organisation.models import User


def visible_matters(user: User, prefix: str = "") -> Q:
    """Points without an engagement, and those whose engagement this person may read; the rest are as if not there."""
    readable = Engagement.objects.visible_to(user).values("pk")
    return Q(**{f"{prefix}engagement__isnull": True}) | Q(**{f"{prefix}engagement__in": readable})


def agenda(user: User, meeting: Meeting) -> list[AgendaItem]:
    """The agenda in order, each point with its decision if there is one."""
    return covered_items(user, meeting.items.filter(visible_matters(user)).select_related("decision", "engagement"))


def covered_items(user: User, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The points without what is marked secret for this reader in their matters, nor in their decisions."""
    found = list(items)
    for item in found:
        if hasattr(item, "decision"):
            item.decision.engagement = item.engagement
    covered(user, [*found, *(item.decision for item in found if hasattr(item, "decision"))])
    return found


def chosen_item(user: User, meeting: Meeting, pk: int) -> AgendaItem | None:
    """One point with everything its page shows."""
    found = meeting.items.filter(visible_matters(user), pk=pk).select_related(
        "decision__point", "decision__recorded_by", "referred_by",
        "engagement__body", "engagement__contact", "engagement__partner",
        "engagement__trip", "engagement__reception", "engagement__declaration",
    )  # fmt: skip
    return next(iter(covered_items(user, found[:1])), None)


def next_open(items: Sequence[AgendaItem], after: AgendaItem | None = None) -> AgendaItem | None:
    """The first point without an outcome beyond `after`, going round to the beginning."""
    place = next((number for number, item in enumerate(items) if after and item.pk == after.pk), -1)
    around = [*items[place + 1 :], *items[: place + 1]]
    return next((item for item in around if not hasattr(item, "decision")), None)
