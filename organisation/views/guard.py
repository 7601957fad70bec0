"""Who comes into the registers."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from organisation.enums import Action
from organisation.queries import access_of


def require_registers(request: HttpRequest) -> None:
    """Raises PermissionDenied for a person whose roles do not see the registers."""
    if Action.SEE_REGISTERS not in access_of(request.user).house_rights:  # type: ignore[arg-type]
        raise PermissionDenied(_("Registren visas för dem som bereder, beslutar eller granskar ärenden."))
