"""The principle guard: what the checks answer about an engagement, with what people have judged (domain section 7).

Nothing passes or stops in silence. What needs a person is listed until a person has answered, with name, reason and time;
a fail stops the decision until it is mended, or until the body that the matrix names lets it through with a reason.
What is decided keeps the answers it was decided on; what history brought, and what has ended, is not judged anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from engagements.enums import IN_FORCE_STATES, MEMBERSHIP_KINDS, WAITING_STATES, State
from engagements.evidence import evidence_of
from engagements.gathering import Dossier, age
from engagements.models import Engagement, Judgement
from engagements.routing import edition_of, may_decide, route_of
from engagements.rules import RuleBroken
from engagements.showing import section_words
from engagements.strategy.checks import CHECKS, FAIL, JUDGE, PASS, Finding, Words, run
from engagements.strategy.editions import Edition
from engagements.strategy.evidence import Evidence, Written
from organisation.models import Body

# Asked anew when a membership or agreement is to go on: what it is and holds (section 4), and whether it is paid for. How
# it was tagged and what was examined on the way in is not; who decides is the review's own question (M22).
RENEWED = frozenset({"C1", "C2", "C3", "C4", "C5", "C6", "C7", "C18"})
# Reviewed by somebody other than the writer, and after the last change.
REVIEWED = {"C5": "benefit_written", "R6": "why_written"}


@dataclass(frozen=True)
class Standing:
    """A check's answer as it stands now. `result` is pass, fail or judge, after the judgement if there is one."""

    id: str
    name: str
    result: str
    reason: Words
    section: str
    mend: Words
    stops: bool = True
    judgement: Judgement | None = None
    deviation: Judgement | None = None
    is_frozen: bool = False  # as it was when the matter was decided

    @property
    def is_stopping(self) -> bool:
        return self.stops and self.result == FAIL and self.deviation is None

    @property
    def is_open(self) -> bool:
        """Nobody has answered yet, and it bears on the decision."""
        return self.result == JUDGE


def findings(
    engagement: Engagement, *, on: date, deciding: Body | None = None, dossier: Dossier | None = None
) -> list[Standing]:
    """Every check that bears on the engagement, in the edition's order; `deciding` is the body about to decide.

    Those of a decided matter are the answers it was decided on, and what is asked once it runs is asked anew.
    """
    dossier = whole(engagement, dossier, on=on)
    if engagement.fingerprint or State(engagement.state) not in WAITING_STATES | IN_FORCE_STATES | {State.DRAFT}:
        return frozen(dossier)
    now = fresh(engagement, on=on, deciding=deciding, dossier=dossier)
    kept = frozen(dossier) if engagement.state in IN_FORCE_STATES else []
    return [*kept, *(one for one in now if not one.stops)] if kept else now


def fresh(
    engagement: Engagement, *, on: date, deciding: Body | None = None, dossier: Dossier | None = None
) -> list[Standing]:
    """The answers as if nothing were decided yet."""
    dossier, edition = whole(engagement, dossier, on=on), edition_of(engagement)
    evidence = evidence_of(dossier, on=on, deciding=deciding)
    return [standing(found, edition, evidence, dossier) for found in run(evidence, edition)]


def renewing(engagement: Engagement, *, on: date, deciding: Body | None = None) -> list[Standing]:
    """The answers that bear on going on with what is in force; none for what is not reviewed."""
    if engagement.kind not in MEMBERSHIP_KINDS or engagement.state != State.APPROVED:
        return []
    return [one for one in fresh(engagement, on=on, deciding=deciding) if one.id in RENEWED]


def whole(engagement: Engagement, dossier: Dossier | None = None, *, on: date) -> Dossier:
    """The checks look at what is there, also when the reader may not; their answers quote nothing of it."""
    if engagement.covered_parts:
        return Dossier(Engagement.objects.select_related("body", "partner").get(pk=engagement.pk), on=on)
    return dossier or Dossier(engagement, on=on)


def decides_still(row: Judgement, dossier: Dossier) -> bool:
    """A deviation stands while the matrix names the body that made it, or the one that it has become part of."""
    body = row.body
    while body and body.successor:
        body = body.successor
    way = route_of(dossier.engagement, dossier=dossier)
    return body is not None and any(may_decide(body, dossier.engagement, one) for one in way.deciders)


def standing(found: Finding, edition: Edition, evidence: Evidence, dossier: Dossier) -> Standing:
    rule, judged = edition.check(found.id), judgement_of(found, evidence, dossier)
    result = judged.answer if judged else found.result
    deviated = deviation_of(found, judged, evidence, dossier) if result == FAIL else None
    return Standing(
        id=found.id, name=rule.name() if rule else found.id, result=result, reason=found.reason, section=found.section,
        mend=found.mend if result != PASS else Words(), stops=found.stops, judgement=judged, deviation=deviated,
    )  # fmt: skip


