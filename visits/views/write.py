"""Writing a visit down."""

from typing import Any

from django.utils.translation import gettext as _

from engagements.enums import Kind
from engagements.models import Engagement
from engagements.views.writing import Writing
from organisation.models import User
from stockholm_intl.kit import clock
from visits.forms import VisitForm, initial_of
from visits.operations import edit_visit, register_visit, save_visit_draft, update_visit_draft


class VisitWriting(Writing):
    place, kinds, template = "visit", frozenset({Kind.VISIT}), "visits/form.html"

    def words(self, kind: Kind) -> tuple[str, str]:
        return _("Registrera besök"), _("Registrera besöket")

    def form(self, kind: Kind, **values: Any) -> Any:
        return VisitForm(**values)

    def initial(self, engagement: Engagement | None) -> dict[str, Any]:
        return initial_of(engagement.visit if engagement else None)

    def keep(self, kind: Kind, draft: Engagement | None, submission: Any, **said: Any) -> Engagement:
        if draft is None:
            return save_visit_draft(submission=submission, **said).engagement
        return update_visit_draft(engagement=draft, **said).engagement

    def change(self, engagement: Engagement, **said: Any) -> object:
        return edit_visit(visit=engagement.visit, **said)

    def register(self, draft: Engagement, *, by: User) -> Engagement:
        return register_visit(visit=draft.visit, by=by, at=clock.now()).engagement

    def registered(self, engagement: Engagement) -> str:
        return _("Besöket är registrerat som %(key)s. Bedöm det senast %(day)s.") % {
            "key": engagement.key, "day": engagement.respond_by,
        }  # fmt: skip


new, draft, edit, remove = VisitWriting().views()
