"""From the outbox to the workers, with a real Redis, with none, and with one that lost its memory."""

import threading
import time
import uuid
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery
from django.db import connection, transaction

from stockholm_intl.celery import app
from stockholm_intl.kit import clock, relay
from stockholm_intl.kit.jobs import enqueue
from stockholm_intl.kit.models import JobState, Outbox, OutboxState
from tests.kit import probe_tasks
from tests.kit.test_jobs import a_job
from tests.people import People
from tests.worker import Worker, wait_until


@pytest.fixture
def no_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port where nobody listens, with the options of ours."""
    lonely = Celery("lonely", broker="redis://127.0.0.1:1/0", set_as_current=False)
    lonely.conf.broker_transport_options = app.conf.broker_transport_options
    monkeypatch.setattr(relay, "app", lonely)
    monkeypatch.setattr(relay, "_quiet_until", 0.0)


@pytest.fixture(autouse=True)
def published(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[Outbox]:
    """What would have gone to Redis, for the tests that need none."""
    sent: list[Outbox] = []
    if not {"no_redis", "real_worker"} & set(request.fixturenames):
        monkeypatch.setattr(relay, "publish", sent.append)
        monkeypatch.setattr(relay, "_quiet_until", 0.0)
    return sent


@pytest.mark.django_db(transaction=True)
def test_it_is_sent_when_the_transaction_ends_and_not_before(published: list[Outbox]) -> None:
    with transaction.atomic():
        row = enqueue("probe.write", subject="x")
        assert published == []
    row.refresh_from_db()
    assert [sent.pk for sent in published] == [row.pk]
    assert row.sent_at


@pytest.mark.django_db
def test_what_waits_for_its_time_is_left(published: list[Outbox]) -> None:
    enqueue("probe.write", subject="x")
    Outbox.objects.update(not_before=clock.now() + timedelta(minutes=1))
    assert relay.relay() == 0


@pytest.mark.django_db
def test_what_was_sent_long_ago_and_never_ended_goes_again(published: list[Outbox]) -> None:
    enqueue("probe.write", subject="x")
    assert relay.relay() == 1
    assert relay.relay() == 0
    Outbox.objects.update(sent_at=clock.now() - timedelta(minutes=11))
    assert relay.relay() == 1


@pytest.mark.django_db
def test_more_than_a_batch_is_sent_in_one_go(published: list[Outbox], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "BATCH", 3)
    for _number in range(8):
        enqueue("probe.write", subject="x")
    assert relay.relay_all() == 8


@pytest.mark.django_db(transaction=True)
def test_two_relays_never_send_the_same_row(published: list[Outbox]) -> None:
    with transaction.atomic():
        Outbox.objects.bulk_create(Outbox(name="probe.write", ids={}) for _number in range(40))
    barrier = threading.Barrier(4)

    def one() -> None:
        barrier.wait()
        while relay.relay():
            pass
        connection.close()

    threads = [threading.Thread(target=one) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(published) == len({row.pk for row in published}) == 40


@pytest.mark.django_db(transaction=True)
def test_a_page_hardly_notices_that_redis_is_down(no_redis: None) -> None:
    started = time.monotonic()
    row = enqueue("probe.write", subject="x")
    first = time.monotonic() - started
    for _number in range(5):
        enqueue("probe.write", subject="x")
    row.refresh_from_db()
    assert row.sent_at is None
    assert first < 1
    assert time.monotonic() - started - first < 0.5


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_was_enqueued(real_worker: Worker, people: People) -> None:
    subject = uuid.uuid4().hex
    job = a_job(people, subject)
    wait_until(lambda: not Outbox.objects.open().exists())
    job.refresh_from_db()
    assert (job.state, probe_tasks.noted(subject)) == (JobState.DONE, ["half", "done"])


@pytest.mark.django_db(transaction=True)
def test_a_redis_that_lost_everything_is_told_again(real_worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    subject = uuid.uuid4().hex
    monkeypatch.setattr(relay, "nudge", lambda task_ids: None)
    row = Outbox.objects.create(name="probe.write", ids={"subject": subject}, sent_at=clock.now())
    with app.connection_for_write() as broker, broker.channel() as channel:
        client: Any = channel.client
        client.delete(relay.MARKER)
    assert relay.relay_all() == 1
    wait_until(lambda: Outbox.objects.get(pk=row.pk).state == OutboxState.DONE)
    assert relay.relay_all() == 0
