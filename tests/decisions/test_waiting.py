"""The queue to Internationella beredningen and the router never disagree, whatever is said or judged of a matter."""

from itertools import product
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions.queries import waiting_for_committee
from decisions.rules import Verdict, belonging
from engagements.choosing import choose_way
from engagements.enums import Burden, Instrument, Kind, Scope, Step, TripKind
from engagements.models import Engagement, Judgement, Trip
from engagements.routing import MATTER, route_of
from organisation.models import User
from tests.decisions.making import AFTER, NOTICE, a_declaration, a_trip
from tests.factories import an_engagement
from tests.people import People

BROUGHT = {Kind.TRIP, Kind.RECEPTION, Kind.DECLARATION}


def theirs(engagement: Engagement) -> bool:
    engagement = Engagement.objects.get(pk=engagement.pk)
    return belonging(route_of(engagement)).verdict is not Verdict.OTHERS


def queue(people: People) -> set[Engagement]:
    return set(waiting_for_committee(people.ib_secretary))


@pytest.mark.parametrize("kind", Kind)
def test_what_waits_is_what_the_rules_give_it(people: People, kind: Kind) -> None:
    facts = [
        {"burden": burden, "scope": scope, "instrument": instrument, "on_behalf_of_ks": asked}
        for burden, scope, instrument, asked in product(
            ["", Burden.ADDED], ["", Scope.OWN_FIELD], ["", Instrument.INITIATIVE, Instrument.TWIN_TOWN], [True, False]
        )
    ]
    made = [an_engagement(people.coordinator, people.body("110"), kind=kind, **found) for found in facts]
    waiting = queue(people)
    for engagement in made:
        # an agreement or a membership seldom comes to the commissioner: those are referred by hand
        assert (engagement in waiting) == (theirs(engagement) and kind in BROUGHT)


def chances(dice: Random) -> dict[str, Any]:
    """Anything that can stand in the columns, wise or not."""
    return {
        "instrument": dice.choice(
            ["", "", Instrument.INITIATIVE, Instrument.DECLARATION, Instrument.TWIN_TOWN, Instrument.POST]
        ),
        "scope": dice.choice(["", *Scope.values]),
        "burden": dice.choice(["", Burden.NONE, Burden.NONE, Burden.ADDED]),
        "step": dice.choice([Step.NEW, Step.NEW, Step.NEW, Step.REVIEW, Step.EXIT]),
        "edition": dice.choice(["2016", "2016", "2016", "2008"]),
        "country": dice.choice(["BE", "SE", ""]),
        "on_behalf_of_ks": True,
    }


def test_the_queue_is_what_the_router_says_of_many_matters_with_judgements(people: People) -> None:
    dice = Random(2016)
    made = []
    for number in range(240):
        kind = dice.choice(sorted(BROUGHT))
        engagement = an_engagement(
            people.coordinator, people.body("110"), kind, NOTICE, title=f"Ärende {number}", **chances(dice)
        )
        if kind == Kind.TRIP and dice.random() < 0.8:
            Trip.objects.create(engagement=engagement, kind=dice.choice(TripKind.values), place="Bryssel")
        for _again in range(dice.choice([0, 1, 1, 2])):
            judged(people, engagement, dice)
        made.append(engagement)
    wanted = {engagement for engagement in made if theirs(engagement)}
    assert queue(people) == wanted
    judged_away = [one for one in set(made) - wanted if one.judgements.filter(subject=MATTER).exists()]
    assert len(wanted) > 60 and len(judged_away) > 20


def judged(people: People, engagement: Engagement, dice: Random) -> None:
    subject, answer = dice.choice(
        [(MATTER, code) for code in ("M2", "M7", "M5", "M6", "KS", "finansborgarradet", "body")]
        + [("abroad", "yes"), ("abroad", "no")]
    )
    asked = dice.choice(["", "initiative", "trip", "exit"]) if subject == MATTER else ""
    Judgement.objects.create(
        engagement=engagement, subject=subject, answer=answer, asked=asked, reason="Prov.", by=people.coordinator,
        at=dice.choice([NOTICE, AFTER]),
    )  # fmt: skip


def test_an_initiative_leaves_the_queue_when_it_is_judged_to_be_kommunstyrelsen_s(people: People) -> None:
    initiative = a_declaration(people, instrument=Instrument.INITIATIVE, scope=Scope.CITY_WIDE, burden=Burden.NONE)
    assert queue(people) == {initiative}
    for answer, waits in (("M2", False), ("M7", True)):
        choose_way(
            engagement=initiative, question="initiative", answer=answer, reason="Prov.", by=people.coordinator, at=AFTER
        )
        assert (initiative in queue(people)) is waits


def test_what_was_judged_of_an_initiative_says_nothing_once_it_is_a_declaration(people: People) -> None:
    initiative = a_declaration(people, instrument=Instrument.INITIATIVE, scope=Scope.CITY_WIDE, burden=Burden.NONE)
    choose_way(
        engagement=initiative, question="initiative", answer="M2", reason="Prov.", by=people.coordinator, at=AFTER
    )
    Engagement.objects.filter(pk=initiative.pk).update(instrument=Instrument.DECLARATION)
    assert queue(people) == {initiative}


def test_a_trip_that_nobody_has_said_is_for_kommunstyrelsen_is_referred_by_hand(people: People) -> None:
    silent, asked_for = a_trip(people, on_behalf_of_ks=None), a_trip(people)
    assert theirs(silent)
    assert queue(people) == {asked_for}


def test_the_queue_costs_the_same_for_one_and_for_many(people: People) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            list(waiting_for_committee(User.objects.get(pk=people.ib_secretary.pk)))
        return len(seen)

    judged(people, a_trip(people), Random(1))
    few = cost()
    for number in range(12):
        judged(people, a_declaration(people, burden=Burden.values[number % 2]), Random(number))
    assert cost() == few
