"""Detail rows of the engagements that are neither visits nor memberships (on screen: uppdrag)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from engagements.enums import DeclarationKind, InfluenceForm, ProjectKind, TripKind
from engagements.models.engagement import Engagement


class Detail(models.Model):
    """What a kind adds to its engagement: same primary key, same life."""

    engagement = models.OneToOneField(Engagement, models.CASCADE, primary_key=True, related_name="%(class)s")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.engagement)


class Trip(Detail):
    kind = models.CharField(_("slag"), max_length=20, choices=TripKind.choices)
    place = models.CharField(_("ort"), max_length=120, blank=True)
    delegation = models.TextField(_("delegation"), blank=True)
    people = models.PositiveSmallIntegerField(_("antal personer"), null=True, blank=True)
    report = models.TextField(_("reserapport"), blank=True)
    report_filed_on = models.DateField(_("reserapport lämnad"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("resa eller konferens")
        verbose_name_plural = _("resor och konferenser")


class Declaration(Detail):
    kind = models.CharField(_("slag"), max_length=12, choices=DeclarationKind.choices)
    commitments = models.TextField(_("åtaganden"), blank=True)
    signed_on = models.CharField(_("undertecknad"), max_length=10, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("deklaration eller initiativ")
        verbose_name_plural = _("deklarationer och initiativ")


class EUInfluence(Detail):
    form = models.CharField(_("form"), max_length=14, choices=InfluenceForm.choices)
    policy_area = models.CharField(_("politikområde"), max_length=80, blank=True)
    addressee = models.CharField(_("mottagare"), max_length=200, blank=True)
    submitted_on = models.DateField(_("lämnad"), null=True, blank=True)
    result = models.TextField(_("vad det ledde till"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("EU-påverkan")
        verbose_name_plural = _("EU-påverkan")


class Project(Detail):
    kind = models.CharField(_("slag"), max_length=4, choices=ProjectKind.choices)
    programme = models.CharField(_("program"), max_length=120, blank=True)
    funder = models.CharField(_("finansiär"), max_length=120, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("projekt")
        verbose_name_plural = _("projekt")


class ProjectYear(models.Model):
    """Money from outside and of our own in one year of a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="years", verbose_name=_("projekt"))
    year = models.PositiveSmallIntegerField(_("år"))
    funding_sek = models.DecimalField(_("extern finansiering, kronor"), max_digits=14, decimal_places=2)
    own_share_sek = models.DecimalField(_("egen insats, kronor"), max_digits=14, decimal_places=2, default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("projektår")
        verbose_name_plural = _("projektår")
        constraints = [
            models.UniqueConstraint(name="project_year_once", fields=["project", "year"]),
            models.CheckConstraint(
                name="project_money_not_negative", condition=Q(funding_sek__gte=0) & Q(own_share_sek__gte=0)
            ),
            models.CheckConstraint(name="project_year_sane", condition=Q(year__gte=1990) & Q(year__lte=2100)),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.year}"
