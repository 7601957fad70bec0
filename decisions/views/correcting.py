"""Rätta: what was wrong in a decided matter, put right in the open."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.correctable import Fact, detail_of, facts
from decisions.forms_correcting import CorrectionForm
from decisions.operations import correct_engagement
from decisions.views.access import take_in
from decisions.views.matters import readers
from decisions.views.meetings import form_page, posted
from engagements.locking import may_correct
from engagements.masking import hides
from engagements.models import Engagement
from engagements.rules import EditConflict, RuleBroken
from engagements.views.crumbs import around
from engagements.views.detail import get_engagement
from engagements.views.steps import tell
from stockholm_intl.kit import clock


@require_http_methods(["GET", "HEAD", "POST"])
def engagement_correct(request: HttpRequest, key: str) -> HttpResponse:
    engagement = get_engagement(request, key=key)
    if not may_correct(request.user, engagement):  # type: ignore[arg-type]
        raise PermissionDenied(
            _("Bara den som får besluta i ärendet kan rätta det, och först när beslutet är justerat.")
        )
    form = CorrectionForm(posted(request), known=known_to_reader(engagement), engagement=engagement)
    status, theirs = None, []
    if request.method == "POST" and form.is_valid():
        try:
            correction = correct(form, engagement, request.user)
        except RuleBroken as problem:
            tell(form, problem)
            status = 409 if isinstance(problem, EditConflict) else None
            if status:
                theirs = both_versions(form)
                take_in(form, Engagement.objects.values_list("version", flat=True).get(pk=engagement.pk))
        else:
            messages.success(request, _("Rättelse %(n)s är inskriven.") % {"n": correction.number})
            return redirect(engagement)
    context = around(engagement) | {
        "title": _("Rätta ett beslutat ärende"),
        "submit": _("Skriv in rättelsen"),
        "number": engagement.corrections.count() + 1,
        "readers": readers(engagement),
        "theirs": theirs,
    }
    return form_page(request, form, context, status, template="decisions/correct.html")


def both_versions(form: CorrectionForm) -> list[dict[str, Any]]:
    """What stands now and what was sent, where they differ: to send it once more is then a choice with open eyes."""
    found = [(form.fields[name], name) for name in form.changed_data if name not in ("reason", "version")]
    return [
        {
            "label": field.label,
            "theirs": in_words(field, form.get_initial_for_field(field, name)),
            "yours": in_words(field, form.cleaned_data.get(name)),
        }
        for field, name in found
    ]


def in_words(field: Any, value: Any) -> str:
    """A value as its field shows it: the names of what was chosen, else the text itself."""
    names = {str(code): str(name) for code, name in getattr(field, "choices", ())}
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(names.get(str(one), str(one)) for one in chosen if one not in (None, ""))


def known_to_reader(engagement: Engagement) -> list[Fact]:
    """What is covered for this reader is not theirs to put right."""
    found = facts(engagement, detail_of(engagement))
    return [fact for fact in found if not hides(engagement, fact.row._meta.label_lower, fact.name)]


def correct(form: CorrectionForm, engagement: Engagement, user: Any) -> Any:
    return correct_engagement(
        engagement=engagement, values=form.corrected(), reason=form.cleaned_data["reason"], by=user, at=clock.now(),
        seen_version=form.cleaned_data["version"],
    )  # fmt: skip
