"""Which facts of a decided engagement can be put right without a new decision, and where each of them stands.

Not the body, the instrument or the decision's own text: to change them is to decide anew.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Field

from engagements.enums import MEMBERSHIP_KINDS, Kind
from engagements.masking import DETAIL
from engagements.models import Engagement

MATTER = (
    "title", "summary", "counterpart", "country", "starts_on", "ends_on", "main_direction", "other_directions", "motives", "goal",
    "sustainability", "scope", "burden", "on_behalf_of_ks", "financing", "cost",
)  # fmt: skip
# A membership's days stand in its own row; the engagement repeats them.
DAYS = frozenset({"starts_on", "ends_on"})
# What the matter is about stands in these columns of the own row; the engagement's summary repeats it.
ABOUT: dict[Kind, str] = {Kind.VISIT: "wants", Kind.MEMBERSHIP: "benefit", Kind.AGREEMENT: "activity"}
OWN: dict[Kind, tuple[str, ...]] = {
    Kind.VISIT: ("people", "visitor_kind", "delegation", "level", "wants", "purpose", "benefit"),
    Kind.RECEPTION: ("slot", "venue", "guests", "share_abroad", "congress_venue", "congress_from", "congress_to"),
    Kind.MEMBERSHIP: ("form", "entered_on", "benefit"),
    Kind.AGREEMENT: ("theme", "activity", "our_benefit", "their_benefit", "entered_on", "ends_on"),
    Kind.TRIP: ("place", "people", "delegation"),
    Kind.DECLARATION: ("commitments",),
    Kind.EU_INFLUENCE: ("policy_area", "addressee"),
    Kind.PROJECT: ("programme", "funder"),
}


@dataclass(frozen=True)
class Fact:
    """A column of the engagement or of its detail row, as forms and operations name it."""

    row: Any
    name: str

    @property
    def field(self) -> "Field[Any, Any]":
        found: Field[Any, Any] = self.row._meta.get_field(self.name)
        return found

    @property
    def code(self) -> str:
        return self.name if isinstance(self.row, Engagement) else f"own_{self.name}"

    @property
    def value(self) -> Any:
        return getattr(self.row, self.name)


def facts(engagement: Engagement, detail: Any) -> list[Fact]:
    kind = Kind(engagement.kind)
    shown = [name for name in MATTER if kind not in MEMBERSHIP_KINDS or name not in DAYS]
    if repeats(engagement, detail):
        shown.remove("summary")
    own = [Fact(detail, name) for name in OWN[kind]] if detail is not None else []
    return [*(Fact(engagement, name) for name in shown), *own]


def repeats(engagement: Engagement, detail: Any) -> bool:
    """Whether the summary says what the own row says, and is put right there."""
    about = ABOUT.get(Kind(engagement.kind))
    return bool(about and detail is not None and getattr(detail, about) == engagement.summary)


def detail_of(engagement: Engagement, *, lock: bool = False) -> Any:
    """The kind's own row as it is now, or None where history brought none."""
    relation: Any = Engagement._meta.get_field(DETAIL[Kind(engagement.kind)])
    rows = relation.related_model._default_manager.filter(pk=engagement.pk)
    return (rows.select_for_update() if lock else rows).first()
