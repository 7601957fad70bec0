"""What was written down for the checks: forums looked at, activities, contacts, money. Some open matters still lack it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from engagements.enums import OPEN_STATES, Brand, Instrument, Kind
from engagements.models import Consultation, ExaminedForum, Frame, FundingLine, Judgement, PlannedActivity
from stockholm_intl.kit import clock
from stockholm_intl.sample.content import content
from stockholm_intl.sample.days import later
from stockholm_intl.sample.people import Staff
from stockholm_intl.sample.writing import Moment, Story, write_plain

FORMS = frozenset({Instrument.ORGANISATION, Instrument.NETWORK, Instrument.INITIATIVE, Instrument.INTENT_AGREEMENT})
COSTING = frozenset({Kind.TRIP, Kind.MEMBERSHIP, Kind.DECLARATION, Kind.PROJECT, Kind.RECEPTION})
LACKING = 6  # one in so many of the open matters is not ready yet


class Underlag:
    def __init__(self, staff: Staff) -> None:
        self.staff, self.rng = staff, Random("Underlag")
        self.words = content("underlag")

    def write(self, stories: Sequence[Story]) -> None:
        rows: dict[type[Any], list[tuple[Any, Moment]]] = {}
        for story in stories:
            moment = story.registered
            if moment is None or (story.state in OPEN_STATES and not self.rng.randrange(LACKING)):
                continue
            for row in self.of(story, moment):
                rows.setdefault(type(row), []).append((row, moment))
        for pairs in rows.values():
            write_plain(
                [row for row, _moment in pairs],
                at=[when.at for _row, when in pairs],
                by=[when.by for _row, when in pairs],
            )

    def of(self, story: Story, moment: Moment) -> Iterator[Any]:
        engagement = story.engagement
        if engagement.instrument in FORMS or engagement.kind == Kind.AGREEMENT:
            forum, conclusion = self.rng.choice(self.words["forums"])
            yield ExaminedForum(engagement=engagement, name=forum, conclusion=conclusion)
        if engagement.instrument == Instrument.COOPERATION_AGREEMENT:
            yield self.activity(story)
        if engagement.instrument == Instrument.POSITION:
            day = max(later(clock.local_date(moment.at), 2), clock.local_date(moment.at))
            yield Consultation(
                engagement=engagement, body=self.staff.body("110"), on=day, note=self.rng.choice(self.words["contacts"])
            )
        if engagement.instrument == Instrument.AID_PROJECT:
            yield from self.funding(story)
        if engagement.kind in COSTING:
            yield self.frame(story)

    def activity(self, story: Story) -> PlannedActivity:
        detail = story.detail
        return PlannedActivity(
            engagement=story.engagement, what=detail.activity[:300] or story.engagement.title,
            owner=story.engagement.body.name, on=later(detail.entered_on, 90),
        )  # fmt: skip

    def funding(self, story: Story) -> Iterator[FundingLine]:
        yield FundingLine(
            engagement=story.engagement, funder=story.detail.funder or story.detail.programme or "Finansiären",
            amount=story.engagement.cost or Decimal(900_000), is_decided=True,
        )  # fmt: skip

    def frame(self, story: Story) -> Frame:
        is_profiling = story.engagement.main_direction == "profilering"
        return Frame(
            engagement=story.engagement, is_covered=True, budget=f"{story.engagement.body.name}, budgeten för året",
            brand=Brand.USED if is_profiling else "",
        )  # fmt: skip

    def review(self, stories: Sequence[Story]) -> None:
        """Texts that somebody other than the writer has read, in what has come as far as a proposal."""
        reader = self.staff.cast["coordinator"]
        rows = []
        for story in stories:
            moment = story.registered
            check = {Kind.AGREEMENT: "C5", Kind.RECEPTION: "R6"}.get(Kind(story.engagement.kind))
            if moment is None or check is None or len(story.moments) < 4:
                continue
            rows.append(
                Judgement(
                    engagement=story.engagement, subject=check, answer="pass", reason=self.rng.choice(self.words["reviewed"]),
                    by=reader, at=story.moments[-1].at - timedelta(hours=1),
                )
            )  # fmt: skip
        Judgement.objects.bulk_create(rows)
