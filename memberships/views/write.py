"""Writing a membership or an agreement down."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from engagements.enums import EDITABLE_STATES, MEMBERSHIP_KINDS, Kind, PartnerKind, Place, State
from engagements.locking import frozen_in
from engagements.models import Engagement, Partner
from engagements.routing import edition_of
from engagements.views.writing import Writing
from memberships.forms import FORMS, UpkeepForm, initial_of
from memberships.operations import draft_membership, edit_membership, register_membership, update_draft
from memberships.queries import detail_of
from memberships.rules import UPKEEP_STATES
from organisation.models import User
from stockholm_intl.kit import clock

SUGGESTED = 300
JOINED = (PartnerKind.ORGANISATION, PartnerKind.NETWORK, PartnerKind.INITIATIVE, PartnerKind.DECLARATION)


class MembershipWriting(Writing):
    place, kinds, template = Place.MEMBERSHIP, MEMBERSHIP_KINDS, "memberships/form.html"
    slugs = {"medlemskap": Kind.MEMBERSHIP, "avtal": Kind.AGREEMENT}

    def words(self, kind: Kind) -> tuple[str, str]:
        if kind == Kind.AGREEMENT:
            return _("Registrera avtal"), _("Registrera avtalet")
        return _("Registrera medlemskap"), _("Registrera medlemskapet")

    def form(self, kind: Kind, **values: Any) -> Any:
        return FORMS[kind](**values)

    def initial(self, engagement: Engagement | None) -> dict[str, Any]:
        return initial_of(engagement, detail_of(engagement) if engagement else None)

    def keep(self, kind: Kind, draft: Engagement | None, submission: Any, **said: Any) -> Engagement:
        if draft is None:
            return draft_membership(kind=kind, submission=submission, **said)
        return update_draft(engagement=draft, **said)

    def change(self, engagement: Engagement, **said: Any) -> object:
        return edit_membership(engagement=engagement, **said)

    def register(self, draft: Engagement, *, by: User) -> Engagement:
        return register_membership(engagement=draft, by=by, at=clock.now())

    def editable(self, engagement: Engagement) -> bool:
        """Everything until it is proposed; while it is in force what changes without a new decision."""
        return State(engagement.state) in EDITABLE_STATES | UPKEEP_STATES

    def edit_form(self, request: HttpRequest, engagement: Engagement, **values: Any) -> Any:
        if State(engagement.state) in UPKEEP_STATES:
            frozen = frozen_in(detail_of(engagement)) if engagement.locked_at else ()
            return UpkeepForm(kind=Kind(engagement.kind), frozen=frozen, edition=edition_of(engagement), **values)
        return super().edit_form(request, engagement, **values)

    def more(self, kind: Kind) -> dict[str, Any]:
        return {"partners": partner_names(kind)}


def partner_names(kind: Kind) -> list[str]:
    """Names to suggest: what one joins, or whom one agrees with."""
    rows = (
        Partner.objects.filter(kind__in=JOINED) if kind == Kind.MEMBERSHIP else Partner.objects.exclude(kind__in=JOINED)
    )
    return list(rows.order_by("name").values_list("name", flat=True)[:SUGGESTED])


new, draft, edit, remove = MembershipWriting().views()
