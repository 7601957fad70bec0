"""Adding, replacing, mending and ending points of a delegation scheme."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.forms_points import EndPointForm, MendForm, PointForm, VersionForm
from decisions.models import DelegationPoint
from decisions.operations.points import (
    add_point,
    end_point,
    mend_point,
    replace_point,
    require_keeper,
    require_uncited,
)
from decisions.queries.points import bodies_with_scheme
from engagements.rules import RuleBroken
from organisation.views import require_registers
from stockholm_intl.kit import clock
from stockholm_intl.kit.posting import say

TEXTS = ("matter", "delegate", "conditions")


@require_http_methods(["GET", "HEAD", "POST"])
def point_new(request: HttpRequest) -> HttpResponse:
    require_registers(request)
    bodies = bodies_with_scheme(request.user)  # type: ignore[arg-type]
    if not bodies.exists():
        raise PermissionDenied(_("Du vårdar ingen delegationsordning."))
    if request.method == "POST":
        form = PointForm(request.POST, bodies=bodies)
    else:
        form = PointForm(
            initial={"valid_from": clock.today(), "body": request.GET.get("organ", "")[:20]}, bodies=bodies
        )
    said = {"title": _("Ny delegationspunkt"), "submit": _("Lägg till punkten"), "done": _("Punkten är tillagd.")}
    return answer(request, form, add_point, said)


@require_http_methods(["GET", "HEAD", "POST"])
def point_version(request: HttpRequest, pk: int) -> HttpResponse:
    """The old version's words stand in the form: most new versions change one of them."""
    point = get_point(request, pk)
    form = VersionForm(request.POST) if request.method == "POST" else VersionForm(initial=words_of(point))
    said = {
        "title": _("Ny version av %(point)s") % {"point": point.code},
        "intro": _("Version %(version)s upphör dagen före. Beslut som stöder sig på den påverkas inte.")
        % {"version": point.version},
        "submit": _("Spara den nya versionen"),
        "done": _("Den nya versionen är sparad."),
    }
    return answer(request, form, replace_point, said, point=point)


@require_http_methods(["GET", "HEAD", "POST"])
def point_mend(request: HttpRequest, pk: int) -> HttpResponse:
    point = get_point(request, pk)
    try:
        require_uncited(point)
    except RuleBroken as problem:
        raise PermissionDenied(str(problem)) from problem
    days = {"version": point.version, "valid_from": point.valid_from, "valid_to": point.valid_to}
    form = MendForm(request.POST) if request.method == "POST" else MendForm(initial=words_of(point) | days)
    said = {
        "title": _("Rätta %(point)s") % {"point": point.code},
        "intro": _("Inget beslut stöder sig på punkten ännu, så den kan rättas."),
        "submit": _("Spara rättelsen"),
        "done": _("Punkten är rättad."),
    }
    return answer(request, form, mend_point, said, point=point)


@require_http_methods(["GET", "HEAD", "POST"])
def point_end(request: HttpRequest, pk: int) -> HttpResponse:
    point = get_point(request, pk)
    form = EndPointForm(request.POST) if request.method == "POST" else EndPointForm(initial={"last_day": clock.today()})
    said = {
        "title": _("Avsluta %(point)s") % {"point": point.code},
        "intro": point.matter,
        "submit": _("Avsluta punkten"),
        "done": _("Punkten har fått en sista dag."),
    }
    return answer(request, form, end_point, said, point=point)


def get_point(request: HttpRequest, pk: int) -> DelegationPoint:
    """A point whose scheme this person keeps; anybody in the registers reads the list, so it is 403 and not 404."""
    require_registers(request)
    point = get_object_or_404(DelegationPoint.objects.select_related("body"), pk=pk)
    require_keeper(request.user, point.body)  # type: ignore[arg-type]
    return point


def words_of(point: DelegationPoint) -> dict[str, Any]:
    return {name: getattr(point, name) for name in TEXTS}


def answer(
    request: HttpRequest, form: Any, operation: Callable[..., Any], said: dict[str, Any], **about: Any
) -> HttpResponse:
    """The page with its form; when it was sent and holds, the one operation and back to the list."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                operation(**about, **form.cleaned_data, by=request.user, at=clock.now())
            except RuleBroken as problem:
                say(form, problem)
            else:
                messages.success(request, said["done"])
                return redirect("delegation_list")
    back = reverse("delegation_list")
    context = {
        **said,
        "crumbs": [{"label": _("Register"), "url": reverse("register_index")}, {"label": _("Delegation"), "url": back}],
        "form": form,
        "action": request.path,
        "cancel": {"url": back},
    }
    return render(request, "patterns/form.html", context, status=status)
