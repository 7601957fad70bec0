"""The panel Principkontroll: what passed, what is to be judged and what stops, each with its section and its mend."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from engagements.enums import ASSIGNMENT_KINDS, EDITABLE_STATES, MEMBERSHIP_KINDS, WAITING_STATES, Kind, State
from engagements.gathering import Dossier
from engagements.guard import Standing, findings, renewing, said
from engagements.judging import NEVER_DEVIATED, deviating_bodies, may_judge
from engagements.masking import covered
from engagements.models import Engagement, Judgement
from engagements.permission import may
from engagements.routing import edition_of
from engagements.showing import section_words
from engagements.strategy.checks import FAIL, JUDGE, PASS
from engagements.underlag import SECTION_OF, is_open, sections_for
from engagements.views.same_theme import same_theme
from organisation.enums import Action
from stockholm_intl.kit import clock

ORDER = {FAIL: 0, JUDGE: 1, PASS: 2}


def guard_panel(request: HttpRequest, engagement: Engagement, dossier: Dossier | None = None) -> dict[str, Any] | None:
    """None for a draft: nothing is decided on it yet, and it has no page of its own for the checks.

    None too for a reader from whom parts are covered: the answers quote what the matter says.
    """
    if engagement.key is None or engagement.covered_parts:
        return None
    user: Any = request.user
    dossier = dossier or Dossier(engagement, on=clock.today())
    found = findings(engagement, on=clock.today(), dossier=dossier)
    hands = Hands(user, engagement, dossier)
    rows = [row_of(one, engagement, hands) for one in sorted(found, key=lambda one: ORDER[one.result])]
    cover_reasons(user, rows)
    return {
        "rows": rows,
        "left": [row for row in rows if row["outcome"] != PASS],
        "passed": [row for row in rows if row["outcome"] == PASS],
        "summary": summary(found),
        "meta": short_summary(found),
        "url": reverse("engagement_checks", args=[engagement.key]),
        "underlag_url": reverse("underlag", args=[engagement.key])
        if hands.prepares and sections_for(engagement)
        else "",
        # what is in force already is granted; a review asks its own checks anew
        "stops": State(engagement.state) in WAITING_STATES and any(one.is_stopping for one in found),
        "ended": not found,
    }


def renewal_rows(request: HttpRequest, engagement: Engagement) -> list[dict[str, Any]]:
    """What does not pass of that which a review asks anew, with the links that answer it."""
    if engagement.covered_parts:
        return []
    user: Any = request.user
    found = [one for one in renewing(engagement, on=clock.today()) if one.result != PASS]
    hands = Hands(user, engagement, renews=True)
    rows = [row_of(one, engagement, hands) for one in sorted(found, key=lambda one: ORDER[one.result])]
    cover_reasons(user, rows)
    return rows


class Hands:
    """What this person may do with the checks of this engagement; `renews` where a review asks them anew."""

    def __init__(
        self, user: Any, engagement: Engagement, dossier: Dossier | None = None, *, renews: bool = False
    ) -> None:
        self.user, self.dossier = user, dossier or Dossier(engagement)
        self.prepares = may(user, Action.PREPARE, engagement)
        self.judges = may_judge(user, engagement)
        self.deviates = bool(deviating_bodies(user, engagement, self.dossier))
        self.mends = self.prepares and is_open(engagement)
        self.is_open = is_open(engagement) or renews


def row_of(one: Standing, engagement: Engagement, hands: Hands) -> dict[str, Any]:
    """One check in words, with the links that mend or answer it."""
    language = get_language() or "sv"
    rule = edition_of(engagement).check(one.id)
    answered = one.judgement or one.deviation
    return {
        "id": one.id,
        "outcome": one.result,
        "label": rule.name(language) if rule else one.name,
        "reason": said(one.reason),
        "section": _("Strategin, %(section)s") % {"section": section_words(one.section)}
        if one.section[:1].isdigit()
        else one.section,
        "reading": bool(rule and rule.reading),
        "mend": "" if answered or one.is_frozen else said(one.mend),
        "beside": same_theme(hands.user, hands.dossier) if one.id == "C12" and not one.is_frozen else [],
        "mend_url": mend_url(one.id, engagement) if hands.mends and one.mend.text else "",
        "judgement": one.judgement,
        "deviation": one.deviation,
        "later": not one.stops,
        "is_frozen": one.is_frozen,
        "answer_url": answer_url(one, engagement, hands),
        "answer_label": answer_label(one, hands),
    }


def answer_label(one: Standing, hands: Hands) -> str:
    if deviates(one, hands):
        return _("Gör ett avsteg")
    return _("Bedöm på nytt") if one.judgement else _("Bedöm kontrollen")


def answer_url(one: Standing, engagement: Engagement, hands: Hands) -> str:
    open_now = hands.is_open if one.stops else State(engagement.state) in (State.APPROVED, State.COMPLETED)
    judged = hands.judges and (one.result == JUDGE or one.judgement is not None)
    if one.is_frozen or not open_now or not (judged or deviates(one, hands)):
        return ""
    return reverse("engagement_check", args=[engagement.key, one.id])


def deviates(one: Standing, hands: Hands) -> bool:
    return hands.deviates and one.is_stopping and one.id not in NEVER_DEVIATED


def mend_url(check: str, engagement: Engagement) -> str:
    """The page where what is lacking is written, at the right place."""
    key = engagement.key
    if check in SECTION_OF:
        return f"{reverse('underlag', args=[key])}#{SECTION_OF[check]}"
    if check == "C15":
        return f"{engagement.get_absolute_url()}#vem-beslutar"
    if check == "C20":
        return reverse("body_detail", args=[engagement.body.code])
    return edit_url(engagement)


def edit_url(engagement: Engagement) -> str:
    if State(engagement.state) not in EDITABLE_STATES:
        return ""
    names = {
        **dict.fromkeys(ASSIGNMENT_KINDS, "assignment_edit"),
        **dict.fromkeys(MEMBERSHIP_KINDS, "membership_edit"),
        Kind.VISIT: "visit_edit",
        Kind.RECEPTION: "reception_edit",
    }
    try:
        return reverse(names[Kind(engagement.kind)], args=[engagement.key])
    except NoReverseMatch:
        return ""


def cover_reasons(user: Any, rows: Sequence[dict[str, Any]]) -> None:
    """A reason quotes the matter: what is marked in it is covered in the reason too."""
    judgements: list[Judgement] = [row[name] for row in rows for name in ("judgement", "deviation") if row[name]]
    by_id = {row.pk: row for row in covered(user, judgements)}
    for row in rows:
        for name in ("judgement", "deviation"):
            if row[name]:
                row[name] = by_id[row[name].pk]


def counted(found: Sequence[Standing]) -> dict[str, int]:
    return {result: sum(one.result == result for one in found) for result in ORDER}


def summary(found: Sequence[Standing]) -> str:
    """5 godkända, 1 att bedöma, 1 stoppar."""
    n = counted(found)
    passed = ngettext("%(n)s godkänd", "%(n)s godkända", n[PASS]) % {"n": n[PASS]}
    judge = _("%(n)s att bedöma") % {"n": n[JUDGE]}
    failed = ngettext("%(n)s underkänd", "%(n)s underkända", n[FAIL]) % {"n": n[FAIL]}
    return ", ".join(text for text, many in ((passed, n[PASS]), (judge, n[JUDGE]), (failed, n[FAIL])) if many)


def short_summary(found: Sequence[Standing]) -> str:
    """What stands beside the heading on a phone: what is left to do, else that all is well."""
    return summary([one for one in found if one.result != PASS]) or summary(found)


def warn_of_checks(request: HttpRequest, engagement: Engagement) -> None:
    """After saving, while there is time to change: what would stop a decision."""
    saved = Engagement.objects.select_related("body", "partner").get(pk=engagement.pk)
    stopping = [one for one in findings(saved, on=clock.today()) if one.is_stopping]
    if stopping:
        told = " ".join(f"{said(one.reason)} {said(one.mend)}" for one in stopping)
        messages.warning(request, _("Det här stoppar ett bifall: %(checks)s") % {"checks": told})
