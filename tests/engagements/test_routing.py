"""From an engagement to its way, and who may decide it (C15)."""

from dataclasses import replace
from datetime import date

import pytest

from decisions.operations import decide_own
from decisions.queries.own import authority
from engagements.choosing import choose_way
from engagements.enums import Kind, Scope, TripKind
from engagements.models import Engagement, Trip
from engagements.operations import move
from engagements.permission import grant
from engagements.routing import (
    FAMILY,
    decider_fits,
    decides_by_right,
    deciding_body,
    facts_for,
    facts_of,
    lies_with,
    may_decide,
    route_of,
    rule_of,
    way_under,
)
from engagements.rules import RuleBroken
from engagements.strategy.competence import Facts, Route
from engagements.strategy.editions import Edition, edition
from memberships.enums import ReviewOutcome
from memberships.operations import record_review
from organisation.enums import Action, BodyKind, Role
from organisation.models import Body, Mandate
from tests.decisions.making import AFTER, NOTICE, a_trip
from tests.factories import AT, a_visit, an_engagement
from tests.factories.memberships import a_review
from tests.people import People, a_secretary_of

ON = date(2026, 11, 22)


def proposed(people: People, body: str, kind: Kind = Kind.MEMBERSHIP, **fields: object) -> Engagement:
    aims = {"main_direction": "samverkan", "motives": {"samverkan": "Vi lär av andra."}}
    engagement = an_engagement(people.contact, people.body(body), kind, NOTICE, **(aims | fields))
    move(engagement, "propose", by=people.contact, at=NOTICE)
    return engagement


def with_companies(people: People) -> None:
    """A company under its board, that board under the concern's, and a company under a company."""
    for code, kind, parent in (
        ("BS-200", BodyKind.COMPANY_BOARD, "KF"),
        ("BS-217", BodyKind.COMPANY_BOARD, "BS-200"),
        ("217", BodyKind.COMPANY, "BS-217"),
        ("218", BodyKind.COMPANY, "217"),
    ):
        people.bodies[code] = Body.objects.create(code=code, name=code, kind=kind, parent=people.body(parent))


# --- what the router is told


def test_every_kind_is_something_the_strategy_knows() -> None:
    assert set(FAMILY) == set(Kind)
    for kind in Kind:
        facts = facts_for(kind)
        assert {facts.instrument or "", *facts.among} - {""} <= set(edition("2016").instrument_codes)


def test_an_instrument_of_another_kind_tells_nothing() -> None:
    assert facts_for(Kind.TRIP, instrument="reception").instrument == "trip"
    assert facts_for(Kind.MEMBERSHIP, instrument="initiative").instrument == "initiative"
    assert facts_for(Kind.VISIT, instrument="twin_town").instrument == "twin_town"


@pytest.mark.parametrize(
    ("kind", "country", "instrument", "abroad"),
    [
        (TripKind.CONFERENCE, "BE", "trip", True),
        (TripKind.CONFERENCE, "SE", "trip", False),
        (TripKind.CONFERENCE_HOSTED, "", "trip", False),
        (TripKind.STUDY_TRIP, "NL", "study_trip", None),
        (TripKind.STUDY_TRIP, "SE", "study_trip", False),
    ],
)
def test_a_trip_tells_whether_it_is_abroad(
    people: People, kind: TripKind, country: str, instrument: str, abroad: bool | None
) -> None:
    engagement = an_engagement(people.contact, people.body("169"), Kind.TRIP, country=country)
    Trip.objects.create(engagement=engagement, kind=kind)
    facts = facts_of(engagement)
    assert (facts.instrument, facts.abroad) == (instrument, abroad)


def test_a_visit_tells_its_level_and_what_it_is(people: People) -> None:
    visit = a_visit(people.contact, people.body("169"))
    visit.level, visit.visit_type = "high", "protocol_visit"
    visit.save()
    engagement = Engagement.objects.get(pk=visit.pk)
    assert (facts_of(engagement).level, facts_of(engagement).instrument) == ("high", "protocol_visit")
    assert (route_of(engagement).matter, route_of(engagement).coordinates) == ("M16", "KS")


