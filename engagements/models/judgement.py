from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def standing(self) -> Self:
        """The latest answer to each question, as it was put; a deviation beside the judgement it let through.

        The older ones stay on record.
        """
        question = ("engagement_id", "subject", "is_deviation", "asked")
        return self.order_by(*question, "-at", "-id").distinct(*question)


class Judgement(models.Model):
    """What a person judged where the strategy leaves it open: a check (C1, R6) or a question of the router.

    Never changed and never removed; a new answer is a new row. A deviation is a failed check that a body lets through.
    """

    engagement = models.ForeignKey(
        "engagements.Engagement", models.PROTECT, related_name="judgements", verbose_name=_("ärende")
    )
    subject = models.CharField(_("fråga"), max_length=24)
    answer = models.CharField(_("svar"), max_length=24)
    reason = models.TextField(_("skäl"))
    # What it was an answer to: the check's own sentence in Swedish with what was filled in, or the code of the router's
    # question. Of another nothing is said. Rows from before 2026-11-22 have the sentence with nothing filled in: where
    # nothing was to be, it is the same one; else nobody can tell what they answered, and the check is asked anew.
    asked = models.TextField(blank=True, editable=False)
    is_deviation = models.BooleanField(_("avvikelse"), default=False)
    body = models.ForeignKey("organisation.Body", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+", verbose_name=_("bedömd av"))
    at = models.DateTimeField(_("bedömd"))

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("bedömning")
        verbose_name_plural = _("bedömningar")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["engagement", "subject", "-at"], name="judgement_standing")]
        constraints = [
            models.CheckConstraint(name="judgement_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="judgement_deviation_has_body", condition=Q(is_deviation=False) | Q(body__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engagement} {self.subject}: {self.answer}"
