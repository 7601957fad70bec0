"""The directions as they are marked in a row: the main one first, the others in the edition's order."""

from collections.abc import Collection
from dataclasses import dataclass

from engagements.strategy.editions import Edition

# Shapes as signs, for lists so long that a picture a mark costs too much: filled for the main one, outlined for others.
SIGNS = {"profilering": "▲△", "omvarldsbevakning": "●○", "samverkan": "■□", "paverkan": "▶▷"}


@dataclass(frozen=True)
class Mark:
    code: str
    short: str
    name: str
    is_main: bool

    @property
    def sign(self) -> str:
        """■ or □; empty for a direction that has no shape (an older edition's)."""
        return SIGNS.get(self.code, "")[:1] if self.is_main else SIGNS.get(self.code, "")[1:]


def marks(edition: Edition, main: str, others: Collection[str] = ()) -> tuple[Mark, ...]:
    """Codes the edition does not have (an older edition's) are left out."""
    chosen = [(d, True) for d in edition.directions if d.code == main]
    chosen += [(d, False) for d in edition.directions if d.code in others and d.code != main]
    return tuple(Mark(d.code, d.short, d.name(), is_main) for d, is_main in chosen)
