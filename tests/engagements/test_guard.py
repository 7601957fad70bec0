"""The guard over real rows: what people judge, what a body lets through, and what stops a decision."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from engagements.enums import Kind, State
from engagements.gathering import last_written
from engagements.guard import Standing, findings, require_passed
from engagements.judging import deviating_bodies, may_judge, record_deviation, record_judgement
from engagements.models import Engagement, ExaminedForum, Frame, Judgement, PlannedActivity, Priority
from engagements.operations import register_engagement
from engagements.rules import Incomplete, RuleBroken, WrongState
from memberships.models import Agreement
from organisation.enums import Role
from organisation.models import Body, Mandate
from stockholm_intl.kit import clock
from tests.factories import AT, TODAY, a_visit, an_engagement
from tests.factories.memberships import a_membership, an_agreement_draft
from tests.people import People, person

LATER = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def answers(engagement: Engagement, **more: Any) -> dict[str, str]:
    return {one.id: one.result for one in findings(engagement, on=TODAY, **more)}


def one(engagement: Engagement, check: str) -> Standing:
    return next(found for found in findings(engagement, on=TODAY) if found.id == check)


def a_visit_matter(people: People, **fields: Any) -> Engagement:
    return a_visit(people.contact, people.body("169"), **fields).engagement


def an_agreement(people: People, form: str = "cooperation", **details: Any) -> Engagement:
    filled = {"agreement_type": form, "our_benefit": "Mätdata.", "their_benefit": "Metod.", "ends_on": date(2025, 1, 1)}
    matter = {"scope": "own_field", "counterpart": "Utrechts kommun", "title": "Avtal om klimatbudget"}
    draft = an_agreement_draft(people.contact, people.body("169"), matter=matter, **(filled | details))
    return register_engagement(engagement=draft, by=people.contact, at=AT)


def test_a_visit_as_they_come_passes(people: People) -> None:
    assert answers(a_visit_matter(people)) == {"C1": "pass", "C11": "pass", "C14": "pass", "C15": "pass", "C20": "pass"}


def test_a_visit_from_an_embassy_is_for_a_person_to_judge(people: People) -> None:
    engagement = a_visit_matter(people, counterpart="Japans ambassad")
    assert one(engagement, "C1").result == "judge"
    record_judgement(
        engagement=engagement, check="C1", answer="pass", reason="Ett artighetsbesök.", by=people.head, at=AT
    )
    found = one(engagement, "C1")
    assert (found.result, found.judgement.by, found.judgement.reason) == ("pass", people.head, "Ett artighetsbesök.")


def test_the_latest_judgement_stands_and_the_older_stays_on_record(people: People) -> None:
    engagement = a_visit_matter(people, counterpart="Japans ambassad")
    for answer, at in (("pass", AT), ("fail", LATER)):
        record_judgement(engagement=engagement, check="C1", answer=answer, reason="Läst.", by=people.head, at=at)
    assert one(engagement, "C1").result == "fail"
    assert Judgement.objects.count() == 2


def test_a_judgement_needs_a_reason_and_an_answer(people: People) -> None:
    engagement = a_visit_matter(people, counterpart="Japans ambassad")
    for answer, reason in (("pass", " "), ("kanske", "Läst.")):
        with pytest.raises(Incomplete):
            record_judgement(engagement=engagement, check="C1", answer=answer, reason=reason, by=people.head, at=AT)
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("check", ["C14", "C2", "C99"])
def test_what_the_facts_decide_or_nobody_asks_is_not_judged(people: People, check: str) -> None:
    with pytest.raises(WrongState):
        record_judgement(
            engagement=a_visit_matter(people), check=check, answer="pass", reason="Ändå.", by=people.head, at=AT
        )


def test_who_may_judge(people: People) -> None:
    engagement = a_visit_matter(people, counterpart="Japans ambassad")
    assert [user for user in people.everyone if may_judge(user, engagement)] == [
        people.contact,
        people.head,
        people.board_secretary,
    ]
    with pytest.raises(PermissionDenied):
        record_judgement(engagement=engagement, check="C1", answer="pass", reason="Läst.", by=people.coordinator, at=AT)


def test_mutual_benefit_is_reviewed_by_another_than_the_writer(people: People) -> None:
    engagement = an_agreement(people)
    with pytest.raises(RuleBroken, match="någon annan"):
        record_judgement(
            engagement=engagement, check="C5", answer="pass", reason="Bra.", by=people.contact, at=clock.now()
        )
    record_judgement(engagement=engagement, check="C5", answer="pass", reason="Bra.", by=people.head, at=clock.now())
    assert one(engagement, "C5").result == "pass"


def test_a_text_that_changes_is_reviewed_again(people: People) -> None:
    engagement = an_agreement(people)
    record_judgement(engagement=engagement, check="C5", answer="pass", reason="Bra.", by=people.head, at=clock.now())
    detail = engagement.agreement
    detail.our_benefit = "Något helt annat."
    detail._history_user = people.contact
    detail.save()
    assert one(engagement, "C5").result == "judge"


def test_who_wrote_a_text_is_who_wrote_it_however_often_the_row_is_saved_since(people: People) -> None:
    detail = an_agreement(people).agreement
    first = last_written(detail, "our_benefit", "their_benefit")
    assert first and first.by == people.contact.pk
    for number in range(60):
        detail.activity, detail._history_user = f"Möte {number}", people.head
        detail.save()
    assert last_written(detail, "our_benefit", "their_benefit") == first
    detail.our_benefit, was = "Något annat.", detail.our_benefit
    detail.save()
    detail.our_benefit = was
    detail._history_user = people.coordinator
    detail.save()
    back = last_written(detail, "our_benefit", "their_benefit")
    assert back and back.by == people.coordinator.pk, "who wrote it back wrote it last"


def test_prose_alone_is_judged_and_an_activity_with_owner_and_date_passes(people: People) -> None:
    engagement = an_agreement(people, activity="Vi byter erfarenheter.")
    assert one(engagement, "C3").result == "judge"
    PlannedActivity.objects.create(engagement=engagement, what="Utbyte", owner="Enheten", on=date(2027, 3, 1))
    assert one(engagement, "C3").result == "pass"


def test_no_forum_fails_and_one_with_a_conclusion_passes(people: People) -> None:
    engagement = an_agreement(people)
    assert one(engagement, "C12").result == "fail"
    ExaminedForum.objects.create(engagement=engagement, name="Eurocities", conclusion="Har ingen grupp för frågan.")
    assert one(engagement, "C12").result == "pass"


def test_a_membership_with_the_same_theme_asks(people: People) -> None:
    known = a_membership(people.contact, people.body("169"), theme="klimat").engagement
    engagement = an_agreement(people, theme="Klimat")
    ExaminedForum.objects.create(engagement=engagement, name="Eurocities", conclusion="Har ingen grupp för frågan.")
    assert one(engagement, "C12").result == "judge"
    ExaminedForum.objects.create(engagement=engagement, name=known.counterpart, conclusion="Har inga städer söderut.")
    assert one(engagement, "C12").result == "pass"


def test_the_frame_tells_of_money_and_brand(people: People) -> None:
    fields = {
        "instrument": "trip",
        "cost": 40_000,
        "main_direction": "profilering",
        "motives": {"profilering": "Syns."},
    }
    trip = an_engagement(people.contact, people.body("169"), Kind.TRIP, **fields)
    assert (one(trip, "C18").result, one(trip, "C22").result) == ("judge", "judge")
    Frame.objects.create(engagement=trip, is_covered=True, brand="not_used")
    trip = Engagement.objects.get(pk=trip.pk)
    assert (one(trip, "C18").result, one(trip, "C22").result) == ("pass", "fail")


def test_a_body_without_contact_person_and_one_whose_mandate_is_over(people: People) -> None:
    engagement = a_visit_matter(people)
    mandate = Mandate.objects.get(person=people.contact)
    mandate.valid_to = date(2026, 11, 1)
    mandate.save()
    assert one(engagement, "C20").result == "judge"
    Mandate.objects.create(
        person=person("ersattare", "Ersättaren"), body=people.body("169"), role=Role.CONTACT_PERSON, is_deputy=True,
        valid_from=date(2026, 1, 1),
    )  # fmt: skip
    assert "ersättare" in str(one(engagement, "C20").reason)
    Mandate.objects.filter(role=Role.CONTACT_PERSON, body=people.body("169")).delete()
    assert one(engagement, "C20").result == "fail"


# --- What stops


def stopped(people: People) -> Engagement:
    """An agreement without end, and with nothing else to complain of."""
    engagement = an_agreement(people, ends_on=None)
    ExaminedForum.objects.create(engagement=engagement, name="Eurocities", conclusion="Har ingen grupp för frågan.")
    PlannedActivity.objects.create(engagement=engagement, what="Utbyte", owner="Enheten", on=date(2027, 3, 1))
    return engagement


def test_a_fail_stops_and_says_why_and_how_to_mend(people: People) -> None:
    engagement = stopped(people)
    with pytest.raises(RuleBroken) as told:
        require_passed(engagement, deciding=people.body("169"), on=TODAY)
    assert "C6 (avsnitt 4): Slutdatum saknas. Ange ett slutdatum efter första dagen." in str(told.value)


def test_what_needs_judgement_does_not_stop_but_is_in_the_answer(people: People) -> None:
    engagement = a_visit_matter(people, counterpart="Japans ambassad")
    found = require_passed(engagement, deciding=people.body("169"), on=TODAY)
    assert [row.id for row in found if row.is_open] == ["C1"]


def test_a_judged_fail_stops(people: People) -> None:
    engagement = a_visit_matter(people, counterpart="Japans ambassad")
    record_judgement(engagement=engagement, check="C1", answer="fail", reason="Tar ställning.", by=people.head, at=AT)
    with pytest.raises(RuleBroken, match="C1"):
        require_passed(engagement, deciding=people.body("169"), on=TODAY)


def test_the_deciding_body_lets_it_through_with_a_reason(people: People) -> None:
    engagement = stopped(people)
    body = people.body("169")
    assert deviating_bodies(people.head, engagement) == [body]
    with pytest.raises(Incomplete):
        record_deviation(engagement=engagement, check="C6", body=body, reason="", by=people.head, at=AT)
    record_deviation(
        engagement=engagement, check="C6", body=body, reason="Förlängs genom riksavtal.", by=people.head, at=AT
    )
    found = one(engagement, "C6")
    assert (found.result, found.is_stopping, found.deviation.body) == ("fail", False, body)
    require_passed(engagement, deciding=body, on=TODAY)


def test_others_do_not_let_it_through(people: People) -> None:
    engagement = stopped(people)
    allowed = [user for user in people.everyone if deviating_bodies(user, engagement)]
    assert allowed == [people.head, people.board_secretary]
    for user in (people.contact, people.ib_secretary, people.outsider):
        with pytest.raises(PermissionDenied):
            record_deviation(engagement=engagement, check="C6", body=people.body("169"), reason="Ändå.", by=user, at=AT)
    assert not Judgement.objects.exists()


def test_a_twin_town_takes_kf_or_ks_written_in_by_the_secretary(people: People) -> None:
    engagement = an_agreement(people, form="twin_town")
    assert one(engagement, "C2").result == "fail"
    assert deviating_bodies(people.head, engagement) == []
    assert {body.code for body in deviating_bodies(people.ib_secretary, engagement)} == {"KF", "KS"}
    record_deviation(
        engagement=engagement, check="C2", body=people.body("KF"), reason="Kommunfullmäktige 2026-10-19, § 12.",
        by=people.ib_secretary, at=AT,
    )  # fmt: skip
    assert not one(engagement, "C2").is_stopping


def let_through(people: People, engagement: Engagement, check: str = "C6") -> Standing:
    record_deviation(
        engagement=engagement, check=check, body=people.body("169"), reason="Tills vidare.", by=people.head, at=AT
    )
    return one(engagement, check)


def test_a_deviation_falls_when_another_body_is_to_decide(people: People) -> None:
    engagement = an_agreement(people, ends_on=None)
    assert not let_through(people, engagement).is_stopping
    Engagement.objects.filter(pk=engagement.pk).update(scope="city_wide")
    engagement = Engagement.objects.get(pk=engagement.pk)
    assert one(engagement, "C6").is_stopping
    Engagement.objects.filter(pk=engagement.pk).update(scope="own_field")
    assert not one(Engagement.objects.get(pk=engagement.pk), "C6").is_stopping


def test_a_deviation_stands_with_the_body_that_took_over(people: People) -> None:
    engagement = an_agreement(people, ends_on=None)
    let_through(people, engagement)
    heir = people.body("181")
    Body.objects.filter(pk=engagement.body_id).update(successor=heir, valid_to=date(2026, 11, 1))
    Engagement.objects.filter(pk=engagement.pk).update(body=heir)
    assert not one(Engagement.objects.get(pk=engagement.pk), "C6").is_stopping


def test_a_deviation_lets_through_what_it_was_about_and_nothing_else(people: People) -> None:
    engagement = an_agreement(people, our_benefit="")
    assert not let_through(people, engagement, "C5").is_stopping
    Agreement.objects.filter(pk=engagement.pk).update(our_benefit="Mätdata.", their_benefit="")
    found = one(Engagement.objects.get(pk=engagement.pk), "C5")
    assert (found.is_stopping, str(found.reason)) == (True, "Det står inte vad motparten får.")


def test_a_judgement_answers_what_was_asked_and_nothing_that_comes_later(people: People) -> None:
    engagement = a_visit_matter(people, counterpart="Japans ambassad")
    record_judgement(
        engagement=engagement, check="C1", answer="pass", reason="Ett artighetsbesök.", by=people.head, at=AT
    )
    assert answers(engagement)["C1"] == "pass"
    engagement.refresh_from_db()
    engagement.summary = "De vill tala om sanktioner."
    engagement.save()
    assert one(engagement, "C1").result == "judge"


def judged(people: People, engagement: Engagement, answer: str, at: datetime = AT, check: str = "C1") -> None:
    record_judgement(engagement=engagement, check=check, answer=answer, reason="Läst.", by=people.head, at=at)


def changed(engagement: Engagement, **fields: Any) -> Engagement:
    Engagement.objects.filter(pk=engagement.pk).update(**fields)
    return Engagement.objects.get(pk=engagement.pk)


def test_a_judged_fail_stops_again_when_its_deviation_falls(people: People) -> None:
    engagement = changed(an_agreement(people), counterpart="Japans ambassad")
    judged(people, engagement, "fail")
    found = let_through(people, engagement, "C1")
    assert (found.is_stopping, found.deviation.reason) == (False, "Tills vidare.")
    engagement = changed(engagement, scope="city_wide")
    assert one(engagement, "C1").is_stopping
    with pytest.raises(RuleBroken, match=r"C1 \("):
        require_passed(engagement, deciding=people.body("KS"), on=TODAY)


def test_a_deviation_lets_nothing_through_that_is_judged_after_it(people: People) -> None:
    engagement = a_visit_matter(people, counterpart="Japans ambassad")
    judged(people, engagement, "fail")
    let_through(people, engagement, "C1")
    judged(people, engagement, "fail", LATER)
    assert one(engagement, "C1").is_stopping


def watched_visit(people: People) -> Engagement:
    Priority.objects.create(is_watch=True, countries=["NL", "BE"], valid_from=date(2026, 1, 1))
    return a_visit_matter(people, counterpart="Utrechts kommun", country="NL")


def test_a_judgement_of_one_watched_country_says_nothing_of_another(people: People) -> None:
    engagement = watched_visit(people)
    assert str(one(engagement, "C1").reason) == "Landet står på stadens bevakningslista."
    judged(people, engagement, "pass")
    with override("en"):
        assert one(engagement, "C1").result == "pass", "the same question whoever reads"
    assert one(changed(engagement, country="BE"), "C1").result == "judge"
    assert one(changed(engagement, country="NL"), "C1").result == "pass"


def test_a_judged_fail_stops_until_answered_anew_also_when_the_facts_are_others(people: People) -> None:
    engagement = watched_visit(people)
    judged(people, engagement, "fail")
    engagement = changed(engagement, country="BE")
    assert one(engagement, "C1").is_stopping
    judged(people, engagement, "pass", LATER)
    assert one(engagement, "C1").result == "pass"
    assert one(changed(engagement, country="NL"), "C1").is_stopping, "of that country nobody has said yes"
    assert one(changed(engagement, country="FI"), "C1").result == "pass", "the facts answer by themselves"


def test_a_text_that_did_not_pass_is_not_passed_by_being_rewritten(people: People) -> None:
    engagement = an_agreement(people)
    judged(people, engagement, "fail", clock.now(), "C5")
    engagement.agreement.our_benefit = "Något helt annat."
    engagement.agreement.save()
    assert one(engagement, "C5").is_stopping
    judged(people, engagement, "pass", clock.now(), "C5")
    assert one(engagement, "C5").result == "pass"


def test_a_judgement_kept_with_nothing_filled_in_is_asked_anew_and_its_fail_still_stops(people: People) -> None:
    engagement = watched_visit(people)
    for answer, asked, result in (("pass", "%(country)s", "judge"), ("fail", "%(country)s", "fail")):
        Judgement.objects.create(
            engagement=engagement, subject="C1", answer=answer, asked=f"Landet står på stadens bevakningslista. {asked}",
            reason="Läst.", by=people.head, at=AT,
        )  # fmt: skip
        assert one(engagement, "C1").result == result


def test_what_passes_is_not_deviated_from_and_nor_is_the_decider(people: People) -> None:
    engagement = a_visit_matter(people)
    with pytest.raises(WrongState):
        record_deviation(
            engagement=engagement, check="C14", body=people.body("169"), reason="Ändå.", by=people.head, at=AT
        )


@pytest.mark.parametrize("state", [State.DECLINED, State.CLOSED, State.STRUCK])
def test_what_has_ended_is_not_judged_anew(people: People, state: State) -> None:
    engagement = a_visit_matter(people)
    Engagement.objects.filter(pk=engagement.pk).update(state=state)
    engagement.refresh_from_db()
    assert findings(engagement, on=TODAY) == []


def test_history_is_not_judged_anew(people: People) -> None:
    engagement = a_visit_matter(people)
    engagement.fingerprint = "a" * 64
    engagement.save()
    assert findings(engagement, on=TODAY) == []


def test_what_is_decided_is_asked_about_its_review(people: People) -> None:
    membership = a_membership(people.contact, people.body("169"))
    assert one(membership.engagement, "C8").result == "judge"  # due within the lead time
    assert not one(membership.engagement, "C8").stops


def test_the_guard_sees_what_the_reader_does_not(people: People) -> None:
    engagement = a_visit_matter(people, title="Besök om försvar")
    Engagement.objects.filter(pk=engagement.pk).update(secret_fields=["title"], secrecy_paragraph="15:1 OSL")
    covered = Engagement.objects.visible_to(people.contact).get(pk=engagement.pk)
    assert covered.title != engagement.title
    assert one(covered, "C1").result == "judge"


def test_what_they_want_and_what_the_grading_says_is_purpose_and_gain(people: People) -> None:
    engagement = a_visit_matter(people)
    visit = engagement.visit
    visit.purpose = visit.benefit = ""
    visit.save()
    assert one(engagement, "C14").result == "fail"
    visit.wants = "Se hur klimatbudgeten används."
    visit.save()
    assert one(engagement, "C14").result == "judge"
    for name in ("learning", "perspectives", "development", "competence", "image"):
        setattr(visit, name, 2 if name == "learning" else 0)
    visit.save()
    assert one(engagement, "C14").result == "pass"
    visit.learning, visit.image = 0, 3
    visit.save()
    assert "bilden av Stockholm" in str(one(engagement, "C14").reason)


def test_an_edition_of_its_own_has_other_checks_numbers_and_sections(
    people: People, tmp_path: Path, settings: Any
) -> None:
    """Loading an edition changes the guard without a change of code, and nothing for what another one judged."""
    from engagements.strategy import editions

    older = a_visit_matter(people)
    source = (editions.HERE / "2016.toml").read_text(encoding="utf-8")
    changed = source.replace('code = "2016"', 'code = "2031"', 1)
    start = changed.index('id = "C14"')
    changed = changed[:start] + changed[start:].replace('section = "3"', 'section = "7"', 1)
    changed = changed.replace('id = "C20"', 'id = "C77"', 1)
    (tmp_path / "2031.toml").write_text(changed, encoding="utf-8")
    editions.read_also(tmp_path)
    try:
        newer = a_visit_matter(people, edition="2031")
        found = {row.id: row for row in findings(newer, on=TODAY)}
        assert found["C14"].section == "7"
        assert "C20" not in found and found["C77"].result == "judge", "a rule without a check asks a person"
        assert {row.id: row.section for row in findings(older, on=TODAY)}["C14"] == "3"
    finally:
        editions.read_also(None)
