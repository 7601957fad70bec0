"""A review runs the checks again: what would go on against a principle stops, unless it is let through with a reason."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from engagements.enums import State
from engagements.judging import record_deviation, record_judgement
from engagements.models import Engagement, Frame, Judgement
from engagements.rules import RuleBroken, WrongState
from memberships.enums import AgreementType, ReviewOutcome
from memberships.models import Review
from memberships.operations import open_review, record_review
from tests.decisions.making import a_point
from tests.factories import AT
from tests.factories.memberships import a_review, an_agreement
from tests.people import People

KEEP, LEAVE = ReviewOutcome.KEEP, ReviewOutcome.LEAVE


@pytest.fixture
def unpaid(people: People) -> Review:
    """Of a membership that the budget no longer pays for (C18)."""
    review = a_review(people.contact, people.body("169"))
    Frame.objects.create(engagement=review.engagement, is_covered=False)
    return Review.objects.get(pk=review.pk)


def keep(review: Review, people: People, outcome: ReviewOutcome = KEEP) -> Review:
    return record_review(review=Review.objects.get(pk=review.pk), outcome=outcome, note="Så.", by=people.head, at=AT)


def deviate(people: People, engagement: Engagement, check: str) -> Judgement:
    return record_deviation(
        engagement=engagement, check=check, body=people.body("169"), reason="Vi flyttar pengar.", by=people.head, at=AT
    )


def test_what_breaks_a_principle_does_not_go_on(people: People, unpaid: Review) -> None:
    with pytest.raises(RuleBroken, match="C18"):
        keep(unpaid, people)
    unpaid.refresh_from_db()
    assert unpaid.outcome == "" and Engagement.objects.get().state == State.APPROVED


def test_what_breaks_a_principle_may_end(people: People, unpaid: Review) -> None:
    assert keep(unpaid, people, LEAVE).outcome == LEAVE


def test_a_deviation_lets_it_go_on(people: People, unpaid: Review) -> None:
    deviate(people, unpaid.engagement, "C18")
    assert keep(unpaid, people).outcome == KEEP


def test_an_agreement_without_an_end_does_not_go_on(people: People) -> None:
    engagement = an_agreement(people.contact, people.body("169"), agreement_type=AgreementType.COOPERATION).engagement
    with pytest.raises(RuleBroken, match="C6"):
        keep(open_review(engagement=engagement, by=people.contact, at=AT), people)


def test_a_person_s_no_stops_it_and_what_was_asked_on_the_way_in_is_not_asked_again(people: People) -> None:
    engagement = an_agreement(people.contact, people.body("169"), matter={"counterpart": "Japans ambassad"}).engagement
    for check in ("C11", "C12", "C15", "C20"):
        with pytest.raises(WrongState):
            deviate(people, engagement, check)
    record_judgement(engagement=engagement, check="C1", answer="fail", reason="Tar ställning.", by=people.head, at=AT)
    with pytest.raises(RuleBroken, match="C1 "):
        keep(open_review(engagement=engagement, by=people.contact, at=AT), people)


def test_the_page_says_what_stops_and_leads_to_the_deviation(people: People, unpaid: Review, as_user: Any) -> None:
    browser, key = as_user(people.head), unpaid.engagement.key
    address, check = reverse("membership_review", args=[key]), reverse("engagement_check", args=[key, "C18"])
    point = a_point(people, "MHN 7", body="MHN")
    shown = browser.get(address).content.decode()
    assert "Kostnaden ryms inte i budgeten." in shown and f'href="{check}"' in shown
    said = {"outcome": "keep", "note": "Det ger mycket.", "point": point.pk}
    refused = browser.post(address, said)
    assert refused.status_code == 422
    assert (
        "kan inte fortsätta utan avsteg" in refused.content.decode() and "Det ger mycket." in refused.content.decode()
    )
    assert browser.post(check, {"body": "169", "reason": "Vi flyttar pengar."}).status_code == 302
    assert browser.post(address, said).status_code == 302
    assert Review.objects.get().decided_on and Review.objects.get().decided_on >= date(2026, 11, 20)
