"""Keys without gaps, one matter a submission, no lost text: with real threads on a real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from engagements.enums import Kind, State
from engagements.models import Engagement
from engagements.operations import delete_draft, draft_engagement, register_engagement, strike_engagement, take_key
from engagements.rules import Incomplete, WrongState
from tests.factories import AT, a_draft, an_engagement
from tests.people import People


def in_threads(work, count: int, *args) -> list:
    def run(number: int):
        try:
            return work(number, *args)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(run, range(count)))


class Cancelled(Exception):
    pass


@pytest.mark.django_db(transaction=True)
def test_keys_have_no_gap_and_no_twin_under_eight_threads_with_rollbacks(people: People) -> None:
    def register(number: int) -> str | None:
        try:
            with transaction.atomic():
                draft = a_draft(people.contact, people.body("169"))
                key = register_engagement(engagement=draft, by=people.contact, at=AT).key
                if number % 7 == 0:
                    raise Cancelled
                return key
        except Cancelled:
            return None

    keys = [key for key in in_threads(register, 200) if key]
    assert len(keys) == 200 - len(range(0, 200, 7))
    assert sorted(keys) == [f"INT-2026-{number:05d}" for number in range(1, len(keys) + 1)]


@pytest.mark.django_db(transaction=True)
def test_eight_parallel_submits_make_one_engagement(people: People) -> None:
    token = uuid4()

    def submit(_number: int) -> str | None:
        draft, _new = draft_engagement(
            kind=Kind.VISIT,
            body=people.body("169"),
            by=people.contact,
            at=AT,
            submission=token,
            title="Besök från Riga",
            counterpart="Riga stad",
        )
        return register_engagement(engagement=draft, by=people.contact, at=AT).key

    assert set(in_threads(submit, 8)) == {"INT-2026-00001"}
    assert Engagement.objects.count() == 1
    assert Engagement.history.filter(state=State.REGISTERED).count() == 1


def test_each_year_begins_at_one(people: People) -> None:
    with transaction.atomic():
        assert [take_key(year=2025), take_key(year=2026), take_key(year=2025)] == [
            "INT-2025-00001", "INT-2026-00001", "INT-2025-00002",
        ]  # fmt: skip


def test_the_year_is_stockholms_and_not_utc(people: People) -> None:
    just_after_midnight = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert an_engagement(people.contact, people.body("169"), at=just_after_midnight).key == "INT-2027-00001"


def test_a_draft_has_no_key_and_can_be_removed(people: People) -> None:
    draft = a_draft(people.contact, people.body("169"))
    assert draft.key is None
    delete_draft(engagement=draft, by=people.contact)
    assert not Engagement.objects.exists()


def test_what_is_on_record_cannot_be_removed(people: People) -> None:
    with pytest.raises(WrongState):
        delete_draft(engagement=an_engagement(people.contact, people.body("169")), by=people.contact)


def test_a_struck_matter_keeps_its_key_and_says_why(people: People) -> None:
    engagement = an_engagement(people.contact, people.body("169"))
    struck = strike_engagement(engagement=engagement, by=people.head, at=AT, reason="Registrerad två gånger.")
    assert (struck.state, struck.key) == (State.STRUCK, "INT-2026-00001")
    assert struck.history.first().history_change_reason == "Registrerad två gånger."
    assert an_engagement(people.contact, people.body("169")).key == "INT-2026-00002"


def test_nothing_is_struck_without_a_reason(people: People) -> None:
    with pytest.raises(Incomplete):
        strike_engagement(
            engagement=an_engagement(people.contact, people.body("169")), by=people.head, at=AT, reason=" "
        )


def test_two_drafts_without_submission_are_two(people: People) -> None:
    assert a_draft(people.contact, people.body("169")).pk != a_draft(people.contact, people.body("169")).pk


def test_one_dnr_is_one_matter_in_a_body(people: People) -> None:
    an_engagement(people.contact, people.body("169"), registry_number="2026-1187")
    an_engagement(people.contact, people.body("181"), registry_number="2026-1187")
    with pytest.raises(Exception, match="registry_number"), transaction.atomic():
        an_engagement(people.contact, people.body("169"), registry_number="2026-1187")


def test_a_submission_is_its_authors(people: People) -> None:
    token = UUID(int=7)
    common = {"kind": Kind.VISIT, "body": people.body("169"), "at": AT, "submission": token}
    draft_engagement(by=people.contact, **common)
    with pytest.raises(WrongState, match="redan använt"), transaction.atomic():
        draft_engagement(by=people.outsider, **common)
