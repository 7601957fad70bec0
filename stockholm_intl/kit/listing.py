"""Words after each other in one sentence. Plain Python, so that the strategy may use it too."""

from collections.abc import Sequence


def listed(words: Sequence[str], last: str = "och") -> str:
    """a, b och c; or with another last word: a, b eller c."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
