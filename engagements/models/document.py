from pathlib import Path
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


def stored_as(document: "Document", _name: str) -> str:
    """A random name: what the sender called the file is kept in `name`, never on disk."""
    return f"documents/{uuid4().hex}{Path(document.name).suffix.lower()}"


class Document(models.Model):
    engagement = models.ForeignKey(
        "engagements.Engagement", models.PROTECT, related_name="documents", verbose_name=_("ärende")
    )
    name = models.CharField(_("namn"), max_length=200)
    file = models.FileField(_("fil"), upload_to=stored_as, max_length=200)
    content_type = models.CharField(_("filtyp"), max_length=100)
    size = models.PositiveIntegerField(_("storlek i byte"))
    sha256 = models.CharField(_("kontrollsumma"), max_length=64)
    uploaded_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+", verbose_name=_("inlagd av"))
    uploaded_at = models.DateTimeField(_("inlagd"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("dokument")
        verbose_name_plural = _("dokument")
        ordering = ["-uploaded_at", "-id"]
        constraints = [models.CheckConstraint(name="document_not_empty", condition=Q(size__gt=0))]

    def __str__(self) -> str:
        return self.name
