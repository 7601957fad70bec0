"""A random city, and who reads what in it, in plain Python: mandates, absences, mergers, grants, secrecy.

Nothing here asks `visible_to`, `may`, `access_of`, the Role × Action table or the masking: it is the law said once more.
"""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from engagements.enums import Part
from engagements.models import Engagement
from engagements.operations import edit_engagement
from engagements.permission import grant
from organisation.enums import Action, BodyKind, Role
from organisation.models import Absence, Body, Mandate, User
from stockholm_intl.kit import clock
from tests.factories import AT, a_visit
from tests.people import person

EVERYTHING = {"coordinator", "protocol_officer", "controller", "ib_secretary", "auditor"}
READS_NOTHING = {"administrator"}
PERSONAL = {"ib_member", "finance_commissioner", "auditor", "administrator"}
BOARDS = {"ks", "facknamnd", "stadsdelsnamnd", "bolagsstyrelse"}
OFFICES = {"stadsledningskontor", "fackforvaltning", "bolag"}
SHAPE = (
    # code, kind, parent, successor, gone
    ("KS", BodyKind.EXECUTIVE_BOARD, "", "", False),
    ("110", BodyKind.CITY_EXECUTIVE_OFFICE, "KS", "", False),
    ("N1", BodyKind.SPECIALIST_COMMITTEE, "", "", False),
    ("F1", BodyKind.SPECIALIST_ADMINISTRATION, "N1", "", False),
    ("N2", BodyKind.DISTRICT_COMMITTEE, "", "", False),
    ("N3", BodyKind.DISTRICT_COMMITTEE, "", "N2", True),
    ("N4", BodyKind.DISTRICT_COMMITTEE, "", "N3", True),
    ("F0", BodyKind.SPECIALIST_ADMINISTRATION, "", "F1", True),
    ("B1", BodyKind.COMPANY_BOARD, "", "", False),
    ("C1", BodyKind.COMPANY, "B1", "", False),
)


@dataclass
class City:
    today: date
    bodies: dict[int, Body]
    users: list[User]
    matters: list[Engagement]
    held: list[tuple[int, int, str]] = field(default_factory=list)  # user, body, role: mandates in force today
    away: list[tuple[int, int, int]] = field(default_factory=list)  # who is away, in which body, who stands in
    to_person: set[tuple[int, int]] = field(default_factory=set)  # user, engagement: in force today
    to_body: set[tuple[int, int]] = field(default_factory=set)
    whole: set[int] = field(default_factory=set)
    parts: dict[int, set[str]] = field(default_factory=dict)

    def acts_as(self, user: User) -> set[tuple[int, str]]:
        """(body, role) of what the person holds, and of what she stands in for."""
        inactive = {one.pk for one in self.users if not one.is_active}
        own = {(body, role) for who, body, role in self.held if who == user.pk}
        lent = {
            (body, role)
            for gone, where, stand_in in self.away
            for who, body, role in self.held
            if stand_in == user.pk and who == gone and body == where and role not in PERSONAL and gone not in inactive
        }
        return own | lent

    def reach(self, start: int) -> set[int]:
        """The body, its office or its board, and everything merged into any of these."""
        here = self.bodies[start]
        found = {start}
        for other in self.bodies.values():
            if here.kind in BOARDS and other.parent_id == start and other.kind in OFFICES:
                found.add(other.pk)
            if here.kind in OFFICES and here.parent_id == other.pk and other.kind in BOARDS:
                found.add(other.pk)
        while (
            more := {
                one.pk
                for one in self.bodies.values()
                if one.successor_id in found and (one.valid_to is None or one.valid_to < self.today)
            }
            - found
        ):
            found |= more
        return found

    def named(self, user: User, matter: Engagement) -> bool:
        return user.is_active and (user.pk, matter.pk) in self.to_person

    def reads(self, user: User, matter: Engagement) -> bool:
        if not user.is_active:
            return False
        if self.named(user, matter):
            return True
        if matter.pk in self.whole:
            return False
        acts = self.acts_as(user)
        if any(role in EVERYTHING for _body, role in acts):
            return True
        reached = {body for start, role in acts if role not in READS_NOTHING for body in self.reach(start)}
        return matter.body_id in reached or any((body, matter.pk) in self.to_body for body in reached)

    def reads_part(self, user: User, matter: Engagement, part: Part) -> bool:
        hidden = part.value in self.parts.get(matter.pk, ())
        return self.reads(user, matter) and (not hidden or self.named(user, matter))

    def finds(self, user: User, matter: Engagement, part: Part) -> bool:
        """By a word of this part: what is marked is found by nobody."""
        return self.reads(user, matter) and part.value not in self.parts.get(matter.pk, ())

    def on_paper(self, matter: Engagement, part: Part) -> bool:
        return matter.pk not in self.whole and part.value not in self.parts.get(matter.pk, ())


