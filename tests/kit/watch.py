"""Who opens what: files and connections that Python makes while a paper is printed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_seen: list[tuple[str, str]] | None = None


def _listen(event: str, args: tuple[object, ...]) -> None:
    if _seen is not None and (event == "open" or event.startswith(("socket.", "urllib."))):
        _seen.append((event, str(args[0]) if args else ""))


# A hook stays as long as the process, so there is one, and it listens only when asked.
sys.addaudithook(_listen)


@contextmanager
def watched() -> Iterator[list[tuple[str, str]]]:
    global _seen
    _seen = seen = []
    try:
        yield seen
    finally:
        _seen = None


def strangers(seen: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was neither a file of the project nor one of Python's own."""
    own = tuple(str(Path(place).resolve()) for place in (ROOT, sys.prefix, sys.base_prefix))
    return [(event, name) for event, name in seen if event != "open" or not str(Path(name).resolve()).startswith(own)]
