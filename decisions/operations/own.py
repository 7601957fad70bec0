"""Decisions in a body's own field: its head's, a delegate's, or its board's as the secretary writes it in."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from decisions.enums import Outcome
from decisions.models import Decision, DelegationPoint
from decisions.operations.decide import lacking
from decisions.operations.guards import can_be_cited, checked, keep, lock_decided
from decisions.queries import authority, must_cite, own_points
from decisions.rules import Verdict, belonging
from engagements.enums import MEMBERSHIP_KINDS, Instrument, Kind
from engagements.gathering import Dossier
from engagements.models import Engagement
from engagements.operations import locked, move, require_filled, require_off_the_agenda, require_step
from engagements.permission import may
from engagements.routing import deciding_body, require_decider, route_of
from engagements.rules import EditConflict, RuleBroken
from engagements.submitting import take_back
from memberships.operations import decide_membership
from organisation.enums import Action
from organisation.models import Body, User
from stockholm_intl.kit import clock
from visits.operations import accept_visit, decline_visit

ACCEPT, DECLINE = "accept", "decline"
OUTCOMES = {ACCEPT: Outcome.APPROVED, DECLINE: Outcome.DECLINED}


@transaction.atomic
def decide_own(
    *,
    engagement: Engagement,
    outcome: str,
    by: User,
    at: datetime,
    note: str = "",
    delegate: str = "",
    point: DelegationPoint | None = None,
    decided_on: date | None = None,
    paragraph: str = "",
    seen_version: int | None = None,
) -> Decision:
    """Accept or decline what has been proposed, in the body's own name. `outcome` is "accept" or "decline".

    The head decides what is the office's, and by a point of the scheme what is the board's; so does a delegate. A board's
    secretary writes in what the board decided, on which day and in which paragraph: the owner's board, or the one that
    the matter was handed to. Raises PermissionDenied for others, Incomplete without a reason to decline, WrongState when
    it is not proposed (or decided by somebody else first), RuleBroken when another body decides, or when it breaks a
    principle and is not let through.
    """
    engagement = locked(engagement)
    if not may(by, Action.DECIDE, engagement):
        raise PermissionDenied(_("Du kan läsa ärendet men inte besluta i det."))
    require_step(outcome, engagement)
    if seen_version is not None and engagement.version != seen_version:
        raise EditConflict(_("Ärendet har ändrats medan du läste. Läs det på nytt och besluta sedan."))
    today = clock.local_date(at)
    day = day_of(decided_on, today)
    deciding = require_own(engagement, by=by, on=today)
    if outcome == DECLINE and not note.strip():
        raise lacking("note", _("Skriv varför, så att den som frågar får veta skälet."))
    require_filled(engagement, stage="decision")
    delegate = delegate.strip() or authority(by, engagement, on=today)
    require_point(engagement, point, must=must_cite(by, engagement, on=today), on=day)
    answers = checked(engagement, granting=outcome == ACCEPT, deciding=deciding, on=day)
    decision = Decision(
        engagement=engagement, body=deciding, outcome=OUTCOMES[outcome], is_sample=engagement.is_sample,
        text=decision_text(engagement, outcome, note), delegate=delegate, delegate_person=by, point=point,
        decided_on=day, paragraph=paragraph.strip(), recorded_by=by, recorded_at=at, findings=answers,
    )  # fmt: skip
    keep(decision, by=by, at=at)
    carry_out(engagement, outcome, by=by, at=at, note=note.strip())
    # an own body's decision has no list to wait for: it is approved when it is recorded
    lock_decided(engagement, by=by, at=at, reason="Beslutet är fattat och låst")
    return decision


@transaction.atomic
def send_back(*, engagement: Engagement, by: User, at: datetime, reason: str) -> Engagement:
    """Who may decide asks for more first; a board it was handed to lets it go.

    Raises Incomplete without saying what is missing, RuleBroken for what stands on an agenda.
    """
    engagement = locked(engagement)
    if not may(by, Action.DECIDE, engagement):
        raise PermissionDenied(_("Du kan läsa ärendet men inte besluta i det."))
    require_off_the_agenda(engagement)
    if not reason.strip():
        raise lacking("note", _("Skriv vad som behöver kompletteras."))
    move(engagement, "send_back", by=by, at=at, reason=reason.strip())
    take_back(engagement=engagement, by=by, at=at, reason="Tillbaka för komplettering")
    return engagement


def day_of(decided_on: date | None, today: date) -> date:
    if decided_on and decided_on > today:
        raise lacking("decided_on", _("Dagen har inte varit än. Skriv in beslutet när det är fattat."))
    return decided_on or today


def carry_out(engagement: Engagement, outcome: str, *, by: User, at: datetime, note: str) -> None:
    """The change itself, by the operation of its kind."""
    if engagement.kind in MEMBERSHIP_KINDS:
        decide_membership(engagement=engagement, accept=outcome == ACCEPT, note=note, by=by, at=at)
        return
    visit = getattr(engagement, "visit", None) if engagement.kind == Kind.VISIT else None
    if visit and outcome == ACCEPT:
        accept_visit(visit=visit, by=by, at=at, note=note)
    elif visit:
        decline_visit(visit=visit, by=by, at=at, reason=note)
    else:
        engagement.decided_at, engagement.decided_by, engagement.decision_note = at, by, note
        move(engagement, outcome, by=by, at=at, reason=note)


def require_own(engagement: Engagement, *, by: User, on: date) -> Body:
    """The body in whose name it is decided (C15).

    What finansborgarrådet or another body decides, or an agenda already holds, is not decided beside it.
    """
    require_off_the_agenda(engagement)
    dossier = Dossier(engagement, on=on)
    whose = belonging(route_of(engagement, dossier=dossier))
    if whose.verdict is Verdict.OURS:
        raise RuleBroken(
            _(
                "Ärendet beslutas av finansborgarrådet (%(row)s). "
                "Be stadsledningskontoret hänskjuta det till beredningen."
            )
            % {"row": whose.row}
        )
    deciding = deciding_body(by, engagement, on=on, dossier=dossier)
    require_decider(engagement, deciding, dossier=dossier)
    return deciding


def decision_text(engagement: Engagement, outcome: str, note: str) -> str:
    """What is written in the register, in Swedish whatever language the page has."""
    subject = {Kind.VISIT: "Besöket"}.get(Kind(engagement.kind))
    if engagement.instrument == Instrument.INVITATION_LETTER:
        said = "Inbjudningsbrevet skickas." if outcome == ACCEPT else "Inget inbjudningsbrev skickas."
    elif subject:
        said = f"{subject} tas emot." if outcome == ACCEPT else f"{subject} avböjs."
    else:
        said = "Bifall till förslaget." if outcome == ACCEPT else "Avslag."
    return f"{said}\n{note.strip()}".strip()


def require_point(engagement: Engagement, point: DelegationPoint | None, *, must: bool, on: date) -> None:
    among = own_points(engagement.body, on=on)
    if point is None and must:
        raise lacking("point", what_point(engagement, among.exists()))
    if point is not None and not can_be_cited(point, among):
        raise RuleBroken(
            _("Delegationspunkt %(point)s gäller inte för %(body)s i dag. Välj en annan punkt.")
            % {"point": point.code, "body": engagement.body}
        )


def what_point(engagement: Engagement, there_are_some: bool) -> str:
    if there_are_some:
        return _("Ange delegationspunkten som ger dig rätt att besluta.")
    return _("Ingen delegationspunkt ger dig rätt att besluta. Låt sekreteraren i %(board)s föra in beslutet.") % {
        "board": engagement.body.board or engagement.body
    }
