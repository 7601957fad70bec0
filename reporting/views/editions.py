"""The printed editions: asking for one, the list of them, and the numbers of one as they were."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from reporting.forms import ReportForm
from reporting.models import AnnualReport
from reporting.operations import ask_for_report
from reporting.queries import open_jobs
from reporting.rules import FIRST_YEAR
from reporting.tables import edition_sections
from reporting.views.guard import crumbs, may_make, require_reader
from reporting.withheld import is_withheld
from stockholm_intl.kit import clock
from stockholm_intl.kit.numbered import numbered
from stockholm_intl.kit.swedish import number

YEARS_SHOWN = 5
COLUMNS = (
    (lambda: _("År"), ""),
    (lambda: _("Utgåva"), "num"),
    (lambda: _("Framställd"), ""),
    (lambda: _("Av"), ""),
    (lambda: _("Sidor"), "num"),
    (lambda: _("Storlek"), "num"),
    (lambda: _("Kontrollsumma"), ""),
    (lambda: _("Fil"), ""),
)


@require_http_methods(["GET", "HEAD", "POST"])
def report_list(request: HttpRequest) -> HttpResponse:
    require_reader(request)
    form = ReportForm(request.POST or None, today=clock.today())
    if request.method == "POST":
        if not may_make(request):
            raise PermissionDenied(_("Controllern vid stadsledningskontoret tar fram årsrapporten."))
        form = ReportForm(request.POST, today=clock.today())
        if form.is_valid():
            job = ask_for_report(year=form.cleaned_data["year"], by=request.user, at=clock.now())  # type: ignore[arg-type]
            return redirect(job)
    context = list_context(request) | {"form": form if may_make(request) else None}
    return render(request, "reporting/list.html", context, status=422 if form.is_bound else 200)


def list_context(request: HttpRequest) -> dict[str, Any]:
    reports, count, pager = numbered(request, AnnualReport.objects.defer("content").select_related("made_by"))
    this_year = clock.today().year
    return {
        "title": _("Rapporter"),
        "count_text": ngettext("%(n)s årsrapport", "%(n)s årsrapporter", count) % {"n": number(count)},
        "rows": [row(report) for report in reports],
        "row_template": "reporting/edition_row.html",
        "columns": [{"label": label(), "css": css} for label, css in COLUMNS],
        "caption": _("Årsrapporter"),
        "pager": pager,
        "empty": {
            "heading": _("Ingen årsrapport ännu"),
            "text": _("När en rapport är klar står den här, med kontrollsumma."),
        },
        "jobs": open_jobs(request.user),  # type: ignore[arg-type]
        "years": [
            {"year": year, "url": reverse("report_year", args=[year])}
            for year in range(this_year, max(this_year - YEARS_SHOWN, FIRST_YEAR - 1), -1)
        ],
    }


def row(report: AnnualReport) -> dict[str, Any]:
    return {
        "report": report,
        "url": reverse("report_edition", args=[report.pk]),
        "file_url": reverse("report_download", args=[report.pk]),
        "size": f"{number(max(1, round(report.size / 1000)))}\u00a0kB",
        "made_by": str(report.made_by) if report.made_by else _("kommandoraden"),
    }


@require_safe
def report_edition(request: HttpRequest, pk: int) -> HttpResponse:
    require_reader(request)
    report = get_object_or_404(AnnualReport.objects.defer("content").select_related("made_by"), pk=pk)
    context = {
        "title": _("Årsrapport %(year)s, utgåva %(edition)s") % {"year": report.year, "edition": report.edition},
        "crumbs": crumbs(),
        "sections": edition_sections(report, report.figures.defer("engagement_ids", "meeting_ids")),
        "before": report.year - 1,
        "live_url": reverse("report_year", args=[report.year]),
        "withheld": is_withheld(report, request.user),  # type: ignore[arg-type]
        **row(report),
    }
    return render(request, "reporting/edition.html", context)


@require_safe
def report_download(request: HttpRequest, pk: int) -> HttpResponse:
    require_reader(request)
    report = get_object_or_404(AnnualReport, pk=pk)
    if is_withheld(report, request.user):  # type: ignore[arg-type]
        raise PermissionDenied(
            _(
                "Något i rapporten är sekretessmarkerat sedan den framställdes. Läs talen här, eller ta fram en ny utgåva."
            )
        )
    name = f"arsrapport-{report.year}-utgava-{report.edition}.pdf"
    return HttpResponse(
        bytes(report.content),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "ETag": f'"{report.sha256}"'},
    )
