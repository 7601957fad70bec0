"""Papers, frozen as they were printed: the same content is the same bytes and the same row.

That it came out again is kept beside it: what was marked secret in between is covered in it, or does not stand in it.
"""

import hashlib
from datetime import datetime

from decisions.models import Meeting, Paper, Printing
from decisions.papers import agenda_pdf, decision_list_pdf
from decisions.queries import agenda_paper, decision_list_paper, matters_of
from organisation.models import User


def print_agenda(*, meeting: Meeting, by: User | None, at: datetime) -> Paper:
    """The agenda as it stands. Raises PaperTooLarge for more than a paper can hold."""
    matters = matters_of(meeting)
    return frozen(meeting, "agenda", agenda_pdf(agenda_paper(meeting)), matters, by=by, at=at)


def print_decision_list(*, meeting: Meeting, by: User | None, at: datetime) -> Paper:
    """The delegated decisions as they stand. Raises PaperTooLarge for more than a paper can hold."""
    matters = matters_of(meeting)
    return frozen(meeting, "decisions", decision_list_pdf(decision_list_paper(meeting)), matters, by=by, at=at)


def frozen(meeting: Meeting, kind: str, content: bytes, matters: list[int], *, by: User | None, at: datetime) -> Paper:
    paper, is_new = Paper.objects.get_or_create(
        meeting=meeting,
        kind=kind,
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={"content": content, "made_at": at, "made_by": by, "engagement_ids": matters},
    )
    if not is_new:
        Printing.objects.create(paper=paper, printed_at=at, printed_by=by, engagement_ids=matters)
    return paper
