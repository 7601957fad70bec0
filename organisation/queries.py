"""Which bodies a person's mandates reach on a day: their own mandates, and those they stand in for."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from organisation.enums import BOARD_KINDS, OFFICE_KINDS, Action, Role
from organisation.models import Absence, Body, Mandate, User
from organisation.roles import EVERYWHERE, FOR_BOARD, HOUSE, IN_BODY, LENT, NEVER_LENT, OF_MERGED, OWN
from stockholm_intl.kit import clock

# A mandate reaches its body, the office of its board, and the bodies that have been merged into them. An office works
# for its board: it reads and prepares the board's own matters (`for_board`), and decides none of them. What a merged
# body kept is only read (`merged`); before the day of the merger nothing reaches it from its successor.
# A substitute holds the absent person's mandates in one body (`lent`); those that person stands in for are not handed on.
REACH = """
WITH RECURSIVE held AS (
    SELECT m.role, m.body_id, false AS lent FROM organisation_mandate m
    WHERE m.person_id = %(person)s AND m.valid_from <= %(on)s AND (m.valid_to IS NULL OR m.valid_to >= %(on)s)
    UNION SELECT m.role, m.body_id, true FROM organisation_absence a
        JOIN organisation_user away ON away.id = a.person_id AND away.is_active
        JOIN organisation_mandate m ON m.person_id = a.person_id AND m.body_id = a.body_id
        WHERE a.substitute_id = %(person)s AND a.ended_at IS NULL AND a.valid_from <= %(on)s AND a.valid_to >= %(on)s
            AND m.valid_from <= %(on)s AND (m.valid_to IS NULL OR m.valid_to >= %(on)s) AND m.role = ANY(%(lent)s)
), mine AS (
    SELECT held.role, held.lent, b.id, b.kind FROM held JOIN organisation_body b ON b.id = held.body_id
), house AS (
    SELECT role, lent, id, false AS for_board FROM mine
    UNION SELECT m.role, m.lent, b.id, false FROM mine m JOIN organisation_body b ON b.parent_id = m.id
        WHERE m.kind = ANY(%(boards)s) AND b.kind = ANY(%(offices)s)
    UNION SELECT m.role, m.lent, b.id, true FROM mine m JOIN organisation_body office ON office.id = m.id
        JOIN organisation_body b ON b.id = office.parent_id
        WHERE office.kind = ANY(%(offices)s) AND b.kind = ANY(%(boards)s)
), reach AS (
    SELECT role, lent, id, for_board, false AS merged FROM house
    UNION SELECT r.role, r.lent, b.id, r.for_board, true FROM reach r JOIN organisation_body b ON b.successor_id = r.id
        WHERE b.valid_to IS NULL OR b.valid_to < %(on)s
)
SELECT reach.role, b.id, b.group_id, b.name, reach.lent, reach.for_board, reach.merged,
    EXISTS (SELECT FROM mine WHERE mine.id = b.id AND mine.role = reach.role) AS is_own
FROM reach JOIN organisation_body b ON b.id = reach.id
ORDER BY reach.lent, is_own DESC, b.id
"""


class Reached(NamedTuple):
    """One body that one role reaches. The person's own mandates come first, then what they lend."""

    role: str
    body_id: int
    group_id: int
    body: str
    lent: bool
    for_board: bool
    merged: bool
    is_own: bool  # the body that the mandate itself is in

    @property
    def rights(self) -> frozenset[Action]:
        rights = OWN.get(Role(self.role), frozenset())
        if self.is_own:
            rights |= IN_BODY.get(Role(self.role), frozenset())
        if self.for_board:
            rights &= FOR_BOARD
        return rights & OF_MERGED if self.merged else rights


@dataclass(frozen=True)
class Access:
    """What one person's mandates are worth on one day. Everything else about permission is derived from this."""

    user_id: int | None
    rights: dict[Action, frozenset[int]]  # action -> ids of bodies where it holds
    group_ids: tuple[int, ...]
    house_rights: frozenset[Action]
    reads_everything: bool
    main_body: str = ""  # where the person stands first of all, for the page head and for what is new
    main_body_id: int | None = None
    main_role: str = ""

    def bodies(self, action: Action) -> frozenset[int]:
        return self.rights.get(action, frozenset())


