from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from decisions.models import Meeting, Paper
from decisions.operations import print_agenda, print_decision_list
from decisions.queries import papers_of
from decisions.views.access import get_meeting
from stockholm_intl.kit import clock
from stockholm_intl.kit.pdf import PaperTooLarge

NAMES = {"agenda": "dagordning", "decisions": "beslutslista"}


@require_POST
def print_agenda_of(request: HttpRequest, pk: int) -> HttpResponse:
    return printed(request, pk, print_agenda)


@require_POST
def print_decisions_of(request: HttpRequest, pk: int) -> HttpResponse:
    return printed(request, pk, print_decision_list)


def printed(request: HttpRequest, pk: int, make: Callable[..., Paper]) -> HttpResponse:
    """Freeze the paper as of now and go to it. The same content is the same paper, however often it is printed."""
    meeting = get_meeting(request, pk)
    try:
        paper = make(meeting=meeting, by=request.user, at=clock.now())
    except PaperTooLarge as problem:
        messages.error(request, str(problem))
        return redirect(meeting)
    return redirect("meeting_paper", paper.pk)


@require_safe
def meeting_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper as it was printed then."""
    paper = Paper.objects.select_related("meeting__body").filter(pk=pk).first()
    meeting = get_meeting(request, paper.meeting_id if paper else 0)
    return answer(request, meeting, paper)


def answer(request: HttpRequest, meeting: Meeting, paper: Paper | None) -> HttpResponse:
    """Only to a person who may read every matter that stands in it."""
    if paper is None or paper.pk not in {one.pk for one in papers_of(request.user, meeting)}:  # type: ignore[arg-type]
        raise Http404
    name = f"{NAMES[paper.kind]}-{meeting.code.replace('/', '-').lower()}.pdf"
    content = bytes(paper.content)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "ETag": f'"{paper.sha256}"'},
    )
