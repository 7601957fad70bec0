"""Made by the worker that does nothing else: a large report takes minutes and memory."""

from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from engagements.permission import holds
from engagements.rules import RuleBroken
from organisation.enums import Action
from reporting.operations import TASK, make_annual_report
from stockholm_intl.kit import clock
from stockholm_intl.kit.jobs import Job, Refused, progress, recorded_task
from stockholm_intl.kit.pdf import PaperTooLarge


@recorded_task(name=TASK)
def annual_report(year: int, job_id: str) -> None:
    """The right is asked for anew: a mandate may have ended since the job was ordered."""
    job = Job.objects.select_related("requested_by").get(pk=job_id)
    if not holds(job.requested_by, Action.MAKE_REPORT):
        raise Refused(_("Du har inte längre rätt att ta fram årsrapporten."))
    try:
        make_annual_report(
            year=year, by=job.requested_by, at=clock.now(), job_id=UUID(job_id), tell=partial(progress, job_id)
        )
    except (PaperTooLarge, RuleBroken) as error:
        raise Refused(str(error)) from error
