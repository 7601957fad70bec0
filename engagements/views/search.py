"""One box that finds: a key leads straight to its matter, words to what the person may read."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from engagements.enums import PLACES, Place, place_of
from engagements.models import Engagement
from engagements.permission import access_of, holds, visible_to
from engagements.queries import COUNT_CAP
from engagements.register_queries import partners_named
from engagements.search import Found, search
from engagements.search_words import MAX_LENGTH, Wanted, wanted
from engagements.views.exporting import ASKED, COLUMNS, hits_to_export, table_of
from engagements.views.hits import VALUES, hit
from engagements.views.lists import VALUES as LIST_VALUES
from organisation.enums import Action
from organisation.queries import Access
from organisation.register import bodies_named
from stockholm_intl.kit import clock, swedish
from stockholm_intl.kit.csv_answers import csv_answer

SHOWN = 50
SORTS = {"besok": Place.VISIT, "medlemskap": Place.MEMBERSHIP, "uppdrag": Place.ASSIGNMENT}


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")
    asked = wanted(typed)
    user: Any = request.user
    if straight := named_by_key(user, asked):
        return redirect(straight)
    place = request.GET.get("slag", "")
    kinds = PLACES[SORTS[place]] if place in SORTS else None
    too_long = len(typed) > MAX_LENGTH
    if ASKED in request.GET and not too_long:
        return exported(access_of(user), asked, kinds)
    found = Found() if too_long else search(access_of(user), typed, kinds=kinds, limit=SHOWN)
    registers = {} if too_long or kinds else in_registers(user, asked)
    context = {
        "title": _("Sök"),
        "search_words": asked.text,
        "count_text": count_text(found, asked, too_long),
        "tabs": tabs(asked, place) if asked.terms else [],
        "groups": groups(access_of(user), found),
        "registers": registers,
        "exports": [{"label": _("Exportera"), "url": f"?{query(asked, place)}&{ASKED}=csv"}] if found.ids else [],
        "more": found.count - len(found.ids),
        "empty": None if found.ids or any(registers.values()) else empty(asked, too_long),
    }
    return render(request, "engagements/search/page.html", context, status=422 if too_long else 200)


def exported(access: Access, asked: Wanted, kinds: Any) -> HttpResponse:
    """The best thousand hits as a file: as many as are counted."""
    found = search(access, asked.text, kinds=kinds, limit=COUNT_CAP)
    return csv_answer(f"sok-{clock.today()}", *table_of(COLUMNS, hits_to_export(access, found.ids, LIST_VALUES)))


def named_by_key(user: Any, asked: Wanted) -> Engagement | None:
    """The one matter whose key is the whole text."""
    if asked.key is None or not asked.text.upper().startswith("INT"):
        return None
    return visible_to(user).filter(key=asked.key).first()


def tabs(asked: Wanted, place: str) -> list[dict[str, Any]]:
    """The same words within one place."""
    chosen = place if place in SORTS else ""
    names = {"": _("Allt")} | {code: str(sort.label) for code, sort in SORTS.items()}
    return [
        {"label": label, "url": f"{reverse('search')}?{query(asked, code)}", "current": code == chosen}
        for code, label in names.items()
    ]


def query(asked: Wanted, place: str) -> str:
    values = QueryDict(mutable=True)
    values["q"] = asked.text
    if place:
        values["slag"] = place
    return values.urlencode()


def groups(access: Access, found: Found) -> list[dict[str, Any]]:
    """Hits under their place, the place of the best hit first, the best hits first within it."""
    by_id = {row["id"]: row for row in Engagement.objects.filter(id__in=found.ids).read_by(access).values(*VALUES)}
    sections: dict[str, dict[str, Any]] = {}
    for pk in found.ids:
        if pk in by_id:
            row = by_id[pk]
            code = next(code for code, sort in SORTS.items() if sort == place_of(row["kind"]))
            section = sections.setdefault(code, {"code": code, "label": SORTS[code].label, "rows": []})
            section["rows"].append(hit(row))
    return list(sections.values())


def in_registers(user: Any, asked: Wanted) -> dict[str, list[Any]]:
    """Bodies and partners by name, for those who see the registers."""
    if not asked.terms or not holds(user, Action.SEE_REGISTERS):
        return {}
    return {"bodies": bodies_named(asked.text), "partners": partners_named(asked.text)}


def count_text(found: Found, asked: Wanted, too_long: bool) -> str:
    if too_long or not asked.text:
        return ""
    if found.count > COUNT_CAP:
        return _("Fler än 1 000 ärenden på ”%(words)s”") % {"words": asked.text}
    said = ngettext("%(n)s ärende på ”%(words)s”", "%(n)s ärenden på ”%(words)s”", found.count)
    return said % {"n": swedish.number(found.count), "words": asked.text}


def empty(asked: Wanted, too_long: bool) -> dict[str, Any]:
    if too_long:
        heading = _("Sökningen är för lång")
        text = _("Sök på högst 200 tecken. Ett par ord räcker ofta.")
    elif not asked.text:
        heading = _("Vad letar du efter?")
        text = _("Sök på ärende (INT-2026-00042), diarienummer, stad, organisation, land eller ord i ärendet.")
    elif not asked.terms:
        heading = _("Det går inte att söka på bara tecken")
        text = _("Skriv minst ett ord eller ett nummer.")
    else:
        heading = _("Inget du får se passar ”%(words)s”") % {"words": asked.text}
        text = _("Prova färre ord, början av ett ord eller landets namn. Andras ärenden syns bara om de är delade.")
    return {"heading": heading, "text": text, "actions": []}
