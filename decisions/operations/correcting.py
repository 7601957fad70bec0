"""The only way to change what is decided and locked: a numbered correction with old and new, by whom and why."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from decisions.correctable import ABOUT, Fact, detail_of, facts, repeats
from decisions.models import Correction, Decision
from decisions.operations.decide import lacking
from decisions.operations.guards import keep
from decisions.queries import authority
from engagements.enums import MEMBERSHIP_KINDS, Kind
from engagements.locking import may_correct
from engagements.models import Engagement
from engagements.operations import locked, require_filled, touch
from engagements.rules import EditConflict, RuleBroken, WrongState
from organisation.models import User
from stockholm_intl.kit import clock


@transaction.atomic
def correct_engagement(
    *, engagement: Engagement, values: dict[str, Any], reason: str, by: User, at: datetime, seen_version: int
) -> Correction:
    """Put right facts of a decided engagement; `values` by the codes of `correctable.facts`, unchanged ones are left.

    Raises PermissionDenied for others than those who may decide it, WrongState while it is not locked, Incomplete
    without a reason, RuleBroken when nothing is changed or may not be, EditConflict when somebody saved in between.
    """
    engagement, detail = lock_rows(engagement)
    if not engagement.locked_at:
        raise WrongState(_("Beslutet är inte justerat än. Ångra det eller ändra uppgifterna på vanligt sätt."))
    if not may_correct(by, engagement):
        raise PermissionDenied(_("Bara den som får besluta i ärendet kan rätta det."))
    if engagement.version != seen_version:
        raise EditConflict(_("Någon annan har sparat ärendet medan du skrev. Läs det på nytt och rätta sedan."))
    if not reason.strip():
        raise lacking("reason", _("Skriv varför ärendet rättas."))
    changed = differing(facts(engagement, detail), values)
    correction = Correction(
        engagement=engagement, decision=decision_of(engagement), number=engagement.corrections.count() + 1,
        changes=[change(fact, new) for fact, new in changed], reason=reason.strip(),
        authority=in_name_of(by, engagement, at), by=by, at=at,
    )  # fmt: skip
    correction.save()
    is_repeated = repeats(engagement, detail)
    for fact, new in changed:
        setattr(fact.row, fact.name, new)
    if is_repeated:
        engagement.summary = getattr(detail, ABOUT[Kind(engagement.kind)])
    follow(engagement, detail, {fact.name for fact, _new in changed})
    require_filled(engagement, stage="decision")
    touch(engagement, at=at)
    told = f"Rättelse {correction.number}: {correction.reason}"
    keep(engagement, by=by, at=at, reason=told)
    if any(fact.row is detail for fact, _new in changed):
        keep(detail, by=by, at=at, reason=told)
    return correction


def lock_rows(engagement: Engagement) -> tuple[Engagement, Any]:
    """Both rows, locked in the order that the operations of the kind lock them in."""
    if engagement.kind in MEMBERSHIP_KINDS:
        detail = detail_of(engagement, lock=True)
        return locked(engagement), detail
    engagement = locked(engagement)
    return engagement, detail_of(engagement, lock=True)


def differing(known: list[Fact], values: dict[str, Any]) -> list[tuple[Fact, Any]]:
    by_code = {fact.code: fact for fact in known}
    if unknown := values.keys() - by_code.keys():
        raise RuleBroken(_("Det här går inte att rätta: %(what)s.") % {"what": ", ".join(sorted(unknown))})
    changed = [(by_code[code], new) for code, new in values.items() if by_code[code].value != new]
    if not changed:
        raise RuleBroken(_("Inget är ändrat. Ändra det som är fel, eller avbryt."))
    return changed


def change(fact: Fact, new: Any) -> dict[str, Any]:
    old = fact.value
    return {"row": fact.row._meta.label_lower, "field": fact.name, "old": plain(old), "new": plain(new)}


def plain(value: Any) -> Any:
    """As it is kept in the correction: a country by its code, the rest as JSON has it."""
    return getattr(value, "code", value)


def follow(engagement: Engagement, detail: Any, names: set[str]) -> None:
    """What the engagement repeats of its days."""
    if "entered_on" in names:
        engagement.starts_on = detail.entered_on
    if engagement.kind in MEMBERSHIP_KINDS and "ends_on" in names:
        engagement.ends_on = detail.ends_on
    if {"starts_on", "entered_on"} & names:
        engagement.happens = engagement.starts_on.isoformat() if engagement.starts_on else ""
    first, last = engagement.starts_on, engagement.ends_on
    if first and last and last < first:
        raise lacking("ends_on", _("Sista dagen är före första dagen. Ändra en av dem."))


def decision_of(engagement: Engagement) -> Decision:
    found = engagement.decisions.of_the_matter().order_by("decided_on", "pk").last()
    if found is None:
        raise WrongState(_("Ärendet har inget beslut att rätta."))
    return found


def in_name_of(by: User, engagement: Engagement, at: datetime) -> str:
    """In Swedish, as the decision itself was written."""
    if engagement.decisions.filter(item__isnull=False).exclude(delegate="").exists():
        return "Beredningens sekreterare"
    return authority(by, engagement, on=clock.local_date(at))
