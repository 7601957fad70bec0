"""A person judges what the strategy leaves open about who decides, and kommunstyrelsen's office is let in to coordinate."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from engagements.enums import MEMBERSHIP_KINDS, OPEN_STATES, State, Step
from engagements.gathering import Dossier
from engagements.models import Engagement, Judgement
from engagements.operations import locked, require_text, save_with_reason, touch
from engagements.permission import grant, may
from engagements.routing import AMONG, FIELDS, JUDGED, LEAVING, MATTER, edition_of, facts_of, route_of
from engagements.rules import Incomplete, WrongState
from engagements.strategy.competence import Route, among
from engagements.strategy.editions.shapes import Question
from organisation.enums import Action, BodyKind
from organisation.models import Body, User


def questions_for(engagement: Engagement, dossier: Dossier | None = None) -> list[Question]:
    """What may be judged of its way: what is asked now first, then scope and form, which can always be judged anew.

    Of what is in force only what the strategy leaves open of going on with it (M22), and who lets it end (M23): the rest
    was decided on.
    """
    dossier = dossier or Dossier(engagement)
    if may_end(engagement):
        out = route_of(engagement, step=Step.EXIT, dossier=dossier)
        renewed = route_of(engagement, step=Step.REVIEW, dossier=dossier)
        # a fact that a decision has locked is put right by a correction
        asked = [one for one in renewed.questions if one.choices and (one.is_judgement or not engagement.locked_at)]
        return [*asked, *(one for one in (out.judged, *out.questions) if one and one.code == LEAVING)]
    way, facts = route_of(engagement, dossier=dossier), facts_of(engagement, dossier=dossier)
    edition = edition_of(engagement)
    found = {question.code: question for question in way.questions if question.choices}
    if way.judged:
        found[way.judged.code] = way.judged
    again = [question for question in edition.questions if question.code in {"scope", "instrument"}]
    for question in again:
        if question.code == "scope" and "scope" in edition.asked_about([facts.instrument or "", *facts.among]):
            found.setdefault("scope", question)
        elif question.code == "instrument" and facts.instrument in AMONG.get(engagement.kind, ()):
            found.setdefault("instrument", among(question, AMONG[engagement.kind], edition))
    return list(found.values())


def may_choose(user: User, engagement: Engagement) -> bool:
    """Whoever prepares it, while it is open or could be left."""
    judged = State(engagement.state) in OPEN_STATES or may_end(engagement)
    return judged and may(user, Action.PREPARE, engagement)


def may_end(engagement: Engagement) -> bool:
    """In force, and of a kind that is left by a decision."""
    return engagement.kind in MEMBERSHIP_KINDS and State(engagement.state) == State.APPROVED


@transaction.atomic
def choose_way(*, engagement: Engagement, question: str, answer: str, reason: str, by: User, at: datetime) -> Judgement:
    """Answer one question about the way, with the reason; it stands on record, and in the engagement's own field if it has one.

    Raises PermissionDenied for others, Incomplete without answer or reason, WrongState for what is not asked.
    """
    detail = locked_membership(engagement) if question == "instrument" else None
    engagement = locked(engagement)
    if not may_choose(by, engagement):
        raise PermissionDenied(_("Den som bereder ärendet bedömer, så länge det är öppet eller gäller."))
    asked = next((one for one in questions_for(engagement) if one.code == question), None)
    if asked is None:
        raise WrongState(_("Frågan är redan besvarad. Läs sidan på nytt."))
    choice = asked.choice(answer)
    if choice is None:
        raise Incomplete(_("Välj ett av svaren."), {"answer": _("Välj ett av svaren.")})
    require_text(reason, "reason", _("Skriv varför."))
    # history says what was chosen; why stands with the judgement, which secrecy can cover
    said = f"{asked.text()} {choice.name()}"[:100]
    if question in FIELDS:
        setattr(engagement, question, choice.value)
    if detail is not None:
        # a membership keeps its form in its own row too
        detail.form = choice.value
        save_with_reason(detail, by=by, reason=said)
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason=said)
    subject = question if question in (*FIELDS, *JUDGED) else MATTER
    return Judgement.objects.create(
        engagement=engagement, subject=subject, answer=answer, reason=reason.strip(), asked=asked.code, by=by, at=at
    )


def locked_membership(engagement: Engagement) -> Any:
    """A membership's own row, or None: locked before the engagement, as everything that changes both of them does."""
    relation: Any = Engagement._meta.get_field("membership")
    return relation.related_model._default_manager.select_for_update().filter(pk=engagement.pk).first()


def coordinates(engagement: Engagement, way: Route | None = None) -> Body | None:
    """The office that coordinates for kommunstyrelsen (M16), where that is not the owner's own house."""
    if (way or route_of(engagement)).coordinates != "KS":
        return None
    office = Body.objects.filter(kind=BodyKind.CITY_EXECUTIVE_OFFICE).order_by("code").first()
    return office if office and office.pk != engagement.body_id else None


@transaction.atomic
def ask_coordination(*, engagement: Engagement, by: User, at: datetime) -> Body:
    """Let stadsledningskontoret read and prepare a significant visit, which kommunstyrelsen coordinates (section 5, M16).

    Asking twice changes nothing. Raises PermissionDenied for others, WrongState for what nobody coordinates.
    """
    engagement = locked(engagement)
    if not may_choose(by, engagement):
        raise PermissionDenied(_("Den som bereder ärendet lämnar det till samordning, så länge det är öppet."))
    office = coordinates(engagement)
    if office is None:
        raise WrongState(_("Ärendet samordnas inte av kommunstyrelsen. Läs sidan på nytt."))
    if not is_coordinated(engagement, office):
        reason = _("Kommunstyrelsen samordnar betydande besök (M16).")
        for action in (Action.READ, Action.PREPARE):
            grant(engagement=engagement, to=office, action=action, reason=reason, by=by, at=at)
        touch(engagement, at=at)
        save_with_reason(engagement, by=by, reason=f"Lämnat till {office} för samordning")
    return office


def is_coordinated(engagement: Engagement, office: Body) -> bool:
    grants = engagement.group_grants.filter(group=office.group_id, valid_to__isnull=True)
    return grants.filter(permission__codename="prepare_engagement").exists()
