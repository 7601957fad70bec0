from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from engagements.enums import Instrument
from engagements.models import Engagement
from visits.enums import Attendance, Level, VisitorKind, VisitType
from visits.rules import GRADED, points

GRADES = [(0, _("Ingen")), (1, _("Viss")), (2, _("Tydlig")), (3, _("Stor"))]


def grade(label: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, choices=GRADES, null=True, blank=True)


def why(label: Any) -> models.CharField:
    return models.CharField(label, max_length=300, blank=True)


class VisitRequest(models.Model):
    """Somebody abroad who wants to come, or to meet digitally: the detail row of an engagement."""

    engagement = models.OneToOneField(Engagement, models.CASCADE, primary_key=True, related_name="visit")
    visit_type = models.CharField(
        _("slag av besök"), max_length=16, choices=VisitType.choices, default=VisitType.STUDY_VISIT
    )
    visitor_kind = models.CharField(_("besökare"), max_length=12, choices=VisitorKind.choices, blank=True)
    level = models.CharField(_("nivå"), max_length=8, choices=Level.choices, default=Level.ORDINARY)
    people = models.PositiveIntegerField(_("antal personer"), null=True, blank=True)
    delegation = models.TextField(_("vilka som kommer"), blank=True)
    sender_name = models.CharField(_("avsändarens namn"), max_length=120, blank=True)
    sender_email = models.EmailField(_("avsändarens e-post"), blank=True)
    time_of_day = models.CharField(_("tid på dagen"), max_length=80, blank=True)
    is_flexible = models.BooleanField(_("datumet går att flytta"), default=False)
    attendance = models.CharField(_("plats"), max_length=8, choices=Attendance.choices, default=Attendance.ON_SITE)
    language = models.CharField(_("språk"), max_length=80, blank=True)
    is_urban_development = models.BooleanField(_("studiebesök om stadsutveckling"), default=False)  # M17
    wants = models.TextField(_("vad de vill se"), blank=True)
    purpose = models.TextField(_("syfte"), blank=True)
    benefit = models.TextField(_("vad staden får ut av besöket"), blank=True)

    learning = grade(_("Ömsesidigt lärande"))
    learning_why = why(_("Skäl: ömsesidigt lärande"))
    perspectives = grade(_("Nya perspektiv"))
    perspectives_why = why(_("Skäl: nya perspektiv"))
    development = grade(_("Utveckling av verksamheten"))
    development_why = why(_("Skäl: utveckling"))
    competence = grade(_("Kompetens"))
    competence_why = why(_("Skäl: kompetens"))
    image = grade(_("Bilden av Stockholm"))
    image_why = why(_("Skäl: bilden av Stockholm"))

    alternative = models.TextField(_("annat vi kan erbjuda"), blank=True)
    visitors_in_fact = models.PositiveIntegerField(_("antal som kom"), null=True, blank=True)
    outcome = models.TextField(_("vad besöket gav"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("besöksförfrågan")
        verbose_name_plural = _("besöksförfrågningar")
        constraints = [
            models.CheckConstraint(
                name="visit_grades_0_to_3",
                condition=Q(*[Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": 3}) for name in GRADED]),
            ),
            models.CheckConstraint(name="visit_has_people", condition=Q(people__isnull=True) | Q(people__gt=0)),
        ]

    def __str__(self) -> str:
        return str(self.engagement)

    @property
    def is_letter(self) -> bool:
        """They ask for a letter only (M18), and the pages speak of that."""
        return self.engagement.instrument == Instrument.INVITATION_LETTER

    @property
    def points(self) -> int | None:
        """Sum of the five grades, None until all are set."""
        return points({name: getattr(self, name) for name in GRADED})


class Reception(models.Model):
    """A reception in Stadshuset that a congress or championship has asked for (M19)."""

    engagement = models.OneToOneField(Engagement, models.CASCADE, primary_key=True, related_name="reception")
    slot = models.CharField(_("tid"), max_length=40, blank=True)
    venue = models.CharField(_("sal"), max_length=80, blank=True)
    guests = models.PositiveIntegerField(_("antal gäster"), null=True, blank=True)
    share_abroad = models.PositiveSmallIntegerField(_("andel från utlandet, procent"), null=True, blank=True)
    congress_venue = models.CharField(_("kongressens lokal"), max_length=120, blank=True)
    why_the_city = models.TextField(_("varför staden bör vara värd"), blank=True)
    region_co_hosts = models.BooleanField(_("Region Stockholm är medvärd"), null=True, blank=True)

    # what the checks R1, R2, R4 and R8 ask; empty while nobody has said
    share_is_estimate = models.BooleanField(_("andelen är en uppskattning"), null=True, blank=True)
    congress_in_city = models.BooleanField(_("kongressen hålls i Stockholm"), null=True, blank=True)
    guests_stay_in_city = models.BooleanField(_("gästerna bor på hotell i Stockholm"), null=True, blank=True)
    congress_from = models.DateField(_("kongressens första dag"), null=True, blank=True)
    congress_to = models.DateField(_("kongressens sista dag"), null=True, blank=True)
    participants = models.TextField(_("deltagare"), blank=True)
    attested_by = models.CharField(_("vem som attesterade"), max_length=120, blank=True)
    attester_attended = models.BooleanField(_("den som attesterade var med"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("mottagning")
        verbose_name_plural = _("mottagningar")
        constraints = [
            models.CheckConstraint(
                name="reception_share_in_percent",
                condition=Q(share_abroad__isnull=True) | Q(share_abroad__lte=100),
            ),
            models.CheckConstraint(
                name="reception_congress_ends_after_start",
                condition=Q(congress_from__isnull=True)
                | Q(congress_to__isnull=True)
                | Q(congress_to__gte=F("congress_from")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.engagement)
