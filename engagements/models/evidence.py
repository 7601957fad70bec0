"""What the checks need and the register did not have (on screen: underlag). A few rows beside the engagement."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from engagements.enums import Brand


def of(related_name: str) -> Any:
    return models.ForeignKey(
        "engagements.Engagement", models.PROTECT, related_name=related_name, verbose_name=_("ärende"), editable=False
    )


class PlannedActivity(models.Model):
    """What the city and its counterpart will do together, by whom and when (check C3)."""

    engagement = of("activities")
    what = models.CharField(_("vad"), max_length=300)
    owner = models.CharField(_("ansvarig"), max_length=120, blank=True)
    on = models.DateField(_("när"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("planerad aktivitet")
        verbose_name_plural = _("planerade aktiviteter")
        ordering = ["on", "id"]
        constraints = [models.CheckConstraint(name="activity_says_what", condition=~Q(what=""))]

    def __str__(self) -> str:
        return self.what


class ExaminedForum(models.Model):
    """An established forum that was looked at before a new one (check C12)."""

    engagement = of("forums")
    name = models.CharField(_("forum"), max_length=200)
    partner = models.ForeignKey("engagements.Partner", models.PROTECT, null=True, blank=True, related_name="+")
    conclusion = models.TextField(_("slutsats"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("prövat forum")
        verbose_name_plural = _("prövade forum")
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="forum_has_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name


class Consultation(models.Model):
    """Somebody was asked or told before the decision (check C19); `body` where it is one of the city's own."""

    engagement = of("consultations")
    body = models.ForeignKey(
        "organisation.Body", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organ")
    )
    whom = models.CharField(_("vem"), max_length=200, blank=True)
    on = models.DateField(_("när"))
    note = models.TextField(_("vad de sade"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("samråd")
        verbose_name_plural = _("samråd")
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(name="consultation_says_whom", condition=Q(body__isnull=False) | ~Q(whom=""))
        ]

    def __str__(self) -> str:
        return f"{self.body or self.whom} {self.on}"


class FundingLine(models.Model):
    """Who pays what for a project, in kronor (check C10)."""

    engagement = of("funding")
    funder = models.CharField(_("finansiär"), max_length=120, blank=True)
    by_city = models.BooleanField(_("staden själv"), default=False)
    in_kind = models.BooleanField(_("arbetstid eller lokaler, inte pengar"), default=False)
    amount = models.DecimalField(_("belopp, kronor"), max_digits=14, decimal_places=2, null=True, blank=True)
    is_decided = models.BooleanField(_("beslutat"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("finansiering")
        verbose_name_plural = _("finansiering")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="funding_says_who", condition=Q(by_city=True) | ~Q(funder="")),
            models.CheckConstraint(name="funding_not_negative", condition=Q(amount__isnull=True) | Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return self.funder


class InitiativeLink(models.Model):
    """The engagement stands inside another that the city has chosen (check C7)."""

    engagement = of("initiatives")
    initiative = models.ForeignKey(
        "engagements.Engagement", models.PROTECT, related_name="inside", verbose_name=_("initiativ")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("koppling till initiativ")
        verbose_name_plural = _("kopplingar till initiativ")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="initiative_link_once", fields=["engagement", "initiative"]),
            models.CheckConstraint(name="initiative_link_not_itself", condition=~Q(engagement=F("initiative"))),
        ]

    def __str__(self) -> str:
        return str(self.initiative.key)


class Frame(models.Model):
    """Whether the money is there (check C18) and whether the brand is used (C22); empty while nobody has said."""

    engagement = models.OneToOneField(
        "engagements.Engagement", models.PROTECT, primary_key=True, related_name="frame", editable=False
    )
    is_covered = models.BooleanField(_("ryms i budgeten"), null=True, blank=True)
    budget = models.CharField(_("vilken budget"), max_length=200, blank=True)
    brand = models.CharField(_("stadens varumärke"), max_length=13, choices=Brand.choices, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("ram")
        verbose_name_plural = _("ramar")
        constraints = [
            models.CheckConstraint(name="frame_brand_known", condition=Q(brand="") | Q(brand__in=Brand.values))
        ]

    def __str__(self) -> str:
        return self.budget
