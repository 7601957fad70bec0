"""Each part marked by itself, each in a matter of its own: its words are nowhere, while the other parts stay open."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from engagements.enums import Part
from engagements.secrecy import mark_secret
from organisation.models import User
from tests.access.test_no_marked_word import LATER, NAMED, WORD, Register, read, signed_in
from tests.people import People

# A matter's words tell which part they stand in.
TOLD = WORD + "{number}x{part}"
# The marked part of each kind in its order, twice over: what only some kinds have stands at one of them.
ROUNDS = (
    (Part.SENDER, Part.DELEGATION, Part.SUMMARY, Part.COUNTERPART, Part.TITLE, Part.PROPOSAL, Part.DECISION, Part.DOCUMENTS),
    (Part.COUNTERPART, Part.TITLE, Part.DELEGATION, Part.SUMMARY, Part.COUNTERPART, Part.DECISION, Part.SUMMARY, Part.COUNTERPART),
)  # fmt: skip


def word(number: int, part: str) -> str:
    return TOLD.format(number=number, part=part)


def addresses(register: Register) -> Iterator[str]:
    for name in ("visit_list", "membership_list", "assignment_list", "review_list"):
        yield from (reverse(name), reverse(name) + "?utdrag=csv")
    yield from (reverse("search") + f"?q={matter.key}" for matter in register.matters)
    yield from (reverse("desk"), reverse("report_figure", args=[2026, "engagements"]))
    # the documents have no file to give out
    yield from (address for address in register.pages_of_matters() if "/dokument/" not in address)


@pytest.mark.parametrize("parts", ROUNDS)
def test_the_words_of_one_marked_part_are_nowhere(people: People, parts: tuple[Part, ...]) -> None:
    register = Register(people, TOLD)
    head = User.objects.get(pk=getattr(people, NAMED).pk)
    told: Any = {"paragraph": "OSL 15 kap. 1 §", "ground": "Skadar relationen", "readers": []}
    for matter, part in zip(register.matters, parts, strict=True):
        made = mark_secret(engagement=matter, whole=False, parts=[part], by=head, at=LATER, **told)
        assert made.secret_fields == [part]
    client = signed_in(people, "auditor")
    read_by = {address: read(client, address) for address in addresses(register)}
    # why it was done says any part's words
    hidden = [word(number, one) for number, part in enumerate(parts, 1) for one in (part, "reason")]
    assert [(address, one) for address, said in read_by.items() for one in hidden if one in said] == []
    everything = "".join(read_by.values())
    open_words = {word(number, part) for number, marked in enumerate(parts, 1) for part in Part if part != marked}
    assert {one for one in open_words if one.endswith(("title", "summary")) and one not in everything} == set()
