from django.urls import URLPattern, path, register_converter

from reporting.views import editions, figures, years
from stockholm_intl.kit.addresses import KeyConverter


class FigureConverter(KeyConverter):
    """The code of a figure: memberships.theme.klimat."""

    regex = r"[a-z0-9][a-z0-9._-]{0,79}"


register_converter(FigureConverter, "figure")

urlpatterns: list[URLPattern] = [
    path("rapporter/", editions.report_list, name="report_list"),
    path("rapporter/<int:year>/", years.report_year, name="report_year"),
    path("rapporter/<int:year>/tal/<figure:code>/", figures.LiveFigure.as_view(), name="report_figure"),
    path("rapporter/<int:year>/diagram/<slug:name>.svg", years.report_chart, name="report_chart"),
    path("rapporter/utgava/<int:pk>/", editions.report_edition, name="report_edition"),
    path("rapporter/utgava/<int:pk>/arsrapport.pdf", editions.report_download, name="report_download"),
    path("rapporter/utgava/<int:pk>/tal/<figure:code>/", figures.FrozenFigure.as_view(), name="report_edition_figure"),
]
