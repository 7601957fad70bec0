"""Who decides: the router over the edition's matrix (strategy 2016 sections 4-5; rows M1-M27 of its data file).

Only the data knows the rows. The router tries every answer to what is unknown: where they all lead to the same row and
the same decider nothing is asked, otherwise it asks for the facts that make a difference, in the edition's order.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from itertools import product

from engagements.strategy.editions.shapes import Choice, Edition, Question, Row, Said

NO_MATRIX, NO_ROW = "edition", "no_row"
AS_ENTERED = "as_entered"  # a step's decider: whoever would decide to enter it today
# Nobody is asked about these: no special theme and no priority unless somebody has said so.
ASSUMED: Mapping[str, object] = {"theme": "", "prioritised": False}


@dataclass(frozen=True)
class Facts:
    """What is known of a matter, in the words of `engagements.enums`; None is unknown.

    `among` are the instruments it can be while `instrument` is unknown (organisation or network). `judged` is what a
    person chose where the strategy leaves row or decider open: the code of one of the question's choices.
    """

    instrument: str | None = None
    scope: str | None = None
    step: str = "new"
    burden: str | None = None
    on_behalf_of_ks: bool | None = None
    abroad: bool | None = None
    financing: str | None = None
    level: str | None = None
    theme: str | None = None
    prioritised: bool | None = None
    among: tuple[str, ...] = ()
    judged: str | None = None

    def known(self) -> dict[str, object]:
        told = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in {"among", "judged"}}
        return {**ASSUMED, **{name: value for name, value in told.items() if value is not None}}


@dataclass(frozen=True)
class Route:
    """The way of a matter. `decides` is None while `questions` is not empty.

    `ways` are the rows still possible, each with its decider; `remarks` is what else the rows say. Actors, deciders and
    reports are codes of the edition's `words`.
    """

    matter: str | None
    decides: str | None
    by_board: bool = False  # the owner's board itself, unless its delegation scheme has a point for it
    coordinates: str | None = None
    handled_by: str | None = None
    prepares: tuple[str, ...] = ()
    consults: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    section: str | None = None
    reading: bool = False
    questions: tuple[Question, ...] = ()
    judged: Question | None = None  # the question that a person's choice has answered
    ways: tuple[tuple[str, str], ...] = ()
    remarks: tuple[Said, ...] = ()
    names: Said = field(default_factory=dict)  # what the row is called; empty while it can be several

    @property
    def rows(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row for row, _decider in self.ways if row))

    @property
    def deciders(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(decider for _row, decider in self.ways))


@dataclass(frozen=True)
class _Case:
    """One way to answer all that is unknown, and the row it leads to."""

    answers: Mapping[str, object]
    row: Row


@lru_cache(maxsize=4096)
def route(facts: Facts, edition: Edition) -> Route:
    """The way a matter goes under one edition. Raises ValueError for an instrument the edition does not know."""
    if not edition.matrix:
        return Route(None, None, questions=_asked(edition, [NO_MATRIX]))
    if facts.instrument is None and not facts.among:
        return Route(None, None, questions=_asked(edition, ["instrument"]))
    if facts.instrument is not None and facts.instrument not in edition.instrument_codes:
        raise ValueError(f"edition {edition.code} has no instrument {facts.instrument!r}")
    cases = list(_cases(facts, edition))
    found = _settle(facts, edition, cases)
    step = next((row for row in edition.steps if all(row.covers(case.answers) for case in cases)), None)
    return _with_step(facts, edition, step, found) if step else found


def _cases(facts: Facts, edition: Edition) -> Iterator[_Case]:
    known = facts.known()
    instruments = (facts.instrument,) if facts.instrument else facts.among
    rows = edition.rows_for(instruments)
    asked = edition.asked_about(instruments) - set(known)
    unknown = {name: edition.values(name) for name in sorted(asked)}
    unknown["instrument"] = instruments
    for combination in product(*unknown.values()):
        answers = known | dict(zip(unknown, combination, strict=True))
        yield _Case(answers, next((row for row in rows if row.covers(answers)), _no_row()))


def _no_row() -> Row:
    return Row(matter="", names={}, instruments=(), when=({},), decides="", ask=NO_ROW)


def _settle(facts: Facts, edition: Edition, cases: Sequence[_Case]) -> Route:
    rows = list(dict.fromkeys(case.row for case in cases))
    said = replace(_shared(rows), ways=_ways(edition, rows))
    if len({_outcome(row) for row in rows}) > 1:
        return replace(said, questions=_asked(edition, _that_matter(cases), facts.among))
    if rows[0].decides:
        return replace(said, decides=rows[0].decides)
    (question,) = _asked(edition, [rows[0].ask])
    choice = question.choice(facts.judged)
    return _judged(edition, rows[0], question, choice) if choice else replace(said, questions=(question,))


def _ways(edition: Edition, rows: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    """Row and decider of all that is still possible, in the order of the rows' numbers."""
    found = []
    for row in rows:
        choices = () if row.decides else _asked(edition, [row.ask])[0].choices
        found += (
            [(row.matter, row.decides)] if row.decides else [(one.matter or row.matter, one.decides) for one in choices]
        )
    return tuple(sorted(dict.fromkeys(found), key=lambda way: [int(part) for part in re.findall(r"\d+", way[0])]))