def test_a_study_visit_on_urban_development_is_a_row_of_its_own(people: People) -> None:
    visit = a_visit(people.contact, people.body("169"), scope="own_field")
    visit.is_urban_development = True
    visit.save()
    way = route_of(visit.engagement)
    assert (way.matter, way.decides, way.prepares) == ("M17", "body", ("exploateringskontoret",))


def test_what_a_person_chose_leads_the_way(people: People) -> None:
    engagement = an_engagement(
        people.contact, people.body("169"), Kind.DECLARATION, instrument="initiative", scope="city_wide", burden="none"
    )
    assert [question.code for question in route_of(engagement).questions] == ["initiative"]
    choose_way(
        engagement=engagement, question="initiative", answer="M7", reason="Binder ingen.", by=people.contact, at=AT
    )
    assert route_of(engagement).decides == "finansborgarradet"
    choose_way(
        engagement=engagement, question="initiative", answer="M2", reason="Kostar ändå.", by=people.contact, at=AT
    )
    assert route_of(engagement).ways == (("M2", "KS"),)
    assert engagement.judgements.count() == 2


def test_what_was_chosen_answers_its_own_question_only(people: People) -> None:
    matter = an_engagement(
        people.contact, people.body("169"), Kind.DECLARATION, instrument="initiative", scope="city_wide", burden="none"
    )
    choose_way(engagement=matter, question="initiative", answer="M7", reason="Binder ingen.", by=people.contact, at=AT)
    Engagement.objects.filter(pk=matter.pk).update(kind=Kind.AGREEMENT, instrument="intent_agreement")
    way = route_of(Engagement.objects.get(pk=matter.pk))
    assert (way.decides, [question.code for question in way.questions]) == (None, ["intent"])


def test_an_engagement_is_judged_under_its_own_edition(people: People) -> None:
    engagement = an_engagement(people.contact, people.body("169"), Kind.TRIP, edition="2008")
    assert [question.code for question in route_of(engagement).questions] == ["edition"]


# --- who may decide


@pytest.mark.parametrize(
    ("decider", "bodies"),
    [
        ("KF", {"KF"}),
        ("KS", {"KS"}),
        ("finansborgarradet", {"IB"}),
        ("body", {"169", "MHN"}),
        ("head", {"169", "MHN"}),
        ("signer", {"169", "MHN"}),
        ("city_leadership", {"KF", "KS", "110"}),
        ("none", {"KF", "KS"}),
    ],
)
def test_which_bodies_decide_what(people: People, decider: str, bodies: set[str]) -> None:
    engagement = an_engagement(people.contact, people.body("169"), Kind.MEMBERSHIP)
    assert {code for code, body in people.bodies.items() if may_decide(body, engagement, decider)} == bodies


def test_while_something_is_asked_it_fits_only_if_every_answer_does(people: People) -> None:
    visit = a_visit(people.contact, people.body("169")).engagement
    assert decider_fits(people.body("169"), visit, route_of(visit)) is True
    assert decider_fits(people.body("181"), visit, route_of(visit)) is False
    membership = an_engagement(people.contact, people.body("169"), Kind.MEMBERSHIP, instrument="network")
    assert decider_fits(people.body("169"), membership, route_of(membership)) is None


def test_a_secretary_writes_in_her_board_s_name(people: People) -> None:
    engagement = an_engagement(people.contact, people.body("169"), Kind.MEMBERSHIP)
    assert deciding_body(people.board_secretary, engagement, on=ON) == people.body("MHN")
    assert deciding_body(people.head, engagement, on=ON) == people.body("169")


