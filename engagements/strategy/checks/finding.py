"""What a check answers, and the register of the checks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engagements.strategy.evidence import Evidence

PASS, FAIL, JUDGE = "pass", "fail", "judge"
RESULTS = (PASS, FAIL, JUDGE)
Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """A Swedish sentence and what is filled in; the pages translate `text` before they fill."""

    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text

    def in_full(self) -> str:
        """The sentence with every fact it is about, quoted in it or not: what a judgement of it answers."""
        unquoted = [str(value) for name, value in sorted(self.values.items()) if f"%({name})" not in self.text]
        return " ".join([str(self), *unquoted])


@dataclass(frozen=True)
class Answer:
    """`mend` says what would make the check pass; empty when it does."""

    result: str
    reason: Words
    mend: Words = Words()


@dataclass(frozen=True)
class Limit:
    """Something an edition sets in a check: the number or the words, and how its page says it."""

    example: int | str | list[str]
    says: str
    reads: Callable[[str], bool] = bool  # whether a word of a list can be used


@dataclass(frozen=True)
class Check:
    """One rule of domain section 7: for which engagements it is asked, and what it answers.

    `stops` is false for what is asked once the matter runs: no first decision waits for it. `takes` are the limits that
    the edition sets in it, by name.
    """

    id: str
    applies: Callable[[Evidence], bool]
    ask: Callable[[Evidence, Parameters], Answer]
    stops: bool = True
    takes: Mapping[str, Limit] = field(default_factory=dict)


CHECKS: dict[str, Check] = {}


def check(
    code: str, *, to: Callable[[Evidence], bool], stops: bool = True, takes: Mapping[str, Limit] | None = None
) -> Callable[[Callable[[Evidence, Parameters], Answer]], Callable[[Evidence, Parameters], Answer]]:
    """Register a function as the check `code`, asked of those engagements that `to` holds for."""

    def register(ask: Callable[[Evidence, Parameters], Answer]) -> Callable[[Evidence, Parameters], Answer]:
        CHECKS[code] = Check(code, to, ask, stops, takes or {})
        return ask

    return register


def _(text: str) -> str:
    """Marks a sentence for translation; the strategy itself knows no language but Swedish."""
    return text


def passed(reason: str, **values: Any) -> Answer:
    return Answer(PASS, Words(reason, values))


def failed(reason: str, mend: str, **values: Any) -> Answer:
    return Answer(FAIL, Words(reason, values), Words(mend, values))


def judge(reason: str, mend: str, **values: Any) -> Answer:
    return Answer(JUDGE, Words(reason, values), Words(mend, values))
