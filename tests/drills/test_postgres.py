"""PostgreSQL is killed while people work: they are told to come back, nothing acknowledged is lost, no page stays broken."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from stockholm_intl.kit import embedded
from tests.worker import wait_until

ADDRESS = "http://127.0.0.1:{port}/"


class Web:
    """The web as the launcher starts it, on a PostgreSQL of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, embedded.free_port()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "stockholm_intl.settings.test",
            "DATABASE_URL": embedded.postgres(folder),
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "FILES_DIR": str(folder / "files"),
        }
        subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], env=self.environment, check=True)
        command = [sys.executable, "-m", "gunicorn", "stockholm_intl.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", "1", "--threads", "2", "--no-control-socket"]
        with (folder / "web.log").open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log
            )

    def status(self) -> tuple[int, str]:
        """A page for which the session is looked up; the code and the Retry-After."""
        request = urllib.request.Request(ADDRESS.format(port=self.port), headers={"Cookie": f"sessionid={'a' * 32}"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, ""
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get("Retry-After", "")
        except OSError:
            return 0, ""


@pytest.fixture
def web(folder: Path) -> Iterator[Web]:
    web = Web(folder)
    yield web
    web.process.send_signal(signal.SIGTERM)
    web.process.wait(30)


def test_pages_say_503_while_it_is_away_and_work_at_once_when_it_is_back(web: Web) -> None:
    wait_until(lambda: web.status()[0] == 200, what="the web")
    with psycopg.connect(embedded.postgres(web.folder), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        for number in range(500):
            connection.execute("INSERT INTO kept VALUES (%s)", [number])
        os.kill(int(embedded.postmaster(web.folder / "postgres")[0]), signal.SIGKILL)
    wait_until(lambda: not embedded.answering_postgres(web.folder / "postgres"), what="the death")
    assert web.status() == (503, "10")

    address = embedded.postgres(web.folder)
    assert [web.status()[0] for _number in range(6)] == [200] * 6
    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row == (500,)
