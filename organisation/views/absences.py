"""Who is away, who stands in, and until when."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.appointing import mandates_to_lend, substitutes_in
from organisation.enums import Action
from organisation.forms import AbsenceForm
from organisation.models import Absence, Body, Mandate, User
from organisation.operations import end_absence, register_absence
from organisation.queries import access_of
from stockholm_intl.kit import clock
from stockholm_intl.kit.posting import say
from stockholm_intl.kit.rules import RuleBroken
from stockholm_intl.kit.swedish import in_alphabet


def absences_for(user: User) -> QuerySet[Absence]:
    """Those this person sees: her own, those she stands in for, and those in the bodies whose mandates she sees to."""
    access = access_of(user)
    rows = Absence.objects.ahead(on=clock.today()).select_related("person", "substitute", "body")
    if Action.KEEP_REGISTERS in access.house_rights:
        return rows
    return rows.filter(Q(person=user.pk) | Q(substitute=user.pk) | Q(body_id__in=access.bodies(Action.APPOINT)))


@require_safe
def absence_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    context = {
        "title": _("Frånvaro"),
        "crumbs": [{"label": _("Mitt konto"), "url": reverse("account")}],
        "absences": absences_for(user),
        "may_add": mandates_to_lend(user, on=clock.today()).exists(),
    }
    return render(request, "organisation/absences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def absence_new(request: HttpRequest) -> HttpResponse:
    """The mandates in the list are those this person may lend; somebody without any is told so."""
    user: Any = request.user
    held = mandates_to_lend(user, on=clock.today()).order_by(in_alphabet("person__first_name"), "pk")
    if not held.exists():
        raise PermissionDenied(_("Du har inget mandat som en vikarie kan ta över."))
    people = substitutes(user, held)
    if request.method != "POST":
        mine = held.filter(person=user).first()
        form = AbsenceForm(held=held, people=people, initial={"held": mine, "valid_from": clock.today()})
        return page(request, form)
    form = AbsenceForm(request.POST, held=held, people=people)
    if not form.is_valid():
        return page(request, form, status=422)
    told = form.cleaned_data
    mandate = told.pop("held")
    try:
        absence = register_absence(person=mandate.person, body=mandate.body, **told, by=user, at=clock.now())
    except RuleBroken as problem:
        say(form, problem)
        return page(request, form, status=422)
    messages.success(
        request,
        _("%(who)s är vikarie för %(person)s %(first)s–%(last)s.")
        % {"who": absence.substitute, "person": absence.person, "first": absence.valid_from, "last": absence.valid_to},
    )
    return redirect("absence_list")


def substitutes(user: User, held: QuerySet[Mandate]) -> QuerySet[User]:
    """Everybody with a mandate in the house of any body whose mandates she may lend; the operation asks for the right one."""
    bodies = Body.objects.filter(pk__in=held.order_by().values("body"))
    people = substitutes_in(bodies, on=clock.today()).exclude(pk=user.pk)
    return people.order_by(in_alphabet("first_name"), "pk")


def page(request: HttpRequest, form: AbsenceForm, *, status: int = 200) -> HttpResponse:
    context = {
        "title": _("Lägg in frånvaro"),
        "intro": _("Vikarien får läsa och göra det som mandatet ger, de dagarna och bara i det organet."),
        "crumbs": [
            {"label": _("Mitt konto"), "url": reverse("account")},
            {"label": _("Frånvaro"), "url": reverse("absence_list")},
        ],
        "form": form,
        "action": request.path,
        "submit": _("Lägg in frånvaron"),
        "cancel": {"url": reverse("absence_list")},
    }
    return render(request, "patterns/form.html", context, status=status)


@require_POST
def absence_end(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    absence = get_object_or_404(absences_for(user), pk=pk)
    end_absence(absence=absence, by=user, at=clock.now())
    messages.success(request, _("Frånvaron är återtagen. Vikariens rätt har upphört."))
    return redirect("absence_list")
