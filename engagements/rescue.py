"""What is marked secret and nobody is left to answer for: told to the body's head, by key alone, who names new readers.

Somebody answers for a mark when they are named, work here still, and can pass it on: they prepare in the body's own
house, write for the board that owns it, or coordinate the city's work. When the last of them leaves, the matter would
be out of everybody's reach. The head is responsible for what the body keeps secret (OSL, KL), and is told that such a
matter exists and nothing more.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from engagements.models import Engagement, EngagementUserGrant
from engagements.operations import locked
from engagements.permission import access_of, grant, named_ids
from engagements.rules import Incomplete, RuleBroken
from organisation.enums import Action, Role
from organisation.models import Body, Mandate, User
from organisation.operations import before_ending
from organisation.queries import reach_of
from organisation.roles import PREPARING
from stockholm_intl.kit import clock
from stockholm_intl.kit.periods import not_ended

NAMED = "Läser det som är sekretessmarkerat"
MARKED = Q(is_secret=True) | ~Q(secret_fields=[])


@dataclass(frozen=True)
class Unkept:
    """All that is told of it: no title, no mark, no names."""

    key: str
    body: str


def unkept_for(user: User) -> list[Unkept]:
    """What nobody answers for in the bodies this person heads, also when she is named but cannot pass it on."""
    rows = unkept(Engagement.objects.filter(body__in=headed_by(user), key__isnull=False), on=clock.today())
    return [Unkept(key or "", body) for key, body in rows.order_by("key").values_list("key", "body__name")]


def named_in(user: User) -> QuerySet[Engagement]:
    """What is marked in the bodies this person heads, and names her."""
    return Engagement.objects.filter(MARKED, body__in=headed_by(user), id__in=named_ids(access_of(user)))


def is_head(user: User) -> bool:
    return bool(headed_by(user))


def headed_by(user: User) -> frozenset[int]:
    """The body, the board its office works for, and those that have gone up in it.

    Not for a substitute: she would be named for good, and the head she stands in for never told.
    """
    if not access_of(user).bodies(Action.APPOINT):
        return frozenset()
    rows = reach_of(user, on=clock.today())
    return frozenset(row.body_id for row in rows if row.role == Role.HEAD and not row.lent)


def unkept(
    rows: QuerySet[Engagement], *, on: date, without: Mandate | None = None, apart_from: User | None = None
) -> QuerySet[Engagement]:
    """Those of the rows that are marked and that nobody answers for; `without` a mandate, or one of the named.

    What a merged body kept is only read by its successor's people (OF_MERGED): a coordinator answers for that.
    """
    owner = OuterRef("content_object__body")
    house = Q(role__in=PREPARING, body__in=Body.objects.house_of([OuterRef(owner)]))
    mandates = Mandate.objects.in_force(on=on).filter(person=OuterRef("user"))
    mandates = mandates.filter(house | Q(role=Role.COORDINATOR) | Q(role=Role.BOARD_SECRETARY, body=owner))
    named = EngagementUserGrant.objects.filter(not_ended(on), user__is_active=True)
    if without is not None:
        mandates = mandates.exclude(pk=without.pk)
    if apart_from is not None:
        named = named.exclude(user=apart_from)
    return rows.filter(MARKED).exclude(Exists(named.filter(Exists(mandates), content_object=OuterRef("pk"))))


def is_unkept(engagement: Engagement, *, apart_from: User, on: date) -> bool:
    """Whether nobody would answer for it without this person."""
    return unkept(Engagement.objects.filter(pk=engagement.pk), on=on, apart_from=apart_from).exists()


def people_to_name(engagement: Engagement, *, on: date) -> QuerySet[User]:
    """The body's own house, and those who coordinate the city's work; whom somebody named before is not told."""
    house = Q(body__in=Body.objects.house_of([engagement.body_id]))
    city = Q(role__in=[Role.COORDINATOR, Role.PROTOCOL_OFFICER])
    here = Mandate.objects.in_force(on=on).filter(house | city).values("person")
    return User.objects.filter(pk__in=here, is_active=True).order_by("first_name", "last_name", "username")


@transaction.atomic
def answer_for(*, engagement: Engagement, readers: Collection[User], reason: str, by: User, at: datetime) -> Engagement:
    """The head is named, and those the head names, with the reason on record; from now on the usual pages are open.

    Raises RuleBroken for who does not head the body (any more) and for what somebody answers for, Incomplete without a
    reason and when none of the named could pass it on.
    """
    engagement = locked(engagement)
    lost = unkept(Engagement.objects.filter(pk=engagement.pk), on=clock.local_date(at))
    if engagement.body_id not in headed_by(by) or not lost.exists():
        raise RuleBroken(_("Någon svarar redan för ärendet, eller så är du inte längre chef för organet."))
    if not reason.strip():
        raise Incomplete(_("Skriv varför."), {"reason": _("Skriv varför.")})
    for person in dict.fromkeys((by, *readers)):
        grant(
            engagement=engagement, to=person, action=Action.READ, reason=f"{NAMED}: {reason.strip()}"[:300], by=by, at=at,
            by_hand=True,
        )  # fmt: skip
    if lost.exists():
        said = _("Organet har gått upp i ett annat, och du kan bara läsa ärendet. Namnge också en samordnare.")
        raise Incomplete(said, {"readers": said})
    return engagement


@before_ending
def require_an_heir(mandate: Mandate, *, by: User, on: date) -> None:
    """Who leaves, and is the last to answer for a mark on the day after, names somebody first.

    Others are not told that it exists.
    """
    if by.pk != mandate.person_id:
        return
    held = locked_for(mandate.person_id)
    now = unkept(held, on=on).values("pk")
    left = unkept(held, on=on, without=mandate).exclude(pk__in=now).order_by("key")
    keys = ", ".join(key or "" for key in left.values_list("key", flat=True))
    if keys:
        raise RuleBroken(
            _("Du är den sista som svarar för det sekretessmarkerade i %(keys)s. Namnge någon annan läsare först.")
            % {"keys": keys}
        )


def locked_for(person_id: int, also: Collection[int] = ()) -> QuerySet[Engagement]:
    """What is marked and names the person, locked in one order: of two who leave at once, the second is judged alone.

    `also` is what else of theirs will be written to: all is locked at once, or two who leave could wait for each other.
    """
    named = EngagementUserGrant.objects.filter(user=person_id).values("content_object")
    held = Q(MARKED, pk__in=named, key__isnull=False)
    rows = Engagement.objects.filter(held | Q(pk__in=also)).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    return Engagement.objects.filter(held)
