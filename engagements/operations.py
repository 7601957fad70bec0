"""What happens to any engagement: drafted, registered, edited, moved a step. Each function tells one change whole."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from engagements.enums import DECIDED_STATES, Kind, State
from engagements.locking import require_kept
from engagements.models import Document, Engagement, KeyCounter
from engagements.permission import may
from engagements.rules import (
    NO_COUNTERPART,
    REQUIRED,
    STEPS,
    EditConflict,
    Incomplete,
    RuleBroken,
    WrongState,
    allowed,
    key_for,
)
from engagements.strategy.editions import edition, in_force
from organisation.enums import Action
from organisation.models import Body, User
from stockholm_intl.kit import clock

Fields = dict[str, Any]
GRANT = "accept"  # what is proposed: only a visit can be proposed to be declined


@transaction.atomic
def draft_engagement(
    *, kind: Kind, body: Body, by: User, at: datetime, submission: UUID | None = None, **fields: Any
) -> tuple[Engagement, bool]:
    """A new draft, without key. The same `submission` sent twice gives the same draft; the flag says if it is new.

    It is judged under the edition of the strategy that is in force, and keeps it. Raises WrongState when that
    `submission` is somebody else's, or of a draft that is no longer this person's to prepare.
    """
    fields.setdefault("edition", in_force(on=clock.local_date(at)).code)
    engagement = Engagement(
        kind=kind, body=body, contact=by, created_by=by, created_at=at, updated_at=at, submission=submission, **fields
    )
    try:
        with transaction.atomic():
            save_with_reason(engagement, by=by, reason="")
    except IntegrityError as error:
        if "submission" not in str(error):
            raise
        twin = Engagement.objects.filter(submission=submission, created_by=by).first()
        if twin is None or not may(by, Action.PREPARE, twin):
            raise WrongState(_("Formuläret är redan använt. Öppna ett nytt och skriv in uppgifterna där.")) from error
        return twin, False
    return engagement, True


@transaction.atomic
def register_engagement(*, engagement: Engagement, by: User, at: datetime) -> Engagement:
    """Give the draft its key; from now on it is on record. Registering twice gives the same key.

    Raises Incomplete when a required field is empty, WrongState for a struck or decided matter.
    """
    engagement = locked(engagement)
    if engagement.key:
        return engagement
    require_step("register", engagement)
    require_filled(engagement, stage="register")
    engagement.key = take_key(year=clock.local_date(at).year)
    engagement.state = State.REGISTERED
    engagement.registered_by = by
    engagement.updated_at = at
    # the database's own clock says when it came on record (records law R3)
    engagement.registered_at = Engagement.objects.values_list(Now(), flat=True).filter(pk=engagement.pk).get()
    save_with_reason(engagement, by=by, reason="")
    return engagement


def take_key(*, year: int) -> str:
    """The next key of the year. The counter stays locked until the transaction ends, so a rollback leaves no gap."""
    KeyCounter.objects.get_or_create(year=year)
    counter = KeyCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save()
    return key_for(year, counter.last)


@transaction.atomic
def edit_engagement(
    *, engagement: Engagement, by: User, at: datetime, seen_version: int, reason: str = "", **fields: Any
) -> Engagement:
    """Change fields. Raises EditConflict when somebody saved after `seen_version` was shown: nothing is overwritten.

    Raises Locked for what was decided, once the decision is approved.
    """
    engagement = locked(engagement)
    if engagement.version != seen_version:
        raise EditConflict(
            _("Någon annan har sparat ärendet medan du skrev. Jämför texterna och spara igen om din ska gälla.")
        )
    require_kept(engagement, engagement, fields)
    assign(engagement, fields)
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason=reason)
    return engagement


@transaction.atomic
def propose_engagement(*, engagement: Engagement, text: str, by: User, at: datetime) -> Engagement:
    """Propose to who decides that it is granted. Raises Incomplete when text, direction or motive is missing (C11)."""
    engagement = locked(engagement)
    require_filled(engagement, stage="decision")
    require_text(text, "text", _("Skriv vad som föreslås."))
    engagement.proposal, engagement.proposal_text = GRANT, text.strip()
    move(engagement, "propose", by=by, at=at)
    return engagement


def write_over(
    engagement: Engagement, detail: Any, *, body: Body, matter: Fields, details: Fields, by: User, at: datetime
) -> None:
    """Both locked rows of a draft, with what is written now."""
    assign(engagement, matter | {"body": body})
    assign(detail, details)
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason="")
    save_with_reason(detail, by=by, reason="")


def assign(row: Any, fields: Fields) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


def locked(engagement: Engagement) -> Engagement:
    """The row as it is now, locked until the transaction ends."""
    return Engagement.objects.select_for_update(of=("self",)).select_related("body").get(pk=engagement.pk)


def move(engagement: Engagement, step_name: str, *, by: User, at: datetime, reason: str = "") -> None:
    """Take one step on a locked row and save it with the person and the reason."""
    require_step(step_name, engagement)
    if STEPS[step_name].to in DECIDED_STATES and not engagement.source:
        # strategy section 3; what history brought was decided before anybody asked
        require_filled(engagement, stage="end")
    engagement.state = STEPS[step_name].to
    if engagement.state == State.CLOSED:
        engagement.closed_at = at
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason=reason)


def touch(engagement: Engagement, *, at: datetime) -> None:
    engagement.version += 1
    engagement.updated_at = at


def save_with_reason(row: Any, *, by: User | None, reason: str) -> None:
    """Save so that history knows who and why, also outside a request."""
    row._history_user = by
    row._change_reason = reason
    row.save()


def require_step(step_name: str, engagement: Engagement) -> None:
    if not allowed(step_name, engagement.state):
        raise WrongState(
            _("Ärendet är redan i läget ”%(state)s”. Någon annan kan ha hunnit före. Läs sidan på nytt.")
            % {"state": engagement.state_word}
        )


def require_text(text: str, name: str, why: str) -> None:
    """Raises Incomplete, with `why` beside the field of that name."""
    if not text.strip():
        raise Incomplete(why, {name: why})


def require_filled(engagement: Engagement, *, stage: str) -> None:
    """Raises Incomplete with the names of the fields that `stage` needs and the engagement lacks."""
    missing = {name: _LACKS[name]() for name in REQUIRED[stage] if _is_missing(engagement, name)}
    if missing:
        raise Incomplete(" ".join(missing.values()), dict(missing))


def _is_missing(engagement: Engagement, name: str) -> bool:
    if name == "counterpart" and engagement.kind in NO_COUNTERPART:
        return False
    if name == "motives":
        return not all(engagement.motives.get(code, "").strip() for code in engagement.directions or [""])
    if name == "main_direction":
        return not is_aimed(engagement)
    return not getattr(engagement, name)


def is_aimed(engagement: Engagement) -> bool:
    """Whether it has a main direction, and none but those of the edition it is judged under."""
    known = {direction.code for direction in edition(engagement.edition).directions}
    return bool(engagement.main_direction) and known.issuperset(engagement.directions)


_LACKS = {
    "title": lambda: _("Rubriken saknas."),
    "counterpart": lambda: _("Ange vem som frågar."),
    "body": lambda: _("Ange vilket organ ärendet hör till."),
    "main_direction": lambda: _("Välj en huvudinriktning."),
    "motives": lambda: _("Skriv en mening om varför varje vald inriktning passar."),
}


@transaction.atomic
def strike_engagement(*, engagement: Engagement, by: User, at: datetime, reason: str) -> Engagement:
    """Withdraw a wrong registration; the key is kept and never used again (records law R2).

    Raises Incomplete without a reason, WrongState once it is decided, RuleBroken for what stands on an agenda.
    """
    require_text(reason, "reason", _("Skriv varför ärendet makuleras."))
    engagement = locked(engagement)
    require_off_the_agenda(engagement)
    move(engagement, "strike", by=by, at=at, reason=reason)
    return engagement


def require_off_the_agenda(engagement: Engagement) -> None:
    """What waits at Internationella beredningen goes no other way meanwhile. History's meetings hold nothing back."""
    items = engagement.agenda_items.select_related("meeting__body", "decision")
    standing = next((item for item in items if item.is_waiting), None)
    if standing:
        raise RuleBroken(
            _("Ärendet står på dagordningen för %(meeting)s, punkt %(point)s, och avgörs där.")
            % {"meeting": standing.meeting, "point": standing.point}
        )


@transaction.atomic
def delete_draft(*, engagement: Engagement, by: User) -> None:
    """A draft was never on record and may go; anything with a key stays."""
    engagement = locked(engagement)
    if engagement.key:
        raise WrongState(_("Ärendet är registrerat och kan inte tas bort. Makulera det i stället."))
    for document in engagement.documents.all():
        erase_document(document, by=by)
    engagement._history_user = by  # type: ignore[attr-defined]
    engagement.delete()


def erase_document(document: Document, *, by: User) -> None:
    """The row, and its file once the transaction holds."""
    storage, stored = document.file.storage, str(document.file.name)
    document._history_user = by  # type: ignore[attr-defined]
    document.delete()
    transaction.on_commit(lambda: storage.delete(stored))
