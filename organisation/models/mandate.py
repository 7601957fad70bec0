from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from organisation.enums import Role
from organisation.models.body import Body
from organisation.models.person import User
from stockholm_intl.kit.periods import not_ended


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, *, on: date) -> Self:
        return self.filter(not_ended(on), valid_from__lte=on, person__is_active=True)

    def ending(self, *, on: date, within: int) -> Self:
        """In force, with a last day at most so many days off and nothing that takes over from it."""
        goes_on = Mandate.objects.filter(
            person=OuterRef("person"),
            body=OuterRef("body"),
            role=OuterRef("role"),
            valid_from__gt=OuterRef("valid_from"),
        ).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("valid_to")))
        return self.in_force(on=on).filter(~Exists(goes_on), valid_to__lte=on + timedelta(days=within))


class Mandate(models.Model):
    """A person's role in a body for a time. Rights end the day after `valid_to`."""

    person = models.ForeignKey(User, models.PROTECT, related_name="mandates", verbose_name=_("person"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="mandates", verbose_name=_("organ"))
    role = models.CharField(_("roll"), max_length=24, choices=Role.choices)
    is_deputy = models.BooleanField(_("ersättare"), default=False)
    valid_from = models.DateField(_("från"))
    valid_to = models.DateField(_("till och med"), null=True, blank=True)
    appointed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("utsedd av")
    )

    objects = MandateQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("mandat")
        verbose_name_plural = pgettext_lazy("flera", "mandat")
        ordering = ["body", "role", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(name="mandate_role_known", condition=Q(role__in=Role.values)),
            models.UniqueConstraint(name="mandate_once", fields=["person", "body", "role", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.body}"

    def get_absolute_url(self) -> str:
        return reverse("mandate_detail", args=[self.pk])


class MandateEnding(models.Model):
    """That what follows from a mandate's end has been done: the row makes sure it is done once.

    A mandate that is given a new last day has a new end.
    """

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="endings", verbose_name=_("mandat"))
    ended_on = models.DateField(_("sista dagen"))
    at = models.DateTimeField(_("när"))

    class Meta:
        verbose_name = _("mandat som har slutat")
        verbose_name_plural = _("mandat som har slutat")
        constraints = [models.UniqueConstraint(name="mandate_ending_once", fields=["mandate", "ended_on"])]

    def __str__(self) -> str:
        return f"{self.mandate} {self.ended_on}"


class MandateNotice(models.Model):
    """That a person has been told of a mandate's last day: the row makes sure it is done once.

    `days` is which of the notices it was. A last day that is moved is a new one to tell of.
    """

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="notices", verbose_name=_("mandat"))
    days = models.PositiveSmallIntegerField(_("dagar före"))
    ends_on = models.DateField(_("sista dagen"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    sent_at = models.DateTimeField(_("skickad"))

    class Meta:
        verbose_name = _("avisering om mandat")
        verbose_name_plural = _("aviseringar om mandat")
        constraints = [
            models.UniqueConstraint(name="mandate_notice_once", fields=["mandate", "days", "ends_on", "person"])
        ]

    def __str__(self) -> str:
        return f"{self.mandate} {self.days} {self.person}"
