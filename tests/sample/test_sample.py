"""The promises of the demo's data, on all of it."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db.models import F, Q, Sum
from django.utils import timezone

from decisions.enums import FINAL_OUTCOMES, MeetingState, Outcome
from decisions.models import AgendaItem, Decision, Meeting
from engagements.enums import DeclarationKind, InfluenceForm, Kind, ProjectKind, State, TripKind
from engagements.models import Document, Engagement, Partner, Priority, ProjectYear
from memberships.enums import AgreementType, MembershipForm, ReviewOutcome
from memberships.models import Agreement, Membership, Review
from organisation.cast import CAST
from organisation.enums import CONTACT_REQUIRED_KINDS, BodyKind, Role
from organisation.models import Absence, Body, Mandate, User
from stockholm_intl.kit import clock
from stockholm_intl.sample.content import content
from stockholm_intl.sample.days import TODAY, is_workday
from stockholm_intl.sample.lives import Desk
from stockholm_intl.sample.numbers import RegistryNumbers
from stockholm_intl.sample.partners import Partners
from stockholm_intl.sample.people import Staff
from stockholm_intl.sample.visits import Visits
from tests.sample.conftest import PASSWORD, told
from visits.enums import VisitorKind, VisitType
from visits.models import VisitRequest

pytestmark = pytest.mark.usefixtures("city")


def sample() -> Any:
    return Engagement.objects.filter(is_sample=True)


def test_all_of_it_loads_and_nothing_is_refused(city: dict[str, Any]) -> None:
    assert 380 <= city["sample"]["added"] <= 450
    assert city["sample"]["added"] == sample().count()
    assert city["registers"]["bodies"]["refused"] == city["registers"]["organisations"]["refused"] == []
    assert (city["history"]["loaded"], city["history"]["refused"]) == (32, [])


def test_a_second_run_adds_nothing() -> None:
    before = Engagement.history.count(), User.objects.count(), Partner.objects.count(), Meeting.objects.count()
    assert told("load_sample") == {"added": 0, "unchanged": sample().count()}
    assert (
        Engagement.history.count(),
        User.objects.count(),
        Partner.objects.count(),
        Meeting.objects.count(),
    ) == before


def test_the_clock_finds_24_of_95_due_and_opens_nothing_more() -> None:
    expected = {"opened": 0, "already_open": 24, "not_due": 71}
    assert told("flag_due_reviews", on="2026-11-22") == expected
    assert told("flag_due_reviews", on="2027-01-31") == expected


def test_some_reviews_are_late_and_each_was_opened_half_a_year_before() -> None:
    opened = Review.objects.open()
    assert 5 <= opened.filter(due_on__lt=TODAY).count() <= 10
    assert not opened.filter(opened_on__gt=F("due_on")).exists()


def test_no_title_comes_twice_and_none_is_filling() -> None:
    titles = list(sample().values_list("title", flat=True))
    assert max(Counter(titles).values()) == 1
    assert not [title for title in titles if "lorem" in title.lower() or "{" in title]


@pytest.mark.parametrize(
    ("values", "every"),
    [
        (lambda: sample().values_list("kind"), Kind),
        (lambda: sample().values_list("state"), State),
        (lambda: sample().values_list("body__kind"), BodyKind),
        (lambda: VisitRequest.objects.values_list("visit_type"), VisitType),
        (lambda: VisitRequest.objects.values_list("visitor_kind"), VisitorKind),
        (lambda: sample().filter(kind="trip").values_list("trip__kind"), TripKind),
        (lambda: sample().filter(kind="declaration").values_list("declaration__kind"), DeclarationKind),
        (lambda: sample().filter(kind="eu_influence").values_list("euinfluence__form"), InfluenceForm),
        (lambda: sample().filter(kind="project").values_list("project__kind"), ProjectKind),
        (lambda: Membership.objects.values_list("form"), MembershipForm),
        (lambda: Agreement.objects.values_list("agreement_type"), AgreementType),
        (lambda: Review.objects.exclude(outcome="").values_list("outcome"), ReviewOutcome),
        (lambda: Decision.objects.values_list("outcome"), Outcome),
        (lambda: Meeting.objects.values_list("state"), set(MeetingState) - {MeetingState.APPROVED}),
        (lambda: Mandate.objects.values_list("role"), set(Role) - {Role.DELEGATE}),
    ],
)
def test_every_kind_and_state_is_there(values: Any, every: Any) -> None:
    assert {value for (value,) in values()} - {""} >= {str(one.value) for one in every}


def test_each_year_has_its_work() -> None:
    years = Counter(engagement.created_at.year for engagement in sample())
    assert min(years[year] for year in (2024, 2025, 2026)) >= 90


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_keys_have_no_gaps_and_follow_the_day_of_registration(year: int) -> None:
    rows = Engagement.objects.filter(key__startswith=f"INT-{year}").order_by("key").values_list("key", "registered_at")
    assert [int(key[-5:]) for key, _at in rows] == list(range(1, len(rows) + 1))
    registered = [at for _key, at in rows]
    assert registered == sorted(registered)
    assert all(at.astimezone(timezone.get_current_timezone()).year == year for at in registered)


def test_history_ends_in_what_the_rows_say_and_never_in_the_future() -> None:
    lives: dict[int, list[Any]] = defaultdict(list)
    for row in Engagement.history.filter(is_sample=True).order_by("history_date", "history_id"):
        lives[row.id].append(row)
    for engagement in sample():
        rows = lives[engagement.pk]
        assert rows[0].history_type == "+"
        assert (rows[-1].state, rows[-1].version) == (engagement.state, engagement.version), engagement.title
        assert rows[-1].history_date.date() <= TODAY
        assert [row.version for row in rows] == sorted(row.version for row in rows), engagement.title


def test_delegations_come_on_working_days() -> None:
    days = sample().filter(kind=Kind.VISIT, starts_on__isnull=False).values_list("starts_on", flat=True)
    assert [day for day in days if not is_workday(day)] == []


def test_what_is_decided_has_a_direction_with_its_motive() -> None:
    decided = sample().filter(state__in=[State.PROPOSED, State.APPROVED, State.DECLINED, State.COMPLETED, State.CLOSED])
    assert not decided.filter(main_direction="").exists()
    assert all(engagement.motives[code].strip() for engagement in decided for code in engagement.directions)


def test_the_ninth_meeting_of_2026_has_its_list() -> None:
    meeting = Meeting.objects.get(body__code="IB", year=2026, number=9)
    assert (meeting.held_on, meeting.state) == (date(2026, 11, 18), MeetingState.HELD)
    final = Decision.objects.filter(item__meeting=meeting, outcome__in=sorted(FINAL_OUTCOMES))
    assert final.count() >= 8
    assert {decision.outcome for decision in final} == set(FINAL_OUTCOMES)
    assert not final.filter(Q(point=None) | Q(delegate="") | Q(text="")).exists()


def test_the_committee_met_nine_times_and_meets_again() -> None:
    meetings = Meeting.objects.filter(body__code="IB", year=2026, source="")
    assert list(meetings.order_by("number").values_list("number", flat=True)) == list(range(1, 11))
    coming = meetings.get(number=10)
    assert (coming.held_on, coming.state) == (date(2026, 12, 9), MeetingState.PLANNED)
    assert coming.items.filter(decision__isnull=True, engagement__isnull=False).count() >= 4


def test_travel_reports_come_back_to_the_committee() -> None:
    assert AgendaItem.objects.filter(section="3", decision__outcome=Outcome.NOTED).count() >= 8
    reported = sample().filter(kind=Kind.TRIP, state=State.COMPLETED, on_behalf_of_ks=True)
    assert not reported.filter(trip__report="").exists()


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_eu_money_is_near_what_the_city_tells(year: int) -> None:
    money = ProjectYear.objects.filter(year=year, project__kind=ProjectKind.EU).aggregate(sum=Sum("funding_sek"))["sum"]
    assert Decimal(50_000_000) <= money <= Decimal(65_000_000)


def test_no_cooperation_agreement_is_made_up_between_the_city_and_a_city() -> None:
    assert not sample().filter(kind=Kind.AGREEMENT, partner__kind="city").exists()


def test_every_office_that_must_has_a_contact_person_and_every_login_is_an_office() -> None:
    offices = Body.objects.filter(kind__in=CONTACT_REQUIRED_KINDS, valid_to=None)
    served = Mandate.objects.in_force(on=TODAY).filter(role__in=[Role.CONTACT_PERSON, Role.COORDINATOR])
    assert set(offices.values_list("pk", flat=True)) <= set(served.values_list("body", flat=True))
    assert not User.objects.exclude(email__endswith="@stockholm.example").exists()


def test_mandates_that_go_out_and_a_substitute_are_there() -> None:
    ending = Mandate.objects.ending(on=TODAY, within=60)
    assert {mandate.body.code for mandate in ending} == {"169", "181"} and all(mandate.is_deputy for mandate in ending)
    absence = Absence.objects.ahead(on=TODAY).get()
    assert absence.body.code == "169" and absence.substitute.mandates.get().valid_to >= absence.valid_to


def test_the_cast_signs_in_with_the_printed_password() -> None:
    logins = told("demo_logins")
    assert [login["username"] for login in logins] == [part.username for part in CAST]
    assert all(login["role"] and login["body"] for login in logins)
    for login in logins:
        assert authenticate(username=login["username"], password=login["password"]), login["username"]
    assert {login["password"] for login in logins} == {PASSWORD}


def test_work_waits_for_the_cast() -> None:
    environment = sample().filter(body__code="169")
    to_assess = environment.filter(state__in=[State.REGISTERED, State.ASSESSED], kind=Kind.VISIT)
    assert to_assess.filter(respond_by__lt=TODAY).exists()
    assert to_assess.filter(respond_by__gte=TODAY).exists()
    assert environment.filter(state=State.PROPOSED, kind=Kind.VISIT).count() >= 2
    assert environment.filter(state=State.DRAFT).count() >= 1
    assert Document.objects.filter(engagement__in=environment).exists()


def test_secret_matters_say_why_and_are_shared_by_name() -> None:
    secret = sample().get(is_secret=True)
    assert secret.secrecy_paragraph
    assert secret.user_grants.exists()


def test_what_surrounds_the_matters_is_there() -> None:
    assert Priority.objects.filter(body=None).exists()
    assert Priority.objects.exclude(body=None).exists()
    then = [clock.local_date(row.history.earliest().history_date) == row.valid_from for row in Priority.objects.all()]
    assert all(then), "what was decided since keeps its row by them"
    assert Partner.objects.filter(is_sample=True, country="").count() >= 50
    assert not Decision.objects.filter(is_sample=False).exists()


def test_the_same_rows_come_out_every_time() -> None:
    again = Visits(Staff(), Partners(), RegistryNumbers(), "Visits").stories()
    stored = dict(sample().filter(kind=Kind.VISIT).values_list("title", "starts_on"))
    assert all(stored[story.engagement.title] == story.engagement.starts_on for story in again)


def test_the_content_names_only_bodies_and_visitors_there_are() -> None:
    desk = Desk(Staff(), Partners(), RegistryNumbers(), "")
    for topic in content("visits")["topics"]:
        assert desk.staff.body(topic["body"])
        assert all(desk.partners.visitor(name) for name in topic["visitors"])
