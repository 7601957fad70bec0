"""Production as docker-compose.yml writes it. No engine is needed to see that its commands work."""

import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from stockholm_intl.kit.embedded import free_port, postgres_tools
from tests.deploy.compose import OURS, ROOT, VARIABLE, environment, is_well, run, written
from tests.worker import wait_until

VALUES = {
    "SECRET_KEY": "only-for-this-test-" * 4,
    "ALLOWED_HOSTS": "register.example",
    "SITE_URL": "https://register.example",
    "EMAIL_URL": "smtp://localhost:1",
    "DEFAULT_FROM_EMAIL": "register@stockholm.example",
    "POSTGRES_PASSWORD": "only-for-this-test",
}
COMPOSE = written()
SERVICES: dict[str, Any] = COMPOSE["services"]


# --- What is written


def test_all_parts_are_there() -> None:
    assert set(SERVICES) == {*OURS, "postgres", "redis"}
    assert set(COMPOSE["volumes"]) == {"files", "postgres", "redis"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_has_a_health_check_and_comes_back(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OURS)
def test_our_services_have_no_more_rights_than_they_need(name: str) -> None:
    service = SERVICES[name]
    assert service["user"].split(":")[0] not in ("", "0", "root")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["environment"]["DJANGO_SETTINGS_MODULE"] == "stockholm_intl.settings.production"


@pytest.mark.parametrize("name", sorted(set(OURS) - {"migrate"}))
def test_nothing_of_ours_starts_before_the_tables_are_there(name: str) -> None:
    waits_for = {other: how["condition"] for other, how in SERVICES[name]["depends_on"].items()}
    assert waits_for == {
        "migrate": "service_completed_successfully",
        "postgres": "service_healthy",
        "redis": "service_healthy",
    }


def test_a_task_gets_the_time_it_may_take() -> None:
    from django.conf import settings

    for name in ("worker", "reports"):
        assert int(SERVICES[name]["stop_grace_period"].rstrip("s")) > settings.CELERY_TASK_TIME_LIMIT


def test_no_secret_stands_in_the_file() -> None:
    """Every value that must be kept is asked of the environment, and refused when empty."""
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("SECRET|PASSWORD|EMAIL_URL|DATABASE_URL", name):
                assert [match["kind"] for match in VARIABLE.finditer(str(value))] == ["?"], name


def test_only_the_web_is_reached_from_outside_and_only_on_this_machine() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web"}
    assert SERVICES["web"]["ports"] == ["${BIND:-127.0.0.1}:${PORT:-8000}:8000"]


def test_what_must_last_lies_on_volumes() -> None:
    assert SERVICES["postgres"]["volumes"] == ["postgres:/var/lib/postgresql"]
    assert SERVICES["redis"]["volumes"] == ["redis:/data"]
    assert all("files:/srv/files" in SERVICES[name]["volumes"] for name in OURS)


def test_the_image_is_built_as_nobody_from_hashed_packages() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    last_user = [line for line in lines if line.startswith("USER ")][-1]
    assert last_user == "USER app"
    assert any("--require-hashes -r requirements.txt" in line for line in lines)
    assert not any(line.startswith(("ENV SECRET", "ARG ")) for line in lines)


def test_the_image_holds_neither_history_nor_local_data() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert ".*" in ignored  # .git, .venv, .run, .env


# --- What it does


@contextmanager
def started(command: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=file, stderr=file, start_new_session=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) in (0, -signal.SIGTERM), log.read_text()


@pytest.fixture
def empty_database(django_db_setup: None) -> Iterator[str]:
    """A database of its own on the run's PostgreSQL."""
    config = connection.settings_dict
    port = {"port": config["PORT"]} if config["PORT"] else {}
    name = f"{config['NAME']}_compose"
    server = {"host": str(config["HOST"]), "user": config["USER"], "password": config["PASSWORD"], **port}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}"')
        yield f"postgresql://{config['USER']}:@/{name}?host={quote(str(config['HOST']), safe='')}"
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_every_service_starts_by_its_own_command_and_is_well(empty_database: str, tmp_path: Path) -> None:
    redis_port, web_port = str(free_port()), str(free_port())
    local = {
        "DATABASE_URL": empty_database,
        "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
        "FILES_DIR": str(tmp_path / "files"),
        "BEAT_ALIVE": str(tmp_path / "beat-alive"),
        "STATIC_ROOT": str(tmp_path / "static"),
        "PORT": web_port,
    }
    env = {name: environment(SERVICES[name], VALUES, **local) for name in OURS}
    plain = {"PATH": env["web"]["PATH"], "PGHOST": str(connection.settings_dict["HOST"]), "HOME": str(tmp_path)}

    with started([*SERVICES["redis"]["command"], "--port", redis_port, "--dir", str(tmp_path)], plain, tmp_path / "r"):
        wait_until(lambda: is_well(SERVICES["redis"], plain, "-p", redis_port), what="redis")
        assert is_well(SERVICES["postgres"], with_pg_tools(plain))

        done = run(SERVICES["migrate"]["command"], env["migrate"])
        assert done.returncode == 0, done.stderr
        # The image's build step; Django's own back office is left out, which is most of the files and no page here.
        done = run(["python", "manage.py", "collectstatic", "--noinput", "--ignore", "admin"], env["web"])
        assert done.returncode == 0, done.stderr

        web = [part.replace("0.0.0.0:8000", f"127.0.0.1:{web_port}") for part in SERVICES["web"]["command"]]
        commands = {name: SERVICES[name]["command"] for name in OURS} | {"web": web}
        with (
            started(commands["web"], env["web"], tmp_path / "web"),
            started(commands["worker"], env["worker"], tmp_path / "worker"),
            started(commands["reports"], env["reports"], tmp_path / "reports"),
            started(commands["beat"], env["beat"], tmp_path / "beat"),
        ):
            for name in ("web", "worker", "reports", "beat"):
                wait_until(lambda name=name: is_well(SERVICES[name], env[name]), seconds=60, what=name)
            assert "Logga in" in front_page(web_port)


def with_pg_tools(env: dict[str, str]) -> dict[str, str]:
    return env | {"PATH": f"{postgres_tools()}:{env['PATH']}"}


def front_page(port: str) -> str:
    """As the proxy asks for it: by name, and saying that the person's side was TLS."""
    headers = {"Host": "register.example", "X-Forwarded-Proto": "https"}
    address = f"http://127.0.0.1:{port}/konto/logga-in/"
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
        assert answer.status == 200
        assert "Strict-Transport-Security" in answer.headers
        return str(answer.read().decode())
