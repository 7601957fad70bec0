"""Which memberships and agreements are reconsidered, when, and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from engagements.enums import MEMBERSHIP_KINDS, Kind, State
from engagements.models import Engagement
from memberships.models import Agreement, Membership, Review, ReviewNotice
from organisation.enums import Role
from organisation.models import Body, Mandate, User


def detail_of(engagement: Engagement, *, lock: bool = False) -> Membership | Agreement:
    """The row that says what kind of membership or agreement it is. Raises DoesNotExist for any other kind."""
    model = Membership if engagement.kind == Kind.MEMBERSHIP else Agreement
    rows: QuerySet = model.objects.select_for_update(of=("self",)) if lock else model.objects.all()
    return rows.get(pk=engagement.pk)  # type: ignore[no-any-return]


def count_reviewed() -> tuple[int, int]:
    """How many active memberships and intent agreements there are, and how many of them have an open review."""
    has_open = Exists(Review.objects.open().filter(engagement=OuterRef("engagement")))
    counts = [
        rows.active().reviewed().aggregate(total=Count("pk"), open=Count("pk", filter=has_open))
        for rows in (Membership.objects.all(), Agreement.objects.all())
    ]
    return sum(found["total"] for found in counts), sum(found["open"] for found in counts)


def to_review(rows: QuerySet[Engagement], *, until: date) -> QuerySet[Engagement]:
    """Of `rows` those to be reconsidered by that day, most urgent first; `review_by` is the day."""
    memberships = Membership.objects.due_for_review(on=until).values("pk")
    agreements = Agreement.objects.due_for_review(on=until).values("pk")
    day = Coalesce("membership__review_by", "agreement__review_by", output_field=DateField())
    return rows.filter(pk__in=memberships.union(agreements)).annotate(review_by=day).order_by(day.asc(), "id")


def proposed_review(engagement: Engagement) -> Review | None:
    """The open review in which somebody has proposed how it should go; None while nobody has, and for other kinds."""
    if engagement.kind not in MEMBERSHIP_KINDS or engagement.state != State.APPROVED:
        return None
    return Review.objects.open().filter(engagement=engagement).exclude(proposed_outcome="").first()


# --- Who owns a review


@dataclass(frozen=True)
class Pair:
    """Whose body, and whose hands: everything that decides who owns a review."""

    body_id: int
    contact_id: int | None


def untouched() -> QuerySet[Review]:
    """Open reviews of what is in force, that nobody has made a proposal in yet."""
    return Review.objects.open().filter(engagement__state=State.APPROVED, proposed_outcome="")


def untold() -> QuerySet[Review]:
    """Untouched reviews that nobody was told of."""
    return untouched().filter(notices__isnull=True)


def untold_to(person: User) -> QuerySet[Review]:
    """Untouched reviews this person may read and was not told of."""
    told = Exists(ReviewNotice.objects.filter(person=person, review=OuterRef("pk")))
    return untouched().filter(~told, engagement__in=Engagement.objects.visible_to(person).values("pk"))


def pairs(reviews: QuerySet[Review]) -> list[Pair]:
    found = reviews.order_by().values_list("engagement__body_id", "engagement__contact_id").distinct()
    return [Pair(*row) for row in found]


def in_pairs(reviews: QuerySet[Review], chosen: Iterable[Pair]) -> QuerySet[Review]:
    wanted = Q(pk__in=[])
    for pair in chosen:
        wanted |= Q(engagement__body_id=pair.body_id, engagement__contact_id=pair.contact_id)
    return reviews.filter(wanted)


def untold_owners(*, on: date) -> list[int]:
    """Ids of the persons who should get a mail, each once."""
    waiting = pairs(untold())
    if not waiting:
        return []
    owners = Owners(on=on)
    return sorted({person for pair in waiting for person in owners.of(pair)})


class Owners:
    """Who looks after a body's memberships on a day. Two queries, however many are asked for."""

    # the first of these that anybody holds; the last hold theirs for the whole city
    LOCAL = (Role.CONTACT_PERSON, Role.HEAD)
    CITY = Role.COORDINATOR

    def __init__(self, *, on: date) -> None:
        self.bodies = {body.pk: body for body in Body.objects.only("kind", "parent_id", "successor_id")}
        mandates = Mandate.objects.in_force(on=on).exclude(person__email="")
        self.mandates = list(mandates.order_by("person_id").values_list("person_id", "body_id", "role"))

    def of(self, pair: Pair) -> list[int]:
        """The contact while they hold a mandate there; else the contact persons, else the heads, else SLK."""
        reaching = self.reaching(pair.body_id)
        here = [(person, role) for person, body, role in self.mandates if body in reaching]
        if pair.contact_id in {person for person, _role in here}:
            return [pair.contact_id]
        for wanted in self.LOCAL:
            if found := sorted({person for person, role in here if role == wanted}):
                return found
        return sorted({person for person, _body, role in self.mandates if role == self.CITY})

    def reaching(self, body_id: int) -> set[int]:
        """The bodies whose mandates count here: its own, those of its board, and of those that took it over."""
        reached: set[int] = set()
        body = self.bodies.get(body_id)
        while body is not None and body.pk not in reached:
            reached.add(body.pk)
            board = self.bodies.get(body.parent_id or 0)
            if board and body.works_for(board):
                reached.add(board.pk)
            body = self.bodies.get(body.successor_id or 0)
        return reached
