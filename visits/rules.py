"""What a visit needs before it is registered, assessed and decided."""

from collections.abc import Mapping

# What an incoming visit is chosen for (strategy 2016 section 3), each graded 0-3 with a reason.
GRADED = ("learning", "perspectives", "development", "competence", "image")
HIGHEST = 3 * len(GRADED)
ANSWER_DAYS = 14  # a request without a deadline of its own is answered within two weeks


def points(grades: Mapping[str, int | None]) -> int | None:
    """Sum of the five grades, None until all are set."""
    values = [grades[name] for name in GRADED]
    return None if None in values else sum(value or 0 for value in values)
