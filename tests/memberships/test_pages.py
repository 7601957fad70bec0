"""The pages as each person meets them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagements.enums import Scope, State
from engagements.models import Engagement, Judgement
from engagements.operations import propose_engagement
from engagements.permission import grant
from engagements.routing import MATTER
from engagements.submitting import submit_engagement
from memberships.enums import AgreementType, MembershipForm, ReviewOutcome
from memberships.models import Agreement, Membership, Review
from memberships.operations import propose_review, register_membership
from organisation.enums import Action
from tests.decisions.making import a_point
from tests.factories import AT
from tests.factories.memberships import a_membership, a_membership_draft, a_review, an_agreement
from tests.people import People, a_secretary_of
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

FILLED = {
    "form": "network",
    "counterpart": "Klimatnätverket",
    "title": "Medlemskap i Klimatnätverket",
    "theme": "klimat",
    "entered_on": "2026-12-01",
    "interval_months": "48",
    "fee_currency": "SEK",
    "annual_fee": "12 500,50",
    "body": "169",
    "main_direction": "samverkan",
    "motive": "Vi delar metod.",
    "submission": "6f2ab0f5-92d1-4b0e-9f2b-1d2f3a4b5c6d",
}
AGREED = {name: value for name, value in FILLED.items() if name not in ("form", "annual_fee", "fee_currency")} | {
    "agreement_type": "cooperation",
    "ends_on": "2028-12-01",
    "activity": "Utbyte om inköp.",
}
HOSTILE = [
    "\x00",
    "\u200b",
    "\u202e" + "abc",
    "x" * 10_000,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "{{ 7*7 }}",
    "../../etc",
]


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


# --- Lists


def test_the_list_shows_what_one_may_see_and_no_more(people: People, as_user: Any, membership: Membership) -> None:
    other = a_membership(people.outsider, people.body("181"), matter={"title": "Trafiknätverket"})
    text = page(as_user(people.contact), "membership_list")
    assert membership.engagement.key in text
    assert other.engagement.key not in text
    assert other.engagement.key in page(as_user(people.outsider), "membership_list")


def test_a_row_says_form_owner_since_and_when_it_is_reviewed(
    people: People, as_user: Any, membership: Any, today: date
) -> None:
    text = page(as_user(people.contact), "membership_list")
    for said in ("Nätverk", "Miljöförvaltningen", "2023-01-15", "2027-01-15", "dags nu", "Gäller"):
        assert said in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"network", "intent", "cooperation"}),
        ("?form=network", {"network"}),
        ("?form=intent", {"intent"}),
        ("?tema=ENERGI", {"intent"}),
        ("?lage=approved", {"network", "intent", "cooperation"}),
        ("?lage=draft", set()),
        ("?organ=169", {"network", "intent", "cooperation"}),
        ("?inriktning=samverkan", {"network", "intent", "cooperation"}),
        ("?inriktning=paverkan", set()),
        ("?ord=Kyoto", {"cooperation"}),
    ],
)
def test_the_list_is_narrowed_by_the_address(people: People, as_user: Any, query: str, shown: set[str]) -> None:
    body = people.body("169")
    made = {
        "network": a_membership(people.contact, body),
        "intent": an_agreement(people.contact, body, theme="energi"),
        "cooperation": an_agreement(
            people.contact, body, agreement_type=AgreementType.COOPERATION, matter={"title": "Avtal med Kyoto"}
        ),
    }
    text = page(as_user(people.coordinator), "membership_list", query=query)
    assert {name for name, row in made.items() if row.engagement.key in text} == shown


@pytest.mark.parametrize("query", ["?page=-1", "?sort=password", "?efter=x~y", "?fore=~", "?sort=%00"])
def test_an_odd_address_gets_the_list_and_a_word(people: People, as_user: Any, membership: Any, query: str) -> None:
    assert membership.engagement.key in page(as_user(people.contact), "membership_list", query=query)


@pytest.mark.parametrize(
    "query", ["?form=allt", "?lage=x", "?ord=" + "x" * 300, "?organ=%00", "?tema=%00", "?tema=" + "x" * 10_000]
)
def test_a_filter_that_is_no_filter_is_said_so(people: People, as_user: Any, query: str) -> None:
    response = as_user(people.coordinator).get(reverse("membership_list") + query)
    assert response.status_code == 422


@pytest.mark.parametrize("sort", ["-updated", "updated", "-date", "date", "-key", "key"])
def test_the_list_is_sorted(people: People, as_user: Any, sort: str) -> None:
    first = a_membership(people.contact, people.body("169"), entered_on=date(2020, 1, 1)).engagement.key
    second = a_membership(people.contact, people.body("169"), entered_on=date(2021, 1, 1)).engagement.key
    text = page(as_user(people.contact), "membership_list", query=f"?sort={sort}")
    assert (text.index(first) < text.index(second)) is not sort.startswith("-")


@pytest.mark.parametrize("name", ["membership_list", "review_list"])
@pytest.mark.parametrize("who", ["contact", "coordinator"])
def test_a_list_takes_as_many_queries_for_thirty_rows_as_for_one(
    people: People, as_user: Any, name: str, who: str
) -> None:
    counts = []
    for more in (1, 29):
        for _ in range(more):
            a_review(people.contact, people.body("169"))
        client = as_user(getattr(people, who))
        page(client, name)
        with CaptureQueriesContext(connection) as queries:
            text = page(client, name)
        counts.append(len(queries))
        assert text.count("<tbody>") >= 1
    assert counts[0] == counts[1] <= 8


def test_an_empty_list_says_what_would_be_here_and_how_to_make_one(people: People, as_user: Any) -> None:
    text = page(as_user(people.contact), "membership_list")
    assert "Inga medlemskap eller avtal ännu" in text
    assert reverse("membership_new") in text
    assert reverse("membership_new") not in page(as_user(people.auditor), "membership_list")


# --- Omprövas


def due_on(people: People, day: date, title: str, **details: Any) -> Membership:
    return a_membership(
        people.contact,
        people.body("169"),
        last_reviewed_on=date(day.year - 4, day.month, day.day),
        matter={"title": title},
        **details,
    )


def test_reviews_stand_under_late_now_and_soon(people: People, as_user: Any, today: date) -> None:
    due_on(people, date(2026, 11, 20), "Sent nätverk")
    due_on(people, date(2026, 12, 1), "Nära nätverk")
    due_on(people, date(2027, 6, 1), "Snart nätverk")
    due_on(people, date(2028, 6, 1), "Fjärran nätverk")
    text = page(as_user(people.contact), "review_list")
    places = [text.index(f"<strong>{title}") for title in ("Sent nätverk", "Nära nätverk", "Snart nätverk")]
    headings = [text.index(f'id="{code}"') for code in ("overdue", "due", "soon")]
    assert headings[0] < places[0] < headings[1] < places[1] < headings[2] < places[2]
    assert "Fjärran nätverk" not in text
    for said in ("2 dagar för sent", "om 9 dagar", "3 att ompröva inom ett år"):
        assert said in text


def test_an_empty_group_is_not_shown(people: People, as_user: Any, today: date) -> None:
    due_on(people, date(2026, 12, 1), "Nära nätverk")
    text = page(as_user(people.contact), "review_list")
    assert 'id="due"' in text
    assert 'id="overdue"' not in text


def test_reviews_are_narrowed_by_body(people: People, as_user: Any, today: date, membership: Any) -> None:
    assert membership.engagement.key in page(as_user(people.coordinator), "review_list", query="?organ=169")
    assert membership.engagement.key not in page(as_user(people.coordinator), "review_list", query="?organ=181")


def test_a_body_that_is_not_there_is_said_so(people: People, as_user: Any) -> None:
    for code in ("NIX", "%00", "x" * 999):
        assert as_user(people.coordinator).get(f"{reverse('review_list')}?organ={code}").status_code == 422


def test_reviews_of_others_are_not_seen(people: People, as_user: Any, today: date, membership: Any) -> None:
    assert membership.engagement.key not in page(as_user(people.outsider), "review_list")
    assert membership.engagement.key in page(as_user(people.contact), "review_list")


def test_only_who_may_review_gets_the_link_to_it(people: People, as_user: Any, today: date, membership: Any) -> None:
    link = reverse("membership_review", args=[membership.engagement.key])
    for who in (people.contact, people.head, people.board_secretary):
        assert link in page(as_user(who), "review_list")
    for who in (people.auditor, people.controller):
        assert link not in page(as_user(who), "review_list")


def test_what_a_review_has_come_to_is_said(people: People, as_user: Any, today: date) -> None:
    review = a_review(people.contact, people.body("169"))
    assert "Öppen" in page(as_user(people.contact), "review_list")
    propose_review(review=review, outcome=ReviewOutcome.LEAVE, note="Dyrt.", by=people.contact, at=AT)
    assert "Förslag: avslutas" in page(as_user(people.contact), "review_list")


def test_a_fragment_is_the_groups_alone(people: People, as_user: Any, today: date, membership: Any) -> None:
    response = as_user(people.contact).get(reverse("review_list"), headers={"HX-Request": "true"})
    text = response.content.decode()
    assert membership.engagement.key in text
    assert "<html" not in text


# --- One matter


def test_the_page_says_what_it_is_and_when_it_is_reviewed(
    people: People, as_user: Any, membership: Any, today: date
) -> None:
    text = page(as_user(people.contact), "membership_detail", membership.engagement.key)
    for said in ("Nordiskt nätverk för klimatbudget", "Nätverk", "15 januari 2027", "omprövas senast", "Historik"):
        assert said in text


def test_reviews_done_stand_on_the_page(people: People, as_user: Any, today: date) -> None:
    review = a_review(people.contact, people.body("169"))
    said = {"decided_on": "2026-11-18", "paragraph": "§ 12"}
    decide(as_user(people.board_secretary), review.engagement.key, **said)
    text = page(as_user(people.contact), "membership_detail", review.engagement.key)
    assert "Fortsätter" in text
    assert "Miljö- och hälsoskyddsnämnden, § 12" in text
    assert "Gav oss tre idéer." in text


def test_an_agreement_of_cooperation_has_no_review_day(people: People, as_user: Any) -> None:
    agreement = an_agreement(
        people.contact, people.body("169"), agreement_type=AgreementType.COOPERATION, ends_on=date(2028, 1, 1)
    )
    text = page(as_user(people.contact), "membership_detail", agreement.engagement.key)
    assert "omprövas senast" not in text
    assert "1 januari 2028" in text


@pytest.mark.parametrize("name", ["membership_detail", "membership_edit", "membership_propose", "membership_review"])
def test_what_is_not_visible_is_not_found(people: People, as_user: Any, membership: Any, name: str) -> None:
    address = reverse(name, args=[membership.engagement.key])
    for who in (people.outsider, people.ib_member, people.stranger):
        assert as_user(who).get(address).status_code == 404
    assert as_user(people.contact).get(reverse("membership_detail", args=["INT-2026-99999"])).status_code == 404


@pytest.mark.parametrize("name", ["membership_edit", "membership_review", "membership_propose"])
def test_what_is_visible_but_not_allowed_is_forbidden(people: People, as_user: Any, membership: Any, name: str) -> None:
    address = reverse(name, args=[membership.engagement.key])
    for who in (people.auditor, people.coordinator):
        assert as_user(who).get(address).status_code == 403
        assert as_user(who).post(address, {}).status_code == 403


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(client: Client, people: People, membership: Any) -> None:
    response = client.get(reverse("membership_detail", args=[membership.engagement.key]))
    assert response.status_code == 302
    assert reverse("login") in response["Location"]


def test_a_visit_is_not_a_membership(people: People, as_user: Any) -> None:
    from tests.factories import a_visit

    visit = a_visit(people.contact, people.body("169"))
    address = reverse("membership_detail", args=[visit.engagement.key])
    assert as_user(people.contact).get(address).status_code == 404


def test_a_secret_one_is_seen_by_the_named_only(people: People, as_user: Any, membership: Any, today: date) -> None:
    Engagement.objects.filter(pk=membership.pk).update(is_secret=True, secrecy_paragraph="OSL 15 kap. 1 §")
    grant(engagement=membership.engagement, to=people.head, action=Action.READ, reason="Handlägger.", by=None, at=AT)
    key = membership.engagement.key
    for name in ("membership_list", "review_list"):
        assert key in page(as_user(people.head), name)
        assert key not in page(as_user(people.contact), name)
        assert key not in page(as_user(people.coordinator), name)


# --- Written down


def test_a_membership_is_registered(people: People, as_user: Any) -> None:
    response = as_user(people.contact).post(reverse("membership_new"), FILLED)
    engagement = Engagement.objects.get()
    assert response["Location"] == reverse("membership_detail", args=[engagement.key])
    membership = engagement.membership
    assert (engagement.state, membership.entered_on) == (State.REGISTERED, date(2026, 12, 1))
    assert (str(membership.annual_fee), engagement.motives) == ("12500.50", {"samverkan": "Vi delar metod."})


def test_an_agreement_is_registered(people: People, as_user: Any) -> None:
    as_user(people.contact).post(f"{reverse('membership_new')}?slag=avtal", AGREED)
    agreement = Agreement.objects.get()
    assert (agreement.agreement_type, agreement.ends_on) == (AgreementType.COOPERATION, date(2028, 12, 1))
    assert agreement.engagement.key


def test_the_same_form_sent_eight_times_makes_one(people: People, as_user: Any) -> None:
    client = as_user(people.contact)
    for _ in range(8):
        assert client.post(reverse("membership_new"), FILLED).status_code == 302
    assert Engagement.objects.count() == 1


def test_a_draft_asks_for_little_and_can_go_on(people: People, as_user: Any) -> None:
    client = as_user(people.contact)
    little = {
        name: FILLED[name] for name in ("form", "entered_on", "interval_months", "fee_currency", "body", "submission")
    }
    response = client.post(reverse("membership_new"), little | {"utkast": "1"})
    draft = Engagement.objects.get()
    assert response["Location"] == reverse("membership_draft", args=[draft.pk])
    assert "Spara utkast" in page(client, "membership_draft", draft.pk)
    client.post(reverse("membership_draft", args=[draft.pk]), FILLED)
    draft.refresh_from_db()
    assert (draft.state, draft.title) == (State.REGISTERED, FILLED["title"])
    assert client.get(reverse("membership_draft", args=[draft.pk])).status_code == 302


def test_autosave_keeps_one_draft_and_says_when(people: People, as_user: Any, today: date) -> None:
    client = as_user(people.contact)
    for title in ("Ett", "Två"):
        response = client.post(f"{reverse('membership_new')}?auto=1", FILLED | {"title": title})
        assert response.content.decode() == "Sparat 12.00"
    assert Engagement.objects.get().title == "Två"


def test_a_draft_can_be_removed_and_a_registered_one_not(people: People, as_user: Any, membership: Any) -> None:
    client = as_user(people.contact)
    draft = a_membership_draft(people.contact, people.body("169"))
    client.post(reverse("membership_remove", args=[draft.pk]))
    client.post(reverse("membership_remove", args=[membership.pk]))
    assert list(Engagement.objects.values_list("pk", flat=True)) == [membership.pk]


def test_who_prepares_for_no_body_cannot_register(people: People, as_user: Any) -> None:
    for who in (people.auditor, people.stranger, people.board_secretary):
        assert as_user(who).get(reverse("membership_new")).status_code == 403


def test_nobody_registers_for_anothers_body(people: People, as_user: Any) -> None:
    response = as_user(people.outsider).post(reverse("membership_new"), FILLED)
    assert response.status_code == 422
    assert not Engagement.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"counterpart": ""}, "Fältet är tomt"),
        ({"entered_on": "i våras"}, "Skriv datumet som år-månad-dag"),
        ({"entered_on": "0000-01-01"}, "Året ska ligga mellan"),
        ({"entered_on": "2026-02-30"}, "finns inte i kalendern"),
        ({"interval_months": "0"}, "minst 1"),
        ({"interval_months": "2147483648"}, "högst 120"),
        ({"interval_months": "24"}, "Skriv varför intervallet är ett annat än 48 månader."),
        ({"annual_fee": "-1"}, "minst 0"),
        ({"annual_fee": "mycket"}, "Skriv talet med siffror"),
        ({"form": "loge"}, "Välj ett av alternativen"),
        ({"body": "NIX"}, "Välj ett"),
        ({"main_direction": ""}, "Välj den inriktning som meningen gäller."),
    ],
)
def test_what_is_wrong_is_said_in_swedish_and_what_was_typed_is_kept(
    people: People, as_user: Any, wrong: dict, said: str
) -> None:
    response = as_user(people.contact).post(reverse("membership_new"), FILLED | wrong)
    text = response.content.decode()
    assert response.status_code == 422
    assert said in text
    assert "Vi delar metod." in text
    assert not Engagement.objects.exists()


def test_an_agreement_that_ends_before_it_begins_is_said_so(people: People, as_user: Any) -> None:
    address = f"{reverse('membership_new')}?slag=avtal"
    response = as_user(people.contact).post(address, AGREED | {"ends_on": "2026-12-01"})
    assert response.status_code == 422
    assert "Avtalet slutar innan det har börjat" in response.content.decode()


@pytest.mark.parametrize(
    "field", ["title", "counterpart", "theme", "benefit", "motive", "registry_number", "submission", "annual_fee"]
)
def test_hostile_text_never_breaks_the_page(people: People, as_user: Any, field: str) -> None:
    client = as_user(people.contact)
    for text in HOSTILE:
        response = client.post(reverse("membership_new"), FILLED | {field: text})
        assert response.status_code in (302, 422)
        assert "<script>alert" not in response.content.decode()


def test_a_used_registry_number_is_said_so(people: People, as_user: Any) -> None:
    client = as_user(people.contact)
    client.post(reverse("membership_new"), FILLED | {"registry_number": "2026-1"})
    other = "0f2ab0f5-92d1-4b0e-9f2b-1d2f3a4b5c6d"
    response = client.post(reverse("membership_new"), FILLED | {"registry_number": "2026–1", "submission": other})
    assert response.status_code == 422
    assert "Numret finns redan" in response.content.decode()


# --- Changed


def registered(people: People) -> Engagement:
    draft = a_membership_draft(people.contact, people.body("169"))
    return register_membership(engagement=draft, by=people.contact, at=AT)


def test_a_registered_one_is_edited_whole(people: People, as_user: Any) -> None:
    engagement = registered(people)
    client = as_user(people.contact)
    assert 'name="title"' in page(client, "membership_edit", engagement.key)
    client.post(
        reverse("membership_edit", args=[engagement.key]),
        FILLED | {"title": "Nytt namn", "version": engagement.version, "reason": "Rättat."},
    )
    engagement.refresh_from_db()
    assert engagement.title == "Nytt namn"
    assert "Rättat." in page(client, "membership_detail", engagement.key)


def test_in_force_only_what_needs_no_decision_is_edited(people: People, as_user: Any, membership: Any) -> None:
    client = as_user(people.contact)
    assert 'name="title"' not in page(client, "membership_edit", membership.engagement.key)
    response = client.post(
        reverse("membership_edit", args=[membership.engagement.key]),
        {
            "theme": "luft",
            "interval_months": "24",
            "interval_reason": "Avgiften stiger.",
            "fee_currency": "EUR",
            "annual_fee": "100",
            "version": membership.engagement.version,
            "title": "Annat",
        },
    )
    assert response.status_code == 302
    membership = Membership.objects.get()
    assert (membership.theme, membership.review_by, membership.fee_currency) == ("luft", date(2025, 1, 15), "EUR")
    assert membership.engagement.title != "Annat"


def test_an_agreement_in_force_is_kept_up(people: People, as_user: Any) -> None:
    agreement = an_agreement(people.contact, people.body("169"))
    values = {"theme": "luft", "interval_months": "48", "activity": "Möten", "version": agreement.engagement.version}
    as_user(people.contact).post(reverse("membership_edit", args=[agreement.engagement.key]), values)
    assert Agreement.objects.get().activity == "Möten"


def test_the_second_editor_sees_both_texts(people: People, as_user: Any) -> None:
    engagement = registered(people)
    address = reverse("membership_edit", args=[engagement.key])
    mine = FILLED | {"version": engagement.version}
    assert as_user(people.head).post(address, mine | {"theme": "chefens ord"}).status_code == 302
    response = as_user(people.contact).post(address, mine | {"theme": "mina ord"})
    text = response.content.decode()
    assert response.status_code == 409
    assert "chefens ord" in text
    assert "mina ord" in text
    assert Membership.objects.get().theme == "chefens ord"


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "99999999999"])
def test_a_bad_version_never_overwrites(people: People, as_user: Any, version: str) -> None:
    engagement = registered(people)
    address = reverse("membership_edit", args=[engagement.key])
    response = as_user(people.contact).post(address, FILLED | {"version": version, "title": "Annat"})
    assert response.status_code in (409, 422)
    engagement.refresh_from_db()
    assert engagement.title != "Annat"


@pytest.mark.parametrize("state", [State.PROPOSED, State.DECLINED, State.CLOSED, State.STRUCK])
def test_what_is_past_changing_is_not_edited(people: People, as_user: Any, state: State) -> None:
    engagement = registered(people)
    Engagement.objects.filter(pk=engagement.pk).update(state=state)
    assert as_user(people.contact).get(reverse("membership_edit", args=[engagement.key])).status_code == 403


# --- Proposed


def test_a_proposal_goes_to_decision(people: People, as_user: Any) -> None:
    engagement = registered(people)
    as_user(people.contact).post(
        reverse("membership_propose", args=[engagement.key]), {"text": "Godkänna att staden går med."}
    )
    engagement.refresh_from_db()
    assert (engagement.state, engagement.proposal_text) == (State.PROPOSED, "Godkänna att staden går med.")
    assert reverse("engagement_decide", args=[engagement.key]) in page(
        as_user(people.head), "membership_detail", engagement.key
    )


@pytest.mark.parametrize("text", ["", "  ", "\x00", "\u200b", "x" * 10_000])
def test_a_bad_proposal_is_said_so(people: People, as_user: Any, text: str) -> None:
    engagement = registered(people)
    response = as_user(people.contact).post(reverse("membership_propose", args=[engagement.key]), {"text": text})
    assert response.status_code == 422


def test_a_proposal_without_direction_says_what_is_missing(people: People, as_user: Any) -> None:
    draft = a_membership_draft(people.contact, people.body("169"), matter={"main_direction": "", "motives": {}})
    engagement = register_membership(engagement=draft, by=people.contact, at=AT)
    response = as_user(people.contact).post(reverse("membership_propose", args=[engagement.key]), {"text": "Gå med."})
    assert response.status_code == 422
    assert "Välj en huvudinriktning." in response.content.decode()


def test_what_is_proposed_is_not_proposed_again(people: People, as_user: Any) -> None:
    engagement = propose_engagement(engagement=registered(people), text="Gå med.", by=people.contact, at=AT)
    assert as_user(people.contact).get(reverse("membership_propose", args=[engagement.key])).status_code == 403


# --- Reviewed


def decide(client: Client, key: str, outcome: str = "keep", note: str = "Gav oss tre idéer.", **more: Any) -> Any:
    return client.post(reverse("membership_review", args=[key]), {"outcome": outcome, "note": note} | more)


def test_the_head_decides_a_review(people: People, as_user: Any, membership: Any, today: date) -> None:
    point = a_point(people, "MHN 7", body="MHN")
    response = decide(as_user(people.head), membership.engagement.key, point=point.pk)
    assert response["Location"] == reverse("membership_detail", args=[membership.engagement.key])
    assert Membership.objects.get().last_reviewed_on == today
    assert Review.objects.get().decided_by == people.head


def test_the_boards_secretary_writes_in_what_the_board_decided(people: People, as_user: Any, membership: Any) -> None:
    decide(as_user(people.board_secretary), membership.engagement.key, outcome="leave", decided_on="2026-11-18")
    assert Engagement.objects.get().state == State.CLOSED


def test_the_contact_person_proposes_and_the_head_sees_it(
    people: People, as_user: Any, membership: Any, today: date
) -> None:
    a_point(people, "MHN 7", body="MHN")
    client = as_user(people.contact)
    assert "Lämna förslaget" in page(client, "membership_review", membership.engagement.key)
    decide(client, membership.engagement.key, outcome="change")
    assert Review.objects.get().is_open
    assert Membership.objects.get().last_reviewed_on is None
    text = page(as_user(people.head), "membership_review", membership.engagement.key)
    assert "Förslag: fortsätter med ändring." in text
    assert "Gav oss tre idéer." in text
    assert "Besluta om omprövningen" in page(as_user(people.head), "membership_detail", membership.engagement.key)


@pytest.mark.parametrize(
    ("outcome", "note"),
    [("", "Bra."), ("keep", ""), ("kanske", "Bra."), ("keep", "\x00"), ("keep", "\u200b"), ("keep", "x" * 10_000)],
)
def test_a_bad_review_is_said_so_and_keeps_what_was_typed(
    people: People, as_user: Any, membership: Any, outcome: str, note: str
) -> None:
    assert decide(as_user(people.head), membership.engagement.key, outcome, note).status_code == 422
    assert not Review.objects.exists()


def city_wide(people: People, form: MembershipForm) -> str:
    owner = people.body("169")
    return a_membership(people.contact, owner, form=form, matter={"scope": Scope.CITY_WIDE}).engagement.key or ""


def left_by_kommunstyrelsen(people: People) -> str:
    """The body's own to go on with; that it ends has been judged to be kommunstyrelsen's."""
    owner = people.body("169")
    found = a_membership(people.contact, owner, matter={"scope": Scope.OWN_FIELD}).engagement
    Judgement.objects.create(
        engagement=found, subject=MATTER, answer="KS", reason="KS § 7.", by=people.coordinator, at=AT
    )
    return found.key or ""


@pytest.mark.parametrize(
    ("form", "decider"),
    [(MembershipForm.ORGANISATION, "kommunfullmäktige"), (MembershipForm.NETWORK, "kommunstyrelsen")],
)
def test_whose_body_does_not_decide_a_review_proposes_it_and_is_told_who_does(
    people: People, as_user: Any, today: date, form: MembershipForm, decider: str
) -> None:
    key, client = city_wide(people, form), as_user(people.head)
    text = page(client, "membership_review", key)
    assert "Lämna förslaget" in text
    assert f"Omprövningen beslutas av {decider} (M22, avsnitt 4)." in text
    assert decide(client, key).status_code == 302
    review = Review.objects.get()
    assert (review.is_open, review.proposed_by) == (True, people.head)
    assert "Besluta om omprövningen" not in page(client, "membership_detail", key)


def test_who_neither_decides_nor_prepares_a_review_is_told_who_does(people: People, as_user: Any, today: date) -> None:
    key, client = city_wide(people, MembershipForm.NETWORK), as_user(people.board_secretary)
    response = client.get(reverse("membership_review", args=[key]))
    assert response.status_code == 403
    assert "Omprövningen beslutas av kommunstyrelsen (M22, avsnitt 4)." in response.content.decode()
    assert reverse("membership_review", args=[key]) not in page(client, "membership_detail", key)


def test_the_own_body_s_review_is_said_to_be_its_own(people: People, as_user: Any, membership: Any) -> None:
    Engagement.objects.update(scope=Scope.OWN_FIELD)
    text = page(as_user(people.contact), "membership_review", membership.engagement.key)
    assert "Omprövningen beslutas av det egna organet (M22, avsnitt 4)." in text


def test_going_on_and_leaving_can_have_different_deciders(people: People, as_user: Any, today: date) -> None:
    key, _point = left_by_kommunstyrelsen(people), a_point(people, "MHN 7", body="MHN")
    said = "Att det fortsätter beslutas av det egna organet, att det avslutas av kommunstyrelsen (M22, M23)."
    assert said in page(as_user(people.contact), "membership_review", key)
    assert "Besluta" in page(as_user(people.head), "membership_review", key)


def test_what_another_body_decides_to_leave_is_said_with_its_rule_and_what_was_typed_is_kept(
    people: People, as_user: Any, today: date
) -> None:
    key, point = left_by_kommunstyrelsen(people), a_point(people, "MHN 7", body="MHN")
    said = {"outcome": "leave", "note": "Det kostar för mycket.", "point": point.pk}
    response = decide(as_user(people.head), key, **said)
    assert response.status_code == 422
    text = response.content.decode()
    assert "Ärendet beslutas av kommunstyrelsen (M23, avsnitt 4)." in text
    assert "Det kostar för mycket." in text
    assert Engagement.objects.get().state == State.APPROVED
    assert not Review.objects.exists()


def test_a_review_decided_by_somebody_else_first_is_said_so(people: People, as_user: Any, membership: Any) -> None:
    decide(as_user(people.board_secretary), membership.engagement.key, outcome="leave", decided_on="2026-11-18")
    response = as_user(people.head).get(reverse("membership_review", args=[membership.engagement.key]))
    assert response.status_code == 403


def test_what_is_due_has_its_review_as_the_one_filled_button(
    people: People, as_user: Any, membership: Any, today: date
) -> None:
    text = page(as_user(people.contact), "membership_detail", membership.engagement.key)
    link = reverse("membership_review", args=[membership.engagement.key])
    assert f'<a class="ds-button" href="{link}">' in text


def test_what_is_not_due_has_no_filled_button(people: People, as_user: Any, today: date) -> None:
    fresh = a_membership(people.contact, people.body("169"), entered_on=date(2026, 1, 1))
    text = page(as_user(people.contact), "membership_detail", fresh.engagement.key)
    link = reverse("membership_review", args=[fresh.engagement.key])
    assert f'<a href="{link}">' in text


# --- The desk


def test_a_review_waits_on_the_desk_of_who_prepares_it_and_then_of_who_decides(people: People, as_user: Any) -> None:
    review = a_review(people.contact, people.body("169"))
    link = reverse("membership_detail", args=[review.engagement.key])
    assert f"Ompröva: {review.engagement.title}" in page(as_user(people.contact), "desk")
    assert link not in page(as_user(people.head), "desk")
    propose_review(review=review, outcome=ReviewOutcome.KEEP, note="Bra.", by=people.contact, at=AT)
    assert f"Ompröva: {review.engagement.title}" not in page(as_user(people.contact), "desk")
    assert f"Besluta om omprövning: {review.engagement.title}" in page(as_user(people.head), "desk")
    assert link not in page(as_user(people.outsider), "desk")


def test_a_review_that_another_body_decides_is_proposed_and_not_decided_on_the_desk(
    people: People, as_user: Any, today: date
) -> None:
    key = city_wide(people, MembershipForm.NETWORK)
    decide(as_user(people.contact), key, outcome="keep")
    title = Engagement.objects.get(key=key).title
    text = page(as_user(people.head), "desk")
    assert f"För vidare till beslut: {title}" in text and "Besluta om omprövning" not in text
    assert "Omprövningen beslutas av kommunstyrelsen (M22, avsnitt 4)." in text
    # decides nothing here, and prepares nothing
    assert title not in page(as_user(people.board_secretary), "desk")
    submit_engagement(engagement=Engagement.objects.get(key=key), by=people.contact, at=AT)
    # who has handed it on waits for the one who decides
    assert f"beslut: {title}" not in page(as_user(people.head), "desk")
    assert f"Besluta om omprövning: {title}" in page(as_user(a_secretary_of(people.body("KS"))), "desk")


def test_ten_reviews_on_the_desk_cost_no_more_than_one(people: People, as_user: Any, today: date) -> None:
    def asked() -> int:
        client = as_user(people.head)
        return queries_of(lambda: page(client, "desk"))

    decide(as_user(people.contact), city_wide(people, MembershipForm.NETWORK), outcome="keep")
    asked()
    one = asked()
    for form in (MembershipForm.NETWORK, MembershipForm.ORGANISATION) * 4:
        decide(as_user(people.contact), city_wide(people, form), outcome="keep")
    assert asked() == one
