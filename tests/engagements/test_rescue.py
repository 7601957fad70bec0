"""What is marked secret and nobody answers for: the head learns its key, names readers, and nobody else learns of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from engagements.enums import Part
from engagements.handing_over import hand_over
from engagements.models import Engagement, GrantEvent
from engagements.permission import grant, may, may_share, visible_to
from engagements.rescue import answer_for, headed_by, people_to_name, unkept_for
from engagements.rules import Incomplete, RuleBroken
from engagements.secrecy import mark_secret, unmark
from engagements.sharing import share_engagement, withdraw_share
from organisation.enums import Action, BodyKind, Role
from organisation.models import Absence, Body, Mandate, User
from organisation.operations import end_mandate
from stockholm_intl.kit import clock
from tests.factories import AT, a_visit
from tests.locks import is_waiting, told
from tests.people import People, person

YESTERDAY = clock.today() - timedelta(days=1)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def a_secret(people: People, *parts: Part, readers: Any = (), code: str = "169") -> Engagement:
    """Marked by the head, who is named and then has left: a new one heads the body."""
    engagement = a_visit(people.contact, people.body(code), title="Hemligheten i Utrecht").engagement
    return mark_secret(
        engagement=engagement, whole=not parts, parts=parts, paragraph="OSL 15 kap. 1 §", ground="Skadar relationen",
        readers=readers, by=people.head, at=AT,
    )  # fmt: skip


@pytest.fixture
def successor(people: People) -> User:
    """Heads Miljöförvaltningen now; the old head has another work in the city and is named no less."""
    found = person("ny.chef", "Den nya chefen")
    mandate(found, people.body("169"), Role.HEAD)
    return found


def mandate(user: User, body: Body, role: Role, **more: Any) -> Mandate:
    return Mandate.objects.create(person=user, body=body, role=role, **({"valid_from": date(2020, 1, 1)} | more))


def leaves(user: User, to: Body | None = None) -> None:
    user.mandates.update(valid_to=YESTERDAY)
    if to:
        mandate(user, to, Role.CONTACT_PERSON)


def keys(user: User) -> list[str]:
    return [one.key for one in unkept_for(fresh(user))]


# --- Who answers for it


def test_while_somebody_of_the_house_is_named_it_is_told_to_nobody(people: People, successor: User) -> None:
    secret = a_secret(people, readers=[people.contact])
    assert keys(successor) == []
    leaves(people.head, people.body("181"))
    assert keys(successor) == []
    leaves(people.contact)
    assert keys(successor) == [secret.key]


def test_the_board_above_a_company_s_board_is_another_house(people: People, successor: User) -> None:
    concern = Body.objects.create(code="BS-200", name="Koncernstyrelsen", kind=BodyKind.COMPANY_BOARD)
    board = Body.objects.create(code="BS-212", name="Styrelsen", kind=BodyKind.COMPANY_BOARD, parent=concern)
    mandate(successor, board, Role.HEAD)
    mandate(people.head, concern, Role.HEAD)
    mandate(people.outsider, people.body("KF"), Role.CONTACT_PERSON)
    secret = a_secret(people)
    Engagement.objects.filter(pk=secret.pk).update(body=board)
    assert keys(successor) == [secret.key]
    secret.refresh_from_db()
    assert people.head not in people_to_name(secret, on=clock.today())
    assert successor in people_to_name(secret, on=clock.today())
    secret.body = people.body("MHN")
    assert people.outsider not in people_to_name(secret, on=clock.today())
    assert people.contact in people_to_name(secret, on=clock.today())


@pytest.mark.parametrize("gone", ["mandate", "account", "grant"])
def test_it_is_told_when_the_last_has_left(people: People, successor: User, gone: str) -> None:
    secret = a_secret(people)
    if gone == "mandate":
        leaves(people.head, people.body("181"))
    elif gone == "account":
        User.objects.filter(pk=people.head.pk).update(is_active=False)
    else:
        secret.user_grants.update(valid_to=YESTERDAY)
    assert keys(successor) == [secret.key]


@pytest.mark.parametrize(("place", "answers"), [("coordinator", True), ("board_secretary", False), ("auditor", False)])
def test_who_reads_and_cannot_pass_it_on_does_not_answer_for_it(
    people: People, successor: User, place: str, answers: bool
) -> None:
    secret = a_secret(people, readers=[getattr(people, place)])
    leaves(people.head)
    assert keys(successor) == ([] if answers else [secret.key])


def test_a_board_s_secretary_answers_for_what_the_board_owns(people: People, successor: User) -> None:
    """She marks it herself, and may name others."""
    secret = a_secret(people, readers=[people.board_secretary], code="MHN")
    leaves(people.head)
    assert keys(successor) == []
    assert may(fresh(people.board_secretary), Action.MARK_SECRET, secret)
    leaves(people.board_secretary)
    assert keys(successor) == [secret.key]


def test_what_is_marked_in_part_is_told_too_for_nobody_can_prepare_it(people: People, successor: User) -> None:
    secret, _open = a_secret(people, Part.TITLE), a_visit(people.contact, people.body("169"))
    leaves(people.head)
    assert not may(fresh(successor), Action.MARK_SECRET, secret)
    assert keys(successor) == [secret.key]


def test_only_the_head_is_told(people: People, successor: User) -> None:
    a_secret(people)
    leaves(people.head)
    assert keys(successor) != []
    assert [user.username for user in people.everyone if keys(user)] == []
    other = person("chef.trafik", "Chefen, Trafikkontoret")
    mandate(other, people.body("181"), Role.HEAD)
    assert keys(other) == []


def merged_into(body: Body, code: str = "GMF") -> Body:
    return Body.objects.create(
        code=code, name="Gamla", kind=BodyKind.SPECIALIST_ADMINISTRATION, valid_to=date(2024, 12, 31), successor=body
    )  # fmt: skip


def moved(secret: Engagement, body: Body) -> Engagement:
    Engagement.objects.filter(pk=secret.pk).update(body=body)
    return Engagement.objects.get(pk=secret.pk)


def test_the_head_answers_for_the_board_and_for_what_has_gone_up_in_the_body(people: People, successor: User) -> None:
    old = merged_into(people.body("169"))
    older = merged_into(old, "ÄMF")
    assert headed_by(successor) == {people.body("169").pk, people.body("MHN").pk, old.pk, older.pk}
    secrets = [moved(a_secret(people), body) for body in (people.body("MHN"), old, older)]
    # the old head still answers for the board's; what a merged body kept is only read, and nobody passes it on
    assert keys(successor) == [secret.key for secret in secrets[1:]]
    leaves(people.head)
    assert keys(successor) == [secret.key for secret in secrets]


def test_a_substitute_for_the_head_does_not_rescue_and_the_head_is_told(people: People, successor: User) -> None:
    secret = a_secret(people)
    leaves(people.head)
    substitute = stands_in(person("vikarie", "Vikarien"), successor, people)
    assert may(substitute, Action.MARK_SECRET, a_visit(people.contact, people.body("169")).engagement)
    assert (keys(substitute), keys(successor)) == ([], [secret.key])
    with pytest.raises(RuleBroken):
        answer_for(engagement=secret, readers=[], reason="Slutat.", by=substitute, at=clock.now())


def stands_in(user: User, away: User, people: People) -> User:
    Absence.objects.create(
        person=away, body=people.body("169"), substitute=user, valid_from=YESTERDAY,
        valid_to=clock.today() + timedelta(days=7), reason="Semester", registered_by=away, registered_at=AT,
    )  # fmt: skip
    return user


# --- Naming


def test_the_head_is_named_with_whom_she_names_and_it_is_on_record(people: People, successor: User) -> None:
    secret = a_secret(people)
    leaves(people.head)
    answer_for(engagement=secret, readers=[people.contact], reason="Chefen har slutat.", by=successor, at=clock.now())
    for user in (successor, people.contact):
        assert secret in visible_to(fresh(user))
    assert secret not in visible_to(fresh(people.coordinator))
    told = GrantEvent.objects.filter(engagement=secret, by=successor)
    assert {event.person for event in told} == {successor, people.contact}
    assert {event.reason for event in told} == {"Läser det som är sekretessmarkerat: Chefen har slutat."}
    assert keys(successor) == []
    assert may(fresh(successor), Action.MARK_SECRET, secret)


def test_the_second_head_is_told_that_somebody_was_quicker(people: People, successor: User) -> None:
    secret = a_secret(people)
    leaves(people.head)
    second = person("tf.chef", "Den tillförordnade")
    mandate(second, people.body("169"), Role.HEAD)
    answer_for(engagement=secret, readers=[], reason="Slutat.", by=successor, at=clock.now())
    with pytest.raises(RuleBroken, match="svarar redan"):
        answer_for(engagement=secret, readers=[], reason="Slutat.", by=second, at=clock.now())
    assert secret not in visible_to(fresh(second))


def test_a_head_whose_mandate_ended_meanwhile_names_nobody(people: People, successor: User) -> None:
    secret = a_secret(people)
    leaves(people.head)
    assert keys(successor) == [secret.key]
    leaves(successor)
    with pytest.raises(RuleBroken):
        answer_for(engagement=secret, readers=[], reason="Slutat.", by=fresh(successor), at=clock.now())
    assert not secret.user_grants.filter(user=successor).exists()


def test_it_takes_a_reason(people: People, successor: User) -> None:
    secret = a_secret(people)
    leaves(people.head)
    with pytest.raises(Incomplete):
        answer_for(engagement=secret, readers=[], reason=" ", by=successor, at=clock.now())


def test_who_was_named_so_loses_it_with_the_mark(people: People, successor: User) -> None:
    secret = a_secret(people)
    leaves(people.head)
    answer_for(engagement=secret, readers=[people.auditor], reason="Slutat.", by=successor, at=clock.now())
    unmark(engagement=secret, reason="Inte längre hemligt.", by=fresh(successor), at=clock.now())
    assert not secret.user_grants.filter(user__in=[successor, people.auditor]).exists()


def test_what_a_merged_body_kept_is_answered_for_by_who_can_pass_it_on(
    people: People, successor: User, as_user: Any
) -> None:
    secret = moved(a_secret(people), merged_into(people.body("169")))
    said: dict[str, Any] = {"engagement": secret, "reason": "Sammanslaget.", "by": successor, "at": clock.now()}
    grant(engagement=secret, to=successor, action=Action.READ, reason="x", by=people.head, at=AT, by_hand=True)
    assert keys(successor) == [secret.key]  # named, but she only reads it
    with pytest.raises(Incomplete, match="samordnare"):
        answer_for(readers=[people.contact], **said)
    assert not secret.user_grants.filter(user=people.contact).exists()
    client, address = as_user(successor), reverse("unkept_rescue", args=[secret.key])
    page = client.get(address).content.decode()
    assert "ändrar du markeringen" not in page
    assert "du kan läsa ärendet, men inte ändra markeringen" in page
    assert "Namnge också en samordnare" in client.post(address, {"reason": "Sammanslaget."}).content.decode()
    assert client.post(address, {"reason": "x", "readers": [people.coordinator.pk]}).status_code == 302
    assert keys(successor) == []
    assert may_share(fresh(people.coordinator), secret) and not may_share(fresh(successor), secret)


# --- The pages


def test_the_pages_tell_the_key_and_no_word_of_it(people: People, successor: User, as_user: Any) -> None:
    secret = a_secret(people)
    leaves(people.head)
    client = as_user(successor)
    address = reverse("unkept_rescue", args=[secret.key])
    for url in (reverse("unkept_list"), address, reverse("register_index"), reverse("desk")):
        text = client.get(url).content.decode()
        assert "Utrecht" not in text and "15 kap." not in text and "Förvaltningschefen, Miljö" not in text, url
    for url in (reverse("unkept_list"), reverse("desk")):
        assert address in client.get(url).content.decode()
        assert secret.key not in as_user(people.contact).get(url).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    response = client.post(address, {"reason": "Chefen har slutat.", "readers": [people.contact.pk]})
    assert response.status_code == 302
    assert "Hemligheten i Utrecht" in client.get(response["Location"]).content.decode()
    assert client.get(address).status_code == 404
    # the second click of two ends where the first did
    assert client.post(address, {"reason": "Chefen har slutat."})["Location"] == response["Location"]
    assert secret.user_grants.count() == 3


def test_a_stranger_is_not_named_by_a_smuggled_id(people: People, successor: User, as_user: Any) -> None:
    secret = a_secret(people)
    leaves(people.head)
    address = reverse("unkept_rescue", args=[secret.key])
    assert as_user(successor).post(address, {"reason": "x", "readers": [people.outsider.pk]}).status_code == 422
    assert not secret.user_grants.exclude(user=people.head).exists()


def test_others_get_the_same_answer_whether_there_is_such_a_matter_or_not(people: People, as_user: Any) -> None:
    secret = a_secret(people)
    leaves(people.head)
    for user in (*people.everyone, people.administrator):
        for key in (secret.key, "INT-2026-99999"):
            assert as_user(user).get(reverse("unkept_rescue", args=[key])).status_code == 404, user


# --- Leaving


def test_who_is_the_last_to_answer_for_it_names_somebody_before_laying_down_the_mandate(
    people: People, successor: User
) -> None:
    secret = a_secret(people, readers=[people.contact, people.auditor])
    leaves(people.head)
    own = people.contact.mandates.get()
    told: dict[str, Any] = {"last_day": clock.today(), "reason": "Ny tjänst", "at": clock.now()}
    with pytest.raises(RuleBroken, match=f"den sista .* {secret.key}"):
        end_mandate(mandate=own, by=people.contact, **told)
    with pytest.raises(RuleBroken, match=str(secret.key)):
        hand_over(mandate=own, to=successor, by=people.contact, **told)
    own.refresh_from_db()
    assert own.valid_to is None
    grant(engagement=secret, to=successor, action=Action.READ, reason="x", by=people.contact, at=AT, by_hand=True)
    end_mandate(mandate=own, by=people.contact, **told)


def test_another_who_ends_the_mandate_is_told_nothing_and_the_head_finds_it(people: People, successor: User) -> None:
    secret = a_secret(people, readers=[people.contact])
    leaves(people.head)
    ended = people.contact.mandates.get()
    end_mandate(mandate=ended, last_day=YESTERDAY, reason="Slutat", by=people.administrator, at=clock.now())
    assert keys(successor) == [secret.key]


def test_what_nobody_answered_for_before_holds_nobody(people: People, successor: User) -> None:
    secret = a_secret(people, readers=[people.auditor])
    leaves(people.head)
    own = people.auditor.mandates.get()
    end_mandate(mandate=own, last_day=clock.today(), reason="Ny tjänst", by=people.auditor, at=clock.now())
    assert keys(successor) == [secret.key]


@pytest.mark.parametrize("ends", ["second mandate", "other's mandate", "other's grant"])
def test_who_is_the_last_the_day_after_names_somebody_too(people: People, successor: User, ends: str) -> None:
    """On the last day somebody answers still; on the day after, nobody would."""
    friday = clock.today() + timedelta(days=5)
    colleague = person("kollegan", "Kollegan")
    secret = a_secret(people, readers=[people.contact] if ends == "second mandate" else [people.contact, colleague])
    leaves(people.head)
    own = people.contact.mandates.get()
    said: dict[str, Any] = {"last_day": friday, "reason": "Ny tjänst", "by": people.contact, "at": clock.now()}
    if ends == "second mandate":
        end_mandate(mandate=mandate(people.contact, people.body("MHN"), Role.CONTACT_PERSON), **said)
    else:
        until = {"valid_to": friday} if ends == "other's mandate" else {}
        mandate(colleague, people.body("169"), Role.CONTACT_PERSON, **until)
        if not until:
            secret.user_grants.filter(user=colleague).update(valid_to=friday)
    with pytest.raises(RuleBroken, match=f"den sista .* {secret.key}"):
        end_mandate(mandate=own, **said)


def test_who_comes_the_day_after_is_an_heir(people: People, successor: User) -> None:
    colleague = person("kollegan", "Kollegan")
    mandate(colleague, people.body("169"), Role.CONTACT_PERSON, valid_from=clock.today() + timedelta(days=1))
    a_secret(people, readers=[people.contact, colleague])
    leaves(people.head)
    own = people.contact.mandates.get()
    end_mandate(mandate=own, last_day=clock.today(), reason="Ny tjänst", by=people.contact, at=clock.now())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_leave_at_once_the_second_is_the_last(people: People) -> None:
    colleague = person("kollegan", "Kollegan")
    theirs = mandate(colleague, people.body("169"), Role.CONTACT_PERSON)
    a_secret(people, readers=[people.contact, colleague])
    leaves(people.head)
    said: dict[str, Any] = {"last_day": clock.today(), "reason": "Ny tjänst", "at": clock.now()}
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            end_mandate(mandate=people.contact.mandates.get(), by=people.contact, **said)
            leaving = threads.submit(told, lambda: end_mandate(mandate=theirs, by=colleague, **said))
            assert is_waiting(leaving)
        assert "den sista" in leaving.result()


# --- Sharing


def test_a_named_contact_person_may_name_the_head_and_no_other(people: People, successor: User) -> None:
    secret = a_secret(people, readers=[people.contact])
    leaves(people.head)
    told: dict[str, Any] = {"action": Action.READ, "reason": "Behöver beslutas.", "until": None, "at": clock.now()}
    with pytest.raises(RuleBroken, match="Bara den som får sekretessmarkera"):
        share_engagement(engagement=secret, to=people.auditor, by=people.contact, **told)
    substitute = stands_in(person("vikarie", "Vikarien"), successor, people)
    with pytest.raises(RuleBroken, match="Bara den som får sekretessmarkera"):
        share_engagement(engagement=secret, to=substitute, by=people.contact, **told)
    share_engagement(engagement=secret, to=successor, by=people.contact, **told)
    assert may(fresh(successor), Action.DECIDE, secret)


def test_the_last_to_answer_for_it_is_not_taken_off_it(people: People) -> None:
    secret = a_secret(people, readers=[people.auditor])
    told: dict[str, Any] = {"engagement": secret, "reason": "Klar.", "by": people.head, "at": clock.now()}
    with pytest.raises(RuleBroken, match="Namnge någon annan först"):
        withdraw_share(ref=f"person-{people.head.pk}-read", **told)
    withdraw_share(ref=f"person-{people.auditor.pk}-read", **told)
