from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from decisions.enums import FINAL_OUTCOMES, MeetingState, Outcome, Section


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


class DelegationPointQuerySet(models.QuerySet["DelegationPoint"]):
    def in_force(self, *, on: date) -> Self:
        """A body that has gone up in another has no scheme of its own any longer."""
        stands = Q(body__valid_to__isnull=True) | Q(body__valid_to__gte=on)
        return self.filter(stands, Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class DelegationPoint(models.Model):
    """A point in a body's delegation scheme: who may decide what, and since when."""

    body = models.ForeignKey(
        "organisation.Body", models.PROTECT, related_name="delegation_points", verbose_name=_("organ")
    )
    code = models.CharField(_("punkt"), max_length=20)
    version = models.CharField(_("version"), max_length=20)
    matter = models.CharField(_("gäller"), max_length=200)
    delegate = models.CharField(_("delegat"), max_length=120)
    conditions = models.TextField(_("villkor"), blank=True)
    valid_from = models.DateField(_("från"))
    valid_to = models.DateField(_("till och med"), null=True, blank=True)
    is_sample = models.BooleanField(_("exempel"), default=False, editable=False)

    objects = DelegationPointQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("delegationspunkt")
        verbose_name_plural = _("delegationspunkter")
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(name="point_once_a_version", fields=["body", "code", "version"]),
            models.CheckConstraint(
                name="point_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.matter}"


class Decision(models.Model):
    """What was decided, by whom, on what ground. Not the matter it decides: a matter can be decided more than once."""

    engagement = models.ForeignKey(
        "engagements.Engagement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("ärende"),
    )
    item = models.OneToOneField(AgendaItem, models.PROTECT, null=True, blank=True, related_name="decision")
    body = models.ForeignKey("organisation.Body", models.PROTECT, related_name="decisions", verbose_name=_("organ"))
    outcome = models.CharField(_("utgång"), max_length=10, choices=Outcome.choices)
    text = models.TextField(_("beslutets text"))
    delegate = models.CharField(_("delegat"), max_length=120)
    delegate_person = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    point = models.ForeignKey(
        DelegationPoint,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("delegationspunkt"),
    )
    cost = models.DecimalField(_("beviljad kostnad"), max_digits=14, decimal_places=2, null=True, blank=True)
    # why it is the commissioner's to decide, where the strategy leaves it to judgement (section 5)
    ground = models.TextField(_("varför ärendet är finansborgarrådets"), blank=True)
    # what the checks of the strategy answered when it was taken, with the judgements and deviations that stood
    findings = models.JSONField(_("principkontroll"), default=list, blank=True, editable=False)
    decided_on = models.DateField(_("beslutsdag"))
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    is_sample = models.BooleanField(_("exempel"), default=False, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("beslut")
        verbose_name_plural = _("beslut")
        ordering = ["decided_on", "id"]
        indexes = [models.Index(fields=["body", "decided_on"], name="decision_body_day")]
        constraints = [
            models.CheckConstraint(
                name="decision_is_about_something",
                condition=Q(engagement__isnull=False) | Q(item__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_final_says_what", condition=~Q(outcome__in=sorted(FINAL_OUTCOMES)) | ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.decided_on}"

    @property
    def is_final(self) -> bool:
        """It ends the matter and stands on the decision list."""
        return self.outcome in FINAL_OUTCOMES


class Paper(models.Model):
    """An agenda or a decision list as it was printed: frozen, with its checksum."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers", verbose_name=_("möte"))
    kind = models.CharField(
        _("slag"), max_length=10, choices=[("agenda", _("Dagordning")), ("decisions", _("Beslutslista"))]
    )
    made_at = models.DateTimeField(_("framställd"))
    made_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    content = models.BinaryField()
    # whose matters stand in it: a paper is read by those who may read them all
    engagement_ids = ArrayField(models.BigIntegerField(), default=list)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)

    class Meta:
        verbose_name = _("utskrift")
        verbose_name_plural = _("utskrifter")
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(name="paper_once", fields=["meeting", "kind", "sha256"])]

    def __str__(self) -> str:
        return f"{self.meeting} {self.kind}"


class Approval(models.Model):
    """That a person other than the secretary has approved a meeting's list, or one point of it at once (R13).

    What was approved is named by its checksum: of the frozen list, or of the point's own row. Never changed or removed.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="approvals", verbose_name=_("möte"))
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="approvals", verbose_name=_("punkt")
    )
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="approvals", verbose_name=_("utskrift")
    )
    person = models.ForeignKey("organisation.User", models.PROTECT, related_name="+", verbose_name=_("justerare"))
    approved_on = models.DateField(_("justerat"))
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    recorded_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("justering")
        verbose_name_plural = _("justeringar")
        ordering = ["approved_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="approval_once_a_person", fields=["meeting", "item", "person"], nulls_distinct=False
            ),
            models.CheckConstraint(name="approval_not_by_its_secretary", condition=~Q(person=F("recorded_by"))),
            models.CheckConstraint(
                name="approval_of_list_or_point",
                condition=Q(item__isnull=True, paper__isnull=False) | Q(item__isnull=False, paper__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.person}"


class Correction(models.Model):
    """What was put right in a decided engagement after it was locked: numbered, with old and new. Never changed.

    `changes` is [{"row": "engagements.engagement", "field": "title", "old": …, "new": …}].
    """

    engagement = models.ForeignKey(
        "engagements.Engagement", models.PROTECT, related_name="corrections", verbose_name=_("ärende")
    )
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="corrections", verbose_name=_("beslut"))
    number = models.PositiveSmallIntegerField(_("nummer"))
    changes = models.JSONField(_("ändringar"), encoder=DjangoJSONEncoder)
    reason = models.TextField(_("skäl"))
    authority = models.CharField(_("i egenskap av"), max_length=120)
    by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+", verbose_name=_("rättat av"))
    at = models.DateTimeField(_("rättat"))
    # only the transaction that writes the correction may change what is locked; the triggers ask for it
    written_in = models.BigIntegerField(
        db_default=Func(function="txid_current", output_field=models.BigIntegerField()), editable=False
    )

    class Meta:
        verbose_name = _("rättelse")
        verbose_name_plural = _("rättelser")
        ordering = ["engagement", "number"]
        constraints = [
            models.UniqueConstraint(name="correction_numbered_once", fields=["engagement", "number"]),
            models.CheckConstraint(name="correction_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.engagement} {self.number}"
