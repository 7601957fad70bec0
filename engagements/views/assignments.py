from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from engagements.enums import ASSIGNMENT_KINDS, Kind
from engagements.forms_assignments import AssignmentFilter
from engagements.permission import bodies_for
from engagements.views.lists import EngagementList
from organisation.enums import Action
from organisation.queries import Access


class AssignmentList(EngagementList):
    kinds = ASSIGNMENT_KINDS
    title = gettext_lazy("Uppdrag")
    template = "engagements/assignments/list.html"
    row_template = "engagements/assignments/row.html"
    filter_class = AssignmentFilter
    columns = [
        (gettext_lazy("Ärende"), "key", ""),
        (gettext_lazy("Vad"), "", ""),
        (gettext_lazy("Slag"), "", ""),
        (gettext_lazy("Organ"), "", ""),
        (gettext_lazy("När"), "date", ""),
        (gettext_lazy("Inriktning"), "", ""),
        (gettext_lazy("Läge"), "", ""),
        (gettext_lazy("Ändrat"), "updated", ""),
    ]

    def count_text(self, count: int) -> str:
        return ngettext("%(n)s uppdrag", "%(n)s uppdrag", count) % {"n": count}

    def more_context(self, access: Access) -> dict[str, Any]:
        return {"may_register": bool(access.bodies(Action.PREPARE)), "filter_label": _("Filtrera uppdrag")}

    def empty(self, filtered: bool) -> dict[str, Any]:
        actions: list[dict[str, Any]] = []
        if bodies_for(self.request.user, Action.PREPARE).exists():  # type: ignore[arg-type]
            actions.append({"label": _("Registrera uppdrag"), "url": reverse("assignment_new"), "primary": True})
        if filtered:
            actions.append({"label": _("Rensa urvalet"), "url": self.request.path})
            return {
                "heading": _("Inget uppdrag passar urvalet"),
                "text": _("Ta bort ett villkor, eller se alla uppdrag."),
                "actions": actions,
            }
        return {
            "heading": _("Inga uppdrag ännu"),
            "text": _("Här visas resor och konferenser, deklarationer och initiativ, EU-påverkan och projekt."),
            "actions": actions,
        }

    def row(self, values: dict[str, Any]) -> dict[str, Any]:
        return super().row(values) | {"kind_label": Kind(values["kind"]).label, "updated": values["updated_at"]}
