"""The desk and the engagement's page know who decides: not the one who writes it down, and not every committee."""

from datetime import date, timedelta

import pytest

from decisions.operations import decide_own
from engagements.enums import Instrument, Scope, State
from engagements.models import Engagement
from engagements.operations import propose_engagement
from engagements.submitting import submit_engagement
from memberships.operations import register_membership
from organisation.enums import Role
from organisation.models import Mandate, User
from stockholm_intl.kit import clock
from tests.decisions.making import AFTER, a_meeting, a_point, a_trip, decided, referred
from tests.decisions.pages import AsUser, text_of, url
from tests.factories import a_visit
from tests.factories.memberships import a_membership_draft, a_review
from tests.people import People, person
from tests.queries import queries_of
from visits.enums import VisitType
from visits.gathering import INSTRUMENTS
from visits.models import VisitRequest


def test_the_desk_names_the_delegate_not_the_secretary_who_wrote_it_down(people: People, as_user: AsUser) -> None:
    trip = a_trip(people, "Eurocities i Brno")
    decided(people, referred(people, a_meeting(people), trip), a_point(people))
    for who in (people.ib_secretary, people.coordinator):
        desk = text_of(as_user(who).get(url("desk")))
        assert "Finansborgarrådet sade ja till Eurocities i Brno" in desk
        assert "Du sade ja" not in desk


def test_the_head_who_decides_is_told_so_and_the_contact_person_sees_by_whom(people: People, as_user: AsUser) -> None:
    engagement = a_visit(people.contact, people.body("169"), title="Besök från Utrecht").engagement
    Engagement.objects.filter(pk=engagement.pk).update(state=State.PROPOSED)
    decide_own(engagement=engagement, outcome="accept", by=people.head, at=AFTER)
    assert "Du sade ja till Besök från Utrecht" in text_of(as_user(people.head).get(url("desk")))
    assert "Förvaltningschefen sade ja till Besök från Utrecht" in text_of(as_user(people.contact).get(url("desk")))


def test_the_boards_secretary_who_writes_it_down_has_not_said_yes(people: People, as_user: AsUser) -> None:
    engagement = a_visit(people.contact, people.body("169"), title="Besök från Utrecht").engagement
    Engagement.objects.filter(pk=engagement.pk).update(state=State.PROPOSED)
    decide_own(engagement=engagement, outcome="accept", by=people.board_secretary, at=AFTER)
    desk = text_of(as_user(people.board_secretary).get(url("desk")))
    assert "Miljö- och hälsoskyddsnämnden sade ja till Besök från Utrecht" in desk


def proposed(people: People, instrument: str) -> Engagement:
    engagement = a_membership_draft(people.contact, people.body("169"), matter={"title": "Helt"})
    Engagement.objects.filter(pk=engagement.pk).update(scope=Scope.CITY_WIDE, instrument=instrument)
    register_membership(engagement=engagement, by=people.contact, at=AFTER)
    return propose_engagement(engagement=engagement, text="Staden går med.", by=people.contact, at=AFTER)


def test_what_is_handed_to_kommunstyrelsen_waits_for_its_secretary_and_many_cost_as_one(
    people: People, as_user: AsUser
) -> None:
    secretary = person("sekr.ks", "Sekreteraren, Kommunstyrelsen")
    Mandate.objects.create(
        person=secretary, body=people.body("KS"), role=Role.BOARD_SECRETARY, valid_from=date(2020, 1, 1)
    )

    def asked(user: User) -> int:
        client = as_user(user)
        client.get(url("desk"))
        return queries_of(lambda: client.get(url("desk")))

    matter = proposed(people, Instrument.NETWORK)
    assert "För vidare till beslut: Helt" in text_of(as_user(people.head).get(url("desk")))
    submit_engagement(engagement=matter, by=people.contact, at=AFTER)
    assert "till beslut: Helt" not in text_of(as_user(people.head).get(url("desk")))
    assert "Besluta: Helt" in text_of(as_user(secretary).get(url("desk")))
    one = [asked(user) for user in (secretary, people.head)]
    for instrument in (Instrument.NETWORK, Instrument.ORGANISATION) * 3:
        submit_engagement(engagement=proposed(people, instrument), by=people.contact, at=AFTER)
    assert "För vidare" not in text_of(as_user(secretary).get(url("desk") + "?alla"))
    assert [asked(user) for user in (secretary, people.head)] == one


