from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from decisions.models.meeting import AgendaItem, Meeting


class Paper(models.Model):
    """An agenda or a decision list as it was printed: frozen, with its checksum."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers", verbose_name=_("möte"))
    kind = models.CharField(
        _("slag"), max_length=10, choices=[("agenda", _("Dagordning")), ("decisions", _("Beslutslista"))]
    )
    made_at = models.DateTimeField(_("framställd"))
    made_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    content = models.BinaryField()
    # whose matters stand in it: a paper is read by those who may read them all
    engagement_ids = ArrayField(models.BigIntegerField(), default=list)
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)

    class Meta:
        verbose_name = _("utskrift")
        verbose_name_plural = _("utskrifter")
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(name="paper_once", fields=["meeting", "kind", "sha256"])]

    def __str__(self) -> str:
        return f"{self.meeting} {self.kind}"

    @property
    def last_printed(self) -> "Paper | Printing":
        """When it last came out with just this content, and of which matters. Covers what was marked by then."""
        again = max(self.printings.all(), key=lambda one: one.printed_at, default=None)
        return again if again and again.printed_at > self.made_at else self

    @property
    def printed_at(self) -> datetime:
        return self.made_at


class Printing(models.Model):
    """That a paper came out once more with the same content: then nothing marked by that time stands in it in clear."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="printings", verbose_name=_("utskrift"))
    printed_at = models.DateTimeField(_("framställd igen"))
    printed_by = models.ForeignKey("organisation.User", models.PROTECT, null=True, blank=True, related_name="+")
    engagement_ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = _("förnyad utskrift")
        verbose_name_plural = _("förnyade utskrifter")
        ordering = ["printed_at", "id"]

    def __str__(self) -> str:
        return f"{self.paper} {self.printed_at}"


class Approval(models.Model):
    """That a person other than the secretary has approved a meeting's list, or one point of it at once (R13).

    What was approved is named by its checksum: of the frozen list, or of the point's own row. Never changed or removed.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="approvals", verbose_name=_("möte"))
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="approvals", verbose_name=_("punkt")
    )
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="approvals", verbose_name=_("utskrift")
    )
    person = models.ForeignKey("organisation.User", models.PROTECT, related_name="+", verbose_name=_("justerare"))
    approved_on = models.DateField(_("justerat"))
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    recorded_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("justering")
        verbose_name_plural = _("justeringar")
        ordering = ["approved_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="approval_once_a_person", fields=["meeting", "item", "person"], nulls_distinct=False
            ),
            models.CheckConstraint(name="approval_not_by_its_secretary", condition=~Q(person=F("recorded_by"))),
            models.CheckConstraint(
                name="approval_of_list_or_point",
                condition=Q(item__isnull=True, paper__isnull=False) | Q(item__isnull=False, paper__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.person}"
