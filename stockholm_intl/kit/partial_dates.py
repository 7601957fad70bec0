"""Dates as history gives them: a year, a month, a day or nothing. Kept as text, sorted by their first day."""

import re
from datetime import date

# For the database as well as for Python: empty, 2011, 2020-12 or 2020-12-08.
PARTIAL_DATE = r"^(|[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)$"


def is_partial_date(text: str) -> bool:
    """Whether `text` is empty, a year, a month or a day that exists."""
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def first_day(text: str) -> date | None:
    """The first day `text` can mean, None for no date. Raises ValueError for anything else."""
    if not re.fullmatch(PARTIAL_DATE, text):
        raise ValueError(text)
    if not text:
        return None
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    if not 1900 <= year <= 2100:
        raise ValueError(text)
    return date(year, month, day)
