"""Writing a visit down, or the application for a reception in Stadshuset."""

from typing import Any

from django.utils.translation import gettext as _

from engagements.enums import VISIT_KINDS, Kind, Place
from engagements.models import Engagement
from engagements.views.writing import Writing
from organisation.models import User
from stockholm_intl.kit import clock
from stockholm_intl.kit.templatetags.formats import date_short
from visits.forms import VisitForm, initial_of
from visits.forms_reception import ReceptionForm, reception_initial
from visits.operations import edit_visit, register_visit, save_visit_draft, update_visit_draft

FORMS = {Kind.VISIT: VisitForm, Kind.RECEPTION: ReceptionForm}


class VisitWriting(Writing):
    place, kinds, template = Place.VISIT, VISIT_KINDS, "visits/form.html"
    slugs = {"besok": Kind.VISIT, "mottagning": Kind.RECEPTION}

    def words(self, kind: Kind) -> tuple[str, str]:
        if kind == Kind.RECEPTION:
            return _("Registrera mottagning"), _("Registrera mottagningen")
        return _("Registrera besök"), _("Registrera besöket")

    def form(self, kind: Kind, **values: Any) -> Any:
        return FORMS[kind](**values)

    def initial(self, engagement: Engagement | None) -> dict[str, Any]:
        if engagement and engagement.kind == Kind.RECEPTION:
            return reception_initial(engagement.reception)
        return initial_of(engagement.visit if engagement else None)

    def keep(self, kind: Kind, draft: Engagement | None, submission: Any, **said: Any) -> Engagement:
        if draft is None:
            return save_visit_draft(kind=kind, submission=submission, **said).engagement
        return update_visit_draft(engagement=draft, **said).engagement

    def change(self, engagement: Engagement, **said: Any) -> object:
        return edit_visit(visit=detail_of(engagement), **said)

    def register(self, draft: Engagement, *, by: User) -> Engagement:
        registered: Engagement = register_visit(visit=detail_of(draft), by=by, at=clock.now()).engagement
        return registered

    def registered(self, engagement: Engagement) -> str:
        told = {"key": engagement.key, "day": date_short(engagement.respond_by)}
        if engagement.kind == Kind.RECEPTION:
            return _("Mottagningen är registrerad som %(key)s. Lämna ett förslag senast %(day)s.") % told
        return _("Besöket är registrerat som %(key)s. Bedöm det senast %(day)s.") % told


def detail_of(engagement: Engagement) -> Any:
    return engagement.reception if engagement.kind == Kind.RECEPTION else engagement.visit


new, draft, edit, remove = VisitWriting().views()
