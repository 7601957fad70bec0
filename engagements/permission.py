"""Permission, in two functions: `visible_to` answers which, `may` answers what.

Pages, fragments, searches, counts, exports, papers, mails and buttons use these and nothing else, and this is the only
module that touches guardian. Rule first: a mandate gives rights in its body while it is valid. Then grants: an
engagement shared with a body's group or with a person, for a reason and until a day. A secret engagement takes a grant
to a named person, even for those who read everything else. The default is nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Case, Q, QuerySet, When
from django.db.models.expressions import RawSQL
from guardian.shortcuts import assign_perm, remove_perm

from engagements.enums import OPEN_STATES
from engagements.models import Engagement, EngagementGroupGrant, EngagementUserGrant, GrantEvent
from organisation.enums import Action
from organisation.models import Body, User
from organisation.queries import Access, access_of
from stockholm_intl.kit import clock
from stockholm_intl.kit.periods import not_ended

__all__ = [
    "access_of",
    "bodies_for",
    "grant",
    "granted_ids",
    "granted_to",
    "handed_ids",
    "handed_to",
    "handed_on",
    "handed_to_house_of",
    "holds",
    "look_up_grants",
    "may",
    "may_share",
    "named_among",
    "named_ids",
    "reads_all_of",
    "seen_sql",
    "visible_to",
    "withdraw",
]

# What a grant can give. A grant to prepare or to decide says read as well; to decide is given to a board only, by handing
# the matter to it (engagements.submitting).
GRANTABLE = {
    Action.READ: "read_engagement",
    Action.PREPARE: "prepare_engagement",
    Action.DECIDE: "decide_engagement",
}


def holds(user: User, action: Action) -> bool:
    """Whether any of the person's mandates gives a right that is not tied to one engagement."""
    return action in access_of(user).house_rights


def bodies_for(user: User, action: Action) -> QuerySet[Body]:
    """The bodies in which this person holds the right, the own one first, for choosing the owner of something new."""
    access = access_of(user)
    own_first = Case(When(pk=access.main_body_id, then=0), default=1)
    return Body.objects.filter(pk__in=access.bodies(action)).in_force(on=clock.today()).order_by(own_first, "name")


def visible_to(user: User, engagements: QuerySet[Engagement] | None = None) -> QuerySet[Engagement]:
    """Which engagements this person may read; composable with filter, order, slice and count."""
    access = access_of(user)
    rows: Any = Engagement.objects.all() if engagements is None else engagements
    rows = rows.read_by(access)
    if access.user_id is None:
        return rows.none()  # type: ignore[no-any-return]
    named = named_grants(access).values("content_object_id")
    if access.reads_everything:
        return rows.filter(Q(is_secret=False) | Q(id__in=named))  # type: ignore[no-any-return]
    own = Engagement.objects.filter(body_id__in=access.bodies(Action.READ), is_secret=False).values("id")
    return rows.filter(id__in=own.union(_shared(access).values("content_object_id"), named))  # type: ignore[no-any-return]


def may(user: User, action: Action, engagement: Engagement) -> bool:
    """What this person may do with this engagement. Not visible: nothing at all; covered in part: only read."""
    access = access_of(user)
    granted = granted_to(access, engagement)
    in_own_body = engagement.body_id in access.bodies(Action.READ)
    if engagement.is_secret:
        seen = Action.READ in granted.named
    else:
        seen = in_own_body or access.reads_everything or Action.READ in granted.all
    if not seen:
        return False
    if action is Action.READ:
        return True
    if engagement.secret_fields and Action.READ not in granted.named:
        # who cannot read it all would judge, write and decide on words that are not there
        return False
    if action is Action.REFER:
        # A draft is its author's; what is secret is referred by hand, not through the agenda.
        return Action.REFER in access.house_rights and engagement.key is not None and not engagement.is_secret
    if action is Action.PREPARE and engagement.state in OPEN_STATES and Action.PREPARE in granted.all:
        return True
    if action is Action.DECIDE and Action.DECIDE in granted.shared:
        return True
    return engagement.body_id in access.bodies(action)


@dataclass(frozen=True)
class Granted:
    """The grants that reach one person on one engagement, and the actions that those in her name and the others give."""

    by_name: list[EngagementUserGrant]
    by_body: list[EngagementGroupGrant]
    named: set[Action]
    shared: set[Action]

    @property
    def all(self) -> set[Action]:
        return self.named | self.shared


def granted_to(access: Access, engagement: Engagement) -> Granted:
    """What grants give, looked up once for a reader and an engagement as they were fetched: once a request."""
    known: tuple[Access, Granted] | None = getattr(engagement, "_granted", None)
    if known is None or known[0] is not access:
        known = (access, _granted(access, engagement))
        engagement._granted = known  # type: ignore[attr-defined]
    return known[1]


