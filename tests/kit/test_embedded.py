"""The servers of a machine where nobody set any: found, started, used on after a crash, stopped."""

import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from django.conf import settings

from stockholm_intl.kit import embedded, throwaway
from tests.worker import wait_until


@pytest.fixture
def folder() -> Iterator[Path]:
    """In the checkout: PostgreSQL's own user must reach it, which it cannot in root's temporary folder."""
    place = Path(settings.RUN_DIR) / f"test-embedded-{uuid.uuid4().hex[:8]}"
    place.mkdir(parents=True)
    throwaway.hold(place)  # or the next run of the tests would clear it away under our feet
    yield place
    embedded.stop(place)
    shutil.rmtree(place)


def test_a_database_survives_the_death_of_its_server(folder: Path) -> None:
    address = embedded.postgres(folder)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('åäö')")
    assert embedded.postgres(folder) == address

    os.kill(int(embedded.postmaster(folder / "postgres")[0]), signal.SIGKILL)
    wait_until(lambda: not embedded.answering_postgres(folder / "postgres"))
    with psycopg.connect(embedded.postgres(folder)) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("åäö",)]

    embedded.stop(folder)
    assert not embedded.answering_postgres(folder / "postgres")


def test_a_number_that_another_program_got_is_not_taken_for_the_server(folder: Path) -> None:
    data = folder / "postgres"
    data.mkdir()
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n0\n5432\n{data}\n\n0 0\nready\n")
    embedded.forget_dead_postmaster(data)
    assert not (data / "postmaster.pid").exists()


def test_redis_keeps_what_it_was_told_and_lets_no_stranger_in(folder: Path) -> None:
    address = embedded.redis(folder)
    with redis.from_url(address) as client:
        client.set("word", "kept")
    assert embedded.redis(folder) == address
    with redis.Redis(port=embedded.redis_state(folder)["port"]) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()

    embedded.stop(folder)
    with redis.from_url(embedded.redis(folder)) as client:
        assert client.get("word") == b"kept"


def test_the_secret_key_is_made_once_and_for_its_owner_only(folder: Path) -> None:
    key = embedded.secret_key(folder)
    assert embedded.secret_key(folder) == key
    assert len(key) >= 50
    assert (folder / "secret_key").stat().st_mode & 0o077 == 0


def test_what_a_killed_test_run_left_is_cleared_away(folder: Path) -> None:
    """Its lock is free, so its servers are stopped and its folder goes."""
    code = (
        f"from pathlib import Path; from stockholm_intl.kit import throwaway; throwaway.servers(Path({str(folder)!r}))"
    )
    clean = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "FILES_DIR")
    }
    killed = subprocess.run(
        [sys.executable, "-c", f"{code}; import os; os.kill(os.getpid(), 9)"], cwd=settings.BASE_DIR, env=clean
    )
    assert killed.returncode == -signal.SIGKILL
    [left] = folder.glob("test-*")
    server = int(embedded.postmaster(left / "postgres")[0])
    assert embedded.runs(server, "postgres")

    throwaway.clear_leftovers(folder)
    assert not embedded.runs(server, "postgres")
    assert not left.exists()


def test_a_run_that_still_goes_on_is_left_alone(folder: Path) -> None:
    throwaway.hold(folder / "test-1")
    throwaway.clear_leftovers(folder)
    assert (folder / "test-1").exists()
