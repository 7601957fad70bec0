"""The one filled button is what moves the matter on for this reader in this state; the rest stands as plain links."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from engagements.enums import Kind, State
from engagements.models import Engagement, ProjectYear
from memberships.enums import ReviewOutcome
from memberships.operations import propose_review
from tests.decisions.making import a_reception
from tests.decisions.pages import AsUser
from tests.factories import a_visit
from tests.factories.assignments import an_assignment
from tests.factories.memberships import a_membership, a_review
from tests.people import People

DONE, COMING = date(2026, 11, 1), date(2026, 12, 2)
READERS = ("contact", "head", "board_secretary")
PROPOSE, DECIDE, ASSESS = "Föreslå beslut", "Besluta", "Bedöm besöket"
# kind, state, first day: the filled button of the contact person, the head and the board's secretary
TABLE = [
    (Kind.VISIT, State.REGISTERED, COMING, ASSESS, ASSESS, None),
    (Kind.VISIT, State.ASSESSED, COMING, ASSESS, ASSESS, None),
    (Kind.VISIT, State.PROPOSED, COMING, None, "Besluta om besöket", "Besluta om besöket"),
    (Kind.VISIT, State.APPROVED, COMING, None, None, None),
    (Kind.VISIT, State.APPROVED, DONE, "Följ upp besöket", "Följ upp besöket", None),
    (Kind.VISIT, State.DECLINED, COMING, None, None, None),
    (Kind.TRIP, State.ASSESSED, COMING, PROPOSE, PROPOSE, None),
    (Kind.TRIP, State.PROPOSED, COMING, None, DECIDE, DECIDE),
    (Kind.TRIP, State.APPROVED, COMING, None, None, None),
    (Kind.TRIP, State.APPROVED, DONE, "Lämna reserapport", "Lämna reserapport", None),
    (Kind.TRIP, State.COMPLETED, DONE, None, None, None),
    # finansborgarrådet decides those that cost nothing (M7)
    (Kind.DECLARATION, State.PROPOSED, COMING, None, None, None),
    (Kind.DECLARATION, State.APPROVED, COMING, None, None, None),
    (Kind.EU_INFLUENCE, State.APPROVED, DONE, "Ståndpunkten är lämnad", "Ståndpunkten är lämnad", None),
    (Kind.EU_INFLUENCE, State.CLOSED, DONE, None, None, None),
    (Kind.PROJECT, State.REGISTERED, DONE, PROPOSE, PROPOSE, None),
    (Kind.PROJECT, State.PROPOSED, DONE, None, DECIDE, DECIDE),
    (Kind.PROJECT, State.APPROVED, DONE, "Lägg in pengar för ett år", "Lägg in pengar för ett år", None),
    (Kind.PROJECT, State.DECLINED, DONE, None, None, None),
]


@pytest.fixture(autouse=True)
def november() -> Any:
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=True):
        yield


def in_state(engagement: Engagement, state: State) -> Engagement:
    Engagement.objects.filter(pk=engagement.pk).update(state=state)
    return engagement


def button(as_user: AsUser, user: Any, engagement: Engagement) -> str | None:
    page = as_user(user).get(engagement.get_absolute_url())
    assert page.content.decode().count('<a class="ds-button" href="/') <= 1
    step = page.context["next_step"]
    return step and str(step.label)


@pytest.mark.parametrize(("kind", "state", "day", *READERS), TABLE)
def test_every_kind_and_state_has_its_button_for_each_role(
    people: People,
    as_user: AsUser,
    kind: Kind,
    state: State,
    day: date,
    contact: str | None,
    head: str | None,
    board_secretary: str | None,
) -> None:
    body = people.body("169")
    if kind == Kind.VISIT:
        engagement = a_visit(people.contact, body, starts_on=day).engagement
    else:
        burden = {"burden": "none"} if kind == Kind.DECLARATION else {}
        engagement = an_assignment(people.contact, body, kind, starts_on=day, **burden)
    in_state(engagement, state)
    assert {name: button(as_user, getattr(people, name), engagement) for name in READERS} == {
        "contact": contact, "head": head, "board_secretary": board_secretary,
    }  # fmt: skip


def test_what_is_paid_in_a_project_is_asked_for_once_a_year_and_then_for_its_end(
    people: People, as_user: AsUser
) -> None:
    project = an_assignment(people.contact, people.body("169"), Kind.PROJECT, starts_on=DONE, ends_on=COMING)
    in_state(project, State.APPROVED)
    assert button(as_user, people.contact, project) == "Lägg in pengar för ett år"
    ProjectYear.objects.create(project=project.project, year=2026, funding_sek=1)
    assert button(as_user, people.contact, project) is None
    Engagement.objects.filter(pk=project.pk).update(ends_on=DONE)
    assert button(as_user, people.contact, project) == "Avsluta uppdraget"


def test_who_has_proposed_how_a_review_should_go_waits_for_the_one_who_decides(people: People, as_user: AsUser) -> None:
    review = a_review(people.contact, people.body("169"), matter={"scope": "own_field"})
    matter = review.engagement
    assert [button(as_user, who, matter) for who in (people.contact, people.head)] == ["Ompröva", "Ompröva"]
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    propose_review(review=review, outcome=ReviewOutcome.KEEP, note="Det ger mycket.", by=people.contact, at=at)
    assert [button(as_user, who, matter) for who in (people.contact, people.head)] == [None, "Besluta om omprövningen"]


def test_a_head_is_not_urged_to_decide_what_another_body_decides(people: People, as_user: AsUser) -> None:
    matter = a_membership(people.contact, people.body("169"), matter={"scope": "own_field"}).engagement
    in_state(matter, State.PROPOSED)
    assert button(as_user, people.head, matter) == DECIDE
    Engagement.objects.filter(pk=matter.pk).update(scope="city_wide")
    assert button(as_user, people.head, matter) == "Lämna till kommunstyrelsen"


def test_a_reception_waits_for_the_committee_once_it_is_proposed(people: People, as_user: AsUser) -> None:
    reception = a_reception(people)
    assert button(as_user, people.protocol, reception) == PROPOSE
    in_state(reception, State.PROPOSED)
    assert button(as_user, people.protocol, reception) == "Hänskjut till beredningen"
