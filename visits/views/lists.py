from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from engagements.enums import VISIT_KINDS, State
from engagements.permission import access_of
from engagements.views.lists import EngagementList
from organisation.enums import Action
from organisation.queries import Access


class VisitList(EngagementList):
    kinds = VISIT_KINDS
    title = gettext_lazy("Besök")
    template = "visits/list.html"
    row_template = "visits/row.html"
    columns = [
        (gettext_lazy("Ärende"), "key", ""),
        (gettext_lazy("Från"), "", ""),
        (gettext_lazy("Land"), "", ""),
        (gettext_lazy("När"), "date", ""),
        (gettext_lazy("Inriktning"), "", ""),
        (gettext_lazy("Läge"), "", ""),
        (gettext_lazy("Ändrat"), "updated", ""),
    ]

    def count_text(self, count: int) -> str:
        return ngettext("%(n)s besök", "%(n)s besök", count) % {"n": count}

    def more_context(self, access: Access) -> dict[str, Any]:
        return {"may_register": bool(access.bodies(Action.PREPARE)), "filter_label": _("Filtrera besök")}

    def empty(self, filtered: bool) -> dict[str, Any]:
        actions: list[dict[str, Any]] = []
        if access_of(self.request.user).bodies(Action.PREPARE):  # type: ignore[arg-type]
            actions.append({"label": _("Registrera besök"), "url": reverse("visit_new"), "primary": True})
        if filtered:
            actions.append({"label": _("Rensa urvalet"), "url": self.request.path})
            return {
                "heading": _("Inget besök passar urvalet"),
                "text": _("Ta bort ett villkor, eller se alla besök."),
                "actions": actions,
            }
        return {
            "heading": _("Inga besök ännu"),
            "text": _("Här visas förfrågningar från dem som vill besöka er. Registrera den första när den kommer."),
            "actions": actions,
        }

    def row(self, values: dict[str, Any]) -> dict[str, Any]:
        open_deadline = values["state"] in (State.REGISTERED, State.ASSESSED, State.PROPOSED)
        return super().row(values) | {
            "updated": values["updated_at"],
            "due": values["respond_by"] if open_deadline else None,
        }
