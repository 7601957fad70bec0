"""Locked after the decision: only a visible, numbered correction changes what was decided."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from decisions.correctable import MATTER, detail_of, facts
from decisions.forms_correcting import CorrectionForm
from decisions.models import Correction, Decision
from decisions.operations import correct_engagement, decide_own
from decisions.queries import decision_list_paper
from engagements.assignments import edit_assignment, file_trip_report
from engagements.corrected import corrections_of
from engagements.enums import Kind, State
from engagements.locking import FROZEN, Locked, frozen_in, may_correct
from engagements.models import Engagement, ExaminedForum, Trip
from engagements.operations import edit_engagement
from engagements.rules import EditConflict, RuleBroken, WrongState
from memberships.models import Agreement, Membership
from memberships.operations import decide_membership, edit_membership
from memberships.operations.matters import DETAILS
from tests.decisions.making import AFTER, a_delegate, a_meeting, a_point, a_trip, approved, decided, referred
from tests.factories import a_visit, an_engagement
from tests.factories.memberships import an_agreement
from tests.people import People
from visits.operations import complete_visit, edit_visit

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def own_visit(people: People, **fields: Any) -> Engagement:
    """Accepted by the head of Miljöförvaltningen, and so locked."""
    engagement = a_visit(people.contact, people.body("169"), **fields).engagement
    Engagement.objects.filter(pk=engagement.pk).update(state=State.PROPOSED)
    decide_own(engagement=engagement, outcome="accept", by=people.head, at=AFTER)
    engagement.refresh_from_db()
    return engagement


def own_membership(people: People) -> Engagement:
    engagement = an_engagement(
        people.contact, people.body("169"), Kind.MEMBERSHIP, scope="own_field", instrument="network"
    )
    Membership.objects.create(engagement=engagement, form="network", entered_on=date(2026, 1, 1))
    Engagement.objects.filter(pk=engagement.pk).update(state=State.PROPOSED)
    ExaminedForum.objects.create(engagement=engagement, name="Eurocities", conclusion="Har ingen grupp för frågan.")
    decide_own(engagement=engagement, outcome="accept", by=people.board_secretary, at=AFTER)
    engagement.refresh_from_db()
    return engagement


def own_agreement(people: People) -> Engagement:
    """Decided long ago as far as the operations are asked: it is locked, and the board decided it."""
    engagement = an_agreement(people.contact, people.body("169")).engagement
    Engagement.objects.filter(pk=engagement.pk).update(summary="Utbyte om inköp", source="")
    Agreement.objects.filter(pk=engagement.pk).update(activity="Utbyte om inköp")
    Decision.objects.create(
        engagement=engagement, body=people.body("169"), outcome="approved", text="Ja", decided_on=date(2026, 1, 1),
        recorded_by=people.head, recorded_at=AFTER,
    )  # fmt: skip
    Engagement.objects.filter(pk=engagement.pk).update(locked_at=AFTER)
    engagement.refresh_from_db()
    return engagement


def corrected(people: People, engagement: Engagement, **changes: Any) -> Correction:
    said = {"values": {"title": "Besök från Utrecht"}, "reason": "Fel stad", "by": people.head, "at": NOW} | changes
    return correct_engagement(engagement=engagement, **({"seen_version": engagement.version} | said))


def ib_trip(people: People) -> Engagement:
    meeting = a_meeting(people)
    trip = a_trip(people, main_direction="samverkan", motives={"samverkan": "Vi lär av andra."})
    decided(people, referred(people, meeting, trip), a_point(people))
    approved(people, meeting)
    trip.refresh_from_db()
    return trip


def test_an_own_decision_is_locked_when_it_is_recorded(people: People) -> None:
    engagement = own_visit(people)
    assert engagement.locked_at == AFTER
    with pytest.raises(Locked, match="rubrik"):
        edit_engagement(
            engagement=engagement, by=people.contact, at=NOW, seen_version=engagement.version, title="Annat besök"
        )
    with pytest.raises(Locked):
        edit_visit(
            visit=engagement.visit, by=people.contact, at=NOW, seen_version=engagement.version, reason="",
            matter={}, details={"people": 99},
        )  # fmt: skip


@pytest.mark.parametrize("state", State)
def test_only_the_lock_decides_and_not_the_state(people: People, state: State) -> None:
    """Before the lock every state is edited as before; after it none is."""
    engagement = a_visit(people.contact, people.body("169")).engagement
    key = None if state == State.DRAFT else engagement.key
    Engagement.objects.filter(pk=engagement.pk).update(state=state, key=key)
    edited = edit_engagement(
        engagement=engagement, by=people.contact, at=NOW, seen_version=engagement.version, title="Nytt namn"
    )
    Engagement.objects.filter(pk=engagement.pk).update(locked_at=AFTER)
    with pytest.raises(Locked):
        edit_engagement(engagement=engagement, by=people.contact, at=NOW, seen_version=edited.version, title="Igen")


def test_the_database_refuses_too(people: People) -> None:
    engagement = own_visit(people)
    for column, value in (("title", "Annan"), ("starts_on", date(2027, 1, 1)), ("locked_at", None), ("cost", 5)):
        with pytest.raises(DatabaseError, match="only by a correction"), transaction.atomic():
            Engagement.objects.filter(pk=engagement.pk).update(**{column: value})
    with pytest.raises(DatabaseError, match="cannot go back"), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(state=State.PROPOSED)
    with (
        pytest.raises(DatabaseError, match="only by a correction"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE visits_visitrequest SET people = 99 WHERE engagement_id = %s", [engagement.pk])
    with pytest.raises(DatabaseError, match="for good"), transaction.atomic():
        engagement.decisions.update(text="Något annat")


def test_a_merged_body_hands_its_decided_matters_to_its_successor(people: People) -> None:
    engagement = own_visit(people)
    body, successor = people.body("169"), people.body("181")
    with pytest.raises(DatabaseError, match="only by a correction"), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(body=successor)
    body.successor, body.valid_to = successor, date(2026, 12, 31)
    body.save()
    Engagement.objects.filter(pk=engagement.pk).update(body=successor)


def test_the_database_and_the_operations_freeze_the_same_columns(people: People) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, encode(tgargs, 'escape') FROM pg_trigger WHERE tgname = 'decided_stays'"
        )
        triggers = {table: tuple(arguments.split("\\000")[1:-1]) for table, arguments in cursor.fetchall()}
    assert triggers == {label.replace(".", "_"): columns for label, columns in FROZEN.items()}


def test_a_correction_is_numbered_and_tells_old_and_new(people: People) -> None:
    engagement = own_visit(people)
    first = corrected(people, engagement)
    engagement.refresh_from_db()
    second = corrected(people, engagement, values={"own_people": 12, "country": "BE"}, reason="De blev färre")
    assert [first.number, second.number] == [1, 2]
    engagement.refresh_from_db()
    assert (engagement.title, engagement.visit.people, str(engagement.country)) == ("Besök från Utrecht", 12, "BE")
    told = corrections_of(engagement)
    assert [change["label"] for change in told[1]["changes"]] == ["Antal personer", "Land"]
    assert told[0]["changes"][0]["new"] == "Besök från Utrecht"
    assert (second.authority, second.by, second.decision) == (
        "Förvaltningschefen",
        people.head,
        engagement.decisions.get(),
    )
    for row in (engagement, engagement.visit):
        latest = row.history.latest("history_id")  # as written: the days of the test may lie before today
        assert (latest.history_change_reason, latest.history_user) == ("Rättelse 2: De blev färre", people.head)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": " "}, "varför"),
        ({"values": {}}, "Inget är ändrat"),
        ({"values": {"title": ""}}, "Rubriken saknas"),
        ({"values": {"instrument": "twin_town"}}, "inte att rätta"),
        ({"values": {"body": 1}}, "inte att rätta"),
        ({"values": {"starts_on": date(2027, 1, 9), "ends_on": date(2027, 1, 1)}}, "före första dagen"),
    ],
)
def test_a_correction_that_cannot_be_says_why(people: People, changes: dict[str, Any], says: str) -> None:
    engagement = own_visit(people)
    with pytest.raises(RuleBroken, match=says):
        corrected(people, engagement, **changes)
    assert not Correction.objects.exists()
    latest = Engagement.objects.get(pk=engagement.pk)
    assert latest.version == engagement.version


def test_a_correction_needs_a_lock_and_the_version_that_was_seen(people: People) -> None:
    open_still = a_visit(people.contact, people.body("169")).engagement
    with pytest.raises(WrongState):
        corrected(people, open_still)
    with pytest.raises(EditConflict):
        corrected(people, own_visit(people), seen_version=1)


def test_only_who_may_decide_corrects(people: People) -> None:
    own, handled = own_visit(people), ib_trip(people)
    delegate = a_delegate(people)
    for engagement, allowed in (
        (own, {people.head, people.board_secretary, delegate}),
        (handled, {people.ib_secretary}),
    ):
        assert {person for person in [*people.everyone, delegate] if may_correct(person, engagement)} == allowed
    with pytest.raises(PermissionDenied):
        corrected(people, own, by=people.contact)
    with pytest.raises(PermissionDenied):
        corrected(people, own, by=people.ib_secretary)


def test_corrections_are_never_changed_or_removed(people: People) -> None:
    corrected(people, own_visit(people))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Correction.objects.update(reason="Ett annat skäl")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Correction.objects.all().delete()


def test_follow_up_goes_on_after_the_lock(people: People) -> None:
    visit = own_visit(people)
    complete_visit(visit=visit.visit, by=people.contact, at=NOW, visitors_in_fact=11, outcome="Vi lärde oss mycket.")
    trip = ib_trip(people)
    file_trip_report(engagement=trip, report="Gav mycket.", filed_on=NOW.date(), by=people.coordinator, at=NOW)
    assert Trip.objects.get(pk=trip.pk).report == "Gav mycket."
    with pytest.raises(Locked):
        edit_assignment(
            engagement=trip,
            by=people.coordinator,
            at=NOW,
            seen_version=trip.version,
            matter={"title": "Annan"},
            details={},
        )


def test_a_membership_is_kept_up_and_its_entry_is_corrected(people: People) -> None:
    membership = own_membership(people)
    keep = {"engagement": membership, "by": people.contact, "at": NOW, "matter": {}}
    edit_membership(**keep, seen_version=membership.version, details={"annual_fee": 500})
    with pytest.raises(Locked, match="första dag"):
        edit_membership(**keep, seen_version=membership.version + 1, details={"entered_on": date(2026, 2, 1)})
    membership.refresh_from_db()
    corrected(people, membership, values={"own_entered_on": date(2026, 2, 1)})
    membership.refresh_from_db()
    assert (membership.starts_on, membership.happens) == (date(2026, 2, 1), "2026-02-01")


def test_the_description_and_the_sustainability_can_be_put_right(people: People) -> None:
    """Strategy section 2; both are frozen, so a correction is the only way."""
    engagement = ib_trip(people)
    known = {fact.code for fact in facts(engagement, detail_of(engagement))}
    assert {"summary", "sustainability"} <= known
    values = {"summary": "Om buller i hamnar", "sustainability": ["social"]}
    form = CorrectionForm(known=facts(engagement, detail_of(engagement)), engagement=engagement)
    assert {"summary", "sustainability"} <= form.fields.keys()
    corrected(people, engagement, values=values, by=people.ib_secretary)
    engagement.refresh_from_db()
    assert (engagement.summary, engagement.sustainability) == ("Om buller i hamnar", ["social"])
    assert [change["new"] for change in corrections_of(engagement)[0]["changes"]] == ["Om buller i hamnar", "social"]


def test_every_frozen_text_that_a_form_sets_can_be_put_right_or_is_the_decision_s_own() -> None:
    """Not what says how it was decided: to change that is to decide anew."""
    decided_anew = {
        "key", "kind", "body_id", "edition", "instrument", "step", "currency", "rate_date", "proposal", "proposal_text",
        "decision_note", "decided_at", "decided_by_id", "locked_at", "happens",
    }  # fmt: skip
    assert set(FROZEN["engagements.engagement"]) - set(MATTER) == decided_anew


@pytest.mark.parametrize(("field", "made"), [("benefit", own_membership), ("activity", own_agreement)])
def test_what_the_summary_repeats_is_decided_too(people: People, field: str, made: Any) -> None:
    engagement = made(people)
    with pytest.raises(Locked):
        edit_membership(
            engagement=engagement, by=people.contact, at=NOW, seen_version=engagement.version, matter={},
            details={field: "Något annat"},
        )  # fmt: skip
    with pytest.raises(DatabaseError, match="only by a correction"), transaction.atomic():
        DETAILS[Kind(engagement.kind)].objects.update(**{field: "Något annat"})
    assert "summary" not in {fact.code for fact in facts(engagement, detail_of(engagement))}
    corrected(people, engagement, values={f"own_{field}": "Något annat"})
    engagement.refresh_from_db()
    assert engagement.summary == getattr(detail_of(engagement), field) == "Något annat"


@pytest.mark.parametrize("made", [own_membership, own_agreement])
def test_the_form_of_upkeep_asks_for_nothing_that_is_locked(people: People, as_user: Any, made: Any) -> None:
    engagement = made(people)
    address = reverse("membership_edit", args=[engagement.key])
    client = as_user(people.contact)
    form = client.get(address).context["form"]
    frozen = set(frozen_in(detail_of(engagement)))
    assert not frozen & form.fields.keys()
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: value for name, value in sent.items() if value is not None} | {"reason": "Ny avgift"}
    assert client.post(address, sent).status_code == 302


def test_a_list_printed_again_keeps_its_rows_and_adds_the_correction(people: People) -> None:
    trip = ib_trip(people)
    meeting = trip.agenda_items.get().meeting
    before = decision_list_paper(meeting)
    values = {"main_direction": "paverkan", "motives": {"paverkan": "Vi driver frågan."}, "cost": 9}
    corrected(people, trip, values=values, by=people.ib_secretary, reason="Fel inriktning")
    after = decision_list_paper(meeting)
    assert after.rows == before.rows
    row = after.corrections[0]
    assert (row.number, row.key, row.place, row.reason) == ("1.1", trip.key, 1, "Fel inriktning")
    assert "Huvudinriktning: samverkan → påverkan" in row.changes
    assert before.corrections == ()


def test_a_decision_made_long_ago_is_not_made_twice(people: People) -> None:
    membership = own_membership(people)
    with pytest.raises(WrongState):
        decide_membership(engagement=membership, accept=False, note="Nej", by=people.head, at=NOW)
