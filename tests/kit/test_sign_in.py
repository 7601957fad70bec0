"""Guessing passwords is slowed down, and nobody is locked out by others' guesses (T17)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client, RequestFactory
from django.urls import reverse

from organisation.cast import CAST
from organisation.models import User
from stockholm_intl.kit import sign_in
from stockholm_intl.kit.client_address import client_address
from stockholm_intl.kit.limits import Limit
from stockholm_intl.kit.models import Bucket
from stockholm_intl.kit.tasks import tidy
from tests.people import PASSWORD, People

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


@pytest.fixture
def contact(people: People) -> User:
    people.contact.set_password(PASSWORD)
    people.contact.save()
    return people.contact


def attempt(client: Client, name: str, password: str = "fel", **more: Any) -> Any:
    return client.post(reverse("login"), {"username": name, "password": password}, **more)


def guess_until_locked(name: str, **more: Any) -> int:
    """How many guesses from elsewhere were taken in before the lock."""
    client = Client()
    for number in range(200):
        if attempt(client, name, **more).status_code == 429:
            return number
    raise AssertionError("never locked")


def test_the_eleventh_wrong_password_is_asked_to_wait(contact: User) -> None:
    with time_machine.travel(NOON, tick=False):
        assert guess_until_locked(contact.username) == 10
        answer = attempt(Client(), contact.username)
    assert answer.status_code == 429 and answer["Retry-After"] == "60"
    assert "För många försök" in answer.content.decode() and "Vänta en minut" in answer.content.decode()


def test_the_lock_lets_go_by_itself_one_attempt_a_minute(contact: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        guess_until_locked(contact.username)
        assert attempt(Client(), contact.username, PASSWORD).status_code == 429  # no password is looked at
        clock.shift(timedelta(seconds=45))
        assert attempt(Client(), contact.username)["Retry-After"] == "15"
        clock.shift(timedelta(seconds=16))
        assert attempt(Client(), contact.username, PASSWORD).status_code == 302


def test_a_name_that_does_not_exist_is_locked_and_answered_alike(contact: User, people: People) -> None:
    people.head.set_password(PASSWORD)
    people.head.is_active = False
    people.head.save()
    names = (contact.username, people.head.username, "finns.inte")
    answers = [attempt(Client(), name) for name in names]
    texts = {
        answer.content.decode().replace(name, "").split("<main")[1] for name, answer in zip(names, answers, strict=True)
    }
    assert {answer.status_code for answer in answers} == {200}
    assert len({text.split("csrfmiddlewaretoken")[0] for text in texts}) == 1
    inactive = attempt(Client(), people.head.username, PASSWORD)
    assert "hör inte ihop" in inactive.content.decode()
    assert guess_until_locked("finns.inte") == 9


def test_as_much_is_reckoned_for_a_missing_account_as_for_a_real_one(
    contact: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        times.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    found = []
    for name in (contact.username, "finns.inte"):
        times.clear()
        attempt(Client(), name)
        found.append(len(times))
    assert found == [1, 1]


def test_a_locked_account_costs_no_hashing(contact: User, monkeypatch: pytest.MonkeyPatch) -> None:
    guess_until_locked(contact.username)

    def never(*args: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(MD5PasswordHasher, "encode", never)
    assert attempt(Client(), contact.username, PASSWORD).status_code == 429


def test_capitals_and_spaces_do_not_make_another_account(contact: User) -> None:
    guess_until_locked(contact.username)
    assert attempt(Client(), f" {contact.username.upper()} ").status_code == 429


def test_one_account_locked_leaves_the_others_open(contact: User, people: People) -> None:
    guess_until_locked("nagon.annan")
    assert attempt(Client(), contact.username, PASSWORD).status_code == 302


def test_right_passwords_take_nothing(contact: User) -> None:
    for _time in range(15):
        assert attempt(Client(), contact.username, PASSWORD).status_code == 302
    tokens = dict(Bucket.objects.values_list("key", "tokens"))
    assert tokens[sign_in.ACCOUNT.key(contact.username)] == sign_in.ACCOUNT.most


def test_all_the_demos_logins_come_in_one_after_the_other(people: People) -> None:
    User.objects.filter(username__in=[part.username for part in CAST]).update(password=hashed())
    for part in CAST:
        assert attempt(Client(), part.username, PASSWORD).status_code == 302, part.username


def hashed() -> str:
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


def test_spraying_many_accounts_from_one_address_is_stopped_and_others_come_in(
    contact: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "ADDRESS", Limit("address", most=5, every=60))
    client = Client()
    answers = [attempt(client, f"konto{n}", REMOTE_ADDR="198.51.100.7").status_code for n in range(7)]
    assert answers == [200] * 5 + [429] * 2
    assert attempt(Client(), contact.username, PASSWORD, REMOTE_ADDR="198.51.100.8").status_code == 302


def test_who_has_signed_in_here_before_is_not_locked_out_by_others(contact: User) -> None:
    known = Client()
    assert attempt(known, contact.username, PASSWORD).status_code == 302
    known.post(reverse("logout"))
    guess_until_locked(contact.username)
    assert attempt(Client(), contact.username, PASSWORD).status_code == 429
    assert attempt(known, contact.username, PASSWORD).status_code == 302


def test_a_known_browser_may_not_guess_for_ever_either_nor_at_other_accounts(contact: User, people: People) -> None:
    client = Client()
    attempt(client, contact.username, PASSWORD)
    client.post(reverse("logout"))
    answers = [attempt(client, contact.username).status_code for _time in range(12)]
    assert answers == [200] * 10 + [429] * 2
    guess_until_locked(people.head.username)
    assert attempt(client, people.head.username).status_code == 429


def test_the_cookie_names_nobody_and_a_forged_one_is_worth_nothing(contact: User) -> None:
    client = Client()
    attempt(client, contact.username, PASSWORD)
    cookie = client.cookies[sign_in.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == reverse("login")
    assert contact.username not in cookie.value
    guess_until_locked(contact.username)
    for value in ("", "x", f"{cookie.value}x", "eyJpZCI6IngifQ:a:b"):
        forged = Client()
        forged.cookies[sign_in.COOKIE] = value
        assert attempt(forged, contact.username, PASSWORD).status_code == 429


def test_signing_in_without_a_password_form_is_not_counted(contact: User) -> None:
    for _time in range(20):
        Client().force_login(contact, backend="django.contrib.auth.backends.ModelBackend")
    assert not Bucket.objects.exists()


def test_full_buckets_are_cleared_away(contact: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        attempt(Client(), contact.username)
        assert Bucket.objects.count() == 2
        clock.shift(timedelta(days=1, minutes=1))
        tidy()
    assert not Bucket.objects.exists()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "wanted"),
    [
        (0, "203.0.113.9", "10.0.0.1"),  # nobody before us: what the caller says is not believed
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (1, "", "10.0.0.1"),
        (1, "skräp", "10.0.0.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
    ],
)
def test_the_address_is_what_our_own_proxy_saw(settings: Any, proxies: int, forwarded: str, wanted: str) -> None:
    settings.PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")
    assert client_address(request) == wanted


@pytest.mark.django_db(transaction=True)
def test_ten_at_the_same_moment_are_ten(transactional_db: None) -> None:
    import threading

    from django.db import connection

    limit, taken = Limit("prov", most=3, every=3600), []

    def take() -> None:
        try:
            taken.append(limit.take("samma", at=NOON))
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken.count(0) == 3
