from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from decisions.models.decision import Decision


class Correction(models.Model):
    """What was put right in a decided engagement after it was locked: numbered, with old and new. Never changed.

    `changes` is [{"row": "engagements.engagement", "field": "title", "old": …, "new": …}].
    """

    engagement = models.ForeignKey(
        "engagements.Engagement", models.PROTECT, related_name="corrections", verbose_name=_("ärende")
    )
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="corrections", verbose_name=_("beslut"))
    number = models.PositiveSmallIntegerField(_("nummer"))
    changes = models.JSONField(_("ändringar"), encoder=DjangoJSONEncoder)
    reason = models.TextField(_("skäl"))
    authority = models.CharField(_("i egenskap av"), max_length=120)
    by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+", verbose_name=_("rättat av"))
    at = models.DateTimeField(_("rättat"))
    # only the transaction that writes the correction may change what is locked; the triggers ask for it
    written_in = models.BigIntegerField(
        db_default=Func(function="txid_current", output_field=models.BigIntegerField()), editable=False
    )

    class Meta:
        verbose_name = _("rättelse")
        verbose_name_plural = _("rättelser")
        ordering = ["engagement", "number"]
        constraints = [
            models.UniqueConstraint(name="correction_numbered_once", fields=["engagement", "number"]),
            models.CheckConstraint(name="correction_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.engagement} {self.number}"
