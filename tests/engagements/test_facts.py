"""What the router is told of a matter, by which edition, and what it costs to ask (C15)."""

from datetime import date

import pytest

from engagements.enums import Burden, Financing, Instrument, Kind, Part, Scope, Step, TripKind
from engagements.gathering import Dossier
from engagements.models import Engagement, Judgement, Trip
from engagements.routing import (
    LEAVING,
    MATTER,
    answers_to,
    deciding_body,
    edition_for,
    facts_for,
    facts_of,
    require_decider,
    route_of,
    way_of,
    way_out,
    with_council,
)
from engagements.strategy.competence import Facts
from organisation.queries import reach_of
from tests.factories import AT, an_engagement
from tests.people import People, a_secretary_of
from tests.queries import queries_of

ON = date(2026, 11, 22)
NETWORK = {"instrument": "network", "scope": "own_field"}


@pytest.fixture
def network(people: People) -> Engagement:
    return an_engagement(people.coordinator, people.body("110"), Kind.MEMBERSHIP, **NETWORK)


def judged(engagement: Engagement, subject: str, answer: str, asked: str = "") -> Judgement:
    told = {"reason": "Prov", "by": engagement.registered_by, "at": AT}
    return Judgement.objects.create(engagement=engagement, subject=subject, answer=answer, asked=asked, **told)


# --- what is known


def test_a_kind_that_can_be_several_things_tells_which_and_what_is_not_said_tells_nothing() -> None:
    assert facts_for(Kind.MEMBERSHIP) == Facts(among=("organisation", "network"))
    assert facts_for(Kind.VISIT, scope="", burden=None, level="high") == Facts(instrument="visit", level="high")


def test_where_a_journey_goes_is_not_known_until_somebody_says_so() -> None:
    assert facts_for(Kind.TRIP).abroad is None
    assert facts_for(Kind.TRIP, in_sweden=True).abroad is False
    assert facts_for(Kind.TRIP, abroad=True).abroad is True


def test_a_study_trip_is_one_whatever_else_was_said() -> None:
    facts = facts_for(Kind.TRIP, instrument="twin_town", trip_kind=TripKind.STUDY_TRIP, scope="several")
    assert facts == Facts(instrument="study_trip", scope="several")


def test_all_that_stands_in_a_field_of_its_own_is_told(people: People) -> None:
    said = {"scope": Scope.SEVERAL, "burden": Burden.ADDED, "financing": Financing.MIXED, "on_behalf_of_ks": False}
    engagement = an_engagement(people.contact, people.body("169"), Kind.PROJECT, instrument="aid_project", **said)
    engagement.step = Step.REVIEW
    assert facts_of(engagement) == Facts(instrument=Instrument.AID_PROJECT, step=Step.REVIEW, **said)
    assert facts_of(engagement, step=Step.EXIT).step == Step.EXIT


def test_what_a_person_judged_is_a_yes_or_a_no(people: People) -> None:
    journey = an_engagement(people.contact, people.body("169"), Kind.TRIP)
    Trip.objects.create(engagement=journey, kind=TripKind.STUDY_TRIP)
    judged(journey, "abroad", "yes")
    assert facts_of(journey).abroad is True
    judged(journey, "abroad", "no")
    assert facts_of(journey).abroad is False


def test_for_whom_the_country_is_covered_the_kind_of_trip_tells_nothing(people: People) -> None:
    journey = an_engagement(people.contact, people.body("169"), Kind.TRIP, country="")
    Trip.objects.create(engagement=journey, kind=TripKind.CONFERENCE)
    assert facts_of(journey).abroad is True
    journey.covered_parts = frozenset({Part.COUNTERPART})
    assert facts_of(journey).abroad is None


def test_who_lets_it_end_is_told_at_its_end_only_and_the_matter_otherwise() -> None:
    matter, leaving = Judgement(subject=MATTER), Judgement(subject=LEAVING)
    assert answers_to(Step.EXIT, [matter, leaving]) == [leaving]
    assert answers_to(Step.EXIT, [matter]) == [matter]
    assert answers_to(Step.REVIEW, [matter, leaving]) == [matter]


def test_what_nobody_has_written_down_yet_is_judged_under_the_edition_in_force(people: People, invented: None) -> None:
    older = an_engagement(people.contact, people.body("169"), edition="2008")
    assert edition_for(older, on=date(2027, 6, 1)).code == "2008"
    assert [edition_for(None, on=date(year, 6, 1)).code for year in (2026, 2027)] == ["2016", "2027"]


# --- what is to happen to it


def test_its_own_step_is_what_is_asked_about_unless_another_is_named(people: People, network: Engagement) -> None:
    assert [route_of(network).matter, way_of(network).matter, way_of(network, Step.REVIEW).matter] == [
        "M3",
        "M3",
        "M22",
    ]
    network.step = Step.REVIEW
    assert route_of(network).matter == way_of(network).matter == "M22"
    assert require_decider(network, people.body("110")).matter == "M22"
    assert require_decider(network, people.body("110"), step=Step.NEW).matter == "M3"


def test_it_is_left_by_whom_it_is_entered_by_though_it_is_on_its_way_out(network: Engagement) -> None:
    network.step = Step.EXIT
    assert way_out(network).ways == (("M23", "body"),)


def test_the_council_lets_it_end_where_that_was_judged(people: People, network: Engagement) -> None:
    secretary = a_secretary_of(people.body("KS"))
    judged(network, LEAVING, "KF", asked="exit")
    assert deciding_body(secretary, network, on=ON) == people.body("KS")
    assert deciding_body(secretary, network, on=ON, step=Step.EXIT) == people.body("KF")
    network.step = Step.EXIT
    assert deciding_body(secretary, network, on=ON) == people.body("KF")


def test_of_the_boards_only_kommunstyrelsen_proposes_to_the_council(people: People) -> None:
    assert list(with_council(people.body("KS"))) == [people.body("KS"), people.body("KF")]
    assert list(with_council(people.body("MHN"))) == [people.body("MHN")]


# --- what it costs


def test_what_has_been_gathered_once_is_not_asked_for_again(people: People, network: Engagement) -> None:
    secretary, dossier = a_secretary_of(people.body("KS")), Dossier(network)
    reach = reach_of(secretary, on=ON)

    def ask() -> None:
        for step in (Step.NEW, Step.REVIEW, Step.EXIT):
            route_of(network, step=step, dossier=dossier)
            way_of(network, step, dossier=dossier)
            deciding_body(secretary, network, on=ON, step=step, reach=reach, dossier=dossier)

    ask()
    assert queries_of(ask) == 0
    assert deciding_body(secretary, network, on=ON, reach=[], dossier=dossier) == people.body("110")


def test_without_a_dossier_it_is_gathered_once_and_only_its_own_kind_s_row_is_asked_for(people: People) -> None:
    matter = an_engagement(people.contact, people.body("169"), Kind.MEMBERSHIP, **NETWORK)
    assert queries_of(lambda: facts_of(matter)) == 1
    assert queries_of(lambda: way_out(matter)) == 1
