"""What happens on two connections at once: jobs in threads, and whether one of them waits for the other."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event

from django.db import connection

from engagements.rules import RuleBroken

Job = Callable[[], object]


def told(job: Job) -> str:
    """What became of it, on a connection of its own."""
    try:
        job()
    except RuleBroken as problem:
        return str(problem)
    finally:
        connection.close()
    return ""


def is_waiting(job: "Future[str]", *, seconds: float = 5) -> bool:
    """Whether somebody comes to wait for a lock before the job is over."""
    pause = Event()
    for _try in range(int(seconds * 50)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
        if job.done():
            return False
        pause.wait(0.02)
    return False
