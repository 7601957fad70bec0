"""From the outbox to the workers. A message may go twice (kit.jobs lets it run once), never not at all."""

import logging
import time
import uuid
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerError

from stockholm_intl.celery import app
from stockholm_intl.kit.models import Outbox

logger = logging.getLogger(__name__)

BATCH = 200
QUIET = 5.0  # seconds that a process leaves a broker alone that just did not answer
MARKER = "outbox-marker"
_quiet_until = 0.0


def nudge(task_ids: Collection[uuid.UUID]) -> None:
    """Send at once what a transaction just wrote. If Redis is away the beat's relay does it later."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    try:
        relay(only=task_ids)
    except BrokerError:
        _quiet_until = time.monotonic() + QUIET
        logger.warning("the broker does not answer; %s task(s) wait in the outbox", len(task_ids))


def relay(*, only: Collection[uuid.UUID] | None = None) -> int:
    """Send a batch of what waits and say how many went; several relays share the rows between them."""
    resend_after = timedelta(seconds=app.conf.broker_transport_options["visibility_timeout"])
    rows = Outbox.objects.to_send(resend_after=resend_after).order_by("created_at")
    if only is not None:
        rows = rows.filter(pk__in=only)
    sent: list[uuid.UUID] = []
    with transaction.atomic():
        try:
            for row in rows.select_for_update(skip_locked=True)[:BATCH]:
                publish(row)
                sent.append(row.pk)
        finally:
            Outbox.objects.filter(pk__in=sent).update(sent_at=Now())
    return len(sent)


def relay_all() -> int:
    """Everything that waits; first of all, what a Redis that came back empty has forgotten."""
    if broker_came_back_empty():
        Outbox.objects.open().update(sent_at=None)
    total = 0
    while count := relay():
        total += count
    return total


def publish(row: Outbox) -> None:
    app.send_task(row.name, kwargs=row.ids, task_id=str(row.pk), retry=False, ignore_result=True)


def broker_came_back_empty() -> bool:
    """True the first time, and whenever the key that we left in Redis is gone."""
    with app.connection_for_write() as connection:
        if connection.transport.driver_type != "redis":
            return False
        with connection.channel() as channel:
            return bool(channel.client.set(MARKER, "1", nx=True))
