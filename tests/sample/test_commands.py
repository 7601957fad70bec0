from typing import Any

import pytest
from django.core.management import CommandError, call_command

from engagements.models import Engagement
from organisation.models import User
from tests.sample.conftest import HISTORY, told

pytestmark = pytest.mark.django_db


def test_sample_data_stay_out_of_a_real_register() -> None:
    with pytest.raises(CommandError, match="bara i demon"):
        call_command("load_sample")
    with pytest.raises(CommandError, match="Kända lösenord"):
        call_command("demo_logins")
    assert not User.objects.exists()


def test_the_registers_come_first(settings: Any) -> None:
    settings.DEMO_PASSWORD = "prov"
    with pytest.raises(CommandError, match="Kör load_registers först"):
        call_command("load_sample")
    with pytest.raises(CommandError, match="Kör load_sample först"):
        call_command("demo_logins")
    assert not Engagement.objects.exists()


def test_the_count_of_reviews_is_the_same_when_history_comes_first(settings: Any) -> None:
    """Then C40 and CTPN are those of the city's real history, and the sample leaves them be."""
    settings.DEMO_PASSWORD = "prov"
    told("load_registers")
    told("import_history", HISTORY)
    told("load_sample")
    assert told("flag_due_reviews", on="2026-11-22") == {"opened": 0, "already_open": 24, "not_due": 71}
