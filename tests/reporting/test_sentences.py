"""Sentences made of numbers."""

from decimal import Decimal

import pytest

from reporting.sentences import KeyFigure, compared, grew_most, largest, movement, paragraph, sentence, told
from stockholm_intl.kit.charts import Bar
from stockholm_intl.kit.swedish import Noun

BESOK = Noun("ett", "besök", "besök")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def figure(value: int | Decimal | None, previous: int | Decimal | None, unit: str = "", decimals: int = 0) -> KeyFigure:
    return KeyFigure("a", "A", value, previous, unit, decimals=decimals)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (figure(412, 381), "31 fler än 2024"),
        (figure(87, 92), "5 färre än 2024"),
        (figure(95, 95), "lika många som 2024"),
        (figure(Decimal("61.4"), Decimal("57.2"), "mnkr", 1), "4,2 mnkr mer än 2024"),
        (figure(Decimal("50.0"), Decimal("57.2"), "mnkr", 1), "7,2 mnkr mindre än 2024"),
        (figure(Decimal("57.21"), Decimal("57.2"), "mnkr", 1), "lika mycket som 2024"),
        (figure(5, None), "uppgift för 2024 saknas"),
        (figure(None, 5), "uppgift för 2024 saknas"),
    ],
)
def test_compared(one: KeyFigure, said: str) -> None:
    assert plain(compared(one, 2025)) == said


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (figure(412, 381), "412 besök, 31 fler än 2024"),
        (figure(1, 3), "ett besök, 2 färre än 2024"),
        (figure(0, 0), "inga besök, liksom 2024"),
        (figure(0, 4), "inga besök, 4 färre än 2024"),
        (figure(None, 4), "ett okänt antal besök"),
        (figure(7, None), "sju besök, uppgift för 2024 saknas"),
    ],
)
def test_told(one: KeyFigure, said: str) -> None:
    assert plain(told(one, BESOK, 2025)) == said


def test_movement_names_what_grew_shrank_and_stayed() -> None:
    named = [
        ("besöken", figure(2, 1)),
        ("EU-medlen", figure(3, 1)),
        ("besluten", figure(1, 2)),
        ("avtalen", figure(1, 1)),
    ]
    assert movement(named) == "Besöken och EU-medlen ökade, besluten minskade och avtalen var oförändrade."
    assert movement([("besöken", figure(2, 1))]) == "Besöken ökade."
    assert movement([("besöken", figure(2, None))]) == ""


def test_largest_names_ties_and_is_silent_of_nothing() -> None:
    bars = [Bar("Klimat", 9, 7), Bar("Bostäder", 9, 4), Bar("Transporter", 6, 6)]
    assert (
        plain(largest(bars, what="det största temat", whats="de största temana"))
        == "Klimat och Bostäder är de största temana, med 9 vardera."
    )
    assert (
        plain(largest(bars[:1], what="det största temat", whats="de största temana"))
        == "Klimat är det största temat, med 9."
    )
    assert largest([], what="det största temat", whats="de största temana") == ""
    assert largest([Bar("Noll", 0, 0)], what="det största temat", whats="de största temana") == ""
    assert largest([Bar(str(n), 1, 1) for n in range(4)], what="störst", whats="störst") == ""


def test_grew_most_needs_growth_and_a_year_to_compare_with() -> None:
    assert grew_most([Bar("Klimat", 9, 7), Bar("Bostäder", 8, 4)]) == "Bostäder ökade mest, +4."
    assert grew_most([Bar("Klimat", 7, 9), Bar("Ny", 7, None)]) == ""
    assert grew_most([]) == ""


def test_sentences_begin_large_end_with_a_stop_and_empty_ones_vanish() -> None:
    assert sentence("staden växer") == "Staden växer."
    assert sentence("EU-medlen ökade.") == "EU-medlen ökade."
    assert sentence("") == ""
    assert paragraph("ett", "", "två!") == "Ett. Två!"
