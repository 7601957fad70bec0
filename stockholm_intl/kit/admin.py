"""The back office at /forvaltning/: for superusers, who are made on the command line and nowhere else."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from stockholm_intl.kit.fields import LineField
from stockholm_intl.kit.jobs import start_again
from stockholm_intl.kit.models import Outbox


class BackOffice(AdminSite):
    site_header = site_title = gettext_lazy("Internationella registret: förvaltning")
    index_title = gettext_lazy("Register att vårda")

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The house's own sign-in; who is signed in already and still came here has no business here."""
        if request.user.is_authenticated:
            raise PermissionDenied(_("Förvaltningen är till för systemets superanvändare."))
        return redirect_to_login(request.GET.get("next", request.path))


site = BackOffice(name="admin")


class RegisterForm(forms.ModelForm):
    """Whoever changes a register says why; it stands in the history."""

    reason = LineField(label=gettext_lazy("Varför?"), max_length=300, required=False)


class RegisterAdmin(SimpleHistoryAdmin):
    """Rows with history, changed with a reason and never deleted: they are ended instead."""

    form: Any = RegisterForm

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj._change_reason = form.cleaned_data.get("reason", "")
        super().save_model(request, obj, form, change)


@admin.register(Outbox, site=site)
class OutboxAdmin(ModelAdmin):
    """What the workers were asked for and how it went. What was parked or failed can be started again."""

    list_display = ["name", "state", "starts", "created_at", "started_at", "finished_at", "error"]
    list_filter = ["state", "name"]
    actions = ["again"]

    @admin.action(description=gettext_lazy("Starta igen"))
    def again(self, request: HttpRequest, queryset: QuerySet[Outbox]) -> None:
        count = start_again(queryset)
        self.message_user(request, _("%(n)s uppgifter startas igen.") % {"n": count})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # The list with its action is shown; a single row can only be read.
        return obj is None

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
