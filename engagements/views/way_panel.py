"""The panel Vem beslutar? on an engagement's page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engagements.choosing import coordinates, is_coordinated, may_choose, questions_for
from engagements.enums import OPEN_STATES, Kind, State
from engagements.gathering import Dossier
from engagements.masking import covered
from engagements.models import Engagement, Judgement
from engagements.permission import handed_to
from engagements.routing import (
    FIELDS,
    LEAVING,
    MATTER,
    edition_for,
    edition_of,
    facts_for,
    judged_of,
    route_of,
    way_under,
)
from engagements.submitting import goes_to_board, is_to_submit, way_proposed
from engagements.way import shown
from stockholm_intl.kit import clock


def panel(request: HttpRequest, engagement: Engagement, dossier: Dossier | None = None) -> dict[str, Any]:
    """Its way in words, what is still asked, what has been judged and by whom, and what this person may do about it."""
    user: Any = request.user
    dossier, language = dossier or Dossier(engagement), get_language() or "sv"
    way, edition = route_of(engagement, dossier=dossier), edition_of(engagement)
    chooses = engagement.key is not None and may_choose(user, engagement)
    address = reverse("judge_way", args=[engagement.key]) if chooses else ""
    asked = {question.code for question in way.questions}
    office = coordinates(engagement, way)
    proposed = way if engagement.state == State.PROPOSED else way_proposed(engagement)
    return {
        "said": shown(way, edition, language) | {"owner": engagement.body if way.deciders == ("body",) else ""},
        "questions": [
            {
                "text": question.text(language),
                "url": address and question.choices and f"{address}?fraga={question.code}",
            }
            for question in way.questions
        ],
        "judged": [
            words for row in covered(user, judged_of(dossier)) if (words := judged_words(engagement, row, language))
        ],
        "again": [
            {
                "text": question.text(language),
                "url": f"{address}?fraga={question.code}",
                "first": question.code == LEAVING and LEAVING not in dossier.judgements,
            }
            for question in (questions_for(engagement, dossier) if chooses else ())
            if question.code not in asked
        ],
        "office": office,
        "coordinated": office is not None and is_coordinated(engagement, office),
        "coordinate_url": reverse("engagement_coordinate", args=[engagement.key]) if office and chooses else "",
        "handed": handed_to(engagement) if proposed and goes_to_board(engagement, proposed) else None,
        "submit_url": reverse("engagement_submit", args=[engagement.key]) if is_to_submit(engagement, proposed) else "",
        "is_open": State(engagement.state) in OPEN_STATES,
    }


def beside(kind: Kind, engagement: Engagement | None) -> dict[str, Any]:
    """The way as it looks while the matter is written down, and what would make it surer."""
    language = get_language() or "sv"
    chosen = edition_for(engagement, on=clock.today())
    way = route_of(engagement) if engagement else way_under(chosen, facts_for(kind))
    return {"said": shown(way, chosen, language), "asks": [question.text(language) for question in way.questions]}


def judged_words(engagement: Engagement, row: Judgement, language: str) -> dict[str, Any] | None:
    """A judgement that still holds: its answer is what the engagement's own field says."""
    edition = edition_of(engagement)
    questions = [
        one for one in edition.questions if one.code == row.subject or (row.subject == MATTER and one.is_judgement)
    ]
    pool = (*edition.instruments,) if row.subject == "instrument" else sum((one.choices for one in questions), ())
    choice = next((one for one in pool if one.code == row.answer), None)
    if choice is None or (row.subject in FIELDS and getattr(engagement, row.subject) != choice.value):
        return None
    return {"answer": choice.name(language), "reason": row.reason, "by": row.by, "at": row.at, "label": _("Bedömt")}
