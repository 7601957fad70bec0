"""Redis dies and comes back without its memory: pages work meanwhile, and every task is done after."""

import time
import uuid

import pytest
from django.db import transaction

from stockholm_intl.kit.jobs import enqueue
from stockholm_intl.kit.models import Outbox, OutboxState
from stockholm_intl.kit.relay import relay_all
from tests.drills.conftest import QUICK, Broker
from tests.kit import probe_tasks
from tests.worker import Worker, wait_until


@pytest.mark.django_db(transaction=True)
def test_what_was_asked_for_before_during_and_after_is_done_once(broker: Broker) -> None:
    before, during, after = ([uuid.uuid4().hex for _number in range(4)] for _time in range(3))
    relay_all()  # leaves the marker by which it knows Redis again
    ask_for(before)
    broker.kill()
    started = time.monotonic()
    ask_for(during)
    assert time.monotonic() - started < 1
    broker.start_empty()

    worker = Worker(name="after", queues=("default",), REDIS_URL=broker.url, PYTEST_XDIST_WORKER="gw-1", **QUICK)
    worker.start()
    try:
        # What the beat does every half minute.
        assert relay_all() == len(before) + len(during)
        ask_for(after)
        relay_all()
        wait_until(lambda: not Outbox.objects.open().exists(), what="all to be done")
    finally:
        worker.stop()
    assert {tuple(probe_tasks.noted(subject)) for subject in before + during + after} == {("done",)}
    assert set(Outbox.objects.values_list("state", flat=True)) == {OutboxState.DONE}


def ask_for(subjects: list[str]) -> None:
    with transaction.atomic():
        for subject in subjects:
            enqueue("probe.write", subject=subject)


@pytest.mark.django_db(transaction=True)
def test_a_worker_comes_back_to_a_redis_that_comes_back(broker: Broker) -> None:
    worker = Worker(name="staying", queues=("default",), REDIS_URL=broker.url, PYTEST_XDIST_WORKER="gw-1", **QUICK)
    worker.start()
    try:
        broker.kill()
        time.sleep(2)
        broker.start_empty()
        subject = uuid.uuid4().hex
        ask_for([subject])
        relay_all()
        wait_until(lambda: probe_tasks.noted(subject) == ["done"], seconds=60, what="the worker")
    finally:
        worker.stop()
