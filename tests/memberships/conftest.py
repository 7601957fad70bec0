from datetime import date
from typing import Any

import pytest
import time_machine

from tests.factories import TODAY
from tests.factories.memberships import a_membership
from tests.people import People


@pytest.fixture
def today() -> Any:
    """It is TODAY, at noon in Stockholm."""
    with time_machine.travel(f"{TODAY}T11:00:00Z", tick=True):
        yield TODAY


@pytest.fixture
def membership(people: People) -> Any:
    """In force, due within the lead time."""
    return a_membership(people.contact, people.body("169"), entered_on=date(2023, 1, 15))
