"""What may be set in the checks: a limit that the code does not know, or one that is missing, is told at once."""

from collections.abc import Iterator

from engagements.strategy.checks import CHECKS, Limit
from engagements.strategy.editions.shapes import Check, Edition


def problems(edition: Edition) -> Iterator[str]:
    """Of a check that nobody has written the code for, nothing is known: it asks a person (see `checks.finding`)."""
    directions = [direction.code for direction in edition.directions]
    for rule in edition.checks:
        if rule.id in CHECKS:
            yield from (f"[[checks]] {rule.id}: parameters {wrong}" for wrong in _limits(rule))
        if "direction" in rule.parameters and rule.parameters["direction"] not in directions:
            yield f"[[checks]] {rule.id}: parameters direction finns inte i [[directions]]. Skriv {', '.join(directions)}"


def _limits(rule: Check) -> Iterator[str]:
    takes = CHECKS[rule.id].takes
    for name, limit in takes.items():
        if name not in rule.parameters:
            yield f"{name} saknas: skriv {name} = {limit.example}"
        elif not fits(rule.parameters[name], limit):
            yield f"{name} = {rule.parameters[name]!r} går inte: skriv {name} = {limit.example}"
    for name in rule.parameters:
        if name not in takes:
            known = ", ".join(takes) or "inget alls"
            yield f"{name} finns inte. Det som kan sättas är {known}"


def fits(value: object, limit: Limit) -> bool:
    """Of the example's own kind: a whole number from nought, a text, or a list of texts that look like it."""
    if isinstance(limit.example, int):
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if isinstance(limit.example, str):
        return isinstance(value, str) and bool(value.strip())
    return isinstance(value, list) and all(isinstance(one, str) and limit.reads(one) for one in value)
