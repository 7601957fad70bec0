"""What stands on the page of a membership reads as one says it."""

from typing import Any

import pytest

from memberships.enums import ReviewOutcome
from memberships.intervals import every
from memberships.operations import record_review
from tests.factories import AT
from tests.factories.memberships import a_review
from tests.people import People


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (48, "vart fjärde år"), (24, "vartannat år"), (12, "varje år"), (120, "vart tionde år"), (1, "varje månad"),
        (2, "varannan månad"), (18, "med 18 månaders mellanrum"),
    ],
)  # fmt: skip
def test_how_often_is_said_in_years(months: int, said: str) -> None:
    assert every(months) == said


@pytest.mark.django_db
def test_what_was_left_stands_once_in_the_history_with_its_reason(people: People, as_user: Any) -> None:
    review = a_review(people.contact, people.body("169"), matter={"scope": "own_field"})
    client, address = as_user(people.contact), review.engagement.get_absolute_url()
    assert "Omprövas vart fjärde år, nästa gång senast" in client.get(address).content.decode()
    record_review(review=review, outcome=ReviewOutcome.LEAVE, note="Det ger inget.", by=people.head, at=AT)
    told = [entry for entry in client.get(address).context["history"] if entry["why"] == "Det ger inget."]
    assert [sorted(change["label"] for change in entry["changes"]) for entry in told] == [["Avslutades", "Läge"]]
