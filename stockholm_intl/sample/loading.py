"""Loads the whole sample, once. Everything in it is marked as sample; the same rows come out every time."""

from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from engagements.models import Engagement
from organisation.models import Body
from stockholm_intl.kit.locks import take_turn
from stockholm_intl.sample import around
from stockholm_intl.sample.agreements import Agreements
from stockholm_intl.sample.assignments import Assignments
from stockholm_intl.sample.committee_matters import CommitteeMatters, Referral
from stockholm_intl.sample.days import office_time
from stockholm_intl.sample.lives import Desk
from stockholm_intl.sample.meetings import Meetings
from stockholm_intl.sample.memberships import Memberships
from stockholm_intl.sample.numbers import RegistryNumbers
from stockholm_intl.sample.partners import Partners
from stockholm_intl.sample.people import Staff
from stockholm_intl.sample.standing_in import appoint_deputies
from stockholm_intl.sample.underlag import Underlag
from stockholm_intl.sample.visits import Visits
from stockholm_intl.sample.visits_by_hand import DeskVisits, ProtocolVisits
from stockholm_intl.sample.writing import Story, write, write_plain

AnyDesk = TypeVar("AnyDesk", bound=Desk)


class RegistersMissing(Exception):
    """The sample stands on the city's bodies; load_registers comes first."""


@dataclass(frozen=True)
class Loaded:
    added: int
    unchanged: int


@transaction.atomic
def load_sample() -> Loaded:
    """Raises RegistersMissing when there are no bodies to own the matters."""
    take_turn("sample")
    present = Engagement.objects.filter(is_sample=True).count()
    if present:
        return Loaded(added=0, unchanged=present)
    if not Body.objects.filter(code="110").exists():
        raise RegistersMissing
    return Loaded(added=Sample().load(), unchanged=0)


class Sample:
    def __init__(self) -> None:
        self.staff, self.partners, self.numbers = Staff(), Partners(), RegistryNumbers()

    def load(self) -> int:
        around.set_priorities(self.staff)
        protocol, by_hand = self.desk(ProtocolVisits), self.desk(DeskVisits)
        visits = [*self.desk(Visits).stories(), *protocol.stories(), *by_hand.stories()]
        memberships, assignments = self.desk(Memberships), self.desk(Assignments)
        own = [*memberships.stories(), *self.desk(Agreements).stories(), *assignments.stories()]
        found = list(self.desk(CommitteeMatters).referrals())
        referrals = [one for one in found if isinstance(one, Referral)]
        unreferred = [one for one in found if isinstance(one, Story)]
        stories = [*visits, *own, *unreferred, *(one.story for one in referrals)]
        write(stories)
        self.write_parts(memberships, assignments)
        underlag = Underlag(self.staff)
        underlag.write(stories)
        underlag.review(stories)
        around.write_own_decisions([*visits, *own])
        around.share_with_offices(stories, self.staff)
        around.share_secret_ones(stories, self.staff)
        around.hand_in_papers(visits, self.staff)
        self.desk(Meetings).hold(referrals)
        around.open_reviews()
        appoint_deputies(self.staff)
        return len(stories)

    def desk(self, kind: type[AnyDesk]) -> AnyDesk:
        return kind(self.staff, self.partners, self.numbers, kind.__name__)

    def write_parts(self, memberships: Memberships, assignments: Assignments) -> None:
        """Rows under a matter's detail row: reviews that were done, and a project's years."""
        reviews = [review for review in memberships.reviews if review.engagement.pk]
        done = [office_time(review.decided_on, memberships.rng) for review in reviews if review.decided_on]
        write_plain(reviews, at=done, by=[review.decided_by for review in reviews])
        years = assignments.years
        started = [year.project.engagement.created_at for year in years]
        write_plain(years, at=started, by=[year.project.engagement.created_by for year in years])
