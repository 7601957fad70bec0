"""The page of a long job: it tells how far the job has come, and only to the person who asked for it."""

import uuid
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from stockholm_intl.kit import clock
from stockholm_intl.kit.fragments import wants_part
from stockholm_intl.kit.jobs import cancel_job
from stockholm_intl.kit.models import Job, JobState

LATE = timedelta(minutes=1)


@require_http_methods(["GET", "HEAD", "POST"])
def job_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """POST cancels it. htmx asks for the middle only; without JavaScript a reload shows the same."""
    job = get_object_or_404(Job, pk=pk, requested_by=request.user.pk)
    now = clock.now()
    if request.method == "POST":
        cancel_job(job=job, at=now)
        return redirect(job)
    if job.state == JobState.WAITING and now - job.created_at > LATE:
        job.message = _("Det är kö just nu. Jobbet ligger kvar och börjar så snart det går.")
    context = {
        "job": job,
        "time_left": time_left(job, now),
        "cancel_url": request.path,
        "result_label": _("Öppna resultatet"),
    }
    page = "patterns/job.html"
    return render(request, f"{page}#job" if wants_part(request) else page, context)


def time_left(job: Job, now: datetime) -> str:
    """In words, and only once enough is done to tell."""
    if job.state != JobState.RUNNING or job.started_at is None or job.done_share < 0.1:
        return ""
    seconds = round((now - job.started_at).total_seconds() * (1 - job.done_share) / job.done_share)
    if seconds < 60:
        return _("mindre än en minut kvar")
    minutes = round(seconds / 60)
    return ngettext("ungefär %(n)s minut kvar", "ungefär %(n)s minuter kvar", minutes) % {"n": minutes}
