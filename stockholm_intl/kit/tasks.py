"""What the clock starts in the technical house. Neither is recorded: the next tick does what one missed."""

from datetime import timedelta

from celery import shared_task
from django.core.management import call_command

from stockholm_intl.kit import clock
from stockholm_intl.kit.models import Bucket, Outbox
from stockholm_intl.kit.relay import relay_all

KEEP = timedelta(days=90)


@shared_task(name="kit.relay_outbox", acks_late=False, reject_on_worker_lost=False)
def relay_outbox() -> None:
    relay_all()


@shared_task(name="kit.tidy", acks_late=False, reject_on_worker_lost=False)
def tidy() -> None:
    """Done tasks and dead sessions go; what failed or was parked stays until somebody has seen to it."""
    Outbox.objects.filter(state="done", finished_at__lt=clock.now() - KEEP).delete()
    # A bucket that nobody took from for a day is full again.
    Bucket.objects.filter(filled_at__lt=clock.now() - timedelta(days=1)).delete()
    call_command("clearsessions")
