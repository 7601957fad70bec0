"""Pages by number, for registers of hundreds of rows (lists of engagements go by keyset: see lists)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

SIZE = 50


def numbered(request: HttpRequest, rows: QuerySet[Any], *, size: int = SIZE) -> tuple[list[Any], int, dict[str, str]]:
    """The rows of page `?sida=`, how many there are in all, and the pager. A page that is not there is the first."""
    paginator = Paginator(rows, size)
    asked = request.GET.get("sida", "1")
    valid = asked.isascii() and asked.isdigit() and len(asked) < 7 and 1 <= int(asked) <= paginator.num_pages
    if not valid or "page" in request.GET:
        messages.warning(request, _("Den sidan finns inte. Här är den första."))
    page = paginator.page(int(asked) if valid else 1)
    pager = {
        "text": "",
        "previous_url": address(request, page.number - 1) if page.has_previous() else "",
        "next_url": address(request, page.number + 1) if page.has_next() else "",
    }
    if paginator.num_pages > 1:
        pager["text"] = _("Sida %(page)s av %(pages)s") % {"page": page.number, "pages": paginator.num_pages}
    return list(page.object_list), paginator.count, pager


def address(request: HttpRequest, number: int | None = None, **changes: str) -> str:
    """This address with another page or other values."""
    query = request.GET.copy()
    query.pop("sida", None)
    query.pop("page", None)
    if number is not None and number > 1:
        query["sida"] = str(number)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"
