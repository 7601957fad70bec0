"""What every engagement's page has in common: header, chips, history, documents, and why one sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.corrected import corrections_of
from engagements.enums import WAITING_STATES, Kind, Part, State
from engagements.gathering import Dossier
from engagements.grounds import grounds
from engagements.history import history_of
from engagements.locking import may_correct
from engagements.masking import DETAIL, MASK, covered
from engagements.models import Engagement
from engagements.permission import access_of, may, may_share
from engagements.routing import decider_fits, deciding_body, route_of
from engagements.rules import allowed
from engagements.showing import direction_name, directions
from engagements.views.crumbs import place_crumb
from engagements.views.guard_panel import guard_panel
from engagements.views.way_panel import panel
from engagements.why import why_sentence
from organisation.enums import Action
from stockholm_intl.kit import clock


@dataclass(frozen=True)
class NextStep:
    """Something that can be done. The first that the person may take, and that leads the matter on, is the page's one
    filled button; the rest stand as plain links."""

    label: str
    url: str
    action: Action
    leads: bool = True


def get_engagement(
    request: HttpRequest,
    *,
    key: str | None = None,
    pk: int | None = None,
    kinds: frozenset[Kind] | None = None,
    needs: Action = Action.READ,
) -> Engagement:
    """The engagement this person may read, or 404; the right `needs` on it, or 403."""
    found = Engagement.objects.visible_to(request.user)  # type: ignore[arg-type]
    details = (DETAIL[kind] for kind in kinds or ())
    found = found.select_related("body", "contact", "decided_by", "partner", "frame", *details)
    found = found.filter(key=key) if key is not None else found.filter(pk=pk or 0)
    engagement = (found.filter(kind__in=kinds) if kinds else found).first()
    if engagement is None:
        raise Http404
    if needs is not Action.READ and not may(request.user, needs, engagement):  # type: ignore[arg-type]
        raise PermissionDenied
    return engagement


def detail_context(
    request: HttpRequest,
    engagement: Engagement,
    *,
    detail: Any = None,
    steps: Iterable[NextStep] = (),
    asks: bool = True,
) -> dict[str, Any]:
    """Everything `engagements/detail.html` shows; a kind's own page adds its substance.

    `detail` is the kind's own row, whose history is woven into the engagement's. `steps` come in order of weight; where
    the matter does not ask for anything they stand as plain links.
    """
    user: Any = request.user
    history, dossier = history_of(engagement, detail), Dossier(engagement, on=clock.today())
    points = list(covered(user, engagement.agenda_items.select_related("meeting__body", "decision")))
    waits = any(point.is_waiting for point in points)
    way = panel(request, engagement, dossier)
    if way["submit_url"]:
        steps = [NextStep(_("Lämna till kommunstyrelsen"), way["submit_url"], Action.PREPARE), *steps]
    taken = [
        step for step in steps if may(user, step.action, engagement) and not (waits and step.action == Action.REFER)
    ]
    leading = (step for step in taken if step.leads and is_urged(step, user, engagement, dossier, way))
    first = next(leading, None) if asks else None
    return {
        "engagement": engagement,
        "title": engagement.title or _("Utkast utan rubrik"),
        "crumbs": [place_crumb(engagement.place)],
        "directions": directions(engagement.main_direction, engagement.other_directions, engagement.edition),
        "motives": motives(engagement),
        "next_step": first,
        "other_steps": [
            *(step for step in taken if step is not first),
            *correct_step(user, engagement),
            *strike_step(user, engagement),
        ],
        "history": history,
        "documents": covered(user, engagement.documents.select_related("uploaded_by")),
        "may_add_document": may(user, Action.PREPARE, engagement) and engagement.state != State.STRUCK,
        "agenda_items": points,
        "decisions": covered(user, engagement.decisions.filter(review__isnull=True).select_related("point")),
        "corrections": corrections_of(engagement),
        "why_seen": [why_sentence(ground) for ground in grounds(user, engagement)],
        "care": care_of(user, engagement),
        "way": way,
        "guard": guard_panel(request, engagement, dossier),
        "secrecy": secrecy_words(engagement),
        "show_deadline": engagement.respond_by and State(engagement.state) in WAITING_STATES,
    }


def is_urged(step: NextStep, user: Any, engagement: Engagement, dossier: Dossier, way: dict[str, Any]) -> bool:
    """What the strategy takes elsewhere can be put before the committee, and what another body decides can be opened to
    be sent back, but nobody is urged to."""
    if step.action == Action.REFER:
        return bool(way["said"]["handled_by"])
    if step.action == Action.DECIDE and State(engagement.state) == State.PROPOSED:
        deciding = deciding_body(user, engagement, on=clock.today())
        return decider_fits(deciding, engagement, route_of(engagement, dossier=dossier)) is not False
    return True


def care_of(user: Any, engagement: Engagement) -> list[dict[str, str]]:
    """Who sees it: the pages where that is changed, for those who may."""
    found = []
    if engagement.key and may_share(user, engagement):
        found.append({"label": _("Dela ärendet"), "url": reverse("engagement_sharing", args=[engagement.key])})
    if engagement.key and may(user, Action.MARK_SECRET, engagement):
        found.append({"label": _("Sekretess"), "url": reverse("engagement_secrecy", args=[engagement.key])})
    return found


def secrecy_words(engagement: Engagement) -> dict[str, Any] | None:
    """What is marked, on what ground, by whom; and what of it this reader does not see."""
    if not engagement.is_secret and not engagement.secret_fields:
        return None
    return {
        "whole": engagement.is_secret,
        "parts": [Part(part).label for part in engagement.secret_fields],
        "covered": bool(engagement.covered_parts),
        "paragraph": engagement.secrecy_paragraph,
        "ground": engagement.secrecy_ground,
        "at": engagement.secrecy_at,
        "by": engagement.secrecy_by,
    }


def refer_step(engagement: Engagement) -> list[NextStep]:
    """To Internationella beredningen, while the matter is open and registered."""
    if engagement.key is None or State(engagement.state) not in WAITING_STATES:
        return []
    return [NextStep(_("Hänskjut till beredningen"), reverse("engagement_refer", args=[engagement.key]), Action.REFER)]


def may_strike(user: Any, engagement: Engagement) -> bool:
    """Who decides in the body that registered it, and not the board that it has been handed to."""
    return engagement.body_id in access_of(user).bodies(Action.DECIDE) and may(user, Action.DECIDE, engagement)


def strike_step(user: Any, engagement: Engagement) -> list[NextStep]:
    """What was registered by mistake, until it is decided."""
    if not allowed("strike", engagement.state) or not may_strike(user, engagement):
        return []
    return [NextStep(_("Makulera"), reverse("engagement_strike", args=[engagement.key]), Action.DECIDE)]


def correct_step(user: Any, engagement: Engagement) -> list[NextStep]:
    """Once the decision is locked, what was wrong in it is put right in the open."""
    if not may_correct(user, engagement):
        return []
    return [NextStep(_("Rätta"), reverse("engagement_correct", args=[engagement.key]), Action.READ)]


def motives(engagement: Engagement) -> list[dict[str, str]]:
    """The main direction's sentence first, then those of the others."""
    if Part.SUMMARY in engagement.covered_parts:
        names = (direction_name(code, engagement.edition) for code in engagement.directions)
        return [{"name": name, "text": str(MASK)} for name in names]
    return [
        {"name": direction_name(code, engagement.edition), "text": engagement.motives[code]}
        for code in engagement.directions
        if engagement.motives.get(code)
    ]
