"""Pages that belong to no part of the domain: statements, help, errors, the choice of language."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language as django_set_language

from stockholm_intl.kit.errors import in_the_middle, server_error, unavailable
from stockholm_intl.kit.health import health

__all__ = [
    "accessibility",
    "bad_request",
    "csrf_failure",
    "help_page",
    "page_not_found",
    "permission_denied",
    "privacy",
    "server_error",
    "set_language",
    "too_many",
    "unavailable",
    "urlpatterns",
]

set_language = login_not_required(require_POST(django_set_language))


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", {"title": _("Tillgänglighet")})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"title": _("Så hanterar vi personuppgifter")})


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help.html", {"title": _("Hjälp")})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400. The request itself may be what is wrong, so the page asks nothing of it."""
    return in_the_middle(request, HttpResponse(loader.render_to_string("400.html"), status=400))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403. What a view says with PermissionDenied("…") is shown: it was written for the reader."""
    return in_the_middle(request, render(request, "403.html", {"reason": str(exception or "")}, status=403))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404, also for what exists and is not for this person to see: the page must not tell which."""
    return in_the_middle(request, render(request, "404.html", status=404))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW."""
    return in_the_middle(request, HttpResponse(loader.render_to_string("403_csrf.html"), status=403))


def too_many(request: HttpRequest, *, wait: int) -> HttpResponse:
    """429; `wait` in seconds."""
    page = loader.render_to_string("429.html", {"minutes": max(1, -(-wait // 60))})
    return in_the_middle(request, HttpResponse(page, status=429, headers={"Retry-After": str(wait)}))


urlpatterns = [
    path("tillganglighet/", accessibility, name="accessibility"),
    path("personuppgifter/", privacy, name="privacy"),
    path("hjalp/", help_page, name="help"),
    path("sprak/", set_language, name="set_language"),
    path("halsa/", health, name="health"),
]
