import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobState(models.TextChoices):
    WAITING = "waiting", _("Väntar")
    RUNNING = "running", _("Pågår")
    DONE = "done", _("Klart")
    FAILED = "failed", _("Misslyckades")
    CANCELLED = "cancelled", _("Avbrutet")


OPEN_JOB_STATES = (JobState.WAITING, JobState.RUNNING)


class Job(models.Model):
    """What a person asked for that takes a while, and how far it has come."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    step = models.CharField(max_length=200, blank=True)
    done_share = models.FloatField(default=0)
    result_url = models.CharField(max_length=300, blank=True)
    message = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("jobb")
        verbose_name_plural = pgettext_lazy("flera", "jobb")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["requested_by", "-created_at"], name="job_requested_by")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_share__gte=0, done_share__lte=1), name="job_share_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("job_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_JOB_STATES


class OutboxState(models.TextChoices):
    WAITING = "waiting", _("Väntar")
    RUNNING = "running", _("Pågår")
    DONE = "done", _("Klart")
    FAILED = "failed", _("Misslyckades")
    PARKED = "parked", _("Parkerat efter tre starter")
    CANCELLED = "cancelled", _("Avbrutet")


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def open(self) -> "OutboxQuerySet":
        return self.filter(finished_at=None)

    def to_send(self, *, resend_after: timedelta) -> "OutboxQuerySet":
        """Never sent, or sent so long ago without an end that Redis or a worker must have lost it."""
        unsent = models.Q(sent_at=None) | models.Q(sent_at__lt=Now() - resend_after)
        return self.open().filter(unsent, not_before__lte=Now())


class Outbox(models.Model):
    """A task that must not be lost: written with what caused it, kept with how it went."""

    task_id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    ids = models.JSONField(default=dict)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.CASCADE, related_name="outbox")
    state = models.CharField(max_length=10, choices=OutboxState, default=OutboxState.WAITING)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    not_before = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True, blank=True)
    starts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The name of the error's class only: its text may quote what people wrote.
    error = models.CharField(max_length=200, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("bakgrundsuppgift")
        verbose_name_plural = _("bakgrundsuppgifter")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["not_before"], name="outbox_open", condition=models.Q(finished_at__isnull=True)),
            models.Index(fields=["-created_at"], name="outbox_created"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.task_id}"


class Bucket(models.Model):
    """How many attempts are left, as kit.limits counts them. The key tells nobody whose it is."""

    key = models.CharField(max_length=64, primary_key=True)
    tokens = models.FloatField()
    filled_at = models.DateTimeField()

    class Meta:
        verbose_name = _("spärr")
        verbose_name_plural = _("spärrar")

    def __str__(self) -> str:
        return self.key
