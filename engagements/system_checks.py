"""What `manage.py migrate` looks after before the register starts."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from engagements.models import Engagement
from engagements.strategy.editions import known


@register(Tags.database)
def editions_are_here(*, databases: Sequence[str] | None = None, **_rest: Any) -> list[CheckMessage]:
    """An engagement keeps its edition: without the file nobody could show its directions or its way."""
    table = Engagement._meta.db_table
    if "default" not in (databases or ()) or table not in connections["default"].introspection.table_names():
        return []
    used = Engagement.objects.order_by().values_list("edition", flat=True).distinct()
    return [
        Error(
            f"Ärenden är prövade mot utgåva {code} av strategin, men den finns inte.",
            hint=f"Lägg tillbaka {code}.toml i mappen som STRATEGY_EDITIONS anger.",
            id="engagements.E001",
        )
        for code in sorted(set(used) - set(known()))
    ]
