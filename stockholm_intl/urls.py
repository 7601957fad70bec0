"""Every address. Places have one Swedish word each, the same in the menu, the heading and here."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, include, path

from stockholm_intl.kit import admin, pages, views
from stockholm_intl.kit.sign_in import SignInView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reporting.urls")),
    path("", include("decisions.urls")),
    path("", include("visits.urls")),
    path("", include("memberships.urls")),
    path("", include("engagements.urls")),
    path("", include("organisation.urls")),
    path("", include("stockholm_intl.desk.urls")),
    path("", include(pages.urlpatterns)),
    path("konto/logga-in/", SignInView.as_view(), name="login"),
    path("konto/logga-ut/", LogoutView.as_view(), name="logout"),
    path("forvaltning/", admin.site.urls),
    path("jobb/<uuid:pk>/", views.job_detail, name="job_detail"),
]

handler400 = "stockholm_intl.kit.pages.bad_request"
handler403 = "stockholm_intl.kit.pages.permission_denied"
handler404 = "stockholm_intl.kit.pages.page_not_found"
handler500 = "stockholm_intl.kit.pages.server_error"
