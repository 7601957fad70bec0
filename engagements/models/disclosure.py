from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engagements.enums import DisclosureOutcome


class Disclosure(models.Model):
    """A request to be given what is marked secret, and how it was judged (records law R5). Never changed.

    The mark is a warning and no decision: each request is judged anew. Who asks need not say who they are.
    """

    engagement = models.ForeignKey(
        "engagements.Engagement", models.PROTECT, related_name="disclosures", verbose_name=_("ärende")
    )
    asked_on = models.DateField(_("begärt den"))
    what = models.CharField(_("vad som begärdes"), max_length=300)
    outcome = models.CharField(_("utfall"), max_length=8, choices=DisclosureOutcome.choices)
    reason = models.TextField(_("skäl"))
    decider = models.CharField(_("beslutad av"), max_length=120)
    decided_on = models.DateField(_("prövat den"))
    recorded_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("begäran om utlämnande")
        verbose_name_plural = _("begäranden om utlämnande")
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.CheckConstraint(name="disclosure_says_why", condition=~Q(reason="")),
            models.CheckConstraint(name="disclosure_outcome_known", condition=Q(outcome__in=DisclosureOutcome.values)),
            models.CheckConstraint(name="disclosure_judged_after_asked", condition=Q(decided_on__gte=F("asked_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.engagement_id} {self.asked_on}: {self.outcome}"
