"""Writing a visit down: new, draft, edit. What was typed is never lost."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements.enums import EDITABLE_STATES, Kind, State
from engagements.models import Engagement
from engagements.operations import delete_draft
from engagements.permission import bodies_for
from engagements.rules import EditConflict, RuleBroken
from engagements.views.detail import get_engagement
from engagements.views.writing import say_on, show_both
from organisation.enums import Action
from stockholm_intl.kit import clock
from visits.forms import DraftForm, EditVisitForm, VisitForm, initial_of
from visits.models import VisitRequest
from visits.operations import edit_visit, register_visit, save_visit_draft, update_visit_draft

ONLY_VISITS = frozenset({Kind.VISIT})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not bodies_for(user, Action.PREPARE).exists():
        raise PermissionDenied(_("Du har inget mandat att registrera besök."))
    if request.method == "POST":
        return keep(request, visit=None)
    form = VisitForm(initial=initial_of(None), bodies=bodies_for(user, Action.PREPARE))
    return page(request, form, visit=None)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    engagement = get_engagement(request, pk=pk, kinds=ONLY_VISITS, needs=Action.PREPARE)
    if engagement.key:
        return redirect(engagement)
    visit = engagement.visit
    if request.method == "POST":
        return keep(request, visit=visit)
    form = VisitForm(initial=initial_of(visit), bodies=bodies_for(user, Action.PREPARE))
    return page(request, form, visit=visit)


def keep(request: HttpRequest, *, visit: VisitRequest | None) -> HttpResponse:
    """Save the draft, and register it when that button was pressed. Autosave asks for one line of text back."""
    user: Any = request.user
    auto, only_draft = "auto" in request.GET, "utkast" in request.POST
    form_class = DraftForm if auto or only_draft else VisitForm
    form = form_class(request.POST, bodies=bodies_for(user, Action.PREPARE))
    if not form.is_valid():
        if auto:
            return HttpResponse(_("Inte sparat ännu: något behöver ändras."), status=200)
        return page(request, form, visit=visit, status=422)
    try:
        visit = write_draft(form, visit, user)
        if auto:
            return HttpResponse(_("Sparat %(time)s") % {"time": f"{timezone.localtime(clock.now()):%H.%M}"})
        if only_draft:
            messages.success(request, _("Utkastet är sparat. Det finns på ditt skrivbord."))
            return redirect(visit.engagement)
        visit = register_visit(visit=visit, by=user, at=clock.now())
    except (RuleBroken, IntegrityError) as problem:
        say_on(form, problem)
        return page(request, form, visit=visit, status=422)
    messages.success(request, said_registered(visit.engagement))
    return redirect(visit.engagement)


def write_draft(form: VisitForm, visit: VisitRequest | None, user: Any) -> VisitRequest:
    common: dict[str, Any] = {
        "body": form.cleaned_data["body"],
        "by": user,
        "at": clock.now(),
        "engagement_fields": form.engagement_fields(visit.engagement if visit else None),
        "visit_fields": form.visit_fields(),
    }
    if visit is None:
        return save_visit_draft(submission=form.cleaned_data["submission"], **common)
    return update_visit_draft(engagement=visit.engagement, **common)


def said_registered(engagement: Engagement) -> str:
    return _("Besöket är registrerat som %(key)s. Bedöm det senast %(day)s.") % {
        "key": engagement.key,
        "day": engagement.respond_by,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    user: Any = request.user
    engagement = get_engagement(request, key=key, kinds=ONLY_VISITS, needs=Action.PREPARE)
    visit: VisitRequest = engagement.visit
    if State(engagement.state) not in EDITABLE_STATES:
        raise PermissionDenied(_("Ärendet väntar på beslut eller är beslutat och kan inte ändras här."))
    bodies = bodies_for(user, Action.PREPARE)
    if request.method != "POST":
        return page(request, EditVisitForm(initial=initial_of(visit), bodies=bodies), visit=visit, editing=True)
    form = EditVisitForm(request.POST, bodies=bodies)
    if not form.is_valid():
        return page(request, form, visit=visit, editing=True, status=422)
    try:
        edit_visit(
            visit=visit,
            by=user,
            at=clock.now(),
            seen_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            engagement_fields=form.engagement_fields(engagement) | {"body": form.cleaned_data["body"]},
            visit_fields=form.visit_fields(),
        )
    except EditConflict as problem:
        return conflict(request, form, visit, problem)
    except (RuleBroken, IntegrityError) as problem:
        say_on(form, problem)
        return page(request, form, visit=visit, editing=True, status=422)
    messages.success(request, _("Ändringen är sparad."))
    return redirect(visit.engagement)


def conflict(request: HttpRequest, form: EditVisitForm, visit: VisitRequest, problem: EditConflict) -> HttpResponse:
    """Both texts side by side; saving once more is then a choice made with open eyes."""
    visit = VisitRequest.objects.select_related("engagement__body").get(pk=visit.pk)
    theirs = initial_of(visit)
    differing = show_both(form, theirs, visit.engagement.version, problem)
    return page(request, form, visit=visit, editing=True, status=409, differing=differing)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    engagement = get_engagement(request, pk=pk, kinds=ONLY_VISITS, needs=Action.PREPARE)
    try:
        delete_draft(engagement=engagement, by=request.user)  # type: ignore[arg-type]
    except RuleBroken as problem:
        messages.error(request, str(problem))
        return redirect(engagement)
    messages.success(request, _("Utkastet är borttaget."))
    return redirect("visit_list")


def page(
    request: HttpRequest,
    form: VisitForm,
    *,
    visit: VisitRequest | None,
    editing: bool = False,
    status: int = 200,
    differing: list[dict[str, str]] | None = None,
) -> HttpResponse:
    action = reverse("visit_new") if visit is None else reverse("visit_draft", args=[visit.pk])
    context: dict[str, Any] = {
        "form": form,
        "title": _("Registrera besök"),
        "crumbs": [{"label": _("Besök"), "url": reverse("visit_list")}],
        "action": action,
        "autosave_url": f"{action}?auto=1",
        "submit": _("Registrera besöket"),
        "second": {"name": "utkast", "label": _("Spara utkast")},
        "cancel": {"url": reverse("visit_list"), "label": _("Avbryt")},
        "visit": visit,
    }
    if editing and visit is not None:
        context |= {
            "title": _("Ändra uppgifterna"),
            "crumbs": [*context["crumbs"], {"label": visit.engagement.key, "url": visit.engagement.get_absolute_url()}],
            "action": reverse("visit_edit", args=[visit.engagement.key]),
            "autosave_url": "",
            "submit": _("Spara ändringen"),
            "second": None,
            "cancel": {"url": visit.engagement.get_absolute_url(), "label": _("Avbryt")},
            "differing": differing,
            "visit": None,
        }
    return render(request, "visits/form.html", context, status=status)
