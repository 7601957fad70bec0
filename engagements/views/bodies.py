"""Handing over what somebody leaves, and letting one body go up in another."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from engagements.enums import LIVE_STATES
from engagements.forms_bodies import HandOverForm, MergeForm
from engagements.handing_over import HandedOver, hand_over, handled, receivers
from engagements.merging import merge_body
from engagements.models import Engagement
from engagements.permission import access_of, visible_to
from engagements.rules import RuleBroken
from organisation.appointing import keeps_registers, may_end
from organisation.enums import BOARD_KINDS, OFFICE_KINDS, Action
from organisation.models import Body, Mandate
from organisation.views import require_registers
from organisation.views.mandates import get_mandate
from stockholm_intl.kit import clock
from stockholm_intl.kit.posting import say
from stockholm_intl.kit.swedish import in_alphabet


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    mandate, user, today = get_mandate(request, pk), request.user, clock.today()
    if not may_end(user, mandate):  # type: ignore[arg-type]
        raise PermissionDenied(_("Organets chef, systemförvaltaren eller personen själv lämnar över mandatet."))
    choices: dict[str, Any] = {
        "people": receivers(mandate, on=today),
        "may_close": keeps_registers(user) and mandate.person_id != user.pk,  # type: ignore[arg-type]
    }
    if request.method != "POST":
        return hand_over_page(request, HandOverForm(initial={"last_day": today}, **choices), mandate)
    form = HandOverForm(request.POST, **choices)
    if not form.is_valid():
        return hand_over_page(request, form, mandate, status=422)
    try:
        done = hand_over(mandate=mandate, **form.cleaned_data, by=user, at=clock.now())  # type: ignore[arg-type]
    except RuleBroken as problem:
        say(form, problem)
        return hand_over_page(request, form, mandate, status=422)
    said = what_went if reads_there(user, mandate) else what_went_unseen
    messages.success(request, said(done, mandate, form.cleaned_data["to"]))
    return redirect("mandate_list")


def reads_there(user: Any, mandate: Mandate) -> bool:
    access = access_of(user)
    return access.reads_everything or mandate.body_id in access.bodies(Action.READ)


def what_went_unseen(_done: HandedOver, mandate: Mandate, to: Any) -> str:
    """To who may not read the body's matters: not even how many there were."""
    return _("Det som %(person)s har handlagt i %(body)s och %(to)s får läsa är överlämnat till %(to)s.") % {
        "person": mandate.person,
        "body": mandate.body,
        "to": to,
    }


def what_went(done: HandedOver, _mandate: Mandate, to: Any) -> str:
    said = ngettext(
        "%(n)s ärende är överlämnat till %(to)s.", "%(n)s ärenden är överlämnade till %(to)s.", done.moved
    ) % {"n": done.moved, "to": to}
    if done.left:
        said += " " + ngettext(
            "%(n)s ligger kvar, för personen får inte läsa det.",
            "%(n)s ligger kvar, för personen får inte läsa dem.",
            done.left,
        ) % {"n": done.left}
    return said


def hand_over_page(request: HttpRequest, form: HandOverForm, mandate: Mandate, *, status: int = 200) -> HttpResponse:
    rows = list(handled(mandate, by=request.user))  # type: ignore[arg-type]
    context = {
        "title": _("Lämna över"),
        "intro": f"{mandate.person}: {mandate}",
        "crumbs": [
            {"label": _("Register"), "url": reverse("register_index")},
            {"label": _("Mandat"), "url": reverse("mandate_list")},
            {"label": str(mandate.person), "url": mandate.get_absolute_url()},
        ],
        "form": form,
        "action": request.path,
        "submit": _("Lämna över och avsluta mandatet"),
        "cancel": {"url": mandate.get_absolute_url()},
        "mandate": mandate,
        "engagements": rows,
        "reads": reads_there(request.user, mandate),
    }
    return render(request, "engagements/hand_over.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def body_merge(request: HttpRequest, code: str) -> HttpResponse:
    require_registers(request)
    body = get_object_or_404(Body, code=code)
    if not keeps_registers(request.user):  # type: ignore[arg-type]
        raise PermissionDenied(_("Den som vårdar registren slår samman organ."))
    bodies = bodies_to_go_up_in(body)
    if request.method != "POST":
        return merge_page(request, MergeForm(bodies=bodies), body)
    form = MergeForm(request.POST, bodies=bodies)
    if not form.is_valid():
        return merge_page(request, form, body, status=422)
    try:
        merge_body(body=body, **form.cleaned_data, by=request.user, at=clock.now())  # type: ignore[arg-type]
    except RuleBroken as problem:
        say(form, problem)
        return merge_page(request, form, body, status=422)
    into, on = form.cleaned_data["into"], form.cleaned_data["on"]
    if on > clock.today():
        said = _("%(body)s går upp i %(into)s den %(day)s. Till dess ändras ingens rätt.")
    else:
        said = _("%(body)s har gått upp i %(into)s. Öppna ärenden har följt med.")
    messages.success(request, said % {"body": body, "into": into, "day": on})
    return redirect("body_detail", code=body.code)


def bodies_to_go_up_in(body: Body) -> QuerySet[Body]:
    family = BOARD_KINDS if body.kind in BOARD_KINDS else OFFICE_KINDS
    kinds = family if body.kind in family else frozenset()
    found = Body.objects.filter(kind__in=kinds, successor__isnull=True).exclude(pk=body.pk)
    return found.order_by(in_alphabet("name"))


def merge_page(request: HttpRequest, form: MergeForm, body: Body, *, status: int = 200) -> HttpResponse:
    user: Any = request.user
    following = visible_to(user, Engagement.objects.filter(body=body, state__in=LIVE_STATES))
    context = {
        "title": _("Slå samman"),
        "intro": _("%(body)s upphör och ett annat organ tar över.") % {"body": body},
        "crumbs": [
            {"label": _("Register"), "url": reverse("register_index")},
            {"label": _("Organ"), "url": reverse("body_list")},
            {"label": body.name, "url": reverse("body_detail", args=[body.code])},
        ],
        "form": form,
        "action": request.path,
        "submit": _("Slå samman organen"),
        "cancel": {"url": reverse("body_detail", args=[body.code])},
        "body": body,
        "following": following.count(),
        "ending": Mandate.objects.in_force(on=clock.today()).filter(body=body).select_related("person", "body"),
    }
    return render(request, "engagements/merge.html", context, status=status)
