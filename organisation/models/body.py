from collections.abc import Collection
from datetime import date
from typing import Any, Self, TypeAlias

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from organisation.enums import BOARD_KINDS, OFFICE_KINDS, BodyKind
from stockholm_intl.kit.periods import not_ended

# Keys of bodies, an OuterRef to one, or a queryset. (A key is asked for as such: a relation takes no list of OuterRefs.)
Bodies: TypeAlias = Collection[Any] | models.QuerySet[Any]


class BodyQuerySet(models.QuerySet["Body"]):
    def in_force(self, *, on: date) -> Self:
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
        return self.filter(started, not_ended(on))

    def with_boards_of(self, bodies: Bodies) -> Self:
        """These, and the boards they work for. For `body__in=`: a row may come twice."""
        return self.filter(Q(pk__in=bodies) | boards_of(bodies))

    def house_of(self, bodies: Bodies) -> Self:
        """These, the boards they work for, and the offices that work for them (see Body.works_for)."""
        offices = Q(parent__pk__in=bodies, parent__kind__in=sorted(BOARD_KINDS), kind__in=sorted(OFFICE_KINDS))
        return self.filter(Q(pk__in=bodies) | boards_of(bodies) | offices)


def boards_of(bodies: Bodies) -> Q:
    return Q(parts__pk__in=bodies, parts__kind__in=sorted(OFFICE_KINDS), kind__in=sorted(BOARD_KINDS))


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

    def works_for(self, board: "Body") -> bool:
        """An office and its board are one house. A board is not the council's office, nor a company its parent company's."""
        return self.parent_id == board.pk and self.kind in OFFICE_KINDS and board.kind in BOARD_KINDS

    @property
    def board(self) -> "Body | None":
        """The board that this is the office of, in whose name its secretary writes; a board has none over it."""
        return self.parent if self.parent and self.works_for(self.parent) else None
