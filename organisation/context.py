"""What every page knows: the places this person has, and who they are here."""

from typing import Any

from django.http import HttpRequest


def places(request: HttpRequest) -> dict[str, Any]:
    return {}
