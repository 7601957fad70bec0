from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organisation.models import Body, Mandate, User
from stockholm_intl.kit.admin import RegisterAdmin, site


@admin.register(Body, site=site)
class BodyAdmin(RegisterAdmin):
    list_display = ["name", "code", "kind", "parent", "valid_from", "valid_to", "successor"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["parent", "successor"]
    list_select_related = ["parent", "successor"]
    fields = ["code", "name", "kind", "parent", "valid_from", "valid_to", "successor", "source", "reason"]


@admin.register(Mandate, site=site)
class MandateAdmin(RegisterAdmin):
    """A mandate that was wrong is ended, so that what was done in its name can still be understood."""

    list_display = ["person", "role", "body", "is_deputy", "valid_from", "valid_to"]
    list_filter = ["role"]
    search_fields = ["person__first_name", "person__last_name", "person__username", "body__name"]
    autocomplete_fields = ["person", "body"]
    list_select_related = ["person", "body"]
    fields = ["person", "body", "role", "is_deputy", "valid_from", "valid_to", "reason"]

    def save_model(self, request: HttpRequest, obj: Mandate, form: Any, change: bool) -> None:
        if not change:
            obj.appointed_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)


@admin.register(User, site=site)
class PersonAdmin(RegisterAdmin, UserAdmin):
    """People. Rights come with mandates; what makes a superuser is not here, but on the command line."""

    form = UserChangeForm
    list_display = ["username", "first_name", "last_name", "email", "is_active"]
    list_filter = ["is_active"]
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "title", "email")}),
        (_("Inloggning"), {"fields": ("is_active",)}),
    )
    filter_horizontal = ()
