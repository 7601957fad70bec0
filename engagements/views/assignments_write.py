"""Writing an assignment down: first which kind, then its form."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.assignments import detail_of, draft_assignment, edit_assignment, update_draft
from engagements.enums import ASSIGNMENT_KINDS, Kind, Place
from engagements.forms_assignments import FORMS, SLUGS, initial_of
from engagements.models import Engagement
from engagements.views.writing import Writing

TITLES = {
    Kind.TRIP: (lambda: _("Registrera resa eller konferens"), lambda: _("Registrera resan")),
    Kind.DECLARATION: (lambda: _("Registrera deklaration eller initiativ"), lambda: _("Registrera deklarationen")),
    Kind.EU_INFLUENCE: (lambda: _("Registrera EU-påverkan"), lambda: _("Registrera ståndpunkten")),
    Kind.PROJECT: (lambda: _("Registrera projekt"), lambda: _("Registrera projektet")),
}


class AssignmentWriting(Writing):
    place, kinds, slugs = Place.ASSIGNMENT, ASSIGNMENT_KINDS, SLUGS
    template = "engagements/assignments/form.html"

    def words(self, kind: Kind) -> tuple[str, str]:
        title, submit = TITLES[kind]
        return title(), submit()

    def form(self, kind: Kind, **values: Any) -> Any:
        return FORMS[kind](**values)

    def initial(self, engagement: Engagement | None) -> dict[str, Any]:
        return initial_of(engagement, detail_of(engagement) if engagement else None)

    def keep(self, kind: Kind, draft: Engagement | None, submission: Any, **said: Any) -> Engagement:
        if draft is None:
            return draft_assignment(kind=kind, submission=submission, **said)
        return update_draft(engagement=draft, **said)

    def change(self, engagement: Engagement, **said: Any) -> object:
        return edit_assignment(engagement=engagement, **said)

    def registered(self, engagement: Engagement) -> str:
        return _("Uppdraget är registrerat som %(key)s. Nästa steg är ett förslag.") % {"key": engagement.key}

    def new(self, request: HttpRequest) -> HttpResponse:
        self.may_begin(request.user)  # type: ignore[arg-type]
        slug = request.GET.get("slag", "")
        if slug in SLUGS:
            return self.begin(request, SLUGS[slug])
        if request.method == "POST" or slug:
            raise Http404
        return choose(request)


def choose(request: HttpRequest) -> HttpResponse:
    kinds = [
        (_("Resa eller konferens"), "resa", _("Någon från staden reser, eller staden är värd för en konferens.")),
        (_("Deklaration eller initiativ"), "deklaration", _("Staden skriver under eller ansluter sig till något.")),
        (
            _("EU-påverkan"),
            "eu",
            _("Staden svarar på ett samråd, lämnar en ståndpunkt, uppvaktar eller kandiderar till ett uppdrag."),
        ),
        (_("Projekt"), "projekt", _("Ett EU-projekt eller ett biståndsprojekt med pengar utifrån.")),
    ]
    place = reverse("assignment_new")
    context = {
        "title": _("Vad vill du registrera?"),
        "crumbs": [{"label": _("Uppdrag"), "url": reverse("assignment_list")}],
        "kinds": [{"label": label, "url": f"{place}?slag={slug}", "text": text} for label, slug, text in kinds],
    }
    return render(request, "engagements/assignments/choose.html", context)


new, draft, edit, remove = AssignmentWriting().views()
