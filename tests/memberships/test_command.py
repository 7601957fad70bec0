from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from memberships.models import Review
from tests.factories.memberships import a_membership, a_review
from tests.people import People


def run(*args: str) -> str:
    out = StringIO()
    call_command("flag_due_reviews", *args, stdout=out)
    return out.getvalue()


def test_json_is_exactly_three_numbers_in_this_order(people: People) -> None:
    a_membership(people.contact, people.body("169"))
    a_review(people.contact, people.body("169"))
    a_membership(people.contact, people.body("169"), entered_on=date(2026, 1, 1))
    assert run("--on", "2026-11-22", "--json") == '{"opened": 1, "already_open": 1, "not_due": 1}\n'
    assert run("--on", "2026-11-22", "--json") == '{"opened": 0, "already_open": 2, "not_due": 1}\n'


def test_without_json_it_says_so_in_swedish(people: People) -> None:
    a_membership(people.contact, people.body("169"))
    assert run("--on", "2026-11-22").replace("\u00a0", " ") == (
        "22 november 2026: en omprövning öppnades, 0 var redan öppna, 0 ska inte omprövas än.\n"
    )


@time_machine.travel("2026-11-21T23:30:00Z", tick=False)
def test_the_day_is_stockholms_when_none_is_given(people: People) -> None:
    a_membership(people.contact, people.body("169"))
    run("--json")
    assert Review.objects.get().opened_on == date(2026, 11, 22)


@pytest.mark.parametrize(
    "text", ["i dag", "2026-13-01", "2026-02-29", "20261122", "2026-W47-7", "22/11 2026", "2026-11-22\x00"]
)
def test_a_bad_day_is_said_so_in_swedish(db: None, text: str) -> None:
    with pytest.raises(CommandError, match="är inget datum. Skriv det som 2026-11-22."):
        run("--on", text)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_a_year_beyond_reckoning_is_refused(db: None, text: str) -> None:
    with pytest.raises(CommandError, match="går inte att räkna från"):
        run("--on", text)