@pytest.mark.parametrize(
    ("owner", "secretary", "deciding"),
    [
        ("169", "MHN", "MHN"),
        ("MHN", "MHN", "MHN"),
        ("110", "KS", "KS"),
        ("KS", "KS", "KS"),
        ("KF", "KF", "KF"),
        ("131", "131", "131"),
        ("217", "BS-217", "BS-217"),
        ("BS-217", "BS-217", "BS-217"),
        ("BS-200", "BS-200", "BS-200"),
        ("218", "218", "218"),
    ],
)
def test_a_board_s_own_matter_is_decided_in_its_own_name(
    people: People, owner: str, secretary: str, deciding: str
) -> None:
    with_companies(people)
    writes = a_secretary_of(people.body(secretary))
    engagement = an_engagement(people.contact, people.body(owner), Kind.MEMBERSHIP)
    assert deciding_body(writes, engagement, on=ON) == people.body(deciding)
    assert authority(writes, engagement, on=ON) == people.body(deciding).name


@pytest.mark.parametrize(
    ("owner", "bodies"),
    [
        ("MHN", {"MHN"}),
        ("KS", {"KS"}),
        ("KF", {"KF"}),
        ("110", {"110", "KS"}),
        ("217", {"217", "BS-217"}),
        ("BS-217", {"BS-217"}),
        ("218", {"218"}),
    ],
)
def test_a_board_s_own_matter_is_not_the_council_s_nor_a_company_s_its_parent_s(
    people: People, owner: str, bodies: set[str]
) -> None:
    with_companies(people)
    engagement = an_engagement(people.contact, people.body(owner), Kind.MEMBERSHIP)
    assert {code for code, body in people.bodies.items() if may_decide(body, engagement, "body")} == bodies


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"instrument": "organisation", "scope": "city_wide"}, r"kommunfullmäktige \(M1, avsnitt 5\)"),
        ({"instrument": "network", "scope": "several"}, r"kommunstyrelsen \(M2, avsnitt 5\)"),
        ({"instrument": "network"}, r"inte klart vem som beslutar \(M2, M3\).*Vad rör det\?"),
        ({"instrument": "twin_town"}, r"som ett avsteg \(M11, avsnitt 4\)"),
    ],
)
def test_a_head_does_not_decide_what_is_not_her_body_s(people: People, fields: dict[str, object], says: str) -> None:
    engagement = proposed(people, "169", **fields)
    with pytest.raises(RuleBroken, match=says):
        decide_own(engagement=engagement, outcome="decline", by=people.head, at=AFTER, note="Nej.")
    assert not engagement.decisions.exists()


def test_kommunstyrelsen_s_secretary_writes_in_what_its_own_office_prepared(people: People) -> None:
    secretary = a_secretary_of(people.body("KS"))
    engagement = proposed(people, "110", instrument="network", scope="city_wide")
    decision = decide_own(engagement=engagement, outcome="decline", by=secretary, at=AFTER, note="Nej.")
    assert decision.delegate == "Kommunstyrelsen"


def test_a_board_s_secretary_does_not_decide_as_the_council(people: People) -> None:
    engagement = proposed(people, "MHN", instrument="organisation", scope="city_wide")
    with pytest.raises(RuleBroken, match=r"kommunfullmäktige \(M1, avsnitt 5\)\. Miljö- och hälsoskyddsnämnden kan"):
        decide_own(engagement=engagement, outcome="decline", by=people.board_secretary, at=AFTER, note="Nej.")


def test_kommunstyrelsen_s_secretary_writes_in_what_kommunstyrelsen_itself_owns(people: People) -> None:
    secretary = a_secretary_of(people.body("KS"))
    engagement = proposed(people, "KS", instrument="network", scope="city_wide")
    decision = decide_own(engagement=engagement, outcome="decline", by=secretary, at=AFTER, note="Nej.")
    assert decision.delegate == "Kommunstyrelsen"


