"""Registry numbers in the shapes the city's diaries give (domain section 5), each once in its body."""

from collections import defaultdict
from datetime import date
from random import Random

from organisation.models import Body


class RegistryNumbers:
    def __init__(self) -> None:
        self.rng = Random("diarium")
        self.last: dict[tuple[str, int], int] = defaultdict(lambda: self.rng.randrange(100, 900))

    def next(self, body: Body, day: date) -> str:
        """The number grows over the year, as a diary does."""
        place = (body.code, day.year)
        self.last[place] += self.rng.randrange(1, 40)
        number = self.last[place]
        if body.code in {"KS", "110", "IB", "KF", "111"}:
            return f"KS {day.year}/{number}"
        if body.code.isdigit() and body.kind == "bolag":
            return f"{day.year}/{number}"
        return f"{day.year}-{number + 3000}"