def random_city(seed: int, *, users: int = 20, matters: int = 20) -> City:
    dice = random.Random(seed)
    bodies = some_bodies()
    people = [person(f"p{seed}-{n}", f"Person {n}") for n in range(users)]
    city = City(clock.today(), {body.pk: body for body in bodies}, people, [])
    mandates(city, dice)
    absences(city, dice)
    for user in dice.sample(people, 2):
        user.is_active = False
        user.save()
    for number in range(matters):
        city.matters.append(a_matter(people[0], dice.choice(bodies), f"{seed}x{number:02d}"))
    secrecy(city, dice)
    grants(city, dice)
    return city


def some_bodies() -> list[Body]:
    made: dict[str, Body] = {}
    long_gone = clock.today() - timedelta(days=400)
    for code, kind, *_rest, gone in SHAPE:
        made[code] = Body.objects.create(
            code=code, name=f"Organ {code}", kind=kind, valid_to=long_gone if gone else None
        )
    for code, _kind, parent, successor, _gone in SHAPE:
        made[code].parent, made[code].successor = made.get(parent), made.get(successor)
        made[code].save()
    return list(made.values())


def mandates(city: City, dice: random.Random) -> None:
    today, day = city.today, timedelta(days=1)
    spans: dict[str, tuple[date, date | None]] = {
        "now": (today, None), "last day": (date(2020, 1, 1), today), "ended": (date(2020, 1, 1), today - day),
        "to come": (today + day, None),
    }  # fmt: skip
    for user in city.users:
        for role in dice.sample(Role.values, dice.choice([0, 1, 1, 1, 2])):
            body, span = dice.choice(list(city.bodies)), dice.choice(["now", "now", "last day", "ended", "to come"])
            begins, ends = spans[span]
            Mandate.objects.create(
                person=user, body_id=body, role=role, valid_from=begins, valid_to=ends, is_deputy=dice.random() < 0.2
            )
            if span in ("now", "last day"):
                city.held.append((user.pk, body, role))


def absences(city: City, dice: random.Random) -> None:
    for who, body, _role in dice.sample(city.held, min(5, len(city.held))):
        stand_in = dice.choice([user for user in city.users if user.pk != who])
        over, back = dice.random() < 0.3, dice.random() < 0.2
        Absence.objects.create(
            person_id=who, body_id=body, substitute=stand_in, valid_from=city.today - timedelta(days=9),
            valid_to=city.today - timedelta(days=1) if over else city.today, reason="prov", registered_by_id=who,
            registered_at=AT, ended_at=AT if back else None,
        )  # fmt: skip
        if not over and not back:
            city.away.append((who, body, stand_in.pk))


def a_matter(by: User, body: Body, mark: str) -> Engagement:
    """Every part has a word of its own, and the title an older one."""
    visit = a_visit(by, body, title=f"gammal{mark}", counterpart=f"motpart{mark}", summary=f"summering{mark}")
    visit.sender_name, visit.delegation = f"avsender{mark}", f"delegat{mark}"
    visit.save()
    engagement = visit.engagement
    return edit_engagement(
        engagement=engagement, by=by, at=AT + timedelta(minutes=5), seen_version=engagement.version, reason="",
        title=f"rubriken{mark}",
    )  # fmt: skip


def secrecy(city: City, dice: random.Random) -> None:
    at: datetime = AT + timedelta(hours=1)
    for matter in dice.sample(city.matters, 9):
        whole = dice.random() < 0.4
        parts = [] if whole else sorted(dice.sample([p.value for p in Part], dice.choice([1, 2, 4, 8])))
        told: dict[str, Any] = {"is_secret": whole, "secret_fields": parts}
        Engagement.objects.filter(pk=matter.pk).update(secrecy_paragraph="OSL 15 kap. 1 §", secrecy_at=at, **told)
        matter.refresh_from_db()
        if whole:
            city.whole.add(matter.pk)
        city.parts[matter.pk] = set(parts)


def grants(city: City, dice: random.Random) -> None:
    marked = [matter for matter in city.matters if matter.secrecy_at]
    for number in range(30):
        matter = dice.choice(marked if number % 2 else city.matters)
        to: Any = dice.choice(
            [user for user in city.users if user.is_active] if number % 3 else list(city.bodies.values())
        )
        known = city.to_person if isinstance(to, User) else city.to_body
        if (to.pk, matter.pk) in known:
            continue
        ends = dice.choice([None, city.today, city.today - timedelta(days=1)])
        action = dice.choice([Action.READ, Action.PREPARE])
        grant(engagement=matter, to=to, action=action, reason="prov", by=None, at=AT, until=ends)
        if ends is None or ends >= city.today:
            known.add((to.pk, matter.pk))
