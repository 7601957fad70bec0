"""Who reads the reports: those who make them, and those who read everything in the city."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.permission import access_of, holds
from organisation.enums import Action
from reporting.rules import is_report_year
from stockholm_intl.kit import clock


def may_make(request: HttpRequest) -> bool:
    return holds(request.user, Action.MAKE_REPORT)  # type: ignore[arg-type]


def require_reader(request: HttpRequest) -> None:
    """Raises PermissionDenied. The numbers hold the whole city, so a single body's people have no use of them."""
    if not may_make(request) and not access_of(request.user).reads_everything:  # type: ignore[arg-type]
        raise PermissionDenied(
            _("Rapporterna är öppna för stadsledningskontoret, beredningens sekreterare och revisorn.")
        )


def require_year(year: int) -> None:
    if not is_report_year(year, on=clock.today()):
        raise Http404


def crumbs(*more: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"label": label, "url": url} for label, url in ((_("Rapporter"), reverse("report_list")), *more)]
