"""Marking an engagement, or parts of it, secret; unmarking it; and each request to be given what is marked.

A mark is a warning and no decision (records law R5): every request is judged anew, and logged.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from engagements.board_readers import writers_at
from engagements.enums import DisclosureOutcome, Part
from engagements.lent_marks import lent_to
from engagements.marked_words import with_telling
from engagements.masking import MARKED
from engagements.models import Disclosure, Engagement
from engagements.needed_readers import readers_needed, require_needed
from engagements.operations import locked, save_with_reason, touch
from engagements.permission import grant, may, withdraw
from engagements.rescue import NAMED, people_to_name
from engagements.rules import Incomplete, RuleBroken
from engagements.shared_reasons import is_marked
from engagements.sharing import readers_by_name, shares_of
from engagements.submitting import board_for, way_proposed
from organisation.enums import Action
from organisation.models import User
from stockholm_intl.kit import clock

# What the apps above know: when its words last came out on paper after a moment, asked while the row is held.
_printed: list[Callable[[Engagement, datetime], datetime | None]] = []


def printed_by(told: Callable[[Engagement, datetime], datetime | None]) -> None:
    if told not in _printed:
        _printed.append(told)


def possible_readers(engagement: Engagement, *, on: date) -> QuerySet[User]:
    """Who may be named when a mark is set: the body's own house, SLK's coordinators, those named already, those needed
    where it waits, and the secretary of the board that it is to be handed to."""
    named = [person.pk for person in readers_by_name(engagement)]
    named += [person.pk for needed in readers_needed(engagement, on=on) for person in needed.people]
    way = way_proposed(engagement)
    board = board_for(engagement, way) if way else None
    named += [person.pk for person in writers_at(board, on=on)] if board else []
    found = User.objects.filter(Q(pk__in=people_to_name(engagement, on=on)) | Q(pk__in=named), is_active=True)
    return found.order_by("first_name", "last_name", "username")


@transaction.atomic
def mark_secret(
    *,
    engagement: Engagement,
    whole: bool,
    parts: Collection[str],
    paragraph: str,
    ground: str,
    readers: Collection[User],
    by: User,
    at: datetime,
) -> Engagement:
    """Mark the whole, or parts; only the named read it from now on, and who marks is always one of them: a substitute for
    the days she stands in, beside the person who is away.

    A part that says a marked part's words in the open is marked with it (engagements.marked_words). Persons the matter
    was shared with by name and who are not among `readers` lose it.
    """
    engagement = locked(engagement)
    require_right(engagement, by)
    chosen = [] if whole else [part.value for part in Part if part.value in set(parts)]
    require_mark(whole=whole, chosen=chosen, paragraph=paragraph, ground=ground)
    chosen = with_telling(engagement, chosen, typed=(paragraph, ground)) if chosen else []
    lent = lent_to(by, engagement, on=clock.local_date(at))
    named = {person.pk: person for person in (by, *lent.lenders, *readers) if person.is_active}
    require_needed(engagement, named, on=clock.local_date(at))
    told = (whole, chosen, paragraph.strip(), ground.strip())
    known = {person.pk for person in readers_by_name(engagement)}
    if told == mark_of(engagement) and known == set(named):
        raise RuleBroken(_("Ärendet är redan markerat så."))
    if widens(engagement, whole=whole, chosen=chosen):
        engagement.secrecy_at, engagement.secrecy_by = after_printing(engagement, at), by
    engagement.is_secret, engagement.secret_fields, engagement.secrecy_paragraph, engagement.secrecy_ground = told
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason=f"{MARKED}, {paragraph.strip()}")
    for share in shares_of(engagement):
        if isinstance(share.to, User) and share.to.pk not in named:
            withdraw(engagement=engagement, to=share.to, action=share.action, by=by, at=at, reason="Inte namngiven")
    for person in named.values():
        if person.pk not in known:
            until = lent.until if person == by else None
            grant(
                engagement=engagement, to=person, action=Action.READ, reason=NAMED, by=by, at=at, until=until, by_hand=True
            )  # fmt: skip
    return engagement


def after_printing(engagement: Engagement, at: datetime) -> datetime:
    """A paper that was printed while the mark waited for the row has the words in clear, and is older than the mark."""
    printed = [day for told in _printed if (day := told(engagement, at))]
    return max([at, *(day + timedelta(microseconds=1) for day in printed)])


def widens(engagement: Engagement, *, whole: bool, chosen: Collection[str]) -> bool:
    """Whether it comes to cover more. What was printed before `secrecy_at` stands in clear, and is for the named alone:

    a new reader, ground or paragraph must not move that day, for a new print would be the same bytes.
    """
    if engagement.is_secret:
        return False
    return whole or not set(chosen) <= set(engagement.secret_fields)


def mark_of(engagement: Engagement) -> tuple[bool, list[str], str, str]:
    return (
        engagement.is_secret, engagement.secret_fields, engagement.secrecy_paragraph, engagement.secrecy_ground,
    )  # fmt: skip


def require_right(engagement: Engagement, by: User) -> None:
    """Asked again under the lock: the right may have ended since the page was opened."""
    if not may(by, Action.MARK_SECRET, engagement):
        raise RuleBroken(
            _(
                "Du får inte längre ändra sekretessen. Det gör organets chef, för en nämnds ärenden också dess sekreterare."
            )
        )


def require_mark(*, whole: bool, chosen: list[str], paragraph: str, ground: str) -> None:
    missing: dict[str, object] = {}
    if not whole and not chosen:
        missing["parts"] = _("Välj vilka uppgifter det gäller, eller hela ärendet.")
    if not paragraph.strip():
        missing["paragraph"] = _("Ange lagrum, till exempel OSL 15 kap. 1 §.")
    if not ground.strip():
        missing["ground"] = _("Skriv vad skadan skulle vara.")
    if missing:
        raise Incomplete(" ".join(map(str, missing.values())), missing)


@transaction.atomic
def unmark(*, engagement: Engagement, reason: str, by: User, at: datetime) -> Engagement:
    """Take the mark away. Who was named only for its sake has no more of her own right to the matter."""
    engagement = locked(engagement)
    require_right(engagement, by)
    if not is_marked(engagement):
        raise RuleBroken(_("Ärendet är inte sekretessmarkerat."))
    if not reason.strip():
        raise Incomplete(_("Skriv varför markeringen tas bort."), {"reason": _("Skriv varför markeringen tas bort.")})
    engagement.is_secret, engagement.secret_fields = False, []
    engagement.secrecy_paragraph = engagement.secrecy_ground = ""
    engagement.secrecy_at = engagement.secrecy_by = None
    touch(engagement, at=at)
    save_with_reason(engagement, by=by, reason=reason)
    for share in shares_of(engagement):
        if isinstance(share.to, User) and share.reason.startswith(NAMED):
            withdraw(engagement=engagement, to=share.to, action=share.action, by=by, at=at, reason=reason)
    return engagement


@transaction.atomic
def record_disclosure(
    *,
    engagement: Engagement,
    asked_on: date,
    what: str,
    outcome: DisclosureOutcome,
    reason: str,
    decider: str,
    decided_on: date,
    submission: UUID,
    by: User,
    at: datetime,
) -> tuple[Disclosure, bool]:
    """Log a request and how it was judged. The same `submission` twice is one row; the flag says if it is new."""
    engagement = locked(engagement)
    require_right(engagement, by)
    if not is_marked(engagement):
        raise RuleBroken(_("Ärendet är inte sekretessmarkerat. Det lämnas ut utan prövning här."))
    if decided_on < asked_on:
        said = _("Prövningen är före begäran. Ändra en av dagarna.")
        raise Incomplete(said, {"decided_on": said})
    return Disclosure.objects.get_or_create(
        submission=submission,
        defaults={
            "engagement": engagement, "asked_on": asked_on, "what": what, "outcome": outcome, "reason": reason,
            "decider": decider, "decided_on": decided_on, "recorded_by": by, "recorded_at": at,
        },
    )  # fmt: skip