def _outcome(row: Row) -> tuple[str, str, str]:
    return row.matter, row.decides, row.ask


def _that_matter(cases: Sequence[_Case]) -> list[str]:
    """The unknown facts of which another answer leads to another row or decider, all else equal."""
    found = []
    for name in cases[0].answers:
        outcomes: dict[tuple[object, ...], set[object]] = {}
        for case in cases:
            others = tuple(value for other, value in case.answers.items() if other != name)
            outcomes.setdefault(others, set()).add(_outcome(case.row))
        if any(len(different) > 1 for different in outcomes.values()):
            found.append(name)
    return found


def _asked(edition: Edition, codes: Sequence[str], instruments: Sequence[str] = ()) -> tuple[Question, ...]:
    """The questions with these codes, in the edition's order; that of the instrument with only those it can be."""
    found = [question for question in edition.questions if question.code in codes]
    return tuple(among(one, instruments, edition) if one.code == "instrument" else one for one in found)


def among(question: Question, instruments: Sequence[str], edition: Edition) -> Question:
    """The question what it is, with these instruments to choose among; with all of them when none are given."""
    return replace(
        question, choices=tuple(one for one in edition.instruments if one.code in instruments or not instruments)
    )


def _judged(edition: Edition, row: Row, question: Question, choice: Choice) -> Route:
    """As the row that was chosen says, with the decider that was chosen."""
    matter = choice.matter or row.matter
    like = next((other for other in edition.matrix if other.matter == matter and other.decides == choice.decides), row)
    said = _shared([like])
    return replace(
        said,
        matter=matter or None,
        decides=choice.decides,
        handled_by=choice.handled_by or said.handled_by,
        judged=question,
        ways=((matter, choice.decides),),
        names=row.names,
    )


def _shared(rows: Sequence[Row]) -> Route:
    """What all these rows say alike."""
    first = rows[0]

    def alike(name: str) -> str | None:
        values = {getattr(row, name) for row in rows}
        return (values.pop() or None) if len(values) == 1 else None

    def common(name: str) -> tuple[str, ...]:
        return tuple(one for one in getattr(first, name) if all(one in getattr(row, name) for row in rows))

    return Route(
        matter=alike("matter"),
        decides=None,
        by_board=any(row.by_board for row in rows),
        coordinates=alike("coordinates"),
        handled_by=alike("handled_by"),
        prepares=common("prepares"),
        consults=common("consults"),
        reports=common("reports"),
        section=alike("section") or alike("source"),
        reading=all(row.reading for row in rows),
        remarks=tuple(row.remarks for row in rows if row.remarks) if len(rows) == 1 else (),
        names=first.names if all(row.names == first.names for row in rows) else {},
    )


def _with_step(facts: Facts, edition: Edition, step: Row, entering: Route) -> Route:
    """Review and exit: the way of entering it today, prepared and reported as the step says."""
    way = replace(
        entering,
        matter=step.matter,
        prepares=step.prepares,
        consults=step.consults,
        reports=step.reports,
        section=step.section or step.source,
        reading=step.reading,
        ways=tuple((step.matter, decider) for decider in entering.deciders),
        remarks=(*entering.remarks, *([step.remarks] if step.remarks else [])),
        names=step.names,
    )
    if step.decides == AS_ENTERED:
        return way
    if step.decides:
        return replace(way, decides=step.decides, questions=(), ways=((step.matter, step.decides),))
    # who may leave is judged, whatever was open when it was entered
    (question,) = _asked(edition, [step.ask])
    choice = question.choice(facts.judged)
    if choice:
        ways: tuple[tuple[str, str], ...] = ((step.matter, choice.decides),)
        return replace(
            way, decides=choice.decides, handled_by=choice.handled_by, questions=(), judged=question, ways=ways
        )
    missing = tuple(one for one in entering.questions if not one.is_judgement)
    ways = tuple((step.matter, choice.decides) for choice in question.choices)
    return replace(way, decides=None, questions=(*missing, question), ways=ways)
