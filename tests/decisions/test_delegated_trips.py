"""C17 where a trip lies before the committee: asked whatever the matrix says of it, so that a wrong referral fails."""

import pytest

from decisions.operations import record_decision
from engagements.guard import Standing, findings
from engagements.models import Engagement
from engagements.rules import RuleBroken
from tests.decisions.making import AFTER, HELD_ON, a_meeting, a_point, a_trip, referred
from tests.people import People


def c17(trip: Engagement) -> Standing | None:
    found = findings(Engagement.objects.get(pk=trip.pk), on=HELD_ON)
    return next((one for one in found if one.id == "C17"), None)


@pytest.mark.parametrize(
    ("for_ks", "country", "result"), [(True, "BE", "pass"), (False, "SE", "fail"), (False, "BE", "judge"), (True, "SE", "judge")]
)  # fmt: skip
def test_what_lies_before_the_committee_is_asked(people: People, for_ks: bool, country: str, result: str) -> None:
    trip = a_trip(people, on_behalf_of_ks=for_ks, country=country)
    referred(people, a_meeting(people), trip)
    found = c17(trip)
    assert found and found.result == result


def test_a_body_s_own_trip_is_not_asked_at_home(people: People) -> None:
    assert c17(a_trip(people, on_behalf_of_ks=False, country="SE")) is None


def test_a_trip_that_is_neither_is_not_granted_by_the_committee(people: People) -> None:
    trip = a_trip(
        people, on_behalf_of_ks=False, country="SE", main_direction="samverkan", motives={"samverkan": "Vi lär."}
    )
    item = referred(people, a_meeting(people), trip)
    with pytest.raises(RuleBroken):
        record_decision(
            item=item, outcome="approved", text="Bifall.", delegate="Finansborgarrådet", point=a_point(people),
            by=people.ib_secretary, at=AFTER,
        )  # fmt: skip
