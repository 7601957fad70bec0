"""The editions of the strategy, each as the register reads it: directions, principles, matrix and checks."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engagements.enums import FactKind
from engagements.models import Fact
from engagements.showing import directions
from engagements.strategy.checks import CHECKS
from engagements.strategy.editions import Check, Direction, Edition, Row, edition, in_force, known, say
from organisation.views import require_registers
from stockholm_intl.kit import clock


@require_safe
def strategy(request: HttpRequest) -> HttpResponse:
    require_registers(request)
    current, language = in_force(on=clock.today()), get_language() or "sv"
    code = request.GET.get("utgava", current.code)
    if code not in known():
        raise Http404
    chosen = edition(code)
    context = {
        "title": chosen.name,
        "crumbs": [{"label": _("Register"), "url": reverse("register_index")}],
        "tabs": [tab(edition(other), chosen) for other in reversed(known())],
        "edition": chosen,
        "is_current": chosen is current,
        "notice": say(chosen.notices, language),
        "directions": [direction_shown(one, chosen, language) for one in chosen.directions],
        "principles": [
            {"text": one.text(language), "section": one.section, "source": one.source} for one in chosen.principles
        ],
        "matrix": [row_shown(row, chosen, language) for row in (*chosen.matrix, *chosen.steps)],
        "checks": [check_shown(check, chosen, language) for check in chosen.checks],
        "editions": Fact.objects.filter(kind=FactKind.EDITION).order_by("-happened", "title"),
    }
    return render(request, "engagements/registers/strategy.html", context)


def tab(other: Edition, chosen: Edition) -> dict[str, Any]:
    label = _("Utgåva %(year)s") % {"year": other.code}
    return {"label": label, "url": f"?utgava={other.code}", "current": other is chosen}


def direction_shown(direction: Direction, chosen: Edition, language: str) -> dict[str, Any]:
    all_of_it = directions(direction.code, [], chosen.code)
    return {
        "chip": [one | {"state": "told"} for one in all_of_it if one["state"] == "main"],
        "purpose": direction.purpose(language),
        "section": direction.section,
        "source": direction.source,
        "relates_to": [later.name(language) for later in successors(direction, chosen)],
    }


def successors(direction: Direction, chosen: Edition) -> list[Direction]:
    """What became of a direction in the editions that followed."""
    later = (edition(code) for code in known() if edition(code).valid_from > chosen.valid_from)
    return [one for other in later for one in other.directions if one.code in direction.relates_to]


def row_shown(row: Row, chosen: Edition, language: str) -> dict[str, Any]:
    question = chosen.question(row.ask)
    entered = _("den som i dag skulle besluta att gå med")
    return {
        "matter": row.matter,
        "name": row.name(language),
        "decides": entered
        if row.decides == "as_entered"
        else chosen.word(row.decides, language)
        if row.decides
        else "",
        "asks": question.text(language) if question else "",
        "coordinates": chosen.word(row.coordinates, language) if row.coordinates else "",
        "handled_by": chosen.word(row.handled_by, language) if row.handled_by else "",
        "prepares": ", ".join(chosen.word(code, language) for code in row.prepares),
        "consults": ", ".join(chosen.word(code, language) for code in row.consults),
        "reports": ", ".join(chosen.word(code, language) for code in row.reports),
        "section": row.section,
        "source": row.source,
        "reading": row.reading,
    }


def check_shown(check: Check, chosen: Edition, language: str) -> dict[str, Any]:
    return {
        "id": check.id,
        "name": check.name(language),
        "section": check.section,
        "source": check.source,
        "reading": check.reading,
        "limits": [
            said
            for name, value in check.parameters.items()
            if (said := limit_shown(check.id, name, value, chosen, language))
        ],
    }


def limit_shown(check_id: str, name: str, value: object, chosen: Edition, language: str) -> str:
    """What the edition sets, as a phrase: minst 150 gäster. Nothing for an empty list."""
    named = next((one for one in chosen.directions if name == "direction" and one.code == value), None)
    if named:
        value = named.name(language).lower()
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if language == "sv":  # where an hour is written with a point
        words = re.sub(r"\b(\d\d):(\d\d)\b", r"\1.\2", words)
    known = CHECKS.get(check_id)
    return str(_(known.takes[name].says) % {"value": words}) if known and words else words
