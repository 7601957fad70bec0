"""The house in the back office. What ends or joins something is done on its own page, by the operation that asks first
what else must be done and does what follows; here those fields are only read."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.models import Body, Mandate, User
from organisation.operations import require_appointable, require_closable
from stockholm_intl.kit import clock
from stockholm_intl.kit.admin import RegisterAdmin, RegisterForm, site
from stockholm_intl.kit.rules import RuleBroken


class HouseAdmin(RegisterAdmin):
    """`kept` are the fields that operations change; `help` says where. An older version is read and never put back."""

    kept: tuple[str, ...] = ()
    help: Any = ""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.kept if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_fieldsets(request, obj)
        return [(found[0][0], {**found[0][1], "description": self.help}), *found[1:]] if obj and self.help else found

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        return form

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied(_("En äldre version läses här, men läggs inte tillbaka. Ändra på radens egen sida."))
        return super().history_form_view(request, *args, **kwargs)  # type: ignore[no-any-return]


@admin.register(Body, site=site)
class BodyAdmin(HouseAdmin):
    list_display = ["name", "code", "kind", "parent", "valid_from", "valid_to", "successor"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["parent"]
    list_select_related = ["parent", "successor"]
    fields = ["code", "name", "kind", "parent", "valid_from", "valid_to", "successor", "source", "reason"]
    help = gettext_lazy("Organ slås samman på organets sida i registret. Då följer mandat och öppna ärenden med.")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The last day of one that goes up in another is the merger's."""
        return ("successor", "valid_to") if obj and obj.successor_id else ("successor",)


class MandateForm(RegisterForm):
    """A new one follows the same rules as when it is given on the page of mandates."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        told: dict[str, Any] = {name: data.get(name) for name in ("person", "body", "role", "valid_from")}
        if not self.instance.pk and all(told.values()):
            try:
                require_appointable(**told, valid_to=data.get("valid_to"), by=self.by)  # type: ignore[attr-defined]
            except RuleBroken as problem:
                self.add_error(problem.field or None, str(problem))
        return data


@admin.register(Mandate, site=site)
class MandateAdmin(HouseAdmin):
    """A mandate that was wrong is ended, so that what was done in its name can still be understood."""

    form = MandateForm
    list_display = ["person", "role", "body", "is_deputy", "valid_from", "valid_to"]
    list_filter = ["role"]
    search_fields = ["person__first_name", "person__last_name", "person__username", "body__name"]
    autocomplete_fields = ["person", "body"]
    list_select_related = ["person", "body"]
    fields = ["person", "body", "role", "is_deputy", "valid_from", "valid_to", "reason"]
    kept = ("person", "body", "role", "valid_from", "valid_to")
    help = gettext_lazy(
        "Ett mandat lämnas över och avslutas på sin egen sida i registret, så att ärenden, vikariat och läsrätt följer med. "
        "Ska det gälla längre utser du på nytt, från dagen efter."
    )

    def save_model(self, request: HttpRequest, obj: Mandate, form: Any, change: bool) -> None:
        if not change:
            obj.appointed_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)


class PersonForm(UserChangeForm):
    def clean_is_active(self) -> bool:
        """An account is closed as on the page where its mandates are handed over."""
        active = bool(self.cleaned_data["is_active"])
        if not active and User.objects.filter(pk=self.instance.pk, is_active=True).exists():
            try:
                require_closable(self.instance, by=self.by, on=clock.today())  # type: ignore[attr-defined]
            except RuleBroken as problem:
                raise forms.ValidationError(str(problem)) from problem
        return active


@admin.register(User, site=site)
class PersonAdmin(HouseAdmin, UserAdmin):
    """People. Rights come with mandates; what makes a superuser is not here, but on the command line."""

    form = PersonForm
    list_display = ["username", "first_name", "last_name", "email", "is_active"]
    list_filter = ["is_active"]
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (gettext_lazy("Person"), {"fields": ("first_name", "last_name", "title", "email")}),
        (gettext_lazy("Inloggning"), {"fields": ("is_active",)}),
    )
    filter_horizontal = ()
