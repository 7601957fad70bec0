from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from engagements.enums import PartnerKind


class Partner(models.Model):
    """Whom the city meets abroad: a city, a region, an organisation, a network, a state, a company, a university."""

    name = models.CharField(_("namn"), max_length=200)
    acronym = models.CharField(_("kortnamn"), max_length=30, blank=True)
    kind = models.CharField(_("slag"), max_length=16, choices=PartnerKind.choices)
    country = CountryField(_("land"), blank=True)
    theme = models.CharField(_("tema"), max_length=200, blank=True)
    homepage = models.URLField(_("webbplats"), blank=True)
    city_wide = models.BooleanField(_("rör hela staden"), null=True, blank=True)
    owner = models.ForeignKey(
        "organisation.Body", models.PROTECT, null=True, blank=True, related_name="partners", verbose_name=_("ägare")
    )
    since_year = models.PositiveSmallIntegerField(_("sedan år"), null=True, blank=True)
    annual_fee_sek = models.DecimalField(
        _("årsavgift i kronor"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    source = models.TextField(_("källa"), blank=True)
    is_sample = models.BooleanField(_("exempel"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parter")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="partner_once", fields=["name", "country"]),
            models.CheckConstraint(name="partner_kind_known", condition=Q(kind__in=PartnerKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.acronym})" if self.acronym else self.name


class Priority(models.Model):
    """A theme or countries the city, or one body, gives priority for a time (strategy 2016 section 3).

    With `is_watch` it is the other way round: the city watches these countries, and a person judges every matter with
    them against the rule of no foreign policy (C1, section 4).
    """

    is_watch = models.BooleanField(_("bevakas"), default=False)
    theme = models.CharField(_("tema"), max_length=200, blank=True)
    countries = CountryField(_("länder"), multiple=True, blank=True)
    body = models.ForeignKey(
        "organisation.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="priorities",
        verbose_name=_("organ"),
        help_text=_("Tomt betyder hela staden."),
    )
    valid_from = models.DateField(_("från"))
    valid_to = models.DateField(_("till och med"), null=True, blank=True)
    decided_by = models.CharField(_("beslutad av"), max_length=200)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("prioritering")
        verbose_name_plural = _("prioriteringar")
        constraints = [
            models.CheckConstraint(name="priority_says_what", condition=~Q(theme="") | ~Q(countries="")),
            models.CheckConstraint(
                name="watch_is_the_city_s_and_of_countries",
                condition=Q(is_watch=False) | (Q(theme="", body__isnull=True) & ~Q(countries="")),
                violation_error_message=_("Staden bevakar länder, för alla organ. Ta bort temat och välj hela staden."),
            ),
            models.CheckConstraint(
                name="priority_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.theme or ", ".join(str(country) for country in self.countries)
