"""To the head of a body: what is marked secret and nobody is left to answer for, by key, and naming new readers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagements.forms_rescue import RescueForm
from engagements.models import Engagement
from engagements.permission import access_of
from engagements.rescue import Unkept, answer_for, is_head, named_in, people_to_name, unkept_for
from engagements.rules import RuleBroken
from engagements.views.steps import tell
from organisation.enums import Action
from stockholm_intl.kit import clock


@require_safe
def unkept_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not is_head(user):
        raise PermissionDenied(_("Organets chef svarar för det som ingen längre är namngiven i."))
    context = {"title": _("Sekretess utan läsare"), "crumbs": crumbs()[:1], "found": unkept_for(user)}
    return render(request, "engagements/rescue/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unkept_rescue(request: HttpRequest, key: str) -> HttpResponse:
    user: Any = request.user
    known = next((one for one in unkept_for(user) if one.key == key), None)
    if known is None:
        return already(request, user, key)
    # all that leaves this view is its key, its body and the people to choose among
    engagement = Engagement.objects.select_related("body").get(key=key)
    people = people_to_name(engagement, on=clock.today()).exclude(pk=user.pk)
    may_mark = engagement.body_id in access_of(user).bodies(Action.MARK_SECRET)
    form = RescueForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            answer_for(engagement=engagement, by=user, at=clock.now(), **form.cleaned_data)
        except RuleBroken as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Du är namngiven läsare. Se över vilka fler som behöver läsa ärendet."))
            return redirect(engagement)
    return page(request, known, form, may_mark=may_mark)


def already(request: HttpRequest, user: Any, key: str) -> HttpResponse:
    """The second click of two finds that it is done. Every other key is no page, whether there is such a matter or not."""
    done = named_in(user).filter(key=key).first() if request.method == "POST" else None
    if done is None:
        raise Http404
    return redirect(done)


def page(request: HttpRequest, known: Unkept, form: RescueForm, *, may_mark: bool) -> HttpResponse:
    """`may_mark` says whether the head may change the mark once she reads it: not of what a merged body kept."""
    context = {
        "may_mark": may_mark,
        "title": _("Namnge läsare"),
        "intro": f"{known.key} · {known.body}",
        "crumbs": crumbs(),
        "form": form,
        "action": request.path,
        "submit": _("Namnge läsarna"),
        "cancel": {"url": reverse("unkept_list")},
    }
    return render(request, "engagements/rescue/name.html", context, status=422 if form.errors else 200)


def crumbs() -> list[dict[str, str]]:
    return [
        {"label": _("Register"), "url": reverse("register_index")},
        {"label": _("Sekretess utan läsare"), "url": reverse("unkept_list")},
    ]
