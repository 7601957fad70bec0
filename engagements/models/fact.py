from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from engagements.enums import FactKind
from stockholm_intl.kit.partial_dates import PARTIAL_DATE


class Fact(models.Model):
    """What history brings that is no engagement: a figure, a rule, an edition of the strategy."""

    kind = models.CharField(_("slag"), max_length=8, choices=FactKind.choices)
    happened = models.CharField(_("datum"), max_length=10, blank=True)
    title = models.CharField(_("rubrik"), max_length=300)
    title_en = models.CharField(_("rubrik på engelska"), max_length=300, blank=True)
    counterpart = models.CharField(_("organisation eller land"), max_length=200, blank=True)
    body = models.ForeignKey("organisation.Body", models.PROTECT, null=True, blank=True, verbose_name=_("organ"))
    note = models.TextField(_("beslut"), blank=True)
    source = models.TextField(_("källa"))
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("uppgift ur historien")
        verbose_name_plural = _("uppgifter ur historien")
        ordering = ["-happened", "title"]
        constraints = [
            models.CheckConstraint(name="fact_kind_known", condition=Q(kind__in=FactKind.values)),
            models.CheckConstraint(name="fact_date_partial", condition=Q(happened__regex=PARTIAL_DATE)),
        ]

    def __str__(self) -> str:
        return self.title
