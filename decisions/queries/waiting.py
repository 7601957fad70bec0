"""What finansborgarrådet may have to decide and stands on no agenda yet: asked of the router, for all at once.

The database says which different facts there are among the open matters, the router answers once for each, and the
matters with those facts are the queue. So it follows every edition and every judgement, with two queries.
"""

import json
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, JSONObject

from decisions.queries.matters import open_items
from decisions.rules import Verdict, belonging
from engagements.enums import Kind, Part, State
from engagements.models import Engagement, Judgement
from engagements.routing import MATTER, answered_only, facts_for, way_under
from engagements.strategy.editions import edition
from engagements.strategy.editions.shapes import YES_NO
from organisation.models import User

# Memberships, agreements and visits seldom come to the commissioner, and are referred by hand. So is a trip of which
# nobody has said that kommunstyrelsen has asked for it.
BROUGHT = Q(kind__in=[Kind.RECEPTION, Kind.DECLARATION]) | Q(kind=Kind.TRIP, on_behalf_of_ks=True)
COVERED = Q(secret_fields__contains=[Part.COUNTERPART.value])  # where it goes is not known (engagements.routing)


def waiting_for_committee(user: User) -> QuerySet[Engagement]:
    """Proposed first, then by deadline. What the strategy leaves to judgement waits too, until somebody has judged."""
    open_to_all = with_facts(Engagement.objects.waiting().filter(BROUGHT, is_secret=False))
    different = open_to_all.order_by().values_list("facts", flat=True).distinct()
    theirs = [facts for facts in different if may_be_theirs(**json.loads(facts))]
    on_agenda = open_items().filter(engagement=OuterRef("pk"))
    waiting = with_facts(Engagement.objects.visible_to(user).waiting().filter(BROUGHT, is_secret=False))
    waiting = waiting.filter(~Exists(on_agenda), facts__in=theirs).select_related("body")
    return waiting.order_by(  # type: ignore[no-any-return]
        Case(When(state=State.PROPOSED, then=0), default=1), F("respond_by").asc(nulls_last=True), "pk"
    )


def with_facts(rows: QuerySet[Engagement]) -> Any:
    """`facts` is what the router is told of the matter, as text: the same facts are the same text."""
    trip_kind = Case(When(COVERED, then=Value("")), default=F("trip__kind"), output_field=CharField())
    in_sweden = Case(When(Q(country="SE") & ~COVERED, then=True), default=False, output_field=BooleanField())
    told = JSONObject(
        kind="kind", code="edition", instrument="instrument", scope="scope", step="step", burden="burden",
        on_behalf_of_ks="on_behalf_of_ks", financing="financing", trip_kind=trip_kind, in_sweden=in_sweden,
        judged=standing(MATTER, "answer"), asked=standing(MATTER, "asked"), abroad=standing("abroad", "answer"),
    )  # fmt: skip
    return rows.annotate(facts=Cast(told, TextField()))


def standing(subject: str, field: str) -> Subquery:
    """Of the latest answer to a question."""
    rows = Judgement.objects.filter(engagement=OuterRef("pk"), subject=subject).order_by("-at", "-id")
    return Subquery(rows.values(field)[:1])


def may_be_theirs(kind: str, code: str, asked: str | None, abroad: str | None, **told: Any) -> bool:
    known = {name: value for name, value in told.items() if value not in ("", None)}
    if abroad:
        known["abroad"] = YES_NO[abroad]
    chosen = edition(code)
    facts = answered_only(facts_for(kind, **known), chosen, [asked or ""])
    return belonging(way_under(chosen, facts)).verdict is not Verdict.OTHERS
