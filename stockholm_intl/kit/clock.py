"""The clock. Read at the edge only (views, commands, tasks) and handed on as at= or on=."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The day it is in Stockholm, whatever the server's own zone."""
    return timezone.localdate()


def local_date(at: datetime) -> date:
    """The day an event fell on in Stockholm."""
    return timezone.localtime(at).date()
