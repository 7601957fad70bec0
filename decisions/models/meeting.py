from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from decisions.enums import CLOSED_STATES, MeetingState, Section


class Meeting(models.Model):
    """A meeting that handles engagements: Internationella beredningen, or a board as history brings it."""

    body = models.ForeignKey("organisation.Body", models.PROTECT, related_name="meetings", verbose_name=_("organ"))
    year = models.PositiveSmallIntegerField(_("år"))
    # history knows meetings by date alone; ours always have a number
    number = models.PositiveSmallIntegerField(_("nummer"), null=True, blank=True)
    held_on = models.DateField(_("dag"))
    starts_at = models.TimeField(_("börjar"), null=True, blank=True)
    ends_at = models.TimeField(_("slutar"), null=True, blank=True)
    place = models.CharField(_("plats"), max_length=120, blank=True)
    present = models.TextField(_("närvarande"), blank=True)
    registry_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    state = models.CharField(
        _("läge"), max_length=8, choices=MeetingState.choices, default=MeetingState.PLANNED, editable=False
    )
    approved_on = models.DateField(_("justerat"), null=True, blank=True)
    reported_on = models.DateField(_("anmält till kommunstyrelsen"), null=True, blank=True)
    reported_paragraph = models.CharField(_("paragraf"), max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    is_sample = models.BooleanField(_("exempel"), default=False, editable=False)
    source = models.TextField(_("källa"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("möte")
        verbose_name_plural = _("möten")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="meeting_number_once", fields=["body", "year", "number"], condition=Q(number__isnull=False)
            ),
            models.CheckConstraint(name="meeting_year_is_its_dates", condition=Q(held_on__year=F("year"))),
            models.CheckConstraint(
                name="meeting_approved_has_date",
                condition=~Q(state=MeetingState.APPROVED) | Q(approved_on__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_reported_has_date",
                condition=~Q(state=MeetingState.REPORTED) | Q(reported_on__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_ends_after_start",
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        if self.number is None:
            return f"{self.body.name} {self.held_on:%Y-%m-%d}"
        return f"{self.body.code} nr {self.number}/{self.year}"

    @property
    def code(self) -> str:
        """What it is called on the command line: IB/2026/9."""
        return f"{self.body.code}/{self.year}/{self.number or self.held_on.isoformat()}"

    @property
    def name(self) -> str:
        """Internationella beredningen nr 9/2026."""
        return f"{self.body.name} nr {self.number}/{self.year}" if self.number else f"{self.body.name} {self.held_on}"

    def get_absolute_url(self) -> str:
        return reverse("meeting_detail", args=[self.pk])


class AgendaItem(models.Model):
    """A point on the agenda; most carry an engagement that was referred, some only a heading."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name=_("möte"))
    engagement = models.ForeignKey(
        "engagements.Engagement", models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    section = models.CharField(_("rubrik"), max_length=4, choices=Section.choices, default=Section.INTERNATIONAL)
    position = models.PositiveSmallIntegerField(_("ordning"))
    number = models.CharField(_("punkt"), max_length=12, blank=True)  # as history gives it; ours is reckoned
    title = models.CharField(_("rubrik"), max_length=300)
    proposal = models.TextField(_("förslag"), blank=True)
    reasons = models.TextField(_("skäl"), blank=True)
    # omedelbar justering: approved by itself, before the list is (domain section 8)
    immediate_on = models.DateField(_("omedelbart justerad"), null=True, blank=True)
    referred_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    referred_at = models.DateTimeField(null=True, blank=True)
    source = models.TextField(_("källa"), blank=True)
    fingerprint = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("punkt")
        verbose_name_plural = _("punkter")
        ordering = ["section", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                name="item_place_once",
                fields=["meeting", "section", "position"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                name="item_engagement_once_a_meeting",
                fields=["meeting", "engagement"],
                condition=Q(engagement__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point} {self.title}"

    @property
    def point(self) -> str:
        return self.number or f"{self.section}.{self.position}"

    @property
    def is_waiting(self) -> bool:
        """No outcome yet, on a list that is still open. History's points wait for nothing."""
        meeting = self.meeting
        return not (meeting.source or meeting.state in CLOSED_STATES or getattr(self, "decision", None))
