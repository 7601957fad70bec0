"""Why an engagement was shared is free text, which may say any part: where something is marked, only the named read it.

What the system writes itself (handed to a board, referred to a meeting, named as a reader) says no word of the matter.
"""

from engagements.masking import MASK
from engagements.models import Engagement
from engagements.permission import access_of, named_among
from engagements.rescue import NAMED
from organisation.models import User


def reason_of(reason: str, *, by_hand: bool, is_covered: bool) -> str:
    """The reason of one share, for who reads all of the matter and for who does not."""
    if not is_covered or not by_hand:
        return reason
    # a head who took over what nobody answered for says why after it
    return NAMED if reason.startswith(NAMED) else str(MASK)


def is_marked(engagement: Engagement) -> bool:
    return bool(engagement.is_secret or engagement.secret_fields)


def covered_for(engagement: Engagement, by: User | None) -> bool:
    """Whether reasons are covered for this reader; for nobody in particular (a command, a file) they are when anything is."""
    if not is_marked(engagement):
        return False
    return by is None or engagement.pk not in named_among(access_of(by), [engagement.pk])
