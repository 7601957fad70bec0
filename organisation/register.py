"""The register of bodies as a reader sees it: who stands under whom, and who is contact person there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from organisation.enums import CONTACT_REQUIRED_KINDS, Role
from organisation.models import Body, Mandate
from stockholm_intl.kit.swedish import alphabetical, in_alphabet


@dataclass
class Place:
    """A body in the tree. `depth` is how far under the top it stands."""

    body: Body
    depth: int
    contacts: list[str] = field(default_factory=list)

    @property
    def lacks_contact(self) -> bool:
        """Strategy 2016 section 5: every specialist administration and company has one."""
        return self.body.kind in CONTACT_REQUIRED_KINDS and not self.contacts


def body_tree(*, on: date, kind: str = "", ended: bool = False) -> list[Place]:
    """Bodies in force that day (`ended`: all there have been), each under its own, in two queries."""
    bodies = Body.objects.order_by(in_alphabet("name"))
    shown = list(bodies if ended else bodies.in_force(on=on))
    contacts = contacts_by_body(on=on)
    places = [Place(body, depth, contacts.get(body.pk, [])) for body, depth in in_tree(shown)]
    if not kind:
        return places
    return sorted(
        (Place(place.body, 0, place.contacts) for place in places if place.body.kind == kind),
        key=lambda place: alphabetical(place.body.name),
    )


def in_tree(bodies: Iterable[Body]) -> list[tuple[Body, int]]:
    """Each body after the one it stands under. One whose parent is not here stands at the top."""
    known = {body.pk: body for body in bodies}
    below: dict[int | None, list[Body]] = {}
    for body in known.values():
        below.setdefault(body.parent_id if body.parent_id in known else None, []).append(body)
    found: list[tuple[Body, int]] = []
    todo = [(body, 0) for body in reversed(below.get(None, []))]
    while todo:
        body, depth = todo.pop()
        found.append((body, depth))
        todo += [(child, depth + 1) for child in reversed(below.get(body.pk, []))]
    return found


def contacts_by_body(*, on: date) -> dict[int, list[str]]:
    mandates = Mandate.objects.in_force(on=on).filter(role=Role.CONTACT_PERSON).select_related("person")
    found: dict[int, list[str]] = {}
    for mandate in mandates.order_by("is_deputy", "valid_from"):
        found.setdefault(mandate.body_id, []).append(str(mandate.person))
    return found


def bodies_named(text: str, *, limit: int = 8) -> list[Body]:
    """Bodies with this code, or with the text in their name; those in use first."""
    named = Body.objects.filter(Q(name__icontains=text) | Q(code__iexact=text))
    return list(named.order_by("valid_to", in_alphabet("name"))[:limit])
