import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from engagements.registers import ORGANISATIONS_FILE

PASSWORD = "ett lösenord som alla i provet kan"
HISTORY = ORGANISATIONS_FILE.with_name("events.csv")


def told(name: str, *args: Any, **options: Any) -> Any:
    """What the command prints as JSON."""
    out = StringIO()
    call_command(name, *args, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """The whole demo, loaded once for all tests of the module: registers, sample, history, as `make demo` does it."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO_PASSWORD=PASSWORD):
        yield {
            "registers": told("load_registers"),
            "sample": told("load_sample"),
            "history": told("import_history", HISTORY),
        }
        transaction.set_rollback(True)