def test_a_city_wide_membership_is_not_kept_or_left_by_an_office(people: People) -> None:
    review = a_review(people.contact, people.body("169"))
    Engagement.objects.filter(pk=review.engagement_id).update(scope=Scope.CITY_WIDE)
    with pytest.raises(RuleBroken, match=r"kommunstyrelsen \(M23, avsnitt 4\)"):
        record_review(review=review, outcome=ReviewOutcome.LEAVE, note="Dyrt.", by=people.head, at=AT)
    Engagement.objects.filter(pk=review.engagement_id).update(scope=Scope.OWN_FIELD)
    assert (
        record_review(review=review, outcome=ReviewOutcome.KEEP, note="Bra.", by=people.head, at=AT).outcome == "keep"
    )


def test_a_trip_of_the_commissioner_s_names_its_row(people: People) -> None:
    assert route_of(a_trip(people)).ways == (("M5", "finansborgarradet"),)


# --- where it lies, and by what right


def test_it_lies_with_the_first_of_the_house_that_decides_it(people: People) -> None:
    told = {"scope": "city_wide", "instrument": "organisation"}
    own = an_engagement(people.coordinator, people.body("110"), Kind.MEMBERSHIP, **told)
    assert lies_with(own, route_of(own)) == people.body("KF")
    told["instrument"] = "network"
    own = an_engagement(people.coordinator, people.body("110"), Kind.MEMBERSHIP, **told)
    assert lies_with(own, route_of(own)) == people.body("KS")
    other = an_engagement(people.contact, people.body("169"), Kind.MEMBERSHIP, **told)
    assert lies_with(other, route_of(other)) == people.body("169")
    grant(engagement=other, to=people.body("KS"), action=Action.DECIDE, reason="Prov", by=None, at=AT)
    assert lies_with(other, route_of(other)) == people.body("KS")
    field = an_engagement(people.contact, people.body("169"), Kind.MEMBERSHIP, scope="own_field", instrument="network")
    assert lies_with(field, route_of(field)) == people.body("169")


def test_who_decides_without_a_point(people: People) -> None:
    visit = a_visit(people.contact, people.body("169")).engagement
    network = an_engagement(
        people.contact, people.body("169"), Kind.MEMBERSHIP, scope="own_field", instrument="network"
    )
    Mandate.objects.create(
        person=people.stranger, body=people.body("169"), role=Role.DELEGATE, valid_from=date(2020, 1, 1)
    )
    places = ("head", "board_secretary", "contact", "stranger", "outsider")
    by_right = {
        place: [decides_by_right(getattr(people, place), one, on=ON) for one in (visit, network)] for place in places
    }
    assert by_right == {
        "head": [True, False], "board_secretary": [True, True], "contact": [False, False], "stranger": [False, False],
        "outsider": [False, False],
    }  # fmt: skip
    assert not decides_by_right(people.head, visit, on=date(2019, 1, 1))


def test_an_edition_without_the_word_for_a_journey_takes_the_plain_one_or_asks() -> None:
    now = edition("2016")

    def without(*codes: str) -> Edition:
        return replace(now, instruments=tuple(one for one in now.instruments if one.code not in codes))

    study = Facts(instrument="study_trip", on_behalf_of_ks=False)
    assert way_under(without("study_trip"), study).matter == "M6"
    assert [one.code for one in way_under(without("study_trip", "trip"), study).questions] == ["instrument"]
    asked = way_under(without("reception"), Facts(instrument="reception", among=("trip",)))
    assert [one.code for one in asked.questions] == ["instrument"] and not asked.ways


def test_the_rule_is_the_rows_and_their_section() -> None:
    assert rule_of(Route(None, None)) == "C15"
    assert rule_of(Route(None, None, ways=(("M1", "KF"), ("M2", "KS")))) == "M1, M2"
    assert rule_of(Route("M1", "KF", section="5", ways=(("M1", "KF"),))) == "M1, avsnitt 5"
