"""A year as the register has it now: every number a link, and the paper's own charts above their tables."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from reporting import charts
from reporting.queries import book_of
from reporting.rules import FIRST_YEAR, is_report_year
from reporting.tables import year_sections
from reporting.views.guard import crumbs, may_make, require_reader, require_year
from stockholm_intl.kit import clock
from stockholm_intl.kit.charts import draw


@require_safe
def report_year(request: HttpRequest, year: int) -> HttpResponse:
    require_reader(request)
    require_year(year)
    today = clock.today()
    context = {
        "title": _("Året %(year)s i siffror") % {"year": year},
        "crumbs": crumbs(),
        "year": year,
        "before": year - 1,
        "sections": year_sections(book_of(year), first_year=FIRST_YEAR),
        "is_running": year == today.year,
        "today": today,
        "years": [
            {"label": str(other), "url": reverse("report_year", args=[other]), "current": other == year}
            for other in (year - 1, year, year + 1)
            if is_report_year(other, on=today)
        ],
        "may_make": may_make(request),
    }
    return render(request, "reporting/year.html", context)


# The drawing carries its own styles, also when it is opened by itself.
@csp_replace({"default-src": [NONE], "style-src": [UNSAFE_INLINE]})  # type: ignore[arg-type]
@require_safe
def report_chart(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """The paper's own drawing, with the paper's Swedish words."""
    require_reader(request)
    require_year(year)
    if name not in charts.CHARTS:
        raise Http404
    code, chart_of = charts.CHARTS[name]
    with override("sv"):
        spec = chart_of(book_of(year, only=code))
    if spec.chart.is_empty:
        raise Http404
    return HttpResponse(draw(spec.chart), content_type="image/svg+xml")
