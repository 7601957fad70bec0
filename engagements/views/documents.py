"""Documents: handing one in, fetching one, and taking one off a draft."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from engagements.documents import add_document, documents_visible_to, remove_document
from engagements.forms_documents import DocumentForm
from engagements.models import Engagement
from engagements.permission import may
from engagements.rules import RuleBroken
from engagements.views.crumbs import around
from engagements.views.detail import get_engagement
from organisation.enums import Action
from stockholm_intl.kit import clock
from stockholm_intl.kit.uploads import as_attachment


@require_http_methods(["GET", "HEAD", "POST"])
def document_new(request: HttpRequest, key: str | None = None, pk: int | None = None) -> HttpResponse:
    """By key, or by number for a draft."""
    engagement = get_engagement(request, key=key, pk=pk, needs=Action.PREPARE)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if request.method == "POST" and form.is_valid() and (answer := handed_in(request, engagement, form)):
        return answer
    context = around(engagement) | {
        "title": _("Lägg in dokument"),
        "form": form,
        "action": request.path,
        "submit": _("Lägg in dokumentet"),
    }
    return render(request, "engagements/documents/new.html", context, status=422 if form.is_bound else 200)


def handed_in(request: HttpRequest, engagement: Engagement, form: DocumentForm) -> HttpResponse | None:
    """To the engagement's page when the file is kept; None when a rule says no and the form tells why."""
    try:
        document, is_new = add_document(
            engagement=engagement,
            upload=form.cleaned_data["file"],
            checked=form.checked,
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
        )
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return None
    said = _("Dokumentet ”%(name)s” är inlagt.") if is_new else _("Dokumentet finns redan här, som ”%(name)s”.")
    messages.success(request, said % {"name": document.name})
    if form.checked.warning:
        messages.warning(request, form.checked.warning)
    return redirect(f"{engagement.get_absolute_url()}#dokument")


@require_GET
def document_download(request: HttpRequest, pk: int) -> FileResponse:
    document = get_object_or_404(documents_visible_to(request.user), pk=pk)  # type: ignore[arg-type]
    try:
        file = document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("Filen finns inte i arkivet. Kontakta systemförvaltaren.")) from error
    return as_attachment(file, name=document.name, content_type=document.content_type)


@require_POST
def document_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = documents_visible_to(request.user).select_related("engagement")  # type: ignore[arg-type]
    document = get_object_or_404(found, pk=pk)
    if not may(request.user, Action.PREPARE, document.engagement):  # type: ignore[arg-type]
        raise PermissionDenied
    try:
        remove_document(document=document, by=request.user)  # type: ignore[arg-type]
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, _("Dokumentet ”%(name)s” är borttaget.") % {"name": document.name})
    return redirect(f"{document.engagement.get_absolute_url()}#dokument")
