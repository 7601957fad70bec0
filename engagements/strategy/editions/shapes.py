"""What an edition of the strategy is made of. Read from its data file by `reading`; nothing here is ever changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

Said = Mapping[str, str]  # language -> text; Swedish is always there

YES_NO = {"yes": True, "no": False}


def say(said: Said, language: str = "sv") -> str:
    return said.get(language) or said.get("sv", "")


@dataclass(frozen=True)
class Direction:
    code: str
    short: str
    names: Said
    purposes: Said
    section: str = ""
    source: str = ""  # where the strategy itself has no section for it
    relates_to: tuple[str, ...] = ()  # codes of the directions that followed on it in the next edition

    def name(self, language: str = "sv") -> str:
        return say(self.names, language)

    def purpose(self, language: str = "sv") -> str:
        return say(self.purposes, language)


@dataclass(frozen=True)
class Principle:
    code: str
    texts: Said
    section: str
    source: str = ""

    def text(self, language: str = "sv") -> str:
        return say(self.texts, language)


@dataclass(frozen=True)
class Choice:
    """An answer to a question. One that a person judges by (M2 or M7) brings the row and its decider along."""

    code: str
    names: Said
    matter: str = ""
    decides: str = ""
    handled_by: str | None = None

    def name(self, language: str = "sv") -> str:
        return say(self.names, language)

    @property
    def value(self) -> object:
        return YES_NO.get(self.code, self.code)


@dataclass(frozen=True)
class Question:
    """What to ask: for a fact (`code` is the fact's name), or for a judgement that the strategy leaves open."""

    code: str
    texts: Said
    choices: tuple[Choice, ...] = ()
    is_judgement: bool = False

    def text(self, language: str = "sv") -> str:
        return say(self.texts, language)

    def choice(self, code: str | None) -> Choice | None:
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, eq=False)
class Row:
    """A row of the matrix, or one of the cases it falls into. `ask` instead of `decides` leaves it to judgement."""

    matter: str
    names: Said
    instruments: tuple[str, ...]
    when: tuple[Mapping[str, tuple[object, ...]], ...]  # any of these, each with all its facts
    decides: str
    ask: str = ""
    by_board: bool = False  # the owner's board decides; its office only by a point of the delegation scheme
    coordinates: str | None = None
    handled_by: str | None = None
    prepares: tuple[str, ...] = ()
    consults: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    section: str = ""
    source: str = ""
    reading: bool = False  # our reading, not the strategy's words
    remarks: Said = field(default_factory=dict)

    def covers(self, answers: Mapping[str, object]) -> bool:
        """Whether the row speaks of a matter with these answers."""
        if self.instruments and answers.get("instrument") not in self.instruments:
            return False
        return any(all(answers.get(name) in values for name, values in case.items()) for case in self.when)

    @property
    def asks(self) -> frozenset[str]:
        """The facts the row looks at."""
        return frozenset(name for case in self.when for name in case)

    @property
    def outcome(self) -> tuple[str, str]:
        return self.matter, self.decides or f"?{self.ask}"

    def name(self, language: str = "sv") -> str:
        return say(self.names, language)


@dataclass(frozen=True, eq=False)
class Check:
    """What the guard is told of one check; the logic stands in `engagements.strategy.checks`."""

    id: str
    names: Said
    section: str
    source: str = ""
    reading: bool = False
    parameters: Mapping[str, int | str | list[str]] = field(default_factory=dict)

    def name(self, language: str = "sv") -> str:
        return say(self.names, language)


@dataclass(frozen=True, eq=False)
class Edition:
    code: str
    name: str
    registry_number: str
    valid_from: date
    valid_to: date | None
    review_interval_months: int
    source: str
    directions: tuple[Direction, ...]
    notices: Said = field(default_factory=dict)
    principles: tuple[Principle, ...] = ()
    instruments: tuple[Choice, ...] = ()
    questions: tuple[Question, ...] = ()
    matrix: tuple[Row, ...] = ()
    steps: tuple[Row, ...] = ()
    checks: tuple[Check, ...] = ()
    words: Mapping[str, Said] = field(default_factory=dict)

    @property
    def in_force_from_year(self) -> int:
        return self.valid_from.year

    def in_force(self, *, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def direction(self, code: str) -> Direction:
        """The direction with this code. Raises KeyError for a code the edition does not have."""
        return {direction.code: direction for direction in self.directions}[code]

    def check(self, check_id: str) -> Check | None:
        """What the edition says of a check; None when this edition does not have it."""
        return next((check for check in self.checks if check.id == check_id), None)

    @cached_property
    def instrument_codes(self) -> tuple[str, ...]:
        return tuple(instrument.code for instrument in self.instruments)

    def question(self, code: str) -> Question | None:
        return next((question for question in self.questions if question.code == code), None)

    def values(self, fact: str) -> tuple[object, ...]:
        """Every answer there is to a fact's question."""
        question = self.question(fact)
        return tuple(choice.value for choice in question.choices) if question else ()

    def rows_for(self, instruments: Iterable[str]) -> tuple[Row, ...]:
        wanted = set(instruments)
        return tuple(row for row in self.matrix if not row.instruments or wanted & set(row.instruments))

    def asked_about(self, instruments: Iterable[str]) -> frozenset[str]:
        """The facts that the rows of these instruments look at."""
        return frozenset(name for row in self.rows_for(instruments) for name in row.asks)

    def has_steps(self, instruments: Iterable[str]) -> bool:
        """Whether something of this kind can exist already: reviewed, or left."""
        wanted = set(instruments)
        return any(wanted & set(row.instruments) for row in self.steps)

    def row(self, matter: str) -> Row | None:
        """The first row of a matter that names its decider."""
        return next((row for row in self.matrix if row.matter == matter and row.decides), None)

    def word(self, code: str, language: str = "sv") -> str:
        """What a decider, an actor or a report is called; the code itself when the edition does not say."""
        return say(self.words.get(code, {}), language) or code