def look_up_grants(user: User, engagements: Collection[Engagement]) -> None:
    """For a list, whose rows are then asked of one by one: two queries for all of them."""
    access = access_of(user)
    found: dict[int, tuple[list[Any], list[Any]]] = {engagement.pk: ([], []) for engagement in engagements}
    for place, rows in enumerate(_grants_on(access, found) if found and access.user_id else ()):
        for row in rows:
            found[row.content_object_id][place].append(row)
    for engagement in engagements:
        engagement._granted = (access, _weighed(access, *found[engagement.pk]))  # type: ignore[attr-defined]


def _granted(access: Access, engagement: Engagement) -> Granted:
    if access.user_id is None:
        return Granted([], [], set(), set())
    return _weighed(access, *map(list, _grants_on(access, [engagement.pk])))


def _grants_on(access: Access, ids: Collection[int]) -> tuple[QuerySet, QuerySet]:
    by_name = named_grants(access).filter(content_object__in=ids).select_related("permission")
    by_body = group_grants(access).filter(content_object__in=ids)
    return by_name, by_body.select_related("permission", "group__body__parent")


def _weighed(access: Access, by_name: list[Any], by_body: list[Any]) -> Granted:
    named, shared = {Action.READ} if by_name else set(), {Action.READ} if by_body else set()
    # a grant widens where somebody prepares, never what a role is for: who only reads goes on reading
    prepares_in = access.bodies(Action.PREPARE)
    if prepares_in and any(gives(row, Action.PREPARE) for row in by_name):
        named.add(Action.PREPARE)
    for action in (Action.PREPARE, Action.DECIDE):
        if any(gives(row, action) and row.group.body.pk in access.bodies(action) for row in by_body):
            shared.add(action)
    return Granted(by_name, by_body, named, shared)


def gives(row: Any, action: Action) -> bool:
    return bool(row.permission.codename == GRANTABLE[action])


def handed_to(engagement: Engagement) -> Body | None:
    """The board that another body's matter has been handed to for its decision."""
    rows = _in_force(EngagementGroupGrant.objects.filter(content_object=engagement))
    row = rows.filter(permission__codename=GRANTABLE[Action.DECIDE]).select_related("group__body").first()
    return row.group.body if row else None


def handed_on(ids: Collection[int]) -> set[int]:
    """Those of the engagements that have been handed to a board for its decision."""
    rows = _in_force(EngagementGroupGrant.objects.filter(content_object__in=ids))
    rows = rows.filter(permission__codename=GRANTABLE[Action.DECIDE])
    return set(rows.values_list("content_object_id", flat=True)) if ids else set()


def handed_ids(user: User) -> QuerySet:
    """Ids of what has been handed to a board in which this person decides; for `id__in`."""
    access = access_of(user)
    rows = group_grants(access).filter(permission__codename=GRANTABLE[Action.DECIDE])
    return rows.filter(group__body__in=access.bodies(Action.DECIDE)).values("content_object_id")


def handed_to_house_of(user: User, engagement: Engagement) -> Body | None:
    """The board it has been handed to, where this person decides in it. No query once its grants have been looked up."""
    access = access_of(user)
    rows = (row for row in granted_to(access, engagement).by_body if gives(row, Action.DECIDE))
    return next((row.group.body for row in rows if row.group.body.pk in access.bodies(Action.DECIDE)), None)


def _in_force(grants: QuerySet) -> QuerySet:
    return grants.filter(not_ended(clock.today()))


def named_grants(access: Access) -> QuerySet:
    return _in_force(EngagementUserGrant.objects.filter(user_id=access.user_id or 0))


def group_grants(access: Access) -> QuerySet:
    return _in_force(EngagementGroupGrant.objects.filter(group_id__in=access.group_ids))


def _shared(access: Access) -> QuerySet:
    return group_grants(access).filter(content_object__is_secret=False)


# Written out, for the list pages: building this union through the ORM costs more than running it. The person is a subquery
# to the planner, which then plans alike for everybody; the groups are not, for one of them can have most of the rows.
_NAMED_IDS = f"""SELECT content_object_id FROM {EngagementUserGrant._meta.db_table}
    WHERE user_id = (SELECT %s) AND (valid_to IS NULL OR valid_to >= %s)"""
_GRANTED_IDS = f"""SELECT content_object_id FROM {EngagementGroupGrant._meta.db_table}
    WHERE group_id = ANY(%s) AND (valid_to IS NULL OR valid_to >= %s) UNION {_NAMED_IDS}"""


def granted_ids(access: Access) -> RawSQL:
    """Ids of what a grant mentions, secret ones too, though a body's grant opens none of those."""
    today = clock.today()
    return RawSQL(_GRANTED_IDS, (list(access.group_ids), today, access.user_id, today))  # noqa: S611


