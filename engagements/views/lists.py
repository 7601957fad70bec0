"""The parent of every list of engagements: filters and order in the address, keyset pages, a capped count."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from engagements.enums import Kind, State, place_of, state_word
from engagements.forms import EngagementFilter
from engagements.models import Engagement
from engagements.ordering import NEWEST, ORDERS, Order, Place
from engagements.permission import access_of
from engagements.queries import COUNT_CAP, capped_count, page_values
from engagements.search import matching
from engagements.showing import country_name, direction_marks, directions, when
from engagements.strategy.editions import in_force
from engagements.views.exporting import ASKED, COLUMNS, Column, rows_to_export, table_of
from organisation.queries import Access
from stockholm_intl.kit import clock
from stockholm_intl.kit.csv_answers import csv_answer
from stockholm_intl.kit.fragments import LIST_RESULTS, wants_part

PAGE = 50
HOUSE = 2  # a board and its office; a filter by body is for those who see more than their own house
VALUES = (
    "id", "key", "kind", "state", "title", "counterpart", "country", "starts_on", "happens", "edition",
    "main_direction", "other_directions", "respond_by", "updated_at", "body__name", "secret_fields",
)  # fmt: skip


class BadCursor(ValueError):
    """An address that points at no place in the list."""


def cursor_of(row: Mapping[str, Any], order: Order) -> str:
    value = row[order.field] if order.field != "id" else ""
    return f"{value.isoformat() if isinstance(value, date) else ''}~{row['id']}"


def read_cursor(text: str, order: Order) -> Place:
    """The place a page begins beyond. Raises BadCursor for anything else."""
    value, _tilde, pk = text.partition("~")
    if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        raise BadCursor(text)
    if order.field == "id" or (not value and order.field == "starts_on"):
        return None, int(pk)
    try:
        found = parse_datetime(value) if order.field == "updated_at" else parse_date(value)
    except ValueError as error:
        raise BadCursor(text) from error
    if found is None or (isinstance(found, datetime) and found.tzinfo is None):
        raise BadCursor(text)
    return found, int(pk)


def legend(page: list[dict[str, Any]], *, on: date) -> list[dict[str, Any]]:
    """The directions of the edition in force, and after them those that only other rows on the page have."""
    now = in_force(on=on).code
    others = {row["edition"] for row in page if row["main_direction"] or row["other_directions"]} - {now}
    found: dict[str, dict[str, Any]] = {}
    for code in (now, *sorted(others, reverse=True)):
        for one in directions("", [], code):
            found.setdefault(one["code"], one)
    return list(found.values())


class EngagementList(View):
    """Subclass and say which kinds, which columns and how a row looks."""

    kinds: ClassVar[frozenset[Kind]] = frozenset()
    title: ClassVar[Any] = ""
    template: ClassVar[str] = "engagements/list.html"
    row_template: ClassVar[str] = "engagements/row.html"
    filter_class: ClassVar[type[EngagementFilter]] = EngagementFilter
    # (label, name in ORDERS without sign or "", extra css class)
    columns: ClassVar[list[tuple[Any, str, str]]] = []
    extra_values: ClassVar[tuple[str, ...]] = ()
    exported: ClassVar[tuple[Column, ...]] = COLUMNS

    def rows(self) -> QuerySet[Engagement]:
        rows = Engagement.objects.filter(kind__in=self.kinds)
        return rows.filter(kind=next(iter(self.kinds))) if len(self.kinds) == 1 else rows

    def count_text(self, count: int) -> str:
        return ngettext("%(n)s ärende", "%(n)s ärenden", count) % {"n": count}

    def tabs(self) -> list[tuple[Any, str]]:
        """(label, query string) of the saved views."""
        return [(_("Alla"), ""), (_("Öppna"), "lage=oppna"), (_("Väntar på beslut"), "lage=proposed")]

    def empty(self, filtered: bool) -> dict[str, Any]:
        """What the page says when there is nothing to show, and how to come on."""
        heading = _("Inget ärende passar urvalet") if filtered else _("Inga ärenden ännu")
        actions = [{"label": _("Rensa urvalet"), "url": self.request.path}] if filtered else []
        return {"heading": heading, "text": "", "actions": actions}

    def row(self, values: dict[str, Any]) -> dict[str, Any]:
        """A small dict with ready strings: rendering dates and look-ups costs more than the database."""
        return {
            **values,
            "url": self.url_of(values),
            "label": values["key"] or _("Utkast"),
            "country_name": country_name(values["country"]),
            "when": when(values["starts_on"], values["happens"]),
            "marks": direction_marks(values["main_direction"], values["other_directions"], values["edition"]),
            "state_label": state_word(values["kind"], values["state"]),
        }

    def url_of(self, values: dict[str, Any]) -> str:
        place = place_of(values["kind"])
        return (
            reverse(f"{place}_detail", args=[values["key"]])
            if values["key"]
            else reverse(f"{place}_draft", args=[values["id"]])
        )

    # --- the page itself

    def get(self, request: HttpRequest) -> HttpResponse:
        access = access_of(request.user)  # type: ignore[arg-type]
        form = self.filter_form(request, access)
        order_name, order = self.order()
        rows = self.narrowed(form, access) if form.is_valid() else Engagement.objects.none()
        if ASKED in request.GET and form.is_valid():
            return self.export(access, rows, order)
        page, pager = self.page(access, rows, order) if form.is_valid() else ([], {})
        count = capped_count(access, rows) if form.is_valid() else 0
        chosen = form.chosen if form.is_valid() else len(form.errors)
        context = {
            "title": self.title,
            "count_text": self.said_count(count),
            "tabs": self.shown_tabs(),
            "filter_form": form,
            "filter_count": chosen,
            "columns": self.shown_columns(order_name),
            "rows": [self.row(values) for values in page],
            "row_template": self.row_template,
            "pager": pager,
            "exports": [
                {"label": _("Exportera"), "url": self.address(**{ASKED: "csv"})},
                {"label": _("Skriv ut"), "url": "#", "print": True},
            ],
            "empty": {} if page else self.empty(bool(chosen)),
            "legend": legend(page, on=clock.today()),
        } | self.more_context(access)
        name = LIST_RESULTS if wants_part(request) else self.template
        return render(request, name, context, status=200 if form.is_valid() else 422)

    def export(self, access: Access, rows: QuerySet[Engagement], order: Order) -> HttpResponse:
        """The same rows as a file, or back to the list when they are too many."""
        found = rows_to_export(access, rows, order, (*VALUES, *self.extra_values))
        if found is None:
            messages.warning(
                self.request, _("Urvalet har fler än 5 000 ärenden. Filtrera listan och exportera i delar.")
            )
            return redirect(f"{self.request.path}{self.address()}")
        return csv_answer(f"{slugify(str(self.title)) or 'arenden'}-{clock.today()}", *table_of(self.exported, found))

    def more_context(self, access: Access) -> dict[str, Any]:
        return {}

    def filter_form(self, request: HttpRequest, access: Access) -> EngagementFilter:
        many = access.reads_everything or len(access.group_ids) > HOUSE
        return self.filter_class(
            request.GET, today_year=clock.today().year, many_bodies=many, state_labels=self.state_labels()
        )

    def state_labels(self) -> list[tuple[str, object]]:
        only = next(iter(self.kinds)) if len(self.kinds) == 1 else None
        return [(state.value, state_word(only, state) if only else state.label) for state in State]

    def narrowed(self, form: EngagementFilter, access: Access) -> QuerySet[Engagement]:
        rows = form.narrow(self.rows(), today=clock.today())
        if form.cleaned_data.get("ord"):
            rows = matching(rows, access, form.cleaned_data["ord"])
        return rows

    def order(self) -> tuple[str, Order]:
        asked = self.request.GET.get("sort", "")
        if asked in ORDERS:
            return asked, ORDERS[asked]
        if asked:
            messages.warning(self.request, _("Listan kan inte sorteras så. Den visas med det senast ändrade först."))
        return "-updated", NEWEST

    def page(
        self, access: Access, rows: QuerySet[Engagement], order: Order
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """The rows of this page and the addresses of the ones around it. Asks for one row more to know if there is one."""
        after, before = self.request.GET.get("efter"), self.request.GET.get("fore")
        try:
            cursor = after or before
            place = read_cursor(cursor, order) if cursor else None
        except BadCursor:
            after = before = place = None
            messages.warning(self.request, _("Den sidan finns inte. Här är den första."))
        if "page" in self.request.GET:
            messages.warning(self.request, _("Den sidan finns inte. Här är den första."))
        wanted = order.reversed() if before else order
        page = page_values(access, rows, (*VALUES, *self.extra_values), order=wanted, limit=PAGE + 1, after=place)
        more = len(page) > PAGE
        page = page[:PAGE]
        if before:
            page.reverse()
        has_next, has_previous = (True, more) if before else (more, bool(after))
        pager = {
            "next_url": self.address(efter=cursor_of(page[-1], order)) if has_next and page else "",
            "previous_url": self.address(fore=cursor_of(page[0], order)) if has_previous and page else "",
        }
        return page, pager

    def address(self, **changes: str) -> str:
        """This page's address with other values; a new page or order begins from the start."""
        query = self.request.GET.copy()
        for name in ("efter", "fore", "page", ASKED):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def shown_columns(self, order_name: str) -> list[dict[str, str]]:
        columns = []
        for label, name, css in self.columns:
            column = {"label": str(label), "css": css}
            if name:
                falling = order_name == f"-{name}"
                column["url"] = self.address(sort=name if falling else f"-{name}")
                if order_name.lstrip("-") == name:
                    column["aria"] = "descending" if falling else "ascending"
            columns.append(column)
        return columns

    def shown_tabs(self) -> list[dict[str, Any]]:
        chosen = {
            name: value for name, value in self.request.GET.items() if value and name not in ("sort", "efter", "fore")
        }
        here = "&".join(f"{name}={value}" for name, value in sorted(chosen.items()))
        return [{"label": label, "url": f"?{query}", "current": query == here} for label, query in self.tabs()]

    def said_count(self, count: int) -> str:
        if count > COUNT_CAP:
            return _("fler än 1 000")
        return self.count_text(count)
