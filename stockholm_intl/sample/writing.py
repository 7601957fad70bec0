"""Puts the sample's stories on record: keys without gaps, and a history row for each thing that was done.

The operations of the pages write the present; these matters lie in the past, so their rows are written in bulk with
the days the stories tell. Keys come from the same counters and go on where they stand.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from django.apps import apps
from django.db.models import Model
from simple_history.utils import get_history_model_for_model

from engagements.enums import State
from engagements.models import Engagement, KeyCounter
from engagements.rules import key_for
from organisation.models import User
from stockholm_intl.kit import clock
from stockholm_intl.sample.days import TODAY

NAMES = UUID("6f0b1d0e-2026-5a3c-9d1e-5a1c7b1e0001")


@dataclass
class Moment:
    """One thing that happened: the state it led to, who did it, and what else was set."""

    state: State
    at: datetime
    by: User
    reason: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass
class Story:
    """A matter from first note to where it stands today."""

    slug: str
    engagement: Engagement
    detail: Any
    moments: list[Moment]
    snapshots: list[tuple[Moment, dict[str, Any]]] = field(default_factory=list)
    detail_snapshots: list[tuple[Moment, dict[str, Any]]] = field(default_factory=list)

    @property
    def registered(self) -> Moment | None:
        return next((moment for moment in self.moments if moment.state == State.REGISTERED), None)

    @property
    def state(self) -> State:
        return self.moments[-1].state


def write(stories: Sequence[Story]) -> None:
    for story in stories:
        # what has not happened yet is not told
        story.moments = [moment for moment in story.moments if clock.local_date(moment.at) <= TODAY]
    give_keys(stories)
    for story in stories:
        live_through(story)
    Engagement.objects.bulk_create([story.engagement for story in stories], batch_size=200)
    remember((story.engagement, moment, row) for story in stories for moment, row in story.snapshots)
    by_model: dict[type[Model], list[Story]] = defaultdict(list)
    for story in stories:
        story.detail.engagement = story.engagement
        by_model[type(story.detail)].append(story)
    for model, same in by_model.items():
        model._default_manager.bulk_create([story.detail for story in same], batch_size=200)
        remember((story.detail, moment, row) for story in same for moment, row in story.detail_snapshots)


def give_keys(stories: Sequence[Story]) -> None:
    """Keys in the order of registration, year by year."""
    registered = sorted(
        (moment for story in stories if (moment := story.registered)),
        key=lambda moment: moment.at,
    )
    counters: dict[int, KeyCounter] = {}
    for moment in registered:
        year = clock.local_date(moment.at).year
        if year not in counters:
            KeyCounter.objects.get_or_create(year=year)
            counters[year] = KeyCounter.objects.select_for_update().get(year=year)
        counters[year].last += 1
        moment.fields["key"] = key_for(year, counters[year].last)
    for counter in counters.values():
        counter.save()


def live_through(story: Story) -> None:
    """Take the matter through its moments and keep a picture of it after each."""
    engagement, first = story.engagement, story.moments[0]
    engagement.submission, engagement.is_sample = uuid5(NAMES, story.slug), True
    engagement.created_at, engagement.created_by, engagement.version = first.at, first.by, 0
    for number, moment in enumerate(story.moments):
        engagement.state, engagement.updated_at = moment.state, moment.at
        engagement.version += 1
        if moment is story.registered:
            engagement.registered_at, engagement.registered_by = moment.at, moment.by
        if moment.state == State.CLOSED:
            engagement.closed_at = moment.at
        assign(engagement, moment.fields)
        assign(story.detail, moment.detail)
        story.snapshots.append((moment, picture(engagement)))
        if number == 0 or moment.detail:
            story.detail_snapshots.append((moment, picture(story.detail)))


def assign(row: Model, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


@cache
def history_of(label: str) -> Any:
    """The history of a model, by its label; asked for thousands of times."""
    return get_history_model_for_model(apps.get_model(label))


def picture(row: Any) -> dict[str, Any]:
    return {column.attname: getattr(row, column.attname) for column in history_of(row._meta.label).tracked_fields}


def remember(pictures: Iterable[tuple[Any, Moment, dict[str, Any]]]) -> None:
    """Write the pictures as history, the first of each row as its beginning."""
    seen: set[int] = set()
    rows = []
    model: Any = None
    for row, moment, values in pictures:
        model = history_of(row._meta.label)
        values[row._meta.pk.attname] = row.pk
        rows.append(
            model(
                **values,
                history_date=moment.at,
                history_type="~" if row.pk in seen else "+",
                history_user=moment.by,
                history_change_reason=moment.reason or None,
            )
        )
        seen.add(row.pk)
    if model is not None:
        model.objects.bulk_create(rows, batch_size=300)


def write_plain(rows: Sequence[Any], *, at: Sequence[datetime], by: Sequence[User | None]) -> None:
    """Rows that belong to matters, each with one line of history."""
    if not rows:
        return
    model = type(rows[0])
    model._default_manager.bulk_create(rows, batch_size=200)
    remember(
        (row, Moment(State.DRAFT, when, who), picture(row))  # type: ignore[arg-type]
        for row, when, who in zip(rows, at, by, strict=True)
    )
