"""Loads the whole sample, once. Everything in it is marked as sample; the same rows come out every time."""

from dataclasses import dataclass

from django.db import transaction

from engagements.models import Engagement
from organisation.models import Body
from stockholm_intl.kit.locks import take_turn
from stockholm_intl.sample.numbers import RegistryNumbers
from stockholm_intl.sample.partners import Partners
from stockholm_intl.sample.people import Staff
from stockholm_intl.sample.visits import Visits
from stockholm_intl.sample.writing import write


class RegistersMissing(Exception):
    """The sample stands on the city's bodies; load_registers comes first."""


@dataclass(frozen=True)
class Loaded:
    added: int
    unchanged: int


@transaction.atomic
def load_sample() -> Loaded:
    """Raises RegistersMissing when there are no bodies to own the matters."""
    take_turn("sample")
    present = Engagement.objects.filter(is_sample=True).count()
    if present:
        return Loaded(added=0, unchanged=present)
    if not Body.objects.filter(code="110").exists():
        raise RegistersMissing
    staff, partners, numbers = Staff(), Partners(), RegistryNumbers()
    stories = list(Visits(staff, partners, numbers).stories())
    write(stories)
    return Loaded(added=len(stories), unchanged=0)
