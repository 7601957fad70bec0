"""The pages for faults of ours. They ask neither database nor session: those may be what failed."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

logger = logging.getLogger(__name__)
RETRY_AFTER = "10"
# htmx puts an answer where the fragment would have gone; an error takes the page's whole middle instead.
WHOLE_MIDDLE = {"HX-Retarget": "#innehall", "HX-Reselect": "#innehall", "HX-Reswap": "innerHTML strip:true show:top"}


def in_the_middle(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        for name, value in WHOLE_MIDDLE.items():
            response.headers[name] = value
    return response


def unavailable(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """503 with the time to come back; the error itself goes to the log."""
    logger.error("unavailable: %s", request.path, exc_info=exception)
    page = loader.render_to_string("503.html")
    return in_the_middle(request, HttpResponse(page, status=503, headers={"Retry-After": RETRY_AFTER}))


def wrong_method(request: HttpRequest, *, allowed: str) -> HttpResponse:
    """405 in words; `allowed` are the methods that the address takes."""
    page = loader.render_to_string("405.html")
    return in_the_middle(request, HttpResponse(page, status=405, headers={"Allow": allowed}))


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. A database error outside a view (a session being saved) ends here, and is a 503 too."""
    exception = sys.exception()
    if isinstance(exception, OperationalError | InterfaceError):
        return unavailable(request, exception)
    return in_the_middle(request, HttpResponse(loader.render_to_string("500.html"), status=500))
