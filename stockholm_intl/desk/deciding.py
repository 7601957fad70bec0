"""What waits for a decision, and for whose: the desk says Besluta only to who can."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from engagements.gathering import Dossier, dossiers
from engagements.models import Engagement
from engagements.permission import look_up_grants
from engagements.routing import decider_fits, deciding_body
from engagements.strategy.competence import Route
from organisation.models import User
from organisation.queries import reach_of

Ways = Callable[[Engagement, Dossier], Sequence[Route]]


def decided_elsewhere(user: User, rows: Collection[Engagement], *, on: date, ways: Ways) -> dict[int, Sequence[Route]]:
    """By id those that another body decides than the one this person decides for (C15), with their ways.

    While it is asked who decides, it may be hers. Four queries, however many rows; each comes with its body's board and
    that one's.
    """
    if not rows:
        return {}
    reach = reach_of(user, on=on)
    look_up_grants(user, rows)
    found: dict[int, Sequence[Route]] = {}
    for dossier in dossiers(rows):
        engagement = dossier.engagement
        deciding = deciding_body(user, engagement, on=on, reach=reach, dossier=dossier)
        known = ways(engagement, dossier)
        if all(decider_fits(deciding, engagement, way) is False for way in known):
            found[engagement.pk] = known
    return found