def named_ids(access: Access) -> RawSQL:
    """Ids of what is shared with the person by name, secret or not; for `id__in`."""
    return RawSQL(_NAMED_IDS, (access.user_id, clock.today()))  # noqa: S611


def seen_sql(access: Access, row: str) -> RawSQL:
    """For hand-written SQL: that `row` is not secret as a whole, or is but names the person."""
    named = named_ids(access)
    return RawSQL(f"(NOT {row}.is_secret OR {row}.id IN ({named.sql}))", named.params)  # noqa: S611


def named_among(access: Access, ids: Collection[int]) -> frozenset[int]:
    """Those of these engagements that are shared with the person by name: what is marked secret in them is open to her."""
    found = named_grants(access).filter(content_object__in=ids).values_list("content_object_id", flat=True)
    return frozenset(found)


def shared_with(engagement: Engagement) -> list[Body]:
    """The bodies that read this engagement through a grant today; none when it is secret."""
    if engagement.is_secret:
        return []
    grants = _in_force(EngagementGroupGrant.objects.filter(content_object=engagement))
    return list(Body.objects.filter(group__in=grants.values("group")))


def grant(
    *,
    engagement: Engagement,
    to: Body | User,
    action: Action,
    reason: str,
    by: User | None,
    at: datetime,
    until: date | None = None,
    by_hand: bool = False,
) -> None:
    """Share one engagement with a body or a person. Raises ValueError for anything that cannot be granted.

    `by_hand` is for what a person shares on the page; what follows from an operation is taken back by it alone, and leaves
    what a person has shared without an end as it is.
    """
    _require_engagement(engagement)
    if action not in GRANTABLE:
        raise ValueError(f"{action} is not granted, it comes with a mandate")
    if not isinstance(to, User | Body):
        raise ValueError("only a person and a body can be given anything")
    if action is Action.DECIDE and isinstance(to, User):
        raise ValueError("to decide is given to a board, whose people decide by mandate")
    if isinstance(to, User) and not to.is_active:
        raise ValueError("an inactive person is given nothing")
    if not by_hand and _shared_by_hand(engagement, to, action).filter(valid_to__isnull=True).exists():
        return
    given: Any = assign_perm(GRANTABLE[action], to if isinstance(to, User) else to.group, engagement)
    given.reason, given.given_by, given.given_at, given.valid_to, given.by_hand = reason, by, at, until, by_hand
    given.save()
    _log(engagement, to, given=True, action=action, reason=reason, valid_to=until, by=by, at=at)


def withdraw(
    *,
    engagement: Engagement,
    to: Body | User,
    action: Action,
    by: User | None,
    at: datetime,
    reason: str = "",
    by_hand: bool = True,
) -> None:
    """Take a grant back; taking back what was never given is no error, and leaves no trace.

    Without `by_hand`, what a person has shared stays: an operation takes back what it gave itself.
    """
    _require_engagement(engagement)
    if not by_hand and _shared_by_hand(engagement, to, action).exists():
        return
    removed = remove_perm(GRANTABLE[action], to if isinstance(to, User) else to.group, engagement)
    if removed and removed[0]:
        _log(engagement, to, given=False, action=action, reason=reason, by=by, at=at)


def _shared_by_hand(engagement: Engagement, to: Body | User, action: Action) -> QuerySet:
    rows: QuerySet
    if isinstance(to, User):
        rows = EngagementUserGrant.objects.filter(user=to)
    else:
        rows = EngagementGroupGrant.objects.filter(group=to.group_id)
    return rows.filter(content_object=engagement, permission__codename=GRANTABLE[action], by_hand=True)


def _log(engagement: Engagement, to: Body | User, **told: Any) -> None:
    who = {"person": to} if isinstance(to, User) else {"body": to}
    engagement.__dict__.pop("_granted", None)
    GrantEvent.objects.create(engagement=engagement, **who, **told)


def may_share(user: User, engagement: Engagement) -> bool:
    """Who prepares for the owning body, and SLK's coordinator, who keeps the registers. A guest passes nothing on."""
    access = access_of(user)
    own = engagement.body_id in access.bodies(Action.PREPARE)
    coordinates = access.reads_everything and Action.KEEP_REGISTERS in access.house_rights
    return (own or coordinates) and may(user, Action.READ, engagement) and reads_all_of(user, engagement)


def reads_all_of(user: User, engagement: Engagement) -> bool:
    """Whether nothing in an engagement the person sees is covered for her."""
    return not engagement.secret_fields or engagement.pk in named_among(access_of(user), [engagement.pk])


def _require_engagement(thing: models.Model) -> None:
    # guardian would silently write a generic row for any other model
    if not isinstance(thing, Engagement):
        raise ValueError("only an engagement has grants")
