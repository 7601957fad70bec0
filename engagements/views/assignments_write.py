"""Writing an assignment down: which kind, new, draft, edit. What was typed is never lost."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagements.assignments import detail_of, draft_assignment, edit_assignment, update_draft
from engagements.enums import ASSIGNMENT_KINDS, Kind
from engagements.forms_assignments import FORMS, SLUGS, initial_of
from engagements.forms_matter import MatterForm
from engagements.models import Engagement
from engagements.operations import delete_draft, register_engagement
from engagements.permission import bodies_for
from engagements.rules import EditConflict, RuleBroken, editable
from engagements.views.detail import get_engagement
from engagements.views.writing import say_on, show_both
from organisation.enums import Action
from stockholm_intl.kit import clock


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """First which kind, then its form."""
    user: Any = request.user
    if not bodies_for(user, Action.PREPARE).exists():
        raise PermissionDenied(_("Du har inget mandat att registrera uppdrag."))
    slug = request.GET.get("slag", "")
    if slug not in SLUGS:
        if request.method == "POST" or slug:
            raise Http404
        return choose(request)
    kind = SLUGS[slug]
    if request.method == "POST":
        return keep(request, kind, draft=None)
    form = FORMS[kind](initial=initial_of(None), bodies=bodies_for(user, Action.PREPARE))
    return page(request, form, kind, draft=None)


def choose(request: HttpRequest) -> HttpResponse:
    kinds = [
        (_("Resa eller konferens"), "resa", _("Någon från staden reser, eller staden är värd för en konferens.")),
        (_("Deklaration eller initiativ"), "deklaration", _("Staden skriver under eller ansluter sig till något.")),
        (_("EU-påverkan"), "eu", _("Staden svarar på ett samråd, lämnar en ståndpunkt eller uppvaktar.")),
        (_("Projekt"), "projekt", _("Ett EU-projekt eller ett biståndsprojekt med pengar utifrån.")),
    ]
    place = reverse("assignment_new")
    context = {
        "title": _("Vad vill du registrera?"),
        "crumbs": [{"label": _("Uppdrag"), "url": reverse("assignment_list")}],
        "kinds": [{"label": label, "url": f"{place}?slag={slug}", "text": text} for label, slug, text in kinds],
    }
    return render(request, "engagements/assignments/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    engagement = get_engagement(request, pk=pk, kinds=ASSIGNMENT_KINDS, needs=Action.PREPARE)
    if engagement.key:
        return redirect(engagement)
    kind = Kind(engagement.kind)
    if request.method == "POST":
        return keep(request, kind, draft=engagement)
    bodies = bodies_for(request.user, Action.PREPARE)  # type: ignore[arg-type]
    form = FORMS[kind](initial=initial_of(engagement, detail_of(engagement)), bodies=bodies)
    return page(request, form, kind, draft=engagement)


def keep(request: HttpRequest, kind: Kind, *, draft: Engagement | None) -> HttpResponse:
    """Save the draft, and register it when that button was pressed. Autosave asks for one line of text back."""
    user: Any = request.user
    auto, only_draft = "auto" in request.GET, "utkast" in request.POST
    stage = "draft" if auto or only_draft else "new"
    form = FORMS[kind](request.POST, bodies=bodies_for(user, Action.PREPARE), stage=stage)
    if not form.is_valid():
        if auto:
            return HttpResponse(_("Inte sparat ännu: något behöver ändras."))
        return page(request, form, kind, draft=draft, status=422)
    try:
        draft = write_draft(form, kind, draft, user)
        if auto:
            return HttpResponse(_("Sparat %(time)s") % {"time": f"{timezone.localtime(clock.now()):%H.%M}"})
        if only_draft:
            messages.success(request, _("Utkastet är sparat. Det finns på ditt skrivbord."))
            return redirect(draft)
        engagement = register_engagement(engagement=draft, by=user, at=clock.now())
    except (RuleBroken, IntegrityError) as problem:
        say_on(form, problem)
        return page(request, form, kind, draft=draft, status=422)
    messages.success(
        request, _("Uppdraget är registrerat som %(key)s. Nästa steg är ett förslag.") % {"key": engagement.key}
    )
    return redirect(engagement)


def write_draft(form: MatterForm, kind: Kind, draft: Engagement | None, user: Any) -> Engagement:
    common: dict[str, Any] = {
        "body": form.cleaned_data["body"],
        "by": user,
        "at": clock.now(),
        "matter": form.matter(draft),
        "details": form.details(),
    }
    if draft is None:
        return draft_assignment(kind=kind, submission=form.cleaned_data["submission"], **common)
    return update_draft(engagement=draft, **common)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key, kinds=ASSIGNMENT_KINDS, needs=Action.PREPARE)
    if not editable(engagement.state):
        raise PermissionDenied(_("Ärendet väntar på beslut eller är beslutat och kan inte ändras här."))
    kind = Kind(engagement.kind)
    bodies = bodies_for(request.user, Action.PREPARE)  # type: ignore[arg-type]
    if request.method != "POST":
        form = FORMS[kind](initial=initial_of(engagement, detail_of(engagement)), bodies=bodies, stage="edit")
        return page(request, form, kind, editing=engagement)
    form = FORMS[kind](request.POST, bodies=bodies, stage="edit")
    if not form.is_valid():
        return page(request, form, kind, editing=engagement, status=422)
    try:
        edit_assignment(
            engagement=engagement,
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
            seen_version=form.cleaned_data["version"] or 0,
            matter=form.matter(engagement) | {"body": form.cleaned_data["body"]},
            details=form.details(),
            reason=form.cleaned_data["reason"],
        )
    except EditConflict as problem:
        return conflict(request, form, engagement, problem)
    except (RuleBroken, IntegrityError) as problem:
        say_on(form, problem)
        return page(request, form, kind, editing=engagement, status=422)
    messages.success(request, _("Ändringen är sparad."))
    return redirect(engagement)


def conflict(request: HttpRequest, form: Any, engagement: Engagement, problem: EditConflict) -> HttpResponse:
    """Both texts side by side; saving once more is then a choice made with open eyes."""
    engagement = Engagement.objects.select_related("body").get(pk=engagement.pk)
    theirs = initial_of(engagement, detail_of(engagement))
    differing = show_both(form, theirs, engagement.version, problem)
    return page(request, form, Kind(engagement.kind), editing=engagement, status=409, differing=differing)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    engagement = get_engagement(request, pk=pk, kinds=ASSIGNMENT_KINDS, needs=Action.PREPARE)
    try:
        delete_draft(engagement=engagement, by=request.user)  # type: ignore[arg-type]
    except RuleBroken as problem:
        messages.error(request, str(problem))
        return redirect(engagement)
    messages.success(request, _("Utkastet är borttaget."))
    return redirect("assignment_list")


TITLES = {
    Kind.TRIP: (lambda: _("Registrera resa eller konferens"), lambda: _("Registrera resan")),
    Kind.DECLARATION: (lambda: _("Registrera deklaration eller initiativ"), lambda: _("Registrera deklarationen")),
    Kind.EU_INFLUENCE: (lambda: _("Registrera EU-påverkan"), lambda: _("Registrera ståndpunkten")),
    Kind.PROJECT: (lambda: _("Registrera projekt"), lambda: _("Registrera projektet")),
}


def page(
    request: HttpRequest,
    form: MatterForm,
    kind: Kind,
    *,
    draft: Engagement | None = None,
    editing: Engagement | None = None,
    status: int = 200,
    differing: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    title, submit = TITLES[kind]
    slug = next(slug for slug, of in SLUGS.items() if of == kind)
    action = reverse("assignment_draft", args=[draft.pk]) if draft else f"{reverse('assignment_new')}?slag={slug}"
    context: dict[str, Any] = {
        "form": form,
        "kind": kind.value,
        "title": title(),
        "crumbs": [{"label": _("Uppdrag"), "url": reverse("assignment_list")}],
        "action": action,
        "autosave_url": f"{action}{'?' if draft else '&'}auto=1",
        "submit": submit(),
        "second": {"name": "utkast", "label": _("Spara utkast")},
        "cancel": {"url": reverse("assignment_list"), "label": _("Avbryt")},
        "draft": draft,
    }
    if editing is not None:
        context |= {
            "title": _("Ändra uppgifterna"),
            "intro": editing.title,
            "crumbs": [*context["crumbs"], {"label": editing.key, "url": editing.get_absolute_url()}],
            "action": reverse("assignment_edit", args=[editing.key]),
            "autosave_url": "",
            "submit": _("Spara ändringen"),
            "second": None,
            "cancel": {"url": editing.get_absolute_url(), "label": _("Avbryt")},
            "differing": differing,
            "engagement": editing,
        }
    return render(request, "engagements/assignments/form.html", context, status=status)
