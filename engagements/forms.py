"""The filters of every list of engagements."""

from datetime import date
from typing import Any

from django import forms
from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from engagements.enums import OPEN_STATES, Part, State
from engagements.masking import open_in
from engagements.models import Engagement
from engagements.showing import country_choices, named_directions
from engagements.strategy.editions import Edition, edition, in_force, known
from organisation.models import Body
from stockholm_intl.kit import clock
from stockholm_intl.kit.forms import Form, LineField

COMING = "kommande"
OPEN = "oppna"


def years(today_year: int) -> list[tuple[str, object]]:
    return [
        ("", _("Alla år")),
        (COMING, _("Kommande")),
        *((str(year), str(year)) for year in range(today_year + 1, 2005, -1)),
    ]


def body_choices() -> list[tuple[str, str]]:
    """Names of the city's bodies; no secret, so they are kept for a minute for everybody."""
    found: list[tuple[str, str]] | None = cache.get("body_choices")
    if found is None:
        found = list(Body.objects.order_by("name").values_list("code", "name"))
        cache.set("body_choices", found, 60)
    return found


def direction_choices(*, on: date) -> list[tuple[Any, Any]]:
    """The directions of the edition in force, and those that only matters of another edition have, under its heading.

    The same code in two editions is one direction that was carried on.
    """
    now = in_force(on=on)
    found: list[tuple[Any, Any]] = list(named_directions(now))
    offered = {code for code, _name in found}
    for other in editions_in_use():
        rest = [(code, name) for code, name in named_directions(other) if code not in offered]
        offered |= {code for code, _name in rest}
        if rest:
            found.append((_("Utgåva %(year)s") % {"year": other.code}, rest))
    return found


def editions_in_use() -> list[Edition]:
    """Those that matters with a direction were judged under, the newest first; kept for a minute for everybody."""
    codes: list[str] | None = cache.get("editions_in_use")
    if codes is None:
        aimed = Engagement.objects.exclude(main_direction="")
        codes = [code for code in reversed(known()) if aimed.filter(edition=code).exists()]
        cache.set("editions_in_use", codes, 60)
    return [edition(code) for code in codes if code in known()]


def offer_bodies(field: Any, bodies: QuerySet[Body]) -> None:
    """Whose it is: the person's own body is chosen beforehand, and with only one there is nothing to choose."""
    field.queryset = bodies
    offered = list(bodies[:2])
    if offered:
        field.initial = field.initial or offered[0].code
    if len(offered) == 1:
        field.widget = forms.HiddenInput()


class EngagementFilter(Form):
    """Filter state lives in the address, so a list can be shared. Field names are what the address says."""

    ar = forms.ChoiceField(label=_("Tid"), required=False)
    land = forms.ChoiceField(label=_("Land"), required=False)
    inriktning = forms.ChoiceField(label=_("Inriktning"), required=False)
    lage = forms.ChoiceField(label=_("Läge"), required=False)
    organ = forms.ChoiceField(label=_("Organ"), required=False)
    ord = LineField(label=_("Ord i ärendet"), required=False, max_length=200)

    def __init__(self, *args: Any, today_year: int, many_bodies: bool, state_labels: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "ar": years(today_year),
            "land": [("", _("Alla länder")), *country_choices()],
            "inriktning": [("", _("Alla inriktningar")), *direction_choices(on=clock.today())],
            "lage": [("", _("Alla lägen")), (OPEN, _("Öppna")), *(state_labels or State.choices)],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        if many_bodies:
            self.fields["organ"].choices = [("", _("Alla organ")), *body_choices()]  # type: ignore[attr-defined]
        else:
            del self.fields["organ"]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _("Det valet finns inte. Välj ett i listan.")

    @property
    def chosen(self) -> int:
        return sum(1 for value in self.cleaned_data.values() if value)

    def narrow(self, rows: QuerySet[Engagement], *, today: Any) -> QuerySet[Engagement]:
        """The rows that the chosen values leave; free text is narrowed by the search module."""
        data = self.cleaned_data
        if data.get("lage") == OPEN:
            rows = rows.filter(state__in=OPEN_STATES)
        elif data.get("lage"):
            rows = rows.filter(state=data["lage"])
        if data.get("land"):
            rows = open_in(rows.filter(country=data["land"]), Part.COUNTERPART)
        if data.get("inriktning"):
            code = data["inriktning"]
            rows = rows.filter(Q(main_direction=code) | Q(other_directions__contains=[code]))
        if data.get("organ"):
            rows = rows.filter(body__code=data["organ"])
        if data.get("ar") == COMING:
            rows = rows.filter(starts_on__gte=today)
        elif data.get("ar"):
            rows = rows.filter(starts_on__year=int(data["ar"]))
        return rows
