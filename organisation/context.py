"""What every page knows: the places this person has, and who they are here. One query, shared with the page itself."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.enums import Action, Role
from organisation.queries import Access, access_of

SEEN_BY_READERS = (
    ("visit_list", "/besok/", lambda: _("Besök")),
    ("membership_list", "/medlemskap/", lambda: _("Medlemskap och avtal")),
    ("assignment_list", "/uppdrag/", lambda: _("Uppdrag")),
)


SAMPLE_NOTICE = gettext_lazy("Påhittade ärenden som visar hur registret fungerar. Inget av dem är ett verkligt beslut.")


def places(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    access = access_of(user)
    return {
        "places": menu(access, request.path),
        "account": account(access),
        "sample_notice": SAMPLE_NOTICE if user.is_sample else "",
    }


def menu(access: Access, path: str) -> list[dict[str, Any]]:
    """The places of this person's roles, in the menu's order."""
    found = [("desk", "/", _("Skrivbord"))]
    if Action.READ_MEETING in access.house_rights:
        found.append(("meeting_list", "/beredning/", _("Beredning")))
    if access.bodies(Action.READ):
        found += [(name, start, label()) for name, start, label in SEEN_BY_READERS]
    if access.reads_everything or Action.MAKE_REPORT in access.house_rights:
        found.append(("report_list", "/rapporter/", _("Rapporter")))
    if Action.SEE_REGISTERS in access.house_rights:
        found.append(("register_index", "/register/", _("Register")))
    found.append(("who_decides", "/vem-beslutar/", _("Vem beslutar?")))
    counted = {"desk": reverse("desk_count")} if access.user_id else {}
    return [
        {
            "label": label,
            "url": reverse(name),
            "current": path == "/" if start == "/" else path.startswith(start),
            "count_url": counted.get(name, ""),
        }
        for name, start, label in found
    ]


def account(access: Access) -> dict[str, Any]:
    role = Role(access.main_role).label if access.main_role else _("Utan mandat")
    body = access.main_body or _("Mitt konto")
    return {"body": body, "role": str(role), "has_mandate": bool(access.main_role)}
