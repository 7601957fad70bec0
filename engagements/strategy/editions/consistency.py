"""Whether an edition holds together: every word it uses is explained, every matter leads somewhere.

What is wrong is said in Swedish to whoever filled in the form: the table, the row, and what to write instead.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from engagements.strategy.editions import limits, rows
from engagements.strategy.editions.rows import ANSWERS, DECIDERS, either
from engagements.strategy.editions.shapes import Choice, Edition, Question

CODE = re.compile(r"[A-Za-z0-9_]+")
LONGEST_EDITION, LONGEST_DIRECTION = 8, 24


def problems(edition: Edition) -> list[str]:
    """What is wrong, one sentence each, with the table and the row; empty when all is well."""
    found = [*_whole(edition), *_repeated(edition), *_spelled(edition), *_unfounded(edition), *_questions(edition)]
    for name, table in (("matrix", edition.matrix), ("steps", edition.steps)):
        for number, row in enumerate(table, start=1):
            found += [f"[[{name}]] {number} {row.matter}: {wrong}" for wrong in rows.problems(edition, row)]
    return [*found, *_never_reached(edition), *limits.problems(edition)]


def _whole(edition: Edition) -> Iterator[str]:
    if not edition.directions:
        yield "[[directions]] saknas: skriv minst en inriktning"
    if edition.review_interval_months < 1:
        yield "review_interval_months: skriv minst en månad"
    if edition.valid_to and edition.valid_to < edition.valid_from:
        yield "valid_to är före valid_from: skriv en senare dag, eller ta bort valid_to"
    asked = {question.code for question in edition.questions}
    needed = {"instrument", "no_row"} if edition.matrix else {"edition"}
    for code in sorted(needed - asked):
        yield f"[[questions]] {code} saknas: skriv in frågan"
    covered = {code for row in edition.matrix for code in row.instruments or edition.instrument_codes}
    for code in edition.instrument_codes:
        if code not in covered:
            yield f"instruments {code}: ingen rad i [[matrix]] gäller det. Skriv en rad, eller ta bort ordet"


def _named(edition: Edition) -> dict[str, Iterable[str]]:
    return {
        "directions": [direction.code for direction in edition.directions],
        "principles": [principle.code for principle in edition.principles],
        "instruments": edition.instrument_codes,
        "questions": [question.code for question in edition.questions],
        "checks": [check.id for check in edition.checks],
    }


def _repeated(edition: Edition) -> Iterator[str]:
    for name, codes in _named(edition).items():
        for code, times in Counter(codes).items():
            if times > 1:
                yield f"[[{name}]] {code} står två gånger: ta bort den ena"


def _spelled(edition: Edition) -> Iterator[str]:
    """Codes stand in addresses and forms, and every matter keeps the edition's and its directions' in the register."""
    if len(edition.code) > LONGEST_EDITION:
        yield f"code = {edition.code!r} är för lång: skriv högst {LONGEST_EDITION} tecken"
    for direction in edition.directions:
        if len(direction.code) > LONGEST_DIRECTION:
            yield f"[[directions]] {direction.code} är för lång: skriv högst {LONGEST_DIRECTION} tecken"
    for name, codes in _named(edition).items():
        for code in codes:
            if not CODE.fullmatch(code):
                yield f"[[{name}]] {code!r}: skriv koden med a–z, siffror och _"


def _unfounded(edition: Edition) -> Iterator[str]:
    """Every rule says what it rests on."""
    for name in ("directions", "principles", "checks", "matrix", "steps"):
        for number, rule in enumerate(getattr(edition, name), start=1):
            if not (rule.section or rule.source):
                label = getattr(rule, "code", "") or getattr(rule, "id", "") or getattr(rule, "matter", "")
                yield f"[[{name}]] {number} {label}: skriv section (strategins avsnitt) eller source (en annan källa)"


def _questions(edition: Edition) -> Iterator[str]:
    for question in edition.questions:
        where = f"[[questions]] {question.code}"
        answers = ANSWERS.get(question.code)
        wrongs = _judged(edition, question) if question.is_judgement else _answered(question, answers)
        yield from (f"{where}{wrong}" for wrong in wrongs)


def _answered(question: Question, answers: frozenset[object] | None) -> Iterator[str]:
    """The answers to a fact are those that a matter in the register can have."""
    if answers is None:
        if question.code != "instrument":
            yield f" frågar inte efter något faktum: skriv {either(ANSWERS)}, eller is_judgement = true"
        return
    if len(question.choices) < 2:
        yield ": skriv minst två svar i choices"
    for choice in question.choices:
        if choice.value not in answers:
            yield f" {choice.code}: registret har inte det svaret. Skriv {either(answers)}"


def _judged(edition: Edition, question: Question) -> Iterator[str]:
    for choice in question.choices:
        yield from (f" {choice.code}: {wrong}" for wrong in _choice(edition, choice))


def _choice(edition: Edition, choice: Choice) -> Iterator[str]:
    matters = {row.matter for row in (*edition.matrix, *edition.steps)} | {""}
    if choice.matter not in matters:
        yield f"matter = {choice.matter!r} är ingen rad i [[matrix]]. Skriv en som finns, eller ta bort den"
    if choice.decides not in DECIDERS:
        yield f"decides = {choice.decides!r} finns inte. Skriv {either(DECIDERS)}"
    else:
        yield from rows.unexplained(edition, {choice.decides, choice.handled_by})


def _never_reached(edition: Edition) -> Iterator[str]:
    for number, row in enumerate(edition.matrix, start=1):
        earlier = rows.hides(edition, edition.matrix[: number - 1], row)
        if earlier:
            hiding = f"rad {edition.matrix.index(earlier) + 1} {earlier.matter}".rstrip()
            yield f"[[matrix]] {number} {row.matter}: nås aldrig, för {hiding} tar samma ärenden. Flytta upp den eller ändra when"