NOBODY = Access(None, {}, (), frozenset(), reads_everything=False)


def reckon_access(user: User, *, on: date) -> Access:
    """One query, however many mandates and bodies. An inactive person, and nobody, have nothing."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    rows = reach_of(user, on=on)
    rights: dict[Action, set[int]] = defaultdict(set)
    house: set[Action] = set()
    for row in rows:
        house |= HOUSE.get(Role(row.role), frozenset()) - (NEVER_LENT if row.lent else frozenset())
        for action in row.rights:
            rights[action].add(row.body_id)
    readable = rights[Action.READ]
    return Access(
        user_id=user.pk,
        rights={action: frozenset(ids) for action, ids in rights.items()},
        group_ids=tuple(sorted({row.group_id for row in rows if row.body_id in readable})),
        house_rights=frozenset(house),
        reads_everything=any(Role(row.role) in EVERYWHERE for row in rows),
        main_body=rows[0].body if rows else "",
        main_body_id=rows[0].body_id if rows else None,
        main_role=rows[0].role if rows else "",
    )


def reach_of(user: User, *, on: date) -> list[Reached]:
    """Every body that a mandate of this person, or one they stand in for, reaches that day."""
    named: dict[str, Any] = {"boards": sorted(BOARD_KINDS), "offices": sorted(OFFICE_KINDS), "lent": sorted(LENT)}
    with connection.cursor() as cursor:
        cursor.execute(REACH, {"person": user.pk, "on": on, **named})
        return [Reached(*row) for row in cursor.fetchall()]


def roles_in(user: User, body_id: int, *, on: date, reach: list[Reached] | None = None) -> frozenset[Role]:
    """The roles this person acts in there that day. Who only works for the body, or came with a merger, has none.

    `reach` is what reach_of answers, where more than one body is asked about.
    """
    rows = reach_of(user, on=on) if reach is None else reach
    return frozenset(Role(row.role) for row in rows if row.body_id == body_id and not row.for_board and not row.merged)


def stands_in_as(user: User, role: Role, body_id: int, *, on: date) -> bool:
    """Whether this person acts in the role there only because its holder is away."""
    rows = [row for row in reach_of(user, on=on) if row.body_id == body_id and row.role == role and not row.for_board]
    return bool(rows) and all(row.lent for row in rows)


def holders_of(role: Role, body: Body, *, on: date) -> QuerySet[User]:
    """They who have the role there in their own name that day, by name; a substitute has it for a while and is not among
    them."""
    held = Mandate.objects.in_force(on=on).filter(body=body, role=role)
    people = User.objects.filter(pk__in=held.values("person"), is_active=True)
    return people.order_by("first_name", "last_name", "username")


class Held(NamedTuple):
    """A mandate somebody acts on. `stands_in_for` is who is away; then `until` is no later than their return."""

    mandate: Mandate
    stands_in_for: User | None
    until: date | None


def mandates_of(user: User, *, on: date) -> list[Held]:
    """What `reckon_access` builds on, told one by one: own mandates first. One query; none for who is inactive."""
    if not user.is_authenticated or not user.is_active:
        return []
    away = Absence.objects.in_force(on=on).filter(substitute=user.pk, person=OuterRef("person"), body=OuterRef("body"))
    back = away.order_by().values("substitute").annotate(last=Max("valid_to")).values("last")
    rows = Mandate.objects.in_force(on=on).annotate(stands_until=Subquery(back)).select_related("body", "person")
    rows = rows.filter(Q(person=user.pk) | Q(stands_until__isnull=False, role__in=LENT))
    held = [held_by(user, row) for row in rows.order_by("valid_from", "pk")]
    return sorted(held, key=lambda one: one.stands_in_for is not None)


def held_by(user: User, mandate: Any) -> Held:
    if mandate.person_id == user.pk:
        return Held(mandate, None, mandate.valid_to)
    return Held(mandate, mandate.person, min(filter(None, (mandate.valid_to, mandate.stands_until))))


def access_of(user: User) -> Access:
    """This person's rights today, reckoned once per request (each request builds its own User)."""
    today = clock.today()
    known: tuple[date, Access] | None = getattr(user, "_access", None)
    if known is None or known[0] != today:
        known = (today, reckon_access(user, on=today))
        user._access = known  # type: ignore[attr-defined]
    return known[1]
