from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from decisions.enums import FINAL_OUTCOMES, Outcome
from decisions.models.meeting import AgendaItem
from decisions.models.point import DelegationPoint


class DecisionQuerySet(models.QuerySet["Decision"]):
    def of_the_matter(self) -> Self:
        """Those that decided it: not what was put off, and not how it was reconsidered later (M22, M23)."""
        return self.filter(outcome__in=FINAL_OUTCOMES, review__isnull=True)


class Decision(models.Model):
    """What was decided, by whom, on what ground. Not the matter it decides: a matter can be decided more than once."""

    engagement = models.ForeignKey(
        "engagements.Engagement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("ärende"),
    )
    item = models.OneToOneField(AgendaItem, models.PROTECT, null=True, blank=True, related_name="decision")
    # what it decided, where it reconsiders what is in force already (M22, M23)
    review = models.ForeignKey(
        "memberships.Review",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("omprövning"),
    )
    body = models.ForeignKey("organisation.Body", models.PROTECT, related_name="decisions", verbose_name=_("organ"))
    outcome = models.CharField(_("utgång"), max_length=10, choices=Outcome.choices)
    text = models.TextField(_("beslutets text"))
    delegate = models.CharField(_("delegat"), max_length=120)
    delegate_person = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    point = models.ForeignKey(
        DelegationPoint,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("delegationspunkt"),
    )
    cost = models.DecimalField(_("beviljad kostnad"), max_digits=14, decimal_places=2, null=True, blank=True)
    # why it is the commissioner's to decide, where the strategy leaves it to judgement (section 5)
    ground = models.TextField(_("varför ärendet är finansborgarrådets"), blank=True)
    # what the checks of the strategy answered when it was taken, with the judgements and deviations that stood
    findings = models.JSONField(_("principkontroll"), default=list, blank=True, editable=False)
    decided_on = models.DateField(_("beslutsdag"))
    # where the board's minutes have it, of what its secretary writes in
    paragraph = models.CharField(_("paragraf"), max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    is_sample = models.BooleanField(_("exempel"), default=False, editable=False)

    objects = DecisionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("beslut")
        verbose_name_plural = _("beslut")
        ordering = ["decided_on", "id"]
        indexes = [models.Index(fields=["body", "decided_on"], name="decision_body_day")]
        constraints = [
            models.CheckConstraint(
                name="decision_is_about_something",
                condition=Q(engagement__isnull=False) | Q(item__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_final_says_what", condition=~Q(outcome__in=sorted(FINAL_OUTCOMES)) | ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.decided_on}"

    @property
    def is_final(self) -> bool:
        """It ends the matter and stands on the decision list."""
        return self.outcome in FINAL_OUTCOMES
