"""What is to be reconsidered: late, now, soon."""

from itertools import groupby
from typing import Any

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from engagements.enums import Kind
from engagements.models import Engagement
from engagements.permission import access_of
from engagements.views.exporting import ASKED, Column, person_of, table_of
from engagements.views.lists import HOUSE
from memberships.enums import Grade, ReviewOutcome
from memberships.forms import ReviewFilter
from memberships.models import Review
from memberships.queries import to_review
from memberships.rules import days_left, grade, soon_ends
from memberships.views.lists import FORM_WORDS, MembershipList
from organisation.enums import Action
from stockholm_intl.kit import clock, numbered
from stockholm_intl.kit.csv_answers import csv_answer
from stockholm_intl.kit.templatetags.look import distance

MOST = 300
GROUPS = (Grade.OVERDUE, Grade.DUE, Grade.SOON)
VALUES = (
    "id", "key", "kind", "title", "counterpart", "body_id", "body__name", "contact__first_name", "contact__last_name",
    "membership__form", "agreement__agreement_type", "review_by", "proposed", "opened_on", "secret_fields",
)  # fmt: skip


EXPORTED = (
    Column(gettext_lazy("Ärende"), lambda row: row["key"]),
    Column(gettext_lazy("Rubrik"), lambda row: row["title"]),
    Column(gettext_lazy("Motpart"), lambda row: row["counterpart"]),
    Column(gettext_lazy("Form"), lambda row: form_word(row)),
    Column(gettext_lazy("Organ"), lambda row: row["body__name"]),
    Column(gettext_lazy("Handläggare"), person_of),
    Column(gettext_lazy("Omprövas senast"), lambda row: row["review_by"]),
    Column(gettext_lazy("Läge"), lambda row: status(row)),
)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    access = access_of(request.user)  # type: ignore[arg-type]
    form = ReviewFilter(request.GET, many_bodies=access.reads_everything or len(access.group_ids) > HOUSE)
    today = clock.today()
    found: list[dict[str, Any]] = []
    if form.is_valid():
        found = list(rows(request.user, form.cleaned_data.get("organ", ""))[: MOST + 1])
    if ASKED in request.GET and form.is_valid():
        return csv_answer(f"omprovas-{today}", *table_of(EXPORTED, found[:MOST]))
    may_review = access.bodies(Action.PREPARE) | access.bodies(Action.DECIDE)
    groups = grouped([row(values, today=today, may_review=may_review) for values in found[:MOST]])
    context = {
        "title": _("Omprövas"),
        "crumbs": [{"label": MembershipList.title, "url": reverse("membership_list")}],
        "count_text": count_text(len(found)),
        "tabs": tabs(),
        "filter_form": form if form.fields else None,
        "filter_count": int(bool(request.GET.get("organ"))),
        "filter_label": _("Filtrera omprövningar"),
        "groups": groups,
        "exports": [{"label": _("Exportera"), "url": numbered.address(request, utdrag="csv")}],
        "most": MOST if len(found) > MOST else 0,
        "empty": empty(filtered=bool(request.GET.get("organ"))),
    }
    # a history restore wants the whole page back
    part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    name = "memberships/review_list.html"
    return render(request, f"{name}#groups" if part else name, context, status=200 if form.is_valid() else 422)


def rows(user: Any, body_code: str) -> Any:
    """All that is due within a year, most urgent first, in one query."""
    visible = Engagement.objects.visible_to(user)
    if body_code:
        visible = visible.filter(body__code=body_code)
    opened = Review.objects.open().filter(engagement=OuterRef("pk"))
    due = to_review(visible, until=soon_ends(clock.today())).annotate(
        proposed=Coalesce(Subquery(opened.values("proposed_outcome")[:1]), Value(""), output_field=CharField()),
        opened_on=Subquery(opened.values("opened_on")[:1]),
    )
    return due.values(*VALUES)


def row(values: dict[str, Any], *, today: Any, may_review: frozenset[int]) -> dict[str, Any]:
    step = "membership_review" if values["body_id"] in may_review else "membership_detail"
    return values | {
        "url": reverse("membership_detail", args=[values["key"]]),
        "step_url": reverse(step, args=[values["key"]]) if step == "membership_review" else "",
        "form_word": form_word(values),
        "contact": person_of(values),
        "grade": grade(values["review_by"], on=today),
        "distance": distance(days_left(values["review_by"], on=today)),
        "status": status(values),
    }


def form_word(values: dict[str, Any]) -> Any:
    form = values["membership__form"] if values["kind"] == Kind.MEMBERSHIP else values["agreement__agreement_type"]
    return FORM_WORDS.get(form, "")


def status(values: dict[str, Any]) -> str:
    if values["proposed"]:
        return _("Förslag: %(outcome)s") % {"outcome": str(ReviewOutcome(values["proposed"]).label).lower()}
    return _("Öppen") if values["opened_on"] else _("Inte öppnad än")


def grouped(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows are in order of their day, and so are the grades."""
    by_grade = {code: list(members) for code, members in groupby(found, key=lambda found: found["grade"])}
    headings = {
        Grade.OVERDUE: (_("Förfallna"), _("Dagen har passerat. Ompröva nu.")),
        Grade.DUE: (_("Att ompröva nu"), _("Ska vara klart inom sex månader.")),
        Grade.SOON: (_("Snart"), _("Inom ett år. Öppnas när sex månader återstår.")),
    }
    return [
        {"code": code.value, "heading": headings[code][0], "text": headings[code][1], "rows": by_grade[code]}
        for code in GROUPS
        if code in by_grade
    ]


def tabs() -> list[dict[str, Any]]:
    """The same as on the list of memberships, this one chosen."""
    place = reverse("membership_list")
    others = [{"label": label, "url": f"{place}?{query}", "current": False} for label, query in MembershipList().tabs()]
    return [*others, {"label": _("Omprövas"), "url": reverse("review_list"), "current": True}]


def count_text(count: int) -> str:
    if count > MOST:
        return _("fler än %(n)s att ompröva inom ett år") % {"n": MOST}
    return ngettext("%(n)s att ompröva inom ett år", "%(n)s att ompröva inom ett år", count) % {"n": count}


def empty(*, filtered: bool) -> dict[str, Any]:
    actions = [{"label": _("Visa alla organ"), "url": reverse("review_list")}] if filtered else []
    return {
        "heading": _("Inget att ompröva inom ett år"),
        "text": _("Här visas medlemskap och intentionsavtal när deras omprövning närmar sig."),
        "actions": actions,
    }
