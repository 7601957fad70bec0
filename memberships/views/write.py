"""Writing a membership or an agreement down: new, draft, edit. What was typed is never lost."""

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

from engagements.enums import EDITABLE_STATES, MEMBERSHIP_KINDS, Kind, PartnerKind, State
from engagements.models import Engagement, Partner
from engagements.operations import delete_draft
from engagements.permission import bodies_for
from engagements.rules import EditConflict, RuleBroken
from engagements.views.detail import get_engagement
from engagements.views.writing import say_on, show_both
from memberships.forms import FORMS, MatterForm, UpkeepForm, initial_of
from memberships.operations import draft_membership, edit_membership, register_membership, update_draft
from memberships.queries import detail_of
from memberships.rules import UPKEEP_STATES
from memberships.views.detail import crumbs
from organisation.enums import Action
from stockholm_intl.kit import clock

SUGGESTED = 300
ASKED_FOR = {"avtal": Kind.AGREEMENT, "medlemskap": Kind.MEMBERSHIP}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not bodies_for(user, Action.PREPARE).exists():
        raise PermissionDenied(_("Du har inget mandat att registrera medlemskap eller avtal."))
    kind = ASKED_FOR.get(request.GET.get("slag", ""), Kind.MEMBERSHIP)
    if request.method == "POST":
        return keep(request, kind, draft=None)
    form = FORMS[kind](initial=initial_of(None, None), bodies=bodies_for(user, Action.PREPARE))
    return page(request, form, kind, draft=None)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    engagement = get_engagement(request, pk=pk, kinds=MEMBERSHIP_KINDS, needs=Action.PREPARE)
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
        engagement = register_membership(engagement=draft, by=user, at=clock.now())
    except (RuleBroken, IntegrityError) as problem:
        say_on(form, problem)
        return page(request, form, kind, draft=draft, status=422)
    messages.success(
        request, _("Ärendet är registrerat som %(key)s. Nästa steg är ett förslag.") % {"key": engagement.key}
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
        return draft_membership(kind=kind, submission=form.cleaned_data["submission"], **common)
    return update_draft(engagement=draft, **common)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Everything until it is proposed; while it is in force what changes without a new decision."""
    engagement = get_engagement(request, key=key, kinds=MEMBERSHIP_KINDS, needs=Action.PREPARE)
    if State(engagement.state) not in EDITABLE_STATES | UPKEEP_STATES:
        raise PermissionDenied(_("Ärendet väntar på beslut eller är avslutat och kan inte ändras här."))
    kind = Kind(engagement.kind)
    if request.method != "POST":
        form = edit_form(request, engagement, initial=initial_of(engagement, detail_of(engagement)))
        return page(request, form, kind, editing=engagement)
    form = edit_form(request, engagement, data=request.POST)
    if not form.is_valid():
        return page(request, form, kind, editing=engagement, status=422)
    try:
        edit_membership(
            engagement=engagement,
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
            seen_version=form.cleaned_data["version"] or 0,
            matter=form.matter(engagement) | ({"body": form.cleaned_data["body"]} if "body" in form.fields else {}),
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


def edit_form(request: HttpRequest, engagement: Engagement, **values: Any) -> Any:
    kind = Kind(engagement.kind)
    if State(engagement.state) in UPKEEP_STATES:
        return UpkeepForm(values.get("data"), initial=values.get("initial"), kind=kind)
    bodies = bodies_for(request.user, Action.PREPARE)  # type: ignore[arg-type]
    return FORMS[kind](values.get("data"), initial=values.get("initial"), bodies=bodies, stage="edit")


def conflict(request: HttpRequest, form: Any, engagement: Engagement, problem: EditConflict) -> HttpResponse:
    """Both texts side by side; saving once more is then a choice made with open eyes."""
    engagement = Engagement.objects.select_related("body").get(pk=engagement.pk)
    theirs = initial_of(engagement, detail_of(engagement))
    differing = show_both(form, theirs, engagement.version, problem)
    return page(request, form, Kind(engagement.kind), editing=engagement, status=409, differing=differing)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    engagement = get_engagement(request, pk=pk, kinds=MEMBERSHIP_KINDS, needs=Action.PREPARE)
    try:
        delete_draft(engagement=engagement, by=request.user)  # type: ignore[arg-type]
    except RuleBroken as problem:
        messages.error(request, str(problem))
        return redirect(engagement)
    messages.success(request, _("Utkastet är borttaget."))
    return redirect("membership_list")


def page(
    request: HttpRequest,
    form: Any,
    kind: Kind,
    *,
    draft: Engagement | None = None,
    editing: Engagement | None = None,
    status: int = 200,
    differing: list[dict[str, str]] | None = None,
) -> HttpResponse:
    named = _("Registrera avtal") if kind == Kind.AGREEMENT else _("Registrera medlemskap")
    action = (
        reverse("membership_draft", args=[draft.pk]) if draft else f"{reverse('membership_new')}?slag={SLUGS[kind]}"
    )
    context: dict[str, Any] = {
        "form": form,
        "kind": kind.value,
        "partners": partner_names(kind),
        "title": named,
        "crumbs": [{"label": _("Medlemskap och avtal"), "url": reverse("membership_list")}],
        "action": action,
        "autosave_url": f"{action}{'?' if draft else '&'}auto=1",
        "submit": _("Registrera avtalet") if kind == Kind.AGREEMENT else _("Registrera medlemskapet"),
        "second": {"name": "utkast", "label": _("Spara utkast")},
        "cancel": {"url": reverse("membership_list"), "label": _("Avbryt")},
        "draft": draft,
    }
    if editing is not None:
        context |= {
            "title": _("Ändra uppgifterna"),
            "intro": editing.title,
            "crumbs": crumbs(editing),
            "action": reverse("membership_edit", args=[editing.key]),
            "autosave_url": "",
            "submit": _("Spara ändringen"),
            "second": None,
            "cancel": {"url": editing.get_absolute_url(), "label": _("Avbryt")},
            "differing": differing,
            "editing": editing,
        }
    return render(request, "memberships/form.html", context, status=status)


SLUGS = {kind: slug for slug, kind in ASKED_FOR.items()}
JOINED = (PartnerKind.ORGANISATION, PartnerKind.NETWORK, PartnerKind.INITIATIVE, PartnerKind.DECLARATION)


def partner_names(kind: Kind) -> list[str]:
    """Names to suggest: what one joins, or whom one agrees with."""
    rows = (
        Partner.objects.filter(kind__in=JOINED) if kind == Kind.MEMBERSHIP else Partner.objects.exclude(kind__in=JOINED)
    )
    return list(rows.order_by("name").values_list("name", flat=True)[:SUGGESTED])
