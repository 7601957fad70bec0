"""The usual life of a matter, step by step: opened, assessed, proposed, decided, done."""

from datetime import date, timedelta
from random import Random
from typing import Any

from engagements.enums import State
from organisation.models import Body, User
from stockholm_intl.sample.days import office_time
from stockholm_intl.sample.numbers import RegistryNumbers
from stockholm_intl.sample.partners import Partners
from stockholm_intl.sample.people import Staff
from stockholm_intl.sample.writing import Moment


class Desk:
    """What every kind of story needs at hand. Each has a seed of its own, so one can grow without moving the others."""

    def __init__(self, staff: Staff, partners: Partners, numbers: RegistryNumbers, seed: str) -> None:
        self.staff, self.partners, self.numbers = staff, partners, numbers
        self.rng = Random(seed)

    def opened(self, body: Body, day: date, by: User, *, numbered: float = 0.85, **fields: Any) -> list[Moment]:
        """A draft, registered within the hour; most have a number from the diary."""
        at = office_time(day, self.rng)
        registered = Moment(State.REGISTERED, at + timedelta(minutes=self.rng.randrange(3, 40)), by, fields=fields)
        if self.rng.random() < numbered:
            registered.fields["registry_number"] = self.numbers.next(body, day)
        return [Moment(State.DRAFT, at, by), registered]

    def assessed(self, day: date, by: User, fields: dict[str, Any], **detail: Any) -> Moment:
        return Moment(State.ASSESSED, office_time(day, self.rng), by, fields=fields, detail=detail)

    def proposed(self, day: date, by: User, text: str, *, yes: bool = True, **detail: Any) -> Moment:
        fields = {"proposal": "accept" if yes else "decline", "proposal_text": text}
        return Moment(State.PROPOSED, office_time(day, self.rng), by, fields=fields, detail=detail)

    def decided(self, day: date, by: User, note: str, *, yes: bool = True, **detail: Any) -> Moment:
        at = office_time(day, self.rng)
        fields = {"decided_at": at, "decided_by": by, "decision_note": note, "locked_at": at}
        return Moment(State.APPROVED if yes else State.DECLINED, at, by, note, fields=fields, detail=detail)

    def moved(self, state: State, day: date, by: User, reason: str = "", **detail: Any) -> Moment:
        return Moment(state, office_time(day, self.rng), by, reason, detail=detail)


def tags(direction: str, motive: str, others: dict[str, str] | None = None) -> dict[str, Any]:
    """The directions with a motive each, main direction first."""
    others = others or {}
    return {
        "main_direction": direction,
        "other_directions": list(others),
        "motives": {direction: motive, **others},
    }
