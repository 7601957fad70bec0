"""Swedish for what the file of past events says in English: our own words, row by row, with no fact added.

`title_en` says the title again, and sometimes a little more: that little is the Swedish, and nothing when there is none.
The row's own source stands beside the text on every page.
"""

from functools import cache
from pathlib import Path

from stockholm_intl.kit.csv_files import read_rows

FILE = Path(__file__).resolve().parents[2] / "engagements" / "data" / "events_svenska.csv"


@cache
def known_words() -> dict[tuple[str, str], str]:
    rows, _refused = read_rows(FILE, columns=("column", "words", "swedish"))
    return {(row["column"], row["words"]): row["swedish"] for row in rows}


def in_swedish(column: str, text: str) -> str:
    """The Swedish of a cell; one that is not known stands as it was written."""
    return known_words().get((column, text), text)
