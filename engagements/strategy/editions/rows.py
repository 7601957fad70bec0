"""Whether a row of the matrix says something that can be: who decides, of what, and when it is the row."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from engagements.strategy.editions.shapes import Edition, Row
from stockholm_intl.kit.listing import listed

DECIDERS = frozenset({"KF", "KS", "finansborgarradet", "body", "head", "signer", "city_leadership", "none"})
AS_ENTERED = "as_entered"  # see `competence`: a step's decider is whoever would decide to enter it today
# The facts a row may look at, with every answer that a matter in the register can have.
ASKED: dict[str, frozenset[object]] = {
    "scope": frozenset({"own_field", "several", "city_wide"}),
    "burden": frozenset({"none", "added"}),
    "on_behalf_of_ks": frozenset({True, False}),
    "abroad": frozenset({True, False}),
    "financing": frozenset({"own", "external", "mixed"}),
    "level": frozenset({"ordinary", "high"}),
}
# Nobody is asked about these: it is said, or it is not so.
SAID: dict[str, frozenset[object]] = {
    "theme": frozenset({"urban_development", "other"}),
    "prioritised": frozenset({True, False}),
    "step": frozenset({"new", "review", "exit"}),
}
ANSWERS = ASKED | SAID


def problems(edition: Edition, row: Row) -> Iterator[str]:
    if not row.matter and not row.ask:
        yield "matter saknas: skriv radens nummer, till exempel M1"
    yield from _decider(edition, row)
    for code in row.instruments:
        if code not in edition.instrument_codes:
            yield f"instruments {code!r} finns inte. Skriv {either(edition.instrument_codes)}"
    used = {row.decides, row.coordinates, row.handled_by, *row.prepares, *row.consults, *row.reports}
    yield from unexplained(edition, used - {AS_ENTERED})
    for case in row.when:
        for name, values in case.items():
            yield from _condition(edition, name, values)


def _decider(edition: Edition, row: Row) -> Iterator[str]:
    deciders = DECIDERS | {AS_ENTERED} if row in edition.steps else DECIDERS
    question = edition.question(row.ask)
    if bool(row.decides) == bool(row.ask):
        yield "skriv antingen decides eller ask, och inte båda"
    elif row.decides and row.decides not in deciders:
        yield f"decides = {row.decides!r} finns inte. Skriv {either(deciders)}"
    elif row.ask and not (question and question.is_judgement and question.choices):
        yield f"ask = {row.ask!r}: skriv in den bedömningen bland [[questions]], med is_judgement = true och choices"


def unexplained(edition: Edition, codes: Iterable[str | None]) -> Iterator[str]:
    for code in sorted(filter(None, codes)):
        if code not in edition.words:
            yield f'{code!r} saknas i [words]: skriv {code} = {{ sv = "…" }}'


def _condition(edition: Edition, name: str, values: Sequence[object]) -> Iterator[str]:
    if name not in ANSWERS:
        yield f"when {name!r} är inget faktum. Skriv {either(ANSWERS)}"
        return
    asked = name in ASKED
    answers = edition.values(name) if asked else ANSWERS[name]
    unknown = [value for value in values if value not in answers]
    if asked and not answers:
        yield f"when {name}: frågan {name} saknas bland [[questions]]. Skriv in den"
    elif unknown:
        yield f"when {name} = {either(unknown)} är inget svar. Skriv {either(answers)}"


def hides(edition: Edition, earlier: Sequence[Row], row: Row) -> Row | None:
    """The earlier row that takes all that this one would, so that it is never reached."""
    return next((other for other in earlier if _takes_all(edition, other, row)), None)


def _takes_all(edition: Edition, other: Row, row: Row) -> bool:
    wanted = set(row.instruments or edition.instrument_codes)
    if not wanted <= set(other.instruments or edition.instrument_codes):
        return False
    return all(any(_holds(case, wide) for wide in other.when) for case in row.when)


def _holds(case: Mapping[str, tuple[object, ...]], wide: Mapping[str, tuple[object, ...]]) -> bool:
    """Whether every matter of this case is one of the wider case too."""
    return all(name in case and set(case[name]) <= set(values) for name, values in wide.items())


def either(codes: Collection[object]) -> str:
    """The codes as the file writes them, in one order: added eller none."""
    return listed(sorted(("no", "yes")[code] if isinstance(code, bool) else str(code) for code in codes), "eller")
