"""What is written down for the checks, section by section: which engagements have them, and how a row is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.enums import WAITING_STATES, Instrument, Kind, State
from engagements.models import (
    Consultation,
    Engagement,
    ExaminedForum,
    Frame,
    FundingLine,
    InitiativeLink,
    PlannedActivity,
)
from engagements.operations import locked, save_with_reason, touch
from engagements.rules import RuleBroken, WrongState
from organisation.models import User

FORMS = frozenset({Kind.MEMBERSHIP, Kind.AGREEMENT})


@dataclass(frozen=True)
class Section:
    """`slug` is its address and its place on the page; `check` the check that reads it first."""

    slug: str
    heading: Promise
    help: Promise
    model: type[models.Model]
    rows: str  # the engagement's related name
    check: str
    applies: Callable[[Engagement], bool]


SECTIONS = {
    section.slug: section
    for section in (
        Section(
            "aktiviteter", gettext_lazy("Planerade aktiviteter"),
            gettext_lazy("Vad ni ska göra tillsammans, vem som ansvarar och när."),
            PlannedActivity, "activities", "C3", lambda e: e.kind == Kind.AGREEMENT,
        ),
        Section(
            "forum", gettext_lazy("Prövade forum"),
            gettext_lazy("Etablerade forum som ni har sett på innan ni valde något nytt."),
            ExaminedForum, "forums", "C12", lambda e: e.kind in FORMS,
        ),
        Section(
            "initiativ", gettext_lazy("Ingår i initiativ"),
            gettext_lazy("Det beslutade initiativ som avtalet hör till."),
            InitiativeLink, "initiatives", "C7", lambda e: e.instrument == Instrument.INTENT_AGREEMENT,
        ),
        Section(
            "finansiering", gettext_lazy("Finansiering"),
            gettext_lazy("Vem som betalar vad, och om det är beslutat."),
            FundingLine, "funding", "C10", lambda e: e.kind == Kind.PROJECT,
        ),
        Section(
            "samrad", gettext_lazy("Samråd"),
            gettext_lazy("Vem ni har talat med före beslutet, till exempel stadsledningskontoret."),
            Consultation, "consultations", "C19", lambda e: True,
        ),
        Section(
            "ram", gettext_lazy("Budget och varumärke"),
            gettext_lazy("Vilken budget som betalar, och om stadens varumärke används."),
            Frame, "frame", "C18", lambda e: True,
        ),
    )
}  # fmt: skip
SECTION_OF = {"C3": "aktiviteter", "C12": "forum", "C7": "initiativ", "C10": "finansiering", "C19": "samrad",
              "C18": "ram", "C22": "ram"}  # fmt: skip


def sections_for(engagement: Engagement) -> list[Section]:
    return [section for section in SECTIONS.values() if section.applies(engagement)]


def rows_of(engagement: Engagement, section: Section, *related: str) -> list[Any]:
    """The section's rows with what they point at; of the one that is a single row, that one if it is there.

    None, and no query, for an engagement that does not have the section.
    """
    if not section.applies(engagement):
        return []
    return list(section.model._default_manager.filter(engagement=engagement).select_related(*related))


def is_open(engagement: Engagement) -> bool:
    """Until the decision: what it was decided on stays as it was."""
    return State(engagement.state) in WAITING_STATES


@transaction.atomic
def keep_row(*, engagement: Engagement, row: Any, by: User, at: datetime) -> Any:
    """Save a new or changed row. Whoever is about to decide must look again."""
    engagement = changing(engagement)
    if isinstance(row, InitiativeLink) and row.initiative_id == engagement.pk:
        raise RuleBroken(_("Ett ärende kan inte ingå i sig självt."))
    row.engagement = engagement
    save_with_reason(row, by=by, reason="")
    note(engagement, row, by=by, at=at)
    return row


@transaction.atomic
def remove_row(*, engagement: Engagement, section: Section, pk: int, by: User, at: datetime) -> None:
    """Take a row away; what stood there stays in its history. One that is gone already is no error."""
    engagement = changing(engagement)
    row: Any = section.model._default_manager.filter(engagement=engagement, pk=pk).first()
    if row is not None:
        row._history_user = by
        row.delete()
        note(engagement, row, by=by, at=at)


def changing(engagement: Engagement) -> Engagement:
    engagement = locked(engagement)
    if not is_open(engagement):
        raise WrongState(_("Ärendet är avgjort. Underlaget står kvar som det var vid beslutet."))
    return engagement


def note(engagement: Engagement, row: Any, *, by: User, at: datetime) -> None:
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason=f"Underlag: {row._meta.verbose_name}")
