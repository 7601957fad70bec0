"""A fragment is a named part of a page's own template: same view, same context."""

from django.http import HttpRequest

# What a filter, an order or a page changes in any list. A template that only extends a list has no parts of its own.
LIST_RESULTS = "patterns/list.html#results"


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx will put the answer into a page that already stands. On Back it asks for the whole one."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-Request-Type") != "full"
