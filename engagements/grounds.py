"""Why a person sees an engagement, told ground by ground: the answer to "Varför ser jag det här?"."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from engagements.models import Engagement
from engagements.permission import access_of, granted_to
from engagements.shared_reasons import is_marked, reason_of
from organisation.enums import Action, Role
from organisation.models import Body, User
from organisation.queries import mandates_of
from organisation.roles import EVERYWHERE, OWN
from stockholm_intl.kit import clock


@dataclass(frozen=True)
class Ground:
    """Kind is mandate, everywhere, shared or named.

    `way` says how a mandate reaches the matter's body: own, office (a board reads what its office owns), board (an office
    works for its board) or merged (the body has been merged into this one).
    """

    kind: str
    body: str = ""
    role: str = ""
    reason: str = ""
    until: date | None = None
    stands_in_for: str = ""
    way: str = ""
    owner: str = ""


def grounds(user: User, engagement: Engagement, *, is_covered: bool | None = None) -> list[Ground]:
    """Every ground on which this person sees this engagement today, the nearest first.

    `is_covered`: whether reasons are, for somebody else who is told (shared_reasons.covered_for); else for the person.
    """
    access = access_of(user)
    found: list[Ground] = []
    for held in mandates_of(user, on=clock.today()) if not engagement.is_secret else ():
        mandate, role = held.mandate, Role(held.mandate.role)
        said: Any = {"body": mandate.body.name, "role": mandate.get_role_display(), "until": held.until}
        said["stands_in_for"] = str(held.stands_in_for or "")
        way = way_to(mandate.body, engagement.body, on=clock.today())
        if role in EVERYWHERE and not way:
            found.append(Ground("everywhere", **said))
        elif way and Action.READ in OWN[role]:
            found.append(Ground("mandate", **said, way=way, owner=engagement.body.name))
    granted = granted_to(access, engagement)
    if is_covered is None:
        is_covered = is_marked(engagement) and not granted.by_name
    for row in granted.by_body if not engagement.is_secret else ():
        said = {"reason": reason_of(row.reason, by_hand=row.by_hand, is_covered=is_covered), "until": row.valid_to}
        found.append(Ground("shared", body=row.group.body.name, **said))
    for mine in granted.by_name:
        said = {"reason": reason_of(mine.reason, by_hand=mine.by_hand, is_covered=is_covered), "until": mine.valid_to}
        found.append(Ground("named", **said))
    return list(dict.fromkeys(found))


def way_to(mandated: Body, owner: Body, *, on: date) -> str:
    """How a mandate in one body reaches what another owns; nothing when it does not. The same steps as REACH takes."""
    here: Body | None = owner
    way = ""
    while here is not None:
        step = "own" if here == mandated else house_step(mandated, here)
        if step:
            return way or step
        has_gone = here.valid_to is None or here.valid_to < on
        here, way = (here.successor if has_gone else None), "merged"
    return ""


def house_step(mandated: Body, owner: Body) -> str:
    if owner.works_for(mandated):
        return "office"
    return "board" if mandated.works_for(owner) else ""
