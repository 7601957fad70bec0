"""A mandate's last day: what the apps above do when it is given one, and when it has passed."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from organisation.models import Mandate, MandateEnding, User
from stockholm_intl.kit import clock

_left: list[Callable[..., None]] = []


def after_ending(told: Callable[..., None]) -> Callable[..., None]:
    """Register `told(mandate, last_day=, by=, at=)`, called in the same transaction when somebody sets the last day, and by
    the clock (`by` is None) when it has passed. It may be called twice for one end."""
    if told not in _left:
        _left.append(told)
    return told


def tell_of_end(mandate: Mandate, *, last_day: date, by: User | None, at: datetime) -> None:
    for told in _left:
        told(mandate, last_day=last_day, by=by, at=at)
    if last_day < clock.local_date(at):
        MandateEnding.objects.get_or_create(mandate=mandate, ended_on=last_day, defaults={"at": at})


def carry_out_endings(*, at: datetime) -> int:
    """What ending by hand does, for mandates whose last day was set beforehand and has passed; says how many.

    Each end once, however often it is asked and however long ago it was: a run that was missed is caught up with.
    """
    done = MandateEnding.objects.filter(mandate=OuterRef("pk"), ended_on=OuterRef("valid_to"))
    past = Mandate.objects.filter(~Exists(done), valid_to__lt=clock.local_date(at))
    keys = list(past.order_by("valid_to", "pk").values_list("pk", flat=True))
    return sum(carry_out(pk, at=at) for pk in keys)


@transaction.atomic
def carry_out(pk: int, *, at: datetime) -> bool:
    """One of them. Asked again under the lock: another run may have done it, and somebody may have moved the day."""
    mandate = Mandate.objects.select_for_update(of=("self",)).filter(pk=pk, valid_to__lt=clock.local_date(at)).first()
    if mandate is None or mandate.endings.filter(ended_on=F("mandate__valid_to")).exists():
        return False
    tell_of_end(mandate, last_day=mandate.valid_to, by=None, at=at)  # type: ignore[arg-type]
    return True
