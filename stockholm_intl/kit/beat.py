"""The clock that starts things. Any number of beats may run: one ticks, the others stand by.

It keeps no file of when it last ran. What fell due within the last day is started once when a beat begins, so
that a missed hour is caught up with; every scheduled task may come twice without harm.
"""

import logging
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery.beat import Scheduler
from celery.schedules import crontab
from django.conf import settings
from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

LOCK = 0x1BEA7  # ours among PostgreSQL's advisory locks; it is held by the connection and dies with it
STANDBY = 5.0
CATCH_UP = timedelta(days=1)


class SingleScheduler(Scheduler):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.alive_file = Path(settings.BEAT_ALIVE)
        super().__init__(*args, **kwargs)
        # A tick at least this often, so that the probe can tell a beat that hangs.
        self.max_interval = 15.0

    def setup_schedule(self) -> None:
        self.wait_for_turn()
        self.update_from_dict(self.app.conf.beat_schedule)
        for entry in self.schedule.values():
            if isinstance(entry.schedule, crontab):
                entry.last_run_at = entry.last_run_at - CATCH_UP

    def wait_for_turn(self) -> None:
        while not self.has_turn():
            self.tell_alive()
            time.sleep(STANDBY)
        logger.info("this beat ticks")

    def has_turn(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            return bool(cursor.fetchone()[0])

    def tick(self, *args: Any, **kwargs: Any) -> float:
        self.require_turn()
        self.tell_alive()
        return min(float(super().tick(*args, **kwargs)), self.max_interval)

    def require_turn(self) -> None:
        """With the connection the lock is gone and another beat may tick: end, and be started again."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND pid = pg_backend_pid()",
                    [LOCK],
                )
                if cursor.fetchone():
                    return
        except DatabaseError:
            logger.warning("the database went away")
        raise SystemExit("The turn of this beat is over.")

    def tell_alive(self) -> None:
        self.alive_file.parent.mkdir(parents=True, exist_ok=True)
        self.alive_file.touch()
