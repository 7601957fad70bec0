"""What kommunstyrelsen or kommunfullmäktige decides and another body owns is handed over, decided there and written in."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from decisions.models import Decision
from decisions.operations import decide_own, send_back
from engagements.enums import Kind, State
from engagements.grounds import grounds
from engagements.guard import findings
from engagements.models import Engagement
from engagements.operations import move
from engagements.permission import grant, handed_on, handed_to, may, visible_to, withdraw
from engagements.rules import Incomplete, RuleBroken, WrongState
from engagements.submitting import submit_engagement
from organisation.enums import Action
from organisation.models import Body, User
from stockholm_intl.kit import clock
from tests.decisions.making import AFTER, NOTICE, a_meeting, a_point, referred
from tests.factories import TODAY, an_engagement
from tests.people import People, a_secretary_of


@pytest.fixture
def ks(people: People) -> User:
    return a_secretary_of(people.body("KS"))


def proposed(people: People, owner: str = "169", kind: Kind = Kind.EU_INFLUENCE, **fields: object) -> Engagement:
    told = {"scope": "city_wide", "instrument": "position"} | fields
    engagement = an_engagement(people.contact, people.body(owner), kind, at=NOTICE, **told)
    move(engagement, "propose", by=people.contact, at=NOTICE)
    return engagement


def submitted(people: People, **fields: object) -> Engagement:
    engagement = proposed(people, **fields)  # type: ignore[arg-type]
    submit_engagement(engagement=engagement, by=people.contact, at=NOTICE)
    return Engagement.objects.get(pk=engagement.pk)


def c15(engagement: Engagement) -> str:
    return next(row.result for row in findings(engagement, on=TODAY) if row.id == "C15")


def test_it_is_read_and_decided_by_the_board_only_once_it_is_handed_over(people: People, ks: User) -> None:
    engagement = proposed(people)
    assert not may(ks, Action.READ, engagement) and c15(engagement) == "fail"
    engagement = submitted(people)
    ks = User.objects.get(pk=ks.pk)
    assert visible_to(ks).get() == engagement
    assert (may(ks, Action.DECIDE, engagement), may(ks, Action.PREPARE, engagement)) == (True, False)
    assert handed_to(engagement) == people.body("KS") and c15(engagement) == "pass"
    assert [ground.reason for ground in grounds(ks, engagement)] == [
        "Lämnat till Kommunstyrelsen för beslut (M12, avsnitt 5)"
    ]


def test_the_board_decides_it_and_the_decision_is_the_board_s(people: People, ks: User) -> None:
    engagement = submitted(people)
    decision = decide_own(
        engagement=engagement, outcome="decline", by=ks, at=AFTER, note="Staden avstår.", decided_on=date(2026, 11, 18),
        paragraph="§ 12",
    )  # fmt: skip
    engagement.refresh_from_db()
    assert engagement.state == State.DECLINED
    assert (decision.body.code, decision.delegate, decision.point) == ("KS", "Kommunstyrelsen", None)
    assert (decision.decided_on, decision.paragraph) == (date(2026, 11, 18), "§ 12")
    assert next(row for row in decision.findings if row["id"] == "C15")["result"] == "pass"
    # who decided it reads on, and may correct it
    assert may(User.objects.get(pk=ks.pk), Action.READ, engagement)


@pytest.mark.parametrize("place", ["head", "board_secretary", "coordinator", "outsider"])
def test_nobody_else_decides_what_lies_with_the_board(people: People, place: str) -> None:
    engagement = submitted(people)
    with pytest.raises((PermissionDenied, RuleBroken)):
        decide_own(engagement=engagement, outcome="decline", by=getattr(people, place), at=AFTER, note="Nej.")
    assert not Decision.objects.exists()


def test_the_council_s_decision_is_the_council_s(people: People, ks: User) -> None:
    told = {"instrument": "organisation", "kind": Kind.MEMBERSHIP}
    own = proposed(people, owner="110", **told)  # type: ignore[arg-type]
    for engagement in (own, submitted(people, **told)):
        decision = decide_own(engagement=engagement, outcome="decline", by=ks, at=AFTER, note="Nej.")
        assert (decision.body.code, decision.delegate) == ("KF", "Kommunfullmäktige")


def test_sent_back_it_leaves_the_board(people: People, ks: User) -> None:
    engagement = submitted(people)
    send_back(engagement=engagement, by=ks, at=AFTER, reason="Vad säger trafiknämnden?")
    engagement = Engagement.objects.get(pk=engagement.pk)
    assert (engagement.state, handed_to(engagement)) == (State.ASSESSED, None)
    assert not may(User.objects.get(pk=ks.pk), Action.READ, engagement)


def test_only_what_is_proposed_and_the_board_s_is_handed_over(people: People) -> None:
    early = an_engagement(people.contact, people.body("169"), Kind.EU_INFLUENCE, scope="city_wide", at=NOTICE)
    with pytest.raises(WrongState, match="förslag först"):
        submit_engagement(engagement=early, by=people.contact, at=NOTICE)
    for other in (proposed(people, scope="own_field"), proposed(people, owner="110")):
        with pytest.raises(RuleBroken, match="inte av kommunstyrelsen"):
            submit_engagement(
                engagement=other, by=people.contact if other.body.code == "169" else people.coordinator, at=NOTICE
            )
    with pytest.raises(PermissionDenied):
        submit_engagement(engagement=proposed(people), by=people.board_secretary, at=NOTICE)
    standing = proposed(people)
    referred(people, a_meeting(people), standing)
    with pytest.raises(RuleBroken, match="dagordning"):
        submit_engagement(engagement=standing, by=people.contact, at=NOTICE)


def test_handing_over_twice_changes_nothing(people: People) -> None:
    engagement = submitted(people)
    submit_engagement(engagement=engagement, by=people.contact, at=AFTER)
    assert Engagement.objects.get(pk=engagement.pk).version == engagement.version
    assert engagement.group_grants.count() == 2


def test_a_grant_to_decide_opens_nothing_to_who_does_not_decide_there(people: People) -> None:
    engagement = submitted(people)
    for place in ("coordinator", "protocol", "ib_secretary", "auditor"):
        assert not may(User.objects.get(pk=getattr(people, place).pk), Action.DECIDE, engagement)
    withdraw(engagement=engagement, to=people.body("KS"), action=Action.DECIDE, by=None, at=AFTER)
    grant(engagement=engagement, to=people.body("MHN"), action=Action.DECIDE, reason="Prov", by=None, at=AFTER)
    assert not may(User.objects.get(pk=people.stranger.pk), Action.DECIDE, engagement)


def test_what_has_been_handed_on_is_known_for_all_at_once(people: People) -> None:
    handed, ended, read = submitted(people), submitted(people), proposed(people)
    told = {"to": people.body("KS"), "reason": "Prov", "by": None, "at": AFTER}
    grant(engagement=read, action=Action.READ, **told)  # type: ignore[arg-type]
    yesterday = clock.today() - timedelta(days=1)
    ended.group_grants.update(valid_to=yesterday)
    ids = [handed.pk, ended.pk, read.pk]
    assert handed_on(ids) == {handed.pk} and handed_on(ids[1:]) == handed_on([]) == set()
    assert [handed_to(one) for one in (handed, ended, read)] == [people.body("KS"), None, None]


# --- the head and the board


def test_what_the_board_decides_the_head_decides_by_a_point_only(people: People) -> None:
    engagement = proposed(people, scope="own_field")
    told = {"engagement": engagement, "outcome": "decline", "note": "Nej.", "at": AFTER}
    with pytest.raises(Incomplete, match="Låt sekreteraren i Miljö- och hälsoskyddsnämnden"):
        decide_own(by=people.head, **told)  # type: ignore[arg-type]
    point = a_point(people, "MHN 3", body="MHN")
    with pytest.raises(Incomplete, match="Ange delegationspunkten"):
        decide_own(by=people.head, **told)  # type: ignore[arg-type]
    decision = decide_own(by=people.head, point=point, **told)  # type: ignore[arg-type]
    assert (decision.body.code, decision.delegate, decision.point) == ("169", "Förvaltningschefen", point)


def test_what_the_board_decided_is_written_in_with_its_own_day(people: People) -> None:
    engagement = proposed(people, scope="own_field")
    told = {"engagement": engagement, "outcome": "decline", "note": "Nej.", "at": AFTER, "by": people.board_secretary}
    with pytest.raises(Incomplete) as lack:
        decide_own(decided_on=date(2027, 1, 2), **told)  # type: ignore[arg-type]
    assert list(lack.value.missing) == ["decided_on"]
    decision = decide_own(decided_on=date(2026, 11, 17), paragraph=" § 7 ", **told)  # type: ignore[arg-type]
    assert (decision.body.code, decision.decided_on, decision.paragraph) == ("MHN", date(2026, 11, 17), "§ 7")


# --- the pages


def test_from_the_owner_s_page_to_the_board_s_decision(people: People, ks: User, as_user: object) -> None:
    engagement = proposed(people)
    page = as_user(people.contact).get(engagement.get_absolute_url()).content.decode()  # type: ignore[operator]
    address = reverse("engagement_submit", args=[engagement.key])
    assert f'href="{address}"' in page and "Lämna till kommunstyrelsen" in page
    browser = as_user(people.contact)  # type: ignore[operator]
    assert "M12, avsnitt 5" in browser.get(address).content.decode()
    answer = browser.post(address, follow=True)
    assert "Ärendet är lämnat till Kommunstyrelsen, vars sekreterare för in beslutet." in answer.content.decode()
    browser = as_user(ks)  # type: ignore[operator]
    assert engagement.key in browser.get(reverse("desk")).content.decode()
    decide = reverse("engagement_decide", args=[engagement.key])
    seen = browser.get(engagement.get_absolute_url()).content.decode()
    assert seen.count("Lämnade ärendet till Kommunstyrelsen för beslut.") == 1 and "för att läsa" not in seen
    assert (
        "makulera" not in seen and browser.get(reverse("engagement_strike", args=[engagement.key])).status_code == 403
    )
    form = browser.get(decide).content.decode()
    assert "Sammanträdesdag" in form and "Paragraf" in form
    version = Engagement.objects.get(pk=engagement.pk).version
    sent = {"outcome": "decline", "note": "Nej.", "decided_on": "2026-11-18", "paragraph": "§ 12", "version": version}
    answer = browser.post(decide, sent, follow=True)
    assert answer.status_code == 200 and "§ 12" in answer.content.decode()
    assert Decision.objects.get().body == Body.objects.get(code="KS")


def test_the_head_who_decides_gets_no_board_s_day_and_must_name_her_point(people: People, as_user: object) -> None:
    engagement = proposed(people, scope="own_field")
    browser, address = as_user(people.head), reverse("engagement_decide", args=[engagement.key])  # type: ignore[operator]
    form = browser.get(address).content.decode()
    assert "Sammanträdesdag" not in form and "Ingen punkt gäller." in form
    a_point(people, "MHN 3", body="MHN")
    sent = {"outcome": "accept", "note": "", "point": "", "version": engagement.version}
    answer = browser.post(address, sent)
    assert answer.status_code == 422
    assert "Ange delegationspunkten som ger dig rätt att besluta." in answer.content.decode()
    answer = browser.post(address, sent | {"outcome": "send_back", "note": "Vad säger SLK?"})
    assert answer.status_code == 302
