"""What a reception's page tells, and which others are asked for or granted the same evening (R5)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from engagements.enums import IN_FORCE_STATES, WAITING_STATES, Kind
from engagements.models import Engagement
from engagements.showing import country_name
from stockholm_intl.kit.templatetags.formats import long_range

SHOWN = 5


def reception_facts(engagement: Engagement, reception: Any) -> list[dict[str, Any]]:
    if reception is None:
        return []
    country = country_name(str(engagement.country))
    found = [
        (_("Sökande"), ", ".join(filter(None, [engagement.counterpart, country]))),
        (_("Dag"), long_range(engagement.starts_on, None) or engagement.happens),
        (_("Tid"), reception.slot),
        (_("Sal"), reception.venue),
        (_("Gäster"), reception.guests),
        (_("Från utlandet"), share(reception)),
        (_("Kongressen"), long_range(reception.congress_from, reception.congress_to)),
        (_("Kongressens lokal"), reception.congress_venue),
        (_("Hålls i Stockholm"), told(reception.congress_in_city)),
        (_("Gästerna bor på hotell i Stockholm"), told(reception.guests_stay_in_city)),
        (_("Region Stockholm medvärd"), told(reception.region_co_hosts)),
        (_("Syfte"), engagement.summary),
        (_("Varför staden"), reception.why_the_city),
        (_("Deltagare"), reception.participants),
        (_("Attesteras av"), attested(reception)),
    ]
    return [{"term": term, "value": value} for term, value in found]


def told(answer: bool | None) -> str:
    return {True: _("ja"), False: _("nej"), None: ""}[answer]


def share(reception: Any) -> str:
    if reception.share_abroad is None:
        return ""
    return f"{reception.share_abroad}\u00a0%" + (_(", en uppskattning") if reception.share_is_estimate else "")


def attested(reception: Any) -> str:
    if not reception.attested_by:
        return ""
    return f"{reception.attested_by}, " + (_("som var med") if reception.attester_attended else _("som inte var med"))


def clashing(request: HttpRequest, engagement: Engagement, reception: Any) -> list[Engagement]:
    """Other receptions that day, asked for or granted, that this person may read."""
    if engagement.kind != Kind.RECEPTION or reception is None or engagement.starts_on is None:
        return []
    same_day = Engagement.objects.visible_to(request.user).filter(  # type: ignore[arg-type]
        kind=Kind.RECEPTION, starts_on=engagement.starts_on, state__in=WAITING_STATES | IN_FORCE_STATES
    )
    return list(same_day.exclude(pk=engagement.pk).select_related("reception").order_by("pk")[:SHOWN])
