from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from decisions.enums import Outcome
from decisions.forms import DecisionForm, ReasonForm
from decisions.models import AgendaItem
from decisions.operations import record_decision, undo_decision
from decisions.queries import agenda, commissioner_of, next_open
from decisions.rules import COMMISSIONER
from decisions.views.access import get_item, take_in
from decisions.views.filling import decision_form
from decisions.views.items import page_of
from decisions.views.meeting_page import item_url
from engagements.rules import EditConflict, RuleBroken
from engagements.views.steps import tell
from stockholm_intl.kit import clock


@require_POST
def item_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Write in the outcome; then the next point without one."""
    item = get_item(request, pk)
    form = decision_form(item, [], data=request.POST)
    if not form.is_valid():
        return page_of(request, item, form, 422)
    try:
        decision = record(request, item, form)
    except EditConflict as problem:
        tell(form, problem)
        return page_of(request, item, seen_anew(form, item), 409)
    except RuleBroken as problem:
        tell(form, problem)
        return page_of(request, item, form, 422)
    said = {"point": item.point, "outcome": decision.get_outcome_display()}
    messages.success(request, _("Punkt %(point)s är klar: %(outcome)s.") % said)
    following = next_open(list(agenda(request.user, item.meeting)), after=item)  # type: ignore[arg-type]
    return redirect(item_url(item.meeting, following or item))


def record(request: HttpRequest, item: AgendaItem, form: DecisionForm) -> Any:
    data = dict(form.cleaned_data)
    seen = data.pop("version")
    delegate = data.get("delegate", "")
    person = commissioner_of(item.meeting.body, on=item.meeting.held_on) if delegate == COMMISSIONER else None
    return record_decision(
        item=item, by=request.user, at=clock.now(), outcome=Outcome(data.pop("outcome")), seen_version=seen,  # type: ignore[arg-type]
        delegate_person=person, **data,
    )  # fmt: skip


def seen_anew(form: DecisionForm, item: AgendaItem) -> DecisionForm:
    """The same words in a form that knows what the other wrote: saved again, with a reason, they take its place."""
    fresh = AgendaItem.objects.select_related("decision", "engagement__trip", "meeting__body").get(pk=item.pk)
    take_in(form, fresh.decision.version if hasattr(fresh, "decision") else 0)
    renewed = decision_form(fresh, [], data=form.data)
    renewed.is_valid()
    for text in form.non_field_errors():
        renewed.add_error(None, text)
    return renewed


@require_POST
def item_undo(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_item(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Skriv varför utgången ångras."))
        return redirect(item_url(item.meeting, item))
    seen, reason = form.cleaned_data["version"] or 0, form.cleaned_data["reason"]
    try:
        undo_decision(item=item, by=request.user, at=clock.now(), seen_version=seen, reason=reason)  # type: ignore[arg-type]
    except RuleBroken as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Utgången för punkt %(point)s är ångrad.") % {"point": item.point})
    return redirect(item_url(item.meeting, item))
