"""Papers, frozen as they were printed: the same content is the same bytes and the same row.

That it came out again is kept beside it: what was marked secret in between is covered in it, or does not stand in it. The
matters are held meanwhile, so that a mark is either covered in the paper or younger than it.
"""

import hashlib
from datetime import datetime

from django.db import transaction

from decisions.models import Meeting, Paper, Printing
from decisions.papers import agenda_pdf, decision_list_pdf
from decisions.queries import agenda_paper, decision_list_paper, matters_of
from engagements.models import Engagement
from organisation.models import User


@transaction.atomic
def print_agenda(*, meeting: Meeting, by: User | None, at: datetime) -> Paper:
    """The agenda as it stands. Raises PaperTooLarge for more than a paper can hold."""
    matters = held_matters(meeting)
    return frozen(meeting, "agenda", agenda_pdf(agenda_paper(meeting)), matters, by=by, at=at)


@transaction.atomic
def print_decision_list(*, meeting: Meeting, by: User | None, at: datetime) -> Paper:
    """The delegated decisions as they stand. Raises PaperTooLarge for more than a paper can hold."""
    matters = held_matters(meeting)
    return frozen(meeting, "decisions", decision_list_pdf(decision_list_paper(meeting)), matters, by=by, at=at)


def held_matters(meeting: Meeting) -> list[int]:
    """Those whose words stand in it, once nobody is marking them."""
    on_agenda = meeting.items.filter(engagement__isnull=False).values("engagement")
    list(Engagement.objects.select_for_update(no_key=True).filter(pk__in=on_agenda).order_by("pk").values_list("pk"))
    return matters_of(meeting)


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
