"""Swedish sentences made of numbers, so that a report's text can never say another number than its table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from stockholm_intl.kit.charts import Bar
from stockholm_intl.kit.swedish import NBSP, Noun, Number, change, counted, listed, number, with_unit


@dataclass(frozen=True)
class KeyFigure:
    """A number of the report with last year's. None is a year for which nothing is known, which is not nought."""

    code: str
    label: str
    value: Number | None
    previous: Number | None
    unit: str = ""
    definition: str = ""
    decimals: int = 0

    @property
    def number_text(self) -> str:
        return number(self.value, self.decimals)

    @property
    def text(self) -> str:
        return with_unit(self.value, self.unit, self.decimals)

    @property
    def previous_text(self) -> str:
        return with_unit(self.previous, self.unit, self.decimals)

    @property
    def change(self) -> str:
        return change(self.value, self.previous, self.decimals)

    @property
    def change_text(self) -> str:
        is_known = self.unit and self.value is not None and self.previous is not None
        return f"{self.change}{NBSP}{self.unit}" if is_known else self.change


def compared(figure: KeyFigure, year: int) -> str:
    """lika många som 2024 · 31 fler än 2024 · 4,2 mnkr mindre än 2024 · uppgift för 2024 saknas."""
    before = year - 1
    if figure.value is None or figure.previous is None:
        return f"uppgift för {before} saknas"
    is_amount = bool(figure.unit)
    difference = Decimal(figure.value) - Decimal(figure.previous)
    size = with_unit(abs(difference), figure.unit, figure.decimals)
    if figure.change == "±0":
        return f"lika {'mycket' if is_amount else 'många'} som {before}"
    if difference > 0:
        return f"{size} {'mer' if is_amount else 'fler'} än {before}"
    return f"{size} {'mindre' if is_amount else 'färre'} än {before}"


def told(figure: KeyFigure, noun: Noun, year: int) -> str:
    """412 besök, 31 fler än 2024 · inga besök, liksom 2024."""
    if not figure.value and figure.previous == 0:
        return f"{counted(0, noun)}, liksom {year - 1}"
    if figure.value is None:
        return f"ett okänt antal {noun.many}"
    return f"{counted(int(figure.value), noun)}, {compared(figure, year)}"


def movement(figures: Iterable[tuple[str, KeyFigure]]) -> str:
    """Besöken och EU-finansieringen ökade, besluten minskade och medlemskapen var lika många.

    Takes each figure with its name in the definite form ("besöken"). Empty when no figure can be compared.
    """
    grew: list[str] = []
    shrank: list[str] = []
    stayed: list[str] = []
    for name, figure in figures:
        if figure.value is None or figure.previous is None:
            continue
        {"+": grew, "−": shrank}.get(figure.change[0], stayed).append(name)
    parts = [
        f"{listed(names)} {verb}"
        for names, verb in ((grew, "ökade"), (shrank, "minskade"), (stayed, "var oförändrade"))
        if names
    ]
    return f"{sentence(listed(parts))}" if parts else ""


def largest(bars: Sequence[Bar], *, what: str, whats: str, decimals: int = 0) -> str:
    """Klimat är det största temat, med 24. Two that are equal are both named, and then `whats` they are.

    Nothing at all gives no sentence.
    """
    top = max((bar.now for bar in bars), default=0)
    if not top:
        return ""
    names = [bar.label for bar in bars if bar.now == top]
    if len(names) > 3:
        return ""
    said, each = (what, "") if len(names) == 1 else (whats, " vardera")
    return f"{listed(names)} är {said}, med{NBSP}{number(top, decimals)}{each}."


def grew_most(bars: Sequence[Bar], decimals: int = 0) -> str:
    """Bostäder ökade mest, +4. Empty when nothing grew or last year is unknown."""
    known = [(Decimal(bar.now) - Decimal(bar.then), bar) for bar in bars if bar.then is not None]
    most = max((difference for difference, _bar in known), default=Decimal(0))
    if most <= 0:
        return ""
    names = [bar.label for difference, bar in known if difference == most]
    if len(names) > 3:
        return ""
    return f"{listed(names)} ökade mest, +{number(most, decimals)}{' vardera' if len(names) > 1 else ''}."


def sentence(text: str) -> str:
    """With a capital first and a full stop last."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def paragraph(*sentences: str) -> str:
    """The sentences that say something, as one paragraph."""
    return " ".join(text for text in map(sentence, sentences) if text)