def judgement_of(found: Finding, evidence: Evidence, dossier: Dossier) -> Judgement | None:
    """The judgement that stands of what the facts leave open.

    The latest no holds until somebody answers anew, also when the facts or the text are others: what is only asked stops
    no decision, so a change of one word would let through what a person has stopped. A yes answers its own question.
    """
    latest = dossier.judgements.get(found.id)
    if latest is None or found.result != JUDGE:
        return None
    if latest.answer == FAIL:
        return latest
    rows = (row for row in dossier.answers[found.id] if not row.is_deviation and is_about(row, found))
    row = next(rows, None)
    return row if row and (row.answer == FAIL or holds_still(row, evidence)) else None


def deviation_of(found: Finding, judged: Judgement | None, evidence: Evidence, dossier: Dossier) -> Judgement | None:
    """What lets the fail through: a deviation from this very fail, not from one that was judged before it."""
    rows = (row for row in dossier.answers.get(found.id, ()) if row.is_deviation and is_about(row, found))
    row = next(rows, None)
    if row is None or not decides_still(row, dossier):
        return None
    return row if judged is None or (age(row) >= age(judged) and holds_still(row, evidence)) else None


def is_about(row: Judgement, found: Finding) -> bool:
    """Whether it answered what is asked now, with the same facts filled in; one from before that was kept, whatever is."""
    return row.asked in ("", found.reason.in_full())


def holds_still(row: Judgement, evidence: Evidence) -> bool:
    """A review of a text holds while the text is the same, and only if somebody else than its writer made it."""
    written: Written | None = getattr(evidence, REVIEWED[row.subject]) if row.subject in REVIEWED else None
    if written is None:
        return True
    return row.at >= written.at and (row.is_deviation or written.by is None or row.by_id != written.by)


def require_passed(engagement: Engagement, *, deciding: Body, on: date) -> list[Standing]:
    """The answers, for the decision to keep. Raises RuleBroken, naming each check that fails, why and what mends it."""
    found = fresh(engagement, on=on, deciding=deciding)
    if stopping := stopping_sentences(found):
        raise RuleBroken(_("Ärendet bryter mot strategin och kan inte bifallas: %(checks)s") % {"checks": stopping})
    return found


def require_renewable(engagement: Engagement, *, deciding: Body, on: date) -> None:
    """Raises RuleBroken, naming each check that stops it from going on, unless it is let through with a deviation."""
    if stopping := stopping_sentences(renewing(engagement, on=on, deciding=deciding)):
        raise RuleBroken(
            _("Det bryter mot strategin och kan inte fortsätta utan avsteg: %(checks)s") % {"checks": stopping}
        )


def stopping_sentences(found: Iterable[Standing]) -> str:
    return " ".join(sentence(one) for one in found if one.is_stopping)


def sentence(one: Standing) -> str:
    """C6 (avsnitt 4): Slutdatum saknas. Ange ett slutdatum efter första dagen."""
    return f"{one.id} ({section_words(one.section)}): {said(one.reason)} {said(one.mend)}"


def said(words: Words) -> str:
    """The sentence in the reader's language."""
    if not words.text:
        return ""
    return _(words.text) % words.values if words.values else _(words.text)


def snapshot(found: Iterable[Standing]) -> list[dict[str, Any]]:
    """The answers as plain data in Swedish, for the decision's row and for the command line."""
    return [told(one) for one in found]


def told(one: Standing) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": one.id, "name": one.name, "result": one.result, "reason": str(one.reason), "section": one.section,
        "mend": str(one.mend),
    }  # fmt: skip
    if one.judgement:
        row["judged_by"] = str(one.judgement.by)
        row["judged"] = signed(one.judgement) | {"answer": one.judgement.answer}
    if one.deviation:
        row["deviation"] = signed(one.deviation) | {"body": str(one.deviation.body)}
    return row


def signed(row: Judgement) -> dict[str, Any]:
    return {"by": str(row.by), "at": row.at.isoformat(), "reason": row.reason, "judgement": row.pk}


def frozen(dossier: Dossier) -> list[Standing]:
    """The answers that the last decision kept; none where it was taken before there was a guard."""
    rows = dossier.witnessed.get("frozen") or []
    ids = [row[part]["judgement"] for row in rows for part in ("judged", "deviation") if part in row]
    found = Judgement.objects.select_related("by", "body").in_bulk(ids)
    given = {pk: dossier.own(row) for pk, row in found.items()}
    return [thawed(row, given) for row in rows]


def thawed(row: Mapping[str, Any], given: Mapping[int, Judgement]) -> Standing:
    return Standing(
        id=row["id"], name=row["name"], result=row["result"], reason=Words(row["reason"]), section=row["section"],
        mend=Words(row["mend"]), stops=CHECKS[row["id"]].stops if row["id"] in CHECKS else True,
        judgement=given.get(row.get("judged", {}).get("judgement", 0)),
        deviation=given.get(row.get("deviation", {}).get("judgement", 0)), is_frozen=True,
    )  # fmt: skip
