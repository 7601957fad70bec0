from datetime import date
from typing import Self

from django.db import models
from django.db.models import DateField, Exists, F, Func, OuterRef, Q
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from engagements.enums import State
from engagements.models import Engagement
from memberships.enums import AgreementType, MembershipForm, ReviewOutcome
from memberships.rules import INTERVAL_MONTHS


class ReviewedQuerySet(models.QuerySet["Reviewed"]):
    def active(self) -> Self:
        return self.filter(engagement__state=State.APPROVED)

    def reviewed(self) -> Self:
        """What the strategy has reconsidered: memberships, and of the agreements those of intent (section 4)."""
        return self.filter(agreement_type=AgreementType.INTENT) if self.model is Agreement else self

    def due_for_review(self, *, on: date) -> Self:
        """Strategy 2016 section 4: reconsider regularly, for instance every fourth year."""
        return self.active().reviewed().filter(review_by__lte=on)

    def without_open_review(self) -> Self:
        return self.filter(~Exists(Review.objects.open().filter(engagement=OuterRef("engagement"))))


class Reviewed(models.Model):
    """What is reconsidered at an interval, counted from the last review or from the day it was entered."""

    interval_months = models.PositiveSmallIntegerField(
        _("omprövas med så många månader emellan"), default=INTERVAL_MONTHS
    )
    interval_reason = models.CharField(_("skäl till eget intervall"), max_length=300, blank=True)
    entered_on = models.DateField(_("ingicks"))
    last_reviewed_on = models.DateField(_("senast omprövat"), null=True, blank=True)
    ended_on = models.DateField(_("avslutades"), null=True, blank=True)
    review_by = models.GeneratedField(
        expression=Cast(
            Coalesce("last_reviewed_on", "entered_on")
            + Func(F("interval_months"), template="make_interval(months => %(expressions)s)"),
            DateField(),
        ),
        output_field=DateField(_("omprövas senast")),
        db_persist=True,
    )

    objects = ReviewedQuerySet.as_manager()

    class Meta:
        abstract = True


class Membership(Reviewed):
    """The city, or one of its bodies, is in an organisation, a network, an initiative or a declaration."""

    engagement = models.OneToOneField(Engagement, models.CASCADE, primary_key=True, related_name="membership")
    form = models.CharField(_("form"), max_length=12, choices=MembershipForm.choices)
    theme = models.CharField(_("tema"), max_length=120, blank=True)
    annual_fee = models.DecimalField(_("årsavgift"), max_digits=12, decimal_places=2, null=True, blank=True)
    fee_currency = models.CharField(_("valuta"), max_length=3, default="SEK")
    post_of_trust = models.CharField(_("förtroendeuppdrag"), max_length=200, blank=True)
    benefit = models.TextField(_("vad medlemskapet ger"), blank=True)

    history = HistoricalRecords(excluded_fields=["review_by"])

    class Meta:
        verbose_name = _("medlemskap")
        verbose_name_plural = _("medlemskap")
        indexes = [models.Index(fields=["review_by"], name="membership_review_by")]
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("entered_on")),
            ),
            models.CheckConstraint(name="membership_interval_sane", condition=Q(interval_months__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.engagement)

    @property
    def form_word(self) -> str:
        return str(MembershipForm(self.form).label)

    @property
    def is_reviewed(self) -> bool:
        return True


class Agreement(Reviewed):
    """A cooperation agreement, an intent agreement - or a twin town, which the strategy no longer makes (section 4)."""

    engagement = models.OneToOneField(Engagement, models.CASCADE, primary_key=True, related_name="agreement")
    agreement_type = models.CharField(_("slag av avtal"), max_length=12, choices=AgreementType.choices)
    theme = models.CharField(_("ämne"), max_length=120, blank=True)
    activity = models.TextField(_("konkret utbyte"), blank=True)
    our_benefit = models.TextField(_("vad staden får"), blank=True)
    their_benefit = models.TextField(_("vad motparten får"), blank=True)
    ends_on = models.DateField(_("gäller till och med"), null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["review_by"])

    class Meta:
        verbose_name = _("avtal")
        verbose_name_plural = _("avtal")
        indexes = [models.Index(fields=["review_by"], name="agreement_review_by")]
        constraints = [
            models.CheckConstraint(
                name="agreement_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("entered_on")),
            ),
            models.CheckConstraint(
                name="agreement_ended_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("entered_on")),
            ),
            models.CheckConstraint(name="agreement_interval_sane", condition=Q(interval_months__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.engagement)

    @property
    def form_word(self) -> str:
        return str(AgreementType(self.agreement_type).label)

    @property
    def is_reviewed(self) -> bool:
        """A cooperation agreement has an end instead."""
        return self.agreement_type == AgreementType.INTENT


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> Self:
        return self.filter(outcome="")


class Review(models.Model):
    """One reconsideration of a membership or an intent agreement; open while it has no outcome."""

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="reviews", verbose_name=_("ärende"))
    due_on = models.DateField(_("omprövas senast"))
    opened_on = models.DateField(_("öppnad"))
    proposed_outcome = models.CharField(_("föreslaget utfall"), max_length=8, choices=ReviewOutcome.choices, blank=True)
    proposal_note = models.TextField(_("förslagets skäl"), blank=True)
    proposed_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(_("föreslaget"), null=True, blank=True)
    outcome = models.CharField(_("utfall"), max_length=8, choices=ReviewOutcome.choices, blank=True)
    note = models.TextField(_("skäl"), blank=True)
    decided_on = models.DateField(_("omprövad"), null=True, blank=True)
    decided_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReviewQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("omprövning")
        verbose_name_plural = _("omprövningar")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(name="review_one_open", fields=["engagement"], condition=Q(outcome="")),
            models.CheckConstraint(
                name="review_outcome_has_date",
                condition=Q(outcome="", decided_on__isnull=True) | (~Q(outcome="") & Q(decided_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="review_proposal_has_time",
                condition=Q(proposed_outcome="", proposed_at__isnull=True)
                | (~Q(proposed_outcome="") & Q(proposed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engagement} {self.due_on}"

    @property
    def is_open(self) -> bool:
        return not self.outcome


class ReviewNotice(models.Model):
    """That a person has been told of a review: the row makes sure it is done once."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="notices", verbose_name=_("omprövning"))
    person = models.ForeignKey("organisation.User", models.PROTECT, related_name="+", verbose_name=_("person"))
    sent_at = models.DateTimeField(_("skickad"))

    class Meta:
        verbose_name = _("avisering")
        verbose_name_plural = _("aviseringar")
        constraints = [models.UniqueConstraint(name="notice_once", fields=["review", "person"])]

    def __str__(self) -> str:
        return f"{self.review} {self.person}"
