"""Signing in. Guessing is slowed down by account and by address, before a password is looked at (T17).

An attempt takes a token from each bucket and a right password gives them back, so only wrong ones count, and ten at
the same moment are ten. An account that others lock by guessing still opens from a browser where its person has signed
in before: that browser has a bucket of its own.
"""

import logging
import unicodedata
from typing import Any
from uuid import uuid4

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from stockholm_intl.kit import clock
from stockholm_intl.kit.client_address import client_address
from stockholm_intl.kit.forms import Look
from stockholm_intl.kit.limits import Limit
from stockholm_intl.kit.pages import too_many

logger = logging.getLogger(__name__)

ACCOUNT = Limit("account", most=10, every=60)
BROWSER = Limit("browser", most=10, every=60)
# A whole office may stand behind one address.
ADDRESS = Limit("address", most=100, every=6)

COOKIE = "known_browser"
COOKIE_AGE = 180 * 24 * 60 * 60


class SignInForm(Look, AuthenticationForm):
    error_messages = {
        "invalid_login": _("Namnet och lösenordet hör inte ihop. Kontrollera stora och små bokstäver och försök igen."),
        "inactive": _("Kontot är avstängt. Fråga stadsledningskontoret."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Användarnamn")
        self.fields["password"].label = _("Lösenord")


class SignInView(LoginView):
    authentication_form = SignInForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        at, self.buckets = clock.now(), buckets(request)
        for number, (limit, of) in enumerate(self.buckets):
            if wait := limit.take(of, at=at):
                give_back(self.buckets[:number])
                logger.warning("sign-in refused, too many attempts: %s", limit.key(of))
                return too_many(request, wait=wait)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        give_back(self.buckets)
        response = super().form_valid(form)
        remember(response, self.request, account_of(self.request))
        return response


def buckets(request: HttpRequest) -> list[tuple[Limit, str]]:
    account = account_of(request)
    browser = known_browser(request, account)
    return [(ADDRESS, client_address(request)), (BROWSER, browser) if browser else (ACCOUNT, account)]


def give_back(taken: list[tuple[Limit, str]]) -> None:
    for limit, of in taken:
        limit.give_back(of)


def account_of(request: HttpRequest) -> str:
    """What was typed, whether there is such an account or not: both are limited alike."""
    return unicodedata.normalize("NFKC", request.POST.get("username", "")[:200]).strip().casefold()


# --- A browser where this person has signed in before


def known_browser(request: HttpRequest, account: str) -> str:
    """The browser's own id, if the account has been opened in it; else empty."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=COOKIE_AGE)
        accounts, browser = told["accounts"], told["id"]
    except (signing.BadSignature, KeyError, TypeError):
        return ""
    return f"{browser} {account}" if ACCOUNT.key(account) in accounts else ""


def remember(response: HttpResponse, request: HttpRequest, account: str) -> None:
    """No name stands in it, and it opens nothing: it only keeps others' guesses from locking the person out."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=COOKIE_AGE)
        accounts, browser = list(told["accounts"]), str(told["id"])
    except (signing.BadSignature, KeyError, TypeError):
        accounts, browser = [], uuid4().hex
    mine = ACCOUNT.key(account)
    told = {"id": browser, "accounts": [mine, *(key for key in accounts if key != mine)][:10]}
    response.set_cookie(
        COOKIE, signing.dumps(told, salt=COOKIE), max_age=COOKIE_AGE, path=request.path, secure=request.is_secure(),
        httponly=True, samesite="Lax",
    )  # fmt: skip
