"""The form of the login page: Django's own, in our dress and with our words."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from stockholm_intl.kit.forms import Look


class SignInForm(Look, AuthenticationForm):
    error_messages = {
        "invalid_login": _("Namnet och lösenordet hör inte ihop. Kontrollera stora och små bokstäver och försök igen."),
        "inactive": _("Kontot är avstängt. Fråga stadsledningskontoret."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Användarnamn")
        self.fields["password"].label = _("Lösenord")
