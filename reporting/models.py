from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.enums import Heading, Unit


class AnnualReport(models.Model):
    """A printed edition of a year's report: the paper, its checksum, and its numbers as they were. Never changed."""

    year = models.PositiveSmallIntegerField(_("år"))
    edition = models.PositiveSmallIntegerField(_("utgåva"))
    made_at = models.DateTimeField(_("framställd"))
    made_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    # the job that asked for it: one job makes one edition, however often it is run
    job_id = models.UUIDField(null=True, unique=True, editable=False)
    strategy_edition = models.CharField(_("strategins utgåva"), max_length=8)
    content = models.BinaryField()
    size = models.PositiveIntegerField(_("storlek i byte"))
    pages = models.PositiveSmallIntegerField(_("sidor"))
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)

    class Meta:
        verbose_name = _("årsrapport")
        verbose_name_plural = _("årsrapporter")
        ordering = ["-year", "-edition"]
        constraints = [models.UniqueConstraint(name="report_edition_once", fields=["year", "edition"])]

    def __str__(self) -> str:
        return f"{self.year}, utgåva {self.edition}"


class ReportFigure(models.Model):
    """One number of a printed report, with last year's, what it meant, and the engagements behind it."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="figures")
    code = models.CharField(max_length=80)
    heading = models.CharField(_("rubrik"), max_length=12, choices=Heading.choices)
    group = models.CharField(_("tabell"), max_length=120, blank=True)
    label = models.CharField(_("uppgift"), max_length=200)
    # in the unit itself: kronor, not millions; nothing where there was nothing to share
    value = models.DecimalField(_("värde"), max_digits=16, decimal_places=2, null=True)
    previous = models.DecimalField(_("året före"), max_digits=16, decimal_places=2, null=True)
    unit = models.CharField(_("enhet"), max_length=8, choices=Unit.choices)
    definition = models.TextField(_("så är det räknat"), blank=True)
    position = models.PositiveSmallIntegerField()
    engagement_ids = ArrayField(models.BigIntegerField(), default=list)
    meeting_ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = _("tal i årsrapport")
        verbose_name_plural = _("tal i årsrapporter")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="figure_once_a_report", fields=["report", "code"])]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"
