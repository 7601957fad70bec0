"""Chromium against a live server: one signs in as a role and does the job."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from organisation.models import User
from tests.people import PASSWORD, People

SignIn = Callable[[User], Page]


@pytest.fixture
def people(transactional_db: None) -> People:
    """A live server reads what is committed, so the cast is too."""
    return People()


@pytest.fixture
def sign_in(live_server: LiveServer, browser: Browser, browser_context_args: dict[str, Any]) -> Any:
    """sign_in(people.contact): a page of that person's own, past the login form and at the desk."""
    contexts = []

    def page_of(user: User, **options: Any) -> Page:
        User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD))
        context = browser.new_context(**browser_context_args, base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"JavaScript: {error}"))
        page.goto("/")
        page.get_by_label("Användarnamn").fill(user.username)
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        page.wait_for_url("**/")
        return page

    yield page_of
    for context in contexts:
        context.close()
