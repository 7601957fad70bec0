"""Fixtures for all tests. The servers themselves are started by the test settings, once a run."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from engagements.strategy.editions import read_also
from tests.mailbox import Mailbox
from tests.people import People
from tests.standing import Standing, make_standing
from tests.worker import Worker, wait_until

INVENTED = Path(__file__).parent / "engagements" / "editions"

# Playwright keeps an event loop in the main thread, where Django would refuse every query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """STRICT=1, as in CI: a test that did not run is a failure, not a footnote."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("STRICT") and exitstatus == 0 and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """As pytest-django has it; a session on its way out (a worker's child) does not keep the database from going."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session")
def standing(django_db_setup: None, django_db_blocker: Any) -> Standing:
    with django_db_blocker.unblock():
        return make_standing()


@pytest.fixture
def people(db: None, standing: Standing) -> People:
    return standing.put_back()


@pytest.fixture
def invented() -> Iterator[None]:
    """An edition of the strategy that nobody has adopted, in force from 2027 (engagements/editions/2027.toml)."""
    cache.clear()  # what the lists offer is kept for a minute
    read_also(INVENTED)
    yield
    read_also(None)
    cache.clear()


@pytest.fixture
def as_user() -> Callable[[Any], Client]:
    """as_user(people.contact).get(…): a browser in which that person is signed in."""

    def signed_in(user: Any) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def run_outbox() -> Callable[[], int]:
    """Do here and now what waits in the outbox, as a worker would; says how many tasks ran."""
    from stockholm_intl.celery import app
    from stockholm_intl.kit.models import Outbox

    def run() -> int:
        app.loader.import_default_modules()
        count = 0
        while row := Outbox.objects.open().order_by("created_at").first():
            app.tasks[row.name].apply(kwargs=row.ids, task_id=str(row.pk), throw=True)
            row.refresh_from_db()
            if not row.finished_at:
                raise AssertionError(f"{row.name} did not end: {row.state} {row.error}")
            count += 1
        return count

    return run


# --- A real worker and a real mail server


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    mailbox.start()
    yield mailbox
    mailbox.stop()


@pytest.fixture
def smtp(mail_server: Mailbox, settings: Any) -> Mailbox:
    """A mail server that takes everything; smtp.mails are the messages, also those of real_worker."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = mail_server.host, mail_server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    mail_server.mails.clear()
    return mail_server


@pytest.fixture(scope="session")
def worker_process(django_db_setup: None, mail_server: Mailbox) -> Iterator[Worker]:
    worker = Worker(mail_url=mail_server.url)
    worker.start()
    yield worker
    worker.stop()


@pytest.fixture
def real_worker(transactional_db: None, worker_process: Worker) -> Iterator[Worker]:
    """A worker on the test database and a real Redis; what an operation enqueues is done by it, in this test only."""
    worker_process.wake()
    yield worker_process
    worker_process.rest()


@pytest.fixture(autouse=True)
def nobody_writes_while_tables_are_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits is cleaned up by TRUNCATE, which deadlocks with a request or a task still on its way."""
    marker = request.node.get_closest_marker("django_db")
    commits = (marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames
    if commits:
        request.getfixturevalue("transactional_db")  # begun before this, and so cleaned up after it
    yield
    if commits:
        wait_until(others_are_idle, what="what the test began to end")


def others_are_idle() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle')"
        )
        return bool(cursor.fetchone()[0])


# --- Files and browser


@pytest.fixture(autouse=True)
def files_of_one_test(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> None:
    """Uploads of one test are not seen by the next; only a real worker must find them where it looks."""
    if "real_worker" not in request.fixturenames:
        settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; no browser is ever downloaded. Its sandbox cannot start as root."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise RuntimeError("No Chromium on PATH: `make doctor` tells the one line that installs it.")
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return browser_type_launch_args | {"executable_path": program, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "sv-SE", "timezone_id": django_settings.TIME_ZONE}