def test_a_state_visit_is_not_its_hosts_to_decide(people: People, as_user: AsUser) -> None:
    def a_proposed(title: str, sort: VisitType) -> None:
        visit = a_visit(
            people.contact, people.body("169"), title=title, instrument=INSTRUMENTS.get(sort, Instrument.VISIT)
        )
        VisitRequest.objects.filter(pk=visit.pk).update(visit_type=sort)
        Engagement.objects.filter(pk=visit.pk).update(state=State.PROPOSED)

    client = as_user(people.head)
    a_proposed("Utrecht", VisitType.STUDY_VISIT)
    a_proposed("Island", VisitType.STATE_VISIT)
    desk = text_of(client.get(url("desk")))
    assert "Besluta: Utrecht" in desk and "Besluta: Island" not in desk
    assert "För vidare till beslut: Island" in desk and "Beslutas av stadens ledning (M20" in desk
    few = queries_of(lambda: client.get(url("desk")))
    for title in ("Finland", "Danmark"):
        a_proposed(title, VisitType.STATE_VISIT)
    assert queries_of(lambda: client.get(url("desk"))) == few


@pytest.mark.parametrize("gone", ["mandate", "account"])
def test_what_somebody_who_has_left_handled_waits_for_those_who_prepare_there(
    people: People, as_user: AsUser, gone: str
) -> None:
    visit = a_visit(people.contact, people.body("169"), title="Besök från Utrecht").engagement
    review = a_review(people.contact, people.body("169"))
    waits = (f"Bedöm: {visit.title}", f"Ompröva: {review.engagement.title}")
    assert not any(one in text_of(as_user(people.head).get(url("desk"))) for one in waits)
    if gone == "mandate":
        people.contact.mandates.update(valid_to=clock.today() - timedelta(days=1))
    else:
        User.objects.filter(pk=people.contact.pk).update(is_active=False)
    assert all(one in text_of(as_user(people.head).get(url("desk"))) for one in waits)
    assert not any(one in text_of(as_user(people.outsider).get(url("desk"))) for one in waits)


def test_only_what_goes_through_the_committee_is_urged_there(people: People, as_user: AsUser) -> None:
    own = a_visit(people.contact, people.body("169")).engagement
    trip = a_trip(people, "Eurocities i Brno")
    client = as_user(people.ib_secretary)
    assert client.get(own.get_absolute_url()).context["next_step"] is None
    assert client.get(trip.get_absolute_url()).context["next_step"].url == url("engagement_refer", trip.key)
    assert url("engagement_refer", own.key) in client.get(own.get_absolute_url()).content.decode()


def test_what_stands_on_an_agenda_is_not_referred_again(people: People, as_user: AsUser) -> None:
    trip = a_trip(people, "Eurocities i Brno")
    client, address = as_user(people.ib_secretary), url("engagement_refer", trip.key)
    assert address in client.get(trip.get_absolute_url()).content.decode()
    referred(people, a_meeting(people), trip)
    assert address not in client.get(trip.get_absolute_url()).content.decode()


def test_the_desk_says_besluta_to_who_decides_and_to_others_where_it_belongs(people: People, as_user: AsUser) -> None:
    own, whole = (a_membership_draft(people.contact, people.body("169"), matter={"title": t}) for t in ("Eget", "Helt"))
    for engagement, scope in ((own, Scope.OWN_FIELD), (whole, Scope.CITY_WIDE)):
        Engagement.objects.filter(pk=engagement.pk).update(scope=scope, instrument=Instrument.NETWORK)
        register_membership(engagement=engagement, by=people.contact, at=AFTER)
        propose_engagement(engagement=engagement, text="Staden går med.", by=people.contact, at=AFTER)
    desk = text_of(as_user(people.head).get(url("desk")))
    assert "Besluta: Eget" in desk and "Besluta: Helt" not in desk
    assert "För vidare till beslut: Helt" in desk
    assert "Beslutas av kommunstyrelsen (M2, avsnitt 5)." in desk
