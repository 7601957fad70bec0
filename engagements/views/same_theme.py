"""C12: what the city is already in with the same theme, beside the check; which of it is shown depends on the reader."""

from engagements.gathering import Dossier
from engagements.masking import covered
from engagements.models import Engagement
from organisation.models import User

MOST = 10


def same_theme(user: User, dossier: Dossier) -> list[Engagement]:
    """Those the person may read, newest first. The check's own sentence quotes none: it is kept with the judgement."""
    ids = dossier.witnessed.get("same_theme")
    if not ids:
        return []
    return covered(user, Engagement.objects.visible_to(user).filter(pk__in=ids).order_by("-pk")[:MOST])
