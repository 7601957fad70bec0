"""Who can see and do what: per engagement, per person, per body (f5). Plain values, for pages, files and the command.

The asker (`by`) is told only of engagements that the asker may see; without an asker, on the command line, of all.
No title or other word of a matter is in it, only keys.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from engagements.grounds import grounds
from engagements.models import Engagement, EngagementGroupGrant, EngagementUserGrant
from engagements.permission import access_of, may, named_among, visible_to
from engagements.shared_reasons import covered_for, is_marked, reason_of
from engagements.sharing import ACTION_OF
from engagements.why import said_of
from organisation.enums import Action, Role
from organisation.models import Absence, Body, Mandate, User
from organisation.queries import mandates_of, reach_of
from organisation.roles import EVERYWHERE
from stockholm_intl.kit import clock
from stockholm_intl.kit.periods import not_ended

Told = dict[str, Any]
ABOUT_ONE = (Action.READ, Action.PREPARE, Action.DECIDE, Action.REFER, Action.MARK_SECRET)
MOST = 10_000


def of_engagement(engagement: Engagement, *, by: User | None = None) -> Told:
    """Everybody who sees it today, on what grounds, and what they may do."""
    is_covered = covered_for(engagement, by)
    rows = [person_in(person, engagement, is_covered=is_covered) for person in candidates(engagement)]
    return {
        "engagement": engagement.key or "",
        "body": engagement.body.code,
        "secret": engagement.is_secret,
        "secret_parts": list(engagement.secret_fields),
        "people": [row for row in rows if row["actions"]],
    }


def person_in(person: User, engagement: Engagement, *, is_covered: bool) -> Told:
    return {
        "user": person.username,
        "name": str(person),
        "grounds": [said_of(ground) for ground in grounds(person, engagement, is_covered=is_covered)],
        "actions": [action.value for action in ABOUT_ONE if may(person, action, engagement)],
    }


def candidates(engagement: Engagement) -> QuerySet[User]:
    """Everybody whose mandates or grants could reach it; `may` then says who does."""
    today = clock.today()
    shared = EngagementGroupGrant.objects.filter(content_object=engagement).values("group")
    bodies = reaching(engagement.body).union(*(reaching(body) for body in Body.objects.filter(group__in=shared)))
    mandates = Mandate.objects.in_force(on=today).filter(Q(body__in=bodies) | Q(role__in=sorted(EVERYWHERE)))
    away = Absence.objects.in_force(on=today).filter(person__in=mandates.values("person"))
    named = EngagementUserGrant.objects.filter(content_object=engagement)
    found = User.objects.filter(
        Q(pk__in=mandates.values("person")) | Q(pk__in=away.values("substitute")) | Q(pk__in=named.values("user"))
    )
    return found.filter(is_active=True).order_by("username")


def reaching(body: Body) -> set[int]:
    """The bodies whose mandates could reach what this one owns or is given: its house, and those it has gone up in."""
    found: set[int] = set()
    here: Body | None = body
    while here is not None and here.pk not in found:
        found |= {here.pk, here.parent_id or 0, *here.parts.values_list("pk", flat=True)}
        here = here.successor
    return found


def of_person(person: User, *, by: User | None = None) -> Told:
    """The person's mandates, what they are worth body by body, what is shared with her, and how much she sees."""
    today = clock.today()
    access = access_of(person)
    seen = visible_to(person)
    if by is not None:
        seen = visible_to(by, Engagement.objects.filter(pk__in=seen.values("pk")))
    return {
        "user": person.username,
        "name": str(person),
        "active": person.is_active,
        "mandates": [
            {
                "role": held.mandate.role,
                "role_name": str(Role(held.mandate.role).label),
                "body": held.mandate.body.code,
                "body_name": held.mandate.body.name,
                "until": day(held.until),
                "stands_in_for": held.stands_in_for.username if held.stands_in_for else None,
            }
            for held in mandates_of(person, on=today)
        ],
        "bodies": bodies_of(person, on=today),
        "house_rights": sorted(action.value for action in access.house_rights),
        "reads_everything": access.reads_everything,
        "grants": grants_to(EngagementUserGrant.objects.filter(user=person), by=by),
        "visible": seen[: MOST + 1].count(),
    }


def bodies_of(person: User, *, on: date) -> list[Told]:
    rights: dict[int, Told] = {}
    for row in reach_of(person, on=on) if person.is_active else ():
        one = rights.setdefault(row.body_id, {"body": row.body_id, "name": row.body, "actions": set()})
        one["actions"] |= {action.value for action in row.rights}
    codes = dict(Body.objects.filter(pk__in=rights).values_list("pk", "code"))
    found = [one | {"body": codes[one["body"]], "actions": in_order(one["actions"])} for one in rights.values()]
    return [one for one in found if one["actions"]]


def in_order(actions: Iterable[str]) -> list[str]:
    return [action.value for action in ABOUT_ONE if action.value in set(actions)]


def of_body(body: Body, *, by: User | None = None) -> Told:
    """Whose mandates reach the body's matters, and what is shared with it."""
    today = clock.today()
    holders = Mandate.objects.in_force(on=today).filter(body__in=reaching(body)).values("person")
    away = Absence.objects.in_force(on=today).filter(person__in=holders).values("substitute")
    people = User.objects.filter(Q(pk__in=holders) | Q(pk__in=away), is_active=True).order_by("username")
    rows = []
    for person in people:
        actions: list[str] = next(
            (one["actions"] for one in bodies_of(person, on=today) if one["body"] == body.code), []
        )
        roles = [said_mandate(held) for held in mandates_of(person, on=today)]
        rows.append({"user": person.username, "name": str(person), "mandates": roles, "actions": actions})
    owned = Engagement.objects.filter(body=body)
    return {
        "body": body.code,
        "name": body.name,
        "people": [row for row in rows if row["actions"]],
        "grants": grants_to(EngagementGroupGrant.objects.filter(group=body.group), by=by),
        "engagements": (owned if by is None else visible_to(by, owned))[: MOST + 1].count(),
    }


def said_mandate(held: Any) -> str:
    words = f"{Role(held.mandate.role).label}, {held.mandate.body.name}"
    return f"{words} (för {held.stands_in_for})" if held.stands_in_for else words


def grants_to(grants: QuerySet, *, by: User | None) -> list[Told]:
    """The grants in force on engagements that the asker may see, the newest engagement first."""
    rows = grants.filter(not_ended(clock.today()))
    if by is not None:
        rows = rows.filter(content_object__in=visible_to(by).values("pk"))
    rows = rows.select_related("content_object", "permission", "given_by").order_by("-content_object", "permission")
    found = list(rows[:MOST])
    own = named_among(access_of(by), {row.content_object_id for row in found}) if by else frozenset()
    return [
        {
            "engagement": row.content_object.key or "",
            "action": ACTION_OF[row.permission.codename].value,
            "reason": reason_told(row, own),
            "until": day(row.valid_to),
            "by": row.given_by.username if row.given_by else None,
        }
        for row in found
    ]


def reason_told(row: Any, own: Collection[int]) -> str:
    """`own`: what names the asker. Without one, what is marked is covered."""
    is_covered = is_marked(row.content_object) and row.content_object_id not in own
    return reason_of(row.reason, by_hand=row.by_hand, is_covered=is_covered)


def day(one: date | None) -> str | None:
    return one.isoformat() if one else None
