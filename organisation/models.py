from datetime import date
from typing import Self

from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from organisation.enums import BodyKind, Role


class User(AbstractUser):
    """A person who signs in. Deactivated when they leave, never deleted: history must keep its names."""

    title = models.CharField(_("titel"), max_length=120, blank=True)
    is_sample = models.BooleanField(_("exempel"), default=False)

    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class BodyQuerySet(models.QuerySet["Body"]):
    def in_force(self, *, on: date) -> Self:
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
        return self.filter(started, Q(valid_to__isnull=True) | Q(valid_to__gte=on))


class Body(models.Model):
    """An organ of the city: a board, its office, a company. `code` is the förvaltningsnummer where there is one."""

    code = models.CharField(_("kod"), max_length=20, unique=True)
    name = models.CharField(_("namn"), max_length=120)
    kind = models.CharField(_("slag"), max_length=20, choices=BodyKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("under")
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("efterträdare")
    )
    valid_from = models.DateField(_("från"), null=True, blank=True)
    valid_to = models.DateField(_("till och med"), null=True, blank=True)
    source = models.TextField(_("källa"), blank=True)
    # guardian grants rights to groups; a body's group never has members: the mandates stand for them.
    group = models.OneToOneField(Group, models.PROTECT, related_name="body", editable=False)

    objects = BodyQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["group"])

    class Meta:
        verbose_name = _("organ")
        verbose_name_plural = pgettext_lazy("flera", "organ")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="body_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="body_not_its_own_kin",
                condition=(Q(parent__isnull=True) | ~Q(parent=F("id")))
                & (Q(successor__isnull=True) | ~Q(successor=F("id"))),
            ),
            models.CheckConstraint(name="body_kind_known", condition=Q(kind__in=BodyKind.values)),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        if self.group_id is None:
            self.group, _created = Group.objects.get_or_create(name=f"organ:{self.code}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, *, on: date) -> Self:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on, person__is_active=True)


class Mandate(models.Model):
    """A person's role in a body for a time. Rights end the day after `valid_to`."""

    person = models.ForeignKey(User, models.PROTECT, related_name="mandates", verbose_name=_("person"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="mandates", verbose_name=_("organ"))
    role = models.CharField(_("roll"), max_length=24, choices=Role.choices)
    is_deputy = models.BooleanField(_("ersättare"), default=False)
    valid_from = models.DateField(_("från"))
    valid_to = models.DateField(_("till och med"), null=True, blank=True)
    appointed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("utsedd av")
    )

    objects = MandateQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("mandat")
        verbose_name_plural = pgettext_lazy("flera", "mandat")
        ordering = ["body", "role", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(name="mandate_role_known", condition=Q(role__in=Role.values)),
            models.UniqueConstraint(name="mandate_once", fields=["person", "body", "role", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.body}"
