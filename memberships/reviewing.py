"""Who decides how a review goes: whoever would decide to enter it today (M22), and the same level to leave it (M23)."""

from datetime import date

from django.utils.translation import gettext as _

from engagements.enums import Step
from engagements.gathering import Dossier
from engagements.models import Engagement
from engagements.permission import may
from engagements.routing import decider_fits, deciders, deciding_body, route_of, rule_of, way_out
from engagements.strategy.competence import Route
from memberships.enums import ReviewOutcome
from memberships.queries import proposed_review
from memberships.rules import DECIDE_REVIEW
from organisation.models import User


def may_decide_review(user: User, engagement: Engagement, *, on: date) -> bool:
    """Whether this person's body decides that it goes on, or that it ends; while either is asked, it may (C15)."""
    if not may(user, DECIDE_REVIEW, engagement):
        return False
    deciding = deciding_body(user, engagement, on=on)
    return any(decider_fits(deciding, engagement, way) is not False for way in review_ways(engagement))


def review_ways(engagement: Engagement, dossier: Dossier | None = None) -> tuple[Route, Route]:
    """Of going on, and of leaving."""
    dossier = dossier or Dossier(engagement)
    return route_of(engagement, step=Step.REVIEW, dossier=dossier), way_out(engagement, dossier=dossier)


def way_of_proposal(engagement: Engagement) -> Route | None:
    """The way of what the open review proposes; None where there is no proposal."""
    review = proposed_review(engagement)
    if review is None:
        return None
    going_on, leaving = review_ways(engagement)
    return leaving if review.proposed_outcome == ReviewOutcome.LEAVE else going_on


def who_decides_review(engagement: Engagement, ways: tuple[Route, Route] | None = None) -> str:
    """A sentence; two halves where to leave it is another's than to go on with it."""
    going_on, leaving = ways or review_ways(engagement)
    keeps, leaves = deciders(going_on, engagement), deciders(leaving, engagement)
    if not keeps or not leaves:
        return _("Vem som beslutar står under Vem beslutar?")
    if keeps == leaves:
        return _("Omprövningen beslutas av %(decider)s (%(row)s).") % {"decider": keeps, "row": rule_of(going_on)}
    rows = ", ".join(dict.fromkeys((*going_on.rows, *leaving.rows)))
    return _("Att det fortsätter beslutas av %(keeps)s, att det avslutas av %(leaves)s (%(rows)s).") % {
        "keeps": keeps,
        "leaves": leaves,
        "rows": rows,
    }
