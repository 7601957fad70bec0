"""Which bodies a person's mandates reach today."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from organisation.enums import BOARD_KINDS, OFFICE_KINDS, Action, Role
from organisation.models import User
from organisation.roles import EVERYWHERE, FOR_BOARD, HOUSE, OWN
from stockholm_intl.kit import clock

# A mandate reaches its body, the office of its board, and the bodies they have taken over from. An office works for its
# board: it reads and prepares the board's own matters (`for_board`), and decides none of them.
REACH = """
WITH RECURSIVE mine AS (
    SELECT m.role, b.id, b.kind FROM organisation_mandate m
    JOIN organisation_body b ON b.id = m.body_id
    WHERE m.person_id = %(person)s AND m.valid_from <= %(on)s AND (m.valid_to IS NULL OR m.valid_to >= %(on)s)
), house AS (
    SELECT role, id, false AS for_board FROM mine
    UNION SELECT m.role, b.id, false FROM mine m JOIN organisation_body b ON b.parent_id = m.id
        WHERE m.kind = ANY(%(boards)s) AND b.kind = ANY(%(offices)s)
    UNION SELECT m.role, b.id, true FROM mine m JOIN organisation_body office ON office.id = m.id
        JOIN organisation_body b ON b.id = office.parent_id
        WHERE office.kind = ANY(%(offices)s) AND b.kind = ANY(%(boards)s)
), reach AS (
    SELECT role, id, for_board FROM house
    UNION SELECT r.role, b.id, r.for_board FROM reach r JOIN organisation_body b ON b.successor_id = r.id
)
SELECT reach.role, b.id, b.group_id, b.name, EXISTS (SELECT FROM mine WHERE mine.id = b.id AND mine.role = reach.role),
    reach.for_board
FROM reach JOIN organisation_body b ON b.id = reach.id ORDER BY 5 DESC, b.id
"""


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
    for role_code, body_id, *_rest, for_board in rows:
        role = Role(role_code)
        house |= HOUSE.get(role, frozenset())
        for action in OWN.get(role, frozenset()) & (FOR_BOARD if for_board else frozenset(Action)):
            rights[action].add(body_id)
    readable = rights[Action.READ]
    return Access(
        user_id=user.pk,
        rights={action: frozenset(ids) for action, ids in rights.items()},
        group_ids=tuple(sorted({group_id for _, body_id, group_id, *_rest in rows if body_id in readable})),
        house_rights=frozenset(house),
        reads_everything=any(Role(row[0]) in EVERYWHERE for row in rows),
        main_body=rows[0][3] if rows else "",
        main_body_id=rows[0][1] if rows else None,
        main_role=rows[0][0] if rows else "",
    )


def reach_of(user: User, *, on: date) -> list[tuple[str, int, int, str, bool, bool]]:
    """(role, body id, group id, body name, named in a mandate, reached for the board) for every body a mandate reaches."""
    with connection.cursor() as cursor:
        cursor.execute(
            REACH,
            {"person": user.pk, "on": on, "boards": sorted(BOARD_KINDS), "offices": sorted(OFFICE_KINDS)},
        )
        return list(cursor.fetchall())


def roles_in(user: User, body_id: int, *, on: date) -> frozenset[Role]:
    """The roles that this person holds in the body that day; who only works for it holds none there."""
    rows = reach_of(user, on=on)
    return frozenset(Role(role) for role, reached, *_rest, for_board in rows if reached == body_id and not for_board)


def access_of(user: User) -> Access:
    """This person's rights today, reckoned once per request (each request builds its own User)."""
    today = clock.today()
    known: tuple[date, Access] | None = getattr(user, "_access", None)
    if known is None or known[0] != today:
        known = (today, reckon_access(user, on=today))
        user._access = known  # type: ignore[attr-defined]
    return known[1]
