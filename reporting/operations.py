"""How a report is asked for, made and kept. The page, the worker and the command line all come here."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from organisation.models import User
from reporting.definitions import DEFINITIONS
from reporting.figures import Book
from reporting.material import material_of
from reporting.models import AnnualReport, ReportFigure
from reporting.queries import JOB_KIND
from reporting.rules import require_report_year
from reporting.typesetting import annual_report_pdf
from reporting.writing import paper_of
from stockholm_intl.kit import clock
from stockholm_intl.kit.jobs import OPEN_JOB_STATES, Job, finish_job, start_job
from stockholm_intl.kit.locks import take_turn
from stockholm_intl.kit.pdf import Progress, silent
from stockholm_intl.kit.pdf_pages import page_count

TASK = "reporting.make_annual_report"


@transaction.atomic
def ask_for_report(*, year: int, by: User, at: datetime) -> Job:
    """Have the worker make the report. Asked twice before it is done, the first job answers. Raises NoSuchYear."""
    require_report_year(year, on=clock.local_date(at))
    take_turn(f"{JOB_KIND} {by.pk}")
    waiting = Job.objects.filter(kind=JOB_KIND, requested_by=by, state__in=OPEN_JOB_STATES, outbox__ids__year=year)
    title = _("Årsrapport %(year)s") % {"year": year}
    return waiting.first() or start_job(TASK, kind=JOB_KIND, title=title, by=by, year=year)


def make_annual_report(
    *, year: int, by: User | None, at: datetime, job_id: UUID | None = None, tell: Progress = silent
) -> AnnualReport:
    """A new edition of the year's report, from the register as it is now; the same job twice gives the same edition.

    `tell(step, share)` may raise to stop the work. The same register and the same day of `at` give the same bytes.
    Raises NoSuchYear, PaperTooLarge.
    """
    require_report_year(year, on=clock.local_date(at))
    if job_id and (made := AnnualReport.objects.filter(job_id=job_id).first()):
        return made
    # An act of a Swedish authority: whoever asks, in whatever language, gets the same paper.
    with override("sv"):
        tell(_("Räknar ur registret"), 0.02)
        material = material_of(year)
        tell(_("Skriver texten"), 0.1)
        paper = paper_of(material, made_on=clock.local_date(at))
        content = annual_report_pdf(paper, progress=lambda step, share: tell(step, 0.1 + 0.87 * share))
        report = AnnualReport(
            year=year,
            made_at=at,
            made_by=by,
            job_id=job_id,
            strategy_edition=material.edition.code,
            content=content,
            size=len(content),
            pages=page_count(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        keep(report, material.book, tell)
    return report


@transaction.atomic
def keep(report: AnnualReport, book: Book, tell: Progress) -> None:
    """The edition, its numbers and the end of its job, or none of them."""
    take_turn(f"{JOB_KIND} {report.year}")
    # Last chance to cancel: from here on the job's row is ours until the edition stands.
    tell(_("Sparar utgåvan"), 0.98)
    last = AnnualReport.objects.filter(year=report.year).aggregate(last=Max("edition"))["last"]
    report.edition = (last or 0) + 1
    report.save()
    ReportFigure.objects.bulk_create(frozen_figures(report, book))
    if report.job_id:
        message = _("Utgåva %(edition)s av årsrapporten %(year)s är klar.") % {
            "edition": report.edition,
            "year": report.year,
        }
        finish_job(report.job_id, result_url=reverse("report_edition", args=[report.pk]), message=message)


def frozen_figures(report: AnnualReport, book: Book) -> list[ReportFigure]:
    return [
        ReportFigure(
            report=report,
            code=figure.code,
            heading=figure.heading,
            group=figure.group,
            label=figure.label,
            value=figure.value,
            previous=figure.previous,
            unit=figure.unit,
            definition=str(DEFINITIONS[figure.term].text),
            position=position,
            engagement_ids=list(figure.ids),
            meeting_ids=list(figure.meeting_ids),
        )
        for position, figure in enumerate(book)
    ]
