from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from stockholm_intl.kit.periods import not_ended


class DelegationPointQuerySet(models.QuerySet["DelegationPoint"]):
    def in_force(self, *, on: date) -> Self:
        """A body that has gone up in another has no scheme of its own any longer."""
        return self.filter(not_ended(on), not_ended(on, "body__"), valid_from__lte=on)


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
