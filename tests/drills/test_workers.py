"""Workers that die, and tasks that kill them: nothing is lost, nothing goes on for ever."""

import uuid

import pytest
from django.db import transaction

from stockholm_intl.kit.jobs import enqueue
from stockholm_intl.kit.models import Outbox, OutboxState
from tests.kit import probe_tasks
from tests.worker import Worker, wait_until

KILLS = 5


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_again_and_again_loses_nothing(mortal_worker: Worker) -> None:
    subjects = [uuid.uuid4().hex for _number in range(KILLS * 2)]
    with transaction.atomic():
        for subject in subjects:
            enqueue("probe.slow", subject=subject, tenths=6)
    killed: set[str] = set()
    for _number in range(KILLS):
        mortal_worker.start()
        # Each is killed in its first run only: after three starts a task is parked, rightly.
        victim = wait_for_victim(subjects, killed)
        mortal_worker.kill()
        killed.add(victim)
    mortal_worker.start()
    wait_until(lambda: not Outbox.objects.open().exists(), seconds=90, what="all to be done")

    for subject in subjects:
        assert probe_tasks.noted(subject).count("done") == 1, probe_tasks.noted(subject)
    assert set(Outbox.objects.values_list("state", flat=True)) == {OutboxState.DONE}
    starts = dict(Outbox.objects.values_list("ids__subject", "starts"))
    assert {subject for subject in subjects if starts[subject] > 1} == killed


def wait_for_victim(subjects: list[str], killed: set[str]) -> str:
    """One that has begun and not ended, and was not killed before."""
    found: list[str] = []

    def look() -> bool:
        found.extend(s for s in subjects if s not in killed and probe_tasks.noted(s) == ["started"])
        return bool(found)

    wait_until(look, seconds=60, what="a task to begin")
    return found[0]


@pytest.mark.django_db(transaction=True)
def test_a_task_that_kills_its_worker_is_parked_and_others_go_on(lasting_worker: Worker) -> None:
    poison, other = uuid.uuid4().hex, uuid.uuid4().hex
    bad = enqueue("probe.kill_worker", subject=poison)
    lasting_worker.start()
    wait_until(lambda: Outbox.objects.get(pk=bad.pk).finished_at, seconds=60, what="it to be parked")
    bad.refresh_from_db()
    assert (bad.state, bad.starts) == (OutboxState.PARKED, 3)
    assert probe_tasks.noted(poison) == ["started"] * 3
    enqueue("probe.write", subject=other)
    wait_until(lambda: probe_tasks.noted(other) == ["done"])
