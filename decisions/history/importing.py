"""Loads a file of past events. What is in already is left; what cannot be taken is told with line and reason."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from decisions.history.landing import Load, land
from decisions.history.matching import Bodies, Partners
from decisions.history.rows import COLUMNS, Event, read_event
from decisions.models import AgendaItem
from engagements.models import Engagement, Fact
from organisation.models import User
from stockholm_intl.kit import clock
from stockholm_intl.kit.csv_files import Refusal, Row, RowRefused, read_rows
from stockholm_intl.kit.locks import take_turn


@dataclass
class Imported:
    """`by_kind` counts what was loaded now."""

    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    by_kind: Counter[str] = field(default_factory=Counter)

    @property
    def loaded(self) -> int:
        return self.by_kind.total()

    def as_dict(self) -> dict[str, object]:
        return {
            "loaded": self.loaded,
            "unchanged": self.unchanged,
            "refused": [refusal.as_dict() for refusal in sorted(self.refused, key=lambda one: one.line)],
            "by_kind": dict(sorted(self.by_kind.items())),
        }


@transaction.atomic
def import_history(path: Path, *, at: datetime, by: User | None = None, dry_run: bool = False) -> Imported:
    """Load what is new. A dry run does the same work and takes it back, so it tells what a real one would.

    Raises CsvError for a file that is no table.
    """
    take_turn("history")
    rows, refused = read_rows(path, columns=COLUMNS)
    result = Imported(refused=refused)
    events = list(sound(rows, result, today=clock.local_date(at)))
    known = known_fingerprints(events)
    load = Load(Bodies(), Partners(), at, by)
    for event in events:
        take(event, load, known, result)
    if dry_run:
        transaction.set_rollback(True)
    return result


def sound(rows: list[Row], result: Imported, *, today: date) -> list[Event]:
    events = []
    for row in rows:
        try:
            events.append(read_event(row, today=today))
        except RowRefused as refusal:
            result.refused.append(Refusal(row.line, str(refusal)))
    return events


def known_fingerprints(events: list[Event]) -> set[str | None]:
    prints = [event.fingerprint for event in events]
    return {
        found
        for model in (Engagement, AgendaItem, Fact)
        for found in model._default_manager.filter(fingerprint__in=prints).values_list("fingerprint", flat=True)
    }


def take(event: Event, load: Load, known: set[str | None], result: Imported) -> None:
    """One row, alone: what it began is taken back if it cannot be finished."""
    if event.fingerprint in known:
        result.unchanged += 1
        return
    try:
        with transaction.atomic():
            land(event, load)
    except RowRefused as refusal:
        result.refused.append(Refusal(event.line, str(refusal)))
    except DatabaseError:
        result.refused.append(Refusal(event.line, _("Raden går inte att spara: uppgifterna motsäger varandra.")))
    else:
        known.add(event.fingerprint)
        result.by_kind[event.kind] += 1
