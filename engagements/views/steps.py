"""One step of a matter as a page of its own: ask, do, say."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from engagements.models import Engagement
from engagements.rules import Incomplete, RuleBroken
from engagements.views.crumbs import around
from stockholm_intl.kit import clock


def step_page(
    request: HttpRequest,
    engagement: Engagement,
    form: Any,
    operation: Callable[..., object],
    *,
    title: str,
    submit: str,
    said: str,
    lead: str = "",
    template: str = "engagements/step.html",
) -> HttpResponse:
    """The operation gets the engagement and the form's values. What it refuses is told on the form; `lead` stands above it."""
    if request.method == "POST" and form.is_valid():
        try:
            operation(engagement=engagement, by=request.user, at=clock.now(), **form.cleaned_data)
        except RuleBroken as problem:
            tell(form, problem)
        else:
            messages.success(request, said)
            return redirect(engagement)
    said_of = {"form": form, "title": title, "submit": submit, "action": request.path, "lead": lead}
    return render(request, template, around(engagement) | said_of, status=422 if form.errors else 200)


def tell(form: Any, problem: RuleBroken) -> None:
    """Beside the field it is about, else over the form."""
    named = problem.missing if isinstance(problem, Incomplete) else {}
    for name, text in named.items():
        form.add_error(name if name in form.fields else None, str(text))
    if not named:
        form.add_error(None, str(problem))
