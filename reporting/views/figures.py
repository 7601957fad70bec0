"""The list behind a number: what the reader may see of it, and how much there is besides."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from decisions.models import Meeting
from engagements.enums import Kind
from engagements.models import Engagement
from engagements.permission import holds
from engagements.views.lists import EngagementList
from organisation.enums import Action
from organisation.queries import Access
from reporting.definitions import DEFINITIONS
from reporting.grids import said_change, shown
from reporting.models import AnnualReport, ReportFigure
from reporting.queries import book_of
from reporting.views.guard import crumbs, require_reader, require_year
from reporting.withheld import REGIONS, is_country_masked_since
from stockholm_intl.kit.swedish import number

SHUT = gettext_lazy(
    "Sedan rapporten trycktes har ett land sekretessmarkerats. Därför visas inte listan bakom någon av regionerna."
)


@dataclass(frozen=True)
class Shown:
    """A figure as its page shows it, frozen or live."""

    name: str
    year: int
    value: str
    previous: str
    change: str
    definition: str
    ids: Sequence[int]
    meeting_ids: Sequence[int]


class FigureList(EngagementList, ABC):
    template = "reporting/figure.html"
    row_template = "reporting/row.html"
    kinds = frozenset(Kind)
    columns = [
        (gettext_lazy("Ärende"), "key", ""),
        (gettext_lazy("Rubrik"), "", ""),
        (gettext_lazy("Slag"), "", ""),
        (gettext_lazy("Organ"), "", ""),
        (gettext_lazy("När"), "date", ""),
        (gettext_lazy("Inriktning"), "", ""),
        (gettext_lazy("Läge"), "", ""),
    ]
    figure: Shown

    @abstractmethod
    def look_up(self, **place: Any) -> Shown:
        """The figure that the address names; raises Http404."""

    @abstractmethod
    def place_context(self) -> dict[str, Any]:
        """The crumbs, and what only a live or only a frozen figure has."""

    def dispatch(self, request: HttpRequest, *args: Any, **place: Any) -> HttpResponseBase:
        require_reader(request)
        self.figure = self.look_up(**place)
        return super().dispatch(request, *args, **place)

    def get(self, request: HttpRequest, **place: Any) -> HttpResponse:
        return super().get(request)

    def rows(self) -> QuerySet[Engagement]:
        return Engagement.objects.filter(id__in=self.figure.ids)

    def tabs(self) -> list[tuple[Any, str]]:
        return []

    def row(self, values: dict[str, Any]) -> dict[str, Any]:
        return super().row(values) | {"kind_label": Kind(values["kind"]).label, "body": values["body__name"]}

    def empty(self, filtered: bool) -> dict[str, Any]:
        if filtered:
            return super().empty(filtered)
        if self.figure.ids:
            return {"heading": _("Alla ärenden bakom talet är sekretessmarkerade"), "text": ""}
        return {"heading": _("Inga ärenden bakom talet"), "text": ""}

    def hidden(self, count: int) -> str:
        """Who reads the reports reads the whole city, so what is missing is secret; it is counted (records law R4)."""
        if not count:
            return ""
        return ngettext(
            "%(n)s av dem är sekretessmarkerat: det är räknat men visas inte här.",
            "%(n)s av dem är sekretessmarkerade: de är räknade men visas inte här.",
            count,
        ) % {"n": number(count)}

    def more_context(self, access: Access) -> dict[str, Any]:
        total = len(self.figure.ids)
        seen = self.rows().visible_to(self.request.user).count()  # type: ignore[attr-defined]
        return {
            "title": f"{self.figure.name} {self.figure.year}",
            "figure": self.figure,
            "before": self.figure.year - 1,
            "behind": ngettext("%(n)s ärende ligger bakom talet.", "%(n)s ärenden ligger bakom talet.", total)
            % {"n": number(total)},
            "hidden": self.hidden(total - seen),
            "meetings": meetings(self.figure.meeting_ids),
            "may_open_meetings": holds(self.request.user, Action.READ_MEETING),  # type: ignore[arg-type]
            "legend": None,
            **self.place_context(),
        }


def meetings(ids: Sequence[int]) -> list[Meeting]:
    return list(Meeting.objects.filter(id__in=ids).select_related("body").order_by("held_on", "id")) if ids else []


class LiveFigure(FigureList):
    def look_up(self, **place: Any) -> Shown:
        require_year(place["year"])
        figure = book_of(place["year"], only=place["code"]).figures.get(place["code"])
        if figure is None:
            raise Http404
        return Shown(
            name=figure.name,
            year=figure.year,
            value=shown(figure.value, figure.unit, with_its_unit=True),
            previous=shown(figure.previous, figure.unit, with_its_unit=True),
            change=said_change(figure.value, figure.previous, figure.unit),
            definition=str(DEFINITIONS[figure.term].text),
            ids=figure.ids,
            meeting_ids=figure.meeting_ids,
        )

    def place_context(self) -> dict[str, Any]:
        year = self.figure.year
        return {"crumbs": crumbs((str(year), reverse("report_year", args=[year])))}


class FrozenFigure(FigureList):
    """The list as it was printed; titles and states are today's, and so is what is masked."""

    def rows(self) -> QuerySet[Engagement]:
        return super().rows().none() if self.is_shut else super().rows()

    def hidden(self, count: int) -> str:
        return str(SHUT) if self.is_shut else super().hidden(count)

    def empty(self, filtered: bool) -> dict[str, Any]:
        return {"heading": _("Listan visas inte"), "text": ""} if self.is_shut else super().empty(filtered)

    def look_up(self, **place: Any) -> Shown:
        self.report = get_object_or_404(AnnualReport.objects.defer("content"), pk=place["pk"])
        figure = get_object_or_404(ReportFigure, report=self.report, code=place["code"])
        self.is_shut = figure.code.startswith(REGIONS) and is_country_masked_since(self.report)
        return Shown(
            name=f"{figure.group}: {figure.label}" if figure.group else figure.label,
            year=self.report.year,
            value=shown(figure.value, figure.unit, with_its_unit=True),
            previous=shown(figure.previous, figure.unit, with_its_unit=True),
            change=said_change(figure.value, figure.previous, figure.unit),
            definition=figure.definition,
            ids=figure.engagement_ids,
            meeting_ids=figure.meeting_ids,
        )

    def place_context(self) -> dict[str, Any]:
        label = _("%(year)s, utgåva %(edition)s") % {"year": self.report.year, "edition": self.report.edition}
        return {
            "crumbs": crumbs((label, reverse("report_edition", args=[self.report.pk]))),
            "printed_at": self.report.made_at,
        }
