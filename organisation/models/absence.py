from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.models.body import Body
from organisation.models.person import User


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def in_force(self, *, on: date) -> Self:
        return self.filter(
            ended_at__isnull=True,
            valid_from__lte=on,
            valid_to__gte=on,
            person__is_active=True,
            substitute__is_active=True,
        )

    def ahead(self, *, on: date) -> Self:
        """Those that go on or are to come."""
        return self.filter(ended_at__isnull=True, valid_to__gte=on)


class Absence(models.Model):
    """Somebody is away, and another acts on their mandates in one body meanwhile, these days only."""

    person = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name=_("vem är borta"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("organ"))
    substitute = models.ForeignKey(User, models.PROTECT, related_name="substitutions", verbose_name=_("vikarie"))
    valid_from = models.DateField(_("från"))
    valid_to = models.DateField(_("till och med"))
    reason = models.CharField(_("skäl"), max_length=300)
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("inlagd av"))
    registered_at = models.DateTimeField(_("inlagd"))
    ended_at = models.DateTimeField(_("återtagen"), null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("frånvaro")
        verbose_name_plural = _("frånvaro")
        ordering = ["valid_from", "id"]
        indexes = [models.Index(fields=["substitute", "valid_to"], name="absence_substitute")]
        constraints = [
            models.CheckConstraint(name="absence_ends_after_start", condition=Q(valid_to__gte=F("valid_from"))),
            models.CheckConstraint(name="absence_another_stands_in", condition=~Q(person=F("substitute"))),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.substitute}"
