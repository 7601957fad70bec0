"""Which mandates end soon, and whom it concerns: the person, and the head of the body."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from organisation.enums import Role
from organisation.models import Mandate, MandateNotice, User

NOTICES = (60, 14)  # days before the last one


@dataclass(frozen=True)
class Due:
    """A mandate, and the notice that its last day calls for: the nearest one that has come."""

    mandate: Mandate
    days: int


def due_notices(*, on: date) -> list[Due]:
    """Every mandate that ends within the longest notice and is not renewed. Inside the last one only that is told."""
    rows = Mandate.objects.ending(on=on, within=max(NOTICES)).select_related("person", "body")
    return [Due(row, nearest(row, on)) for row in rows.order_by("valid_to", "pk")]


def nearest(mandate: Mandate, on: date) -> int:
    left = (mandate.valid_to - on).days if mandate.valid_to else max(NOTICES)
    return min(days for days in NOTICES if left <= days)


def concerned(due: Iterable[Due], *, on: date) -> dict[int, set[int]]:
    """Mandate id -> ids of those it concerns. One query for the heads."""
    heads: dict[int, set[int]] = defaultdict(set)
    for body_id, person_id in heads_in_force(on=on):
        heads[body_id].add(person_id)
    return {one.mandate.pk: {one.mandate.person_id, *heads[one.mandate.body_id]} for one in due}


def heads_in_force(*, on: date) -> list[tuple[int, int]]:
    rows = Mandate.objects.in_force(on=on).filter(role=Role.HEAD)
    return list(rows.values_list("body_id", "person_id"))


def told(due: Iterable[Due]) -> set[tuple[int, int, date, int]]:
    rows = MandateNotice.objects.filter(mandate__in=[one.mandate.pk for one in due])
    return set(rows.values_list("mandate_id", "days", "ends_on", "person_id"))


def untold(due: list[Due], *, on: date) -> list[tuple[Due, int]]:
    """Who is still to be told of what. Three queries, however many mandates."""
    known, whom = told(due), concerned(due, on=on)
    return [
        (one, person_id)
        for one in due
        for person_id in sorted(whom[one.mandate.pk])
        if (one.mandate.pk, one.days, one.mandate.valid_to, person_id) not in known
    ]


def people_to_tell(due: list[Due], *, on: date) -> list[int]:
    """Ids of the people who should get a mail, each once; those without an address get none."""
    ids = {person_id for _one, person_id in untold(due, on=on)}
    reached = User.objects.filter(pk__in=ids, is_active=True).exclude(email="")
    return list(reached.order_by("pk").values_list("pk", flat=True))


def to_tell(person: User, *, on: date) -> list[Due]:
    return [one for one, person_id in untold(due_notices(on=on), on=on) if person_id == person.pk]
