"""The register of mandates, and appointing and relieving people."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from organisation.appointing import bodies_to_appoint_in, may_appoint, may_end, people_to_appoint, roles_to_appoint
from organisation.enums import Role
from organisation.forms import AppointForm, EndMandateForm, MandateFilter
from organisation.mandates import gaps, life_of, mandates
from organisation.models import Body, Mandate
from organisation.operations import appoint_person, end_mandate
from organisation.views.guard import require_registers
from stockholm_intl.kit import clock
from stockholm_intl.kit.fragments import wants_part
from stockholm_intl.kit.numbered import numbered
from stockholm_intl.kit.posting import say
from stockholm_intl.kit.rules import RuleBroken

ALL = Mandate.objects.none()


@require_safe
def mandate_list(request: HttpRequest) -> HttpResponse:
    require_registers(request)
    today = clock.today()
    form = MandateFilter(request.GET)
    valid = form.is_valid()
    chosen = form.cleaned_data if valid else {}
    found = mandates(on=today, body=chosen["organ"], role=chosen["roll"], time=chosen["tid"]) if valid else ALL
    rows, count, pager = numbered(request, found)
    context: dict[str, Any] = {
        "title": _("Mandat"),
        "crumbs": crumbs()[:1],
        "count_text": ngettext("%(n)s mandat", "%(n)s mandat", count) % {"n": count},
        "gaps": [] if valid and form.chosen or "sida" in request.GET else missing(request),
        "may_appoint": bodies_to_appoint_in(request.user, on=today).exists(),  # type: ignore[arg-type]
        "filter_form": form,
        "filter_count": form.chosen if valid else len(form.errors),
        "filter_label": _("Filtrera mandat"),
        "rows": rows,
        "row_template": "organisation/mandate_row.html",
        "columns": [{"label": label} for label in (_("Person"), _("Roll"), _("Organ"), _("Gäller"), _("Utsedd av"))],
        "pager": pager,
        "exports": [{"label": _("Skriv ut"), "url": "#", "print": True}],
        "empty": {
            "heading": _("Inget mandat passar urvalet"),
            "text": _("Välj ett annat organ, en annan roll eller en annan tid."),
            "actions": [{"label": _("Rensa urvalet"), "url": request.path}],
        },
    }
    name = "organisation/mandate_list.html"
    return render(request, f"{name}#results" if wants_part(request) else name, context, status=200 if valid else 422)


def crumbs() -> list[dict[str, str]]:
    return [
        {"label": _("Register"), "url": reverse("register_index")},
        {"label": _("Mandat"), "url": reverse("mandate_list")},
    ]


def missing(request: HttpRequest) -> list[dict[str, Any]]:
    """Bodies without a contact person first, then what ends; each with the place to mend it."""
    user: Any = request.user
    found = gaps(on=clock.today())
    return [lack(body, may=may_appoint(user, Role.CONTACT_PERSON, body)) for body in found.lacking] + [
        {
            "label": str(mandate.person),
            "url": mandate.get_absolute_url(),
            "text": f"{mandate.get_role_display()}, {mandate.body}",
            "due": mandate.valid_to,
        }
        for mandate in found.ending
    ]


def lack(body: Body, *, may: bool) -> dict[str, Any]:
    query = urlencode({"organ": body.code, "roll": Role.CONTACT_PERSON.value})
    return {
        "label": _("Utse kontaktperson: %(body)s") % {"body": body} if may else str(body),
        "url": f"{reverse('mandate_new')}?{query}" if may else reverse("body_detail", args=[body.code]),
        "text": _("Saknar kontaktperson (strategin, avsnitt 5)."),
    }


def get_mandate(request: HttpRequest, pk: int) -> Mandate:
    require_registers(request)
    return get_object_or_404(Mandate.objects.select_related("person", "body", "appointed_by"), pk=pk)


@require_safe
def mandate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = get_mandate(request, pk)
    user: Any = request.user
    today = clock.today()
    ended = mandate.valid_to is not None and mandate.valid_to < today
    context = {
        "title": str(mandate.person),
        "crumbs": crumbs(),
        "mandate": mandate,
        "ended": ended,
        "may_end": not ended and may_end(user, mandate),
        "may_hand_over": not ended and mandate.valid_from <= today and may_end(user, mandate),
        "renew_url": renewal(mandate) if may_appoint(user, mandate.role, mandate.body) and mandate.valid_to else "",
        "history": life_of(mandate),
        "notices": mandate.notices.select_related("person").order_by("-sent_at", "pk"),
    }
    return render(request, "organisation/mandate.html", context)


def renewal(mandate: Mandate) -> str:
    query: dict[str, str] = {"organ": mandate.body.code, "roll": mandate.role, "person": str(mandate.person_id)}
    return f"{reverse('mandate_new')}?{urlencode(query)}"


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_new(request: HttpRequest) -> HttpResponse:
    require_registers(request)
    user: Any = request.user
    today = clock.today()
    choices: dict[str, Any] = {
        "bodies": bodies_to_appoint_in(user, on=today),
        "roles": roles_to_appoint(user),
        "people": people_to_appoint(user),
    }
    if not choices["bodies"].exists():
        raise PermissionDenied(_("Organets chef utser kontaktpersoner och delegater; systemförvaltaren utser övriga."))
    if request.method != "POST":
        asked = {
            name: request.GET.get(word, "")[:40]
            for name, word in (("body", "organ"), ("role", "roll"), ("person", "person"))
        }
        return appoint_page(request, AppointForm(initial=asked | {"valid_from": today}, **choices))
    form = AppointForm(request.POST, **choices)
    if not form.is_valid():
        return appoint_page(request, form, status=422)
    try:
        mandate = appoint_person(**form.cleaned_data, by=user, at=clock.now())
    except RuleBroken as problem:
        say(form, problem)
        return appoint_page(request, form, status=422)
    messages.success(request, _("%(person)s är utsedd: %(mandate)s.") % {"person": mandate.person, "mandate": mandate})
    return redirect(mandate)


def appoint_page(request: HttpRequest, form: AppointForm, *, status: int = 200) -> HttpResponse:
    context = {
        "title": _("Utse till ett mandat"),
        "intro": _("Rätten i registret följer mandatet från första till sista dagen."),
        "crumbs": crumbs(),
        "form": form,
        "action": request.path,
        "submit": _("Utse personen"),
        "cancel": {"url": reverse("mandate_list")},
    }
    return render(request, "patterns/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def mandate_end(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = get_mandate(request, pk)
    user: Any = request.user
    if not may_end(user, mandate):
        raise PermissionDenied(_("Organets chef eller systemförvaltaren avslutar mandatet."))
    if request.method != "POST":
        return end_page(request, EndMandateForm(initial={"last_day": clock.today()}), mandate)
    form = EndMandateForm(request.POST)
    if not form.is_valid():
        return end_page(request, form, mandate, status=422)
    try:
        left = end_mandate(mandate=mandate, **form.cleaned_data, by=user, at=clock.now())
    except RuleBroken as problem:
        say(form, problem)
        return end_page(request, form, mandate, status=422)
    if left is None:
        messages.success(request, _("Mandatet hade inte börjat gälla och är borttaget."))
        return redirect("mandate_list")
    messages.success(request, _("Mandatet slutar efter %(day)s.") % {"day": left.valid_to})
    return redirect(left)


def end_page(request: HttpRequest, form: EndMandateForm, mandate: Mandate, *, status: int = 200) -> HttpResponse:
    context = {
        "title": _("Avsluta mandatet"),
        "intro": _(
            "%(person)s: %(mandate)s. Öppna ärenden behåller sin handläggare: lämna över i stället, om någon ska ta dem."
        )
        % {"person": mandate.person, "mandate": mandate},
        "crumbs": [*crumbs(), {"label": str(mandate.person), "url": mandate.get_absolute_url()}],
        "form": form,
        "action": request.path,
        "submit": _("Avsluta mandatet"),
        "cancel": {"url": mandate.get_absolute_url()},
    }
    return render(request, "patterns/form.html", context, status=status)
