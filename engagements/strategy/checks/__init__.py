"""The checks of domain section 7, as pure functions from evidence to an answer.

Which of them an edition has, their sections and their numbers stand in the edition's own file; what each one asks stands
here. A check that does not bear on an engagement is not listed for it: a visit is not asked about a theme.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from engagements.strategy.checks import (
    agreements,
    aims,
    counterparts,
    deciding,
    later,
    money,
    receptions,
)
from engagements.strategy.checks.finding import CHECKS, FAIL, JUDGE, PASS, RESULTS, Answer, Check, Limit, Words, _
from engagements.strategy.evidence import Evidence

__all__ = [
    "CHECKS", "FAIL", "JUDGE", "PASS", "RESULTS", "Answer", "Check", "Finding", "Limit", "Rule", "Words", "run",
    "agreements", "aims", "counterparts", "deciding", "later", "money", "receptions",
]  # fmt: skip

UNKNOWN = _("Registret kan inte pröva den här regeln själv.")
UNKNOWN_MEND = _("Läs regeln i strategin och bedöm den.")


class Rule(Protocol):
    """What an edition says of a check; `source` where the strategy itself has no section for it."""

    @property
    def id(self) -> str: ...
    @property
    def section(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def parameters(self) -> Mapping[str, Any]: ...


class Strategy(Protocol):
    """The edition that the engagement is judged under."""

    @property
    def checks(self) -> Sequence[Rule]: ...
    @property
    def review_interval_months(self) -> int: ...


@dataclass(frozen=True)
class Finding:
    """One check's answer about one engagement. `stops`: a fail stops the decision; others are asked once it runs."""

    id: str
    result: str
    reason: Words
    section: str
    mend: Words
    stops: bool = True


def run(evidence: Evidence, edition: Strategy) -> list[Finding]:
    """The answers of those checks that bear on the engagement, in the edition's order."""
    shared = {"interval_months": edition.review_interval_months}
    return [finding(evidence, rule, shared) for rule in edition.checks if bears(rule, evidence)]


def bears(rule: Rule, evidence: Evidence) -> bool:
    """Whether the engagement is asked: some checks only where it has the main direction that the edition names."""
    aim = rule.parameters.get("direction")
    if aim is not None and aim not in evidence.directions[:1]:
        return False
    return rule.id not in CHECKS or CHECKS[rule.id].applies(evidence)


def finding(evidence: Evidence, rule: Rule, shared: Mapping[str, Any]) -> Finding:
    """What one check answers. A rule of a new edition that nobody has written a check for asks a person."""
    known, place = CHECKS.get(rule.id), rule.section or rule.source
    if known is None:
        return Finding(rule.id, JUDGE, Words(UNKNOWN), place, Words(UNKNOWN_MEND))
    answer = known.ask(evidence, {**shared, **rule.parameters})
    return Finding(rule.id, answer.result, answer.reason, place, answer.mend, known.stops)
