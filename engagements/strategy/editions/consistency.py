"""Whether an edition holds together: every word it uses is explained, every matter leads somewhere."""

from collections import Counter
from collections.abc import Iterator

from engagements.strategy.editions.shapes import Edition, Row

DECIDERS = frozenset({"KF", "KS", "finansborgarradet", "body", "head", "signer", "city_leadership", "none"})
AS_ENTERED = "as_entered"  # see `competence`: a step's decider is whoever would decide to enter it today
# What a row may look at. Nobody is asked about the second group: it is said, or it is not so.
ASKED_FACTS = frozenset({"scope", "burden", "on_behalf_of_ks", "abroad", "financing", "level"})
SAID_FACTS = frozenset({"theme", "prioritised", "step"})


def problems(edition: Edition) -> list[str]:
    """What is wrong, one sentence each, with the table and the row; empty when all is well."""
    found = [*_whole(edition), *_repeated(edition), *_choices(edition)]
    for number, row in enumerate(edition.matrix, start=1):
        found += [f"[[matrix]] {number} {row.matter}: {wrong}" for wrong in _row(edition, row)]
    for number, row in enumerate(edition.steps, start=1):
        found += [f"[[steps]] {number} {row.matter}: {wrong}" for wrong in _row(edition, row)]
    return found


def _whole(edition: Edition) -> Iterator[str]:
    if not edition.directions:
        yield "[[directions]]: an edition has at least one direction"
    if edition.review_interval_months < 1:
        yield "review_interval_months: at least one month"
    if edition.valid_to and edition.valid_to < edition.valid_from:
        yield "valid_to: the edition ends before it begins"
    asked = {question.code for question in edition.questions}
    needed = {"instrument", "no_row"} if edition.matrix else {"edition"}
    for code in sorted(needed - asked):
        yield f"[[questions]]: {code} is missing"
    covered = {code for row in edition.matrix for code in row.instruments or edition.instrument_codes}
    for code in edition.instrument_codes:
        if code not in covered:
            yield f"[[instruments]] {code}: no row of the matrix speaks of it"


def _repeated(edition: Edition) -> Iterator[str]:
    codes = {
        "directions": [direction.code for direction in edition.directions],
        "principles": [principle.code for principle in edition.principles],
        "instruments": edition.instrument_codes,
        "questions": [question.code for question in edition.questions],
        "checks": [check.id for check in edition.checks],
    }
    for name, found in codes.items():
        yield from (f"[[{name}]] {code}: stands twice" for code, times in Counter(found).items() if times > 1)


def _choices(edition: Edition) -> Iterator[str]:
    matters = {row.matter for row in (*edition.matrix, *edition.steps)} | {""}
    for question in edition.questions:
        where = f"[[questions]] {question.code}"
        if question.code in ASKED_FACTS and len(question.choices) < 2:
            yield f"{where}: a fact has at least two answers"
        for choice in question.choices if question.is_judgement else ():
            if choice.decides not in DECIDERS:
                yield f"{where} {choice.code}: decides {choice.decides!r} is none of {_listed(DECIDERS)}"
            if choice.matter not in matters:
                yield f"{where} {choice.code}: there is no matter {choice.matter!r}"


def _row(edition: Edition, row: Row) -> Iterator[str]:
    deciders = DECIDERS | {AS_ENTERED} if row in edition.steps else DECIDERS
    question = edition.question(row.ask)
    if bool(row.decides) == bool(row.ask):
        yield "either decides or ask, and not both"
    elif row.decides and row.decides not in deciders:
        yield f"decides {row.decides!r} is none of {_listed(deciders)}"
    elif row.ask and not (question and question.is_judgement and question.choices):
        yield f"ask {row.ask!r} is no judgement with choices among the [[questions]]"
    for code in row.instruments:
        if code not in edition.instrument_codes:
            yield f"there is no instrument {code!r}"
    said = {row.decides, row.coordinates, row.handled_by, *row.prepares, *row.consults, *row.reports}
    for code in sorted(filter(None, said - {AS_ENTERED})):
        if code not in edition.words:
            yield f"{code!r} is not explained in [words]"
    yield from _conditions(edition, row)


def _conditions(edition: Edition, row: Row) -> Iterator[str]:
    for name, values in ((name, values) for case in row.when for name, values in case.items()):
        if name not in ASKED_FACTS | SAID_FACTS:
            yield f"when {name!r} is no fact; the facts are {_listed(ASKED_FACTS | SAID_FACTS)}"
        elif name in ASKED_FACTS:
            unknown = [str(value) for value in values if value not in edition.values(name)]
            if unknown:
                yield f"when {name}: {', '.join(unknown)} is no answer to the question {name}"


def _listed(codes: frozenset[str]) -> str:
    return ", ".join(sorted(codes))
