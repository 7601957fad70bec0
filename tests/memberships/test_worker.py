"""The clock's job from Celery beat's task to the mail in hand, with a real worker, Redis and mail server."""

from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from memberships.models import Review, ReviewNotice
from stockholm_intl.celery import app
from stockholm_intl.kit.models import Outbox
from tests.factories.memberships import a_membership
from tests.people import People
from tests.worker import wait_until


@pytest.mark.django_db(transaction=True)
def test_beats_task_opens_reviews_and_the_owner_has_one_mail(people: People, real_worker: Any, smtp: Any) -> None:
    today = timezone.localdate()
    for _ in range(3):
        a_membership(people.contact, people.body("169"), entered_on=today.replace(year=today.year - 4, day=1))
    app.send_task("memberships.flag_due_reviews")
    wait_until(lambda: smtp.mails, what="the digest")
    wait_until(lambda: not Outbox.objects.open().exists(), what="the outbox to empty")
    assert Review.objects.open().count() == ReviewNotice.objects.count() == 3
    assert [received["To"] for received in smtp.mails] == [people.contact.email]
    assert smtp.mails[0].get_content().count("/medlemskap/INT-") == 3


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_the_mail_left_tells_all_the_same_once(
    people: People, real_worker: Any, smtp: Any
) -> None:
    today = timezone.localdate()
    a_membership(people.contact, people.body("169"), entered_on=today.replace(year=today.year - 4, day=1))
    real_worker.kill()
    call_command("flag_due_reviews", "--json")
    real_worker.start()
    Outbox.objects.update(sent_at=None)  # as the relay does once the message is known to be lost
    app.send_task("kit.relay_outbox")
    wait_until(lambda: smtp.mails, what="the digest")
    wait_until(lambda: not Outbox.objects.open().exists(), what="the outbox to empty")
    assert len(smtp.mails) == 1
