from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from engagements.enums import MEMBERSHIP_KINDS, Kind, State, state_word
from engagements.permission import bodies_for
from engagements.views.exporting import COLUMNS, Column
from engagements.views.lists import EngagementList
from memberships.enums import AgreementType, MembershipForm
from memberships.forms import MembershipFilter
from memberships.rules import grade
from organisation.enums import Action
from organisation.queries import Access
from stockholm_intl.kit import clock

FORM_WORDS = dict(MembershipForm.choices) | dict(AgreementType.choices)
DETAILS = ("theme", "entered_on", "review_by")


def of_either(name: str) -> Callable[[dict[str, Any]], Any]:
    """A value of whichever detail row the engagement has."""
    return lambda row: row[f"membership__{name}"] or row[f"agreement__{name}"]


EXPORTED = (
    *COLUMNS,
    Column(
        gettext_lazy("Form"),
        lambda row: FORM_WORDS.get(row["membership__form"] or row["agreement__agreement_type"] or "", ""),
    ),
    Column(gettext_lazy("Tema"), of_either("theme")),
    Column(gettext_lazy("Ingicks"), of_either("entered_on")),
    Column(gettext_lazy("Omprövas senast"), of_either("review_by")),
)


class MembershipList(EngagementList):
    kinds = MEMBERSHIP_KINDS
    title = gettext_lazy("Medlemskap och avtal")
    template = "memberships/list.html"
    row_template = "memberships/row.html"
    filter_class = MembershipFilter
    exported = EXPORTED
    columns = [
        (gettext_lazy("Ärende"), "key", ""),
        (gettext_lazy("Vad"), "", ""),
        (gettext_lazy("Form"), "", ""),
        (gettext_lazy("Organ"), "", ""),
        (gettext_lazy("Sedan"), "date", ""),
        (gettext_lazy("Omprövas"), "", ""),
        (gettext_lazy("Inriktning"), "", ""),
        (gettext_lazy("Läge"), "", ""),
    ]
    extra_values = (
        "membership__form",
        "agreement__agreement_type",
        *(f"{place}__{name}" for place in ("membership", "agreement") for name in DETAILS),
    )

    def count_text(self, count: int) -> str:
        return ngettext("%(n)s medlemskap eller avtal", "%(n)s medlemskap och avtal", count) % {"n": count}

    def tabs(self) -> list[tuple[Any, str]]:
        return [(_("Alla"), ""), (_("Gäller"), "lage=approved"), (_("Väntar på beslut"), "lage=proposed")]

    def shown_tabs(self) -> list[dict[str, Any]]:
        return [*super().shown_tabs(), {"label": _("Omprövas"), "url": reverse("review_list"), "current": False}]

    def state_labels(self) -> list[tuple[str, object]]:
        return [(state.value, state_word(Kind.MEMBERSHIP, state)) for state in State]

    def more_context(self, access: Access) -> dict[str, Any]:
        return {"may_register": bool(access.bodies(Action.PREPARE)), "filter_label": _("Filtrera medlemskap och avtal")}

    def empty(self, filtered: bool) -> dict[str, Any]:
        actions: list[dict[str, Any]] = []
        if bodies_for(self.request.user, Action.PREPARE).exists():  # type: ignore[arg-type]
            actions.append({"label": _("Registrera medlemskap"), "url": reverse("membership_new"), "primary": True})
        if filtered:
            actions.append({"label": _("Rensa urvalet"), "url": self.request.path})
            return {
                "heading": _("Inget medlemskap eller avtal passar urvalet"),
                "text": _("Ta bort ett villkor, eller se alla."),
                "actions": actions,
            }
        return {
            "heading": _("Inga medlemskap eller avtal ännu"),
            "text": _("Här visas organisationer, nätverk och avtal som staden är med i, och när de ska omprövas."),
            "actions": actions,
        }

    def row(self, values: dict[str, Any]) -> dict[str, Any]:
        place = "membership" if values["kind"] == Kind.MEMBERSHIP else "agreement"
        form = values["membership__form"] or values["agreement__agreement_type"] or ""
        details = {name: values[f"{place}__{name}"] for name in DETAILS}
        is_reviewed = values["state"] == State.APPROVED and (place == "membership" or form == AgreementType.INTENT)
        review_by = details["review_by"] if is_reviewed else None
        return (
            super().row(values)
            | details
            | {
                "form_word": FORM_WORDS.get(form, ""),
                "since": values["happens"] if len(values["happens"]) in (4, 7) else details["entered_on"],
                "review_by": review_by,
                "grade": grade(review_by, on=clock.today()).value if review_by else "",
            }
        )
