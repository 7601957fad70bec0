import pytest

from tests.people import People
from tests.reporting.register import Register


@pytest.fixture
def register(people: People) -> Register:
    return Register(people)
