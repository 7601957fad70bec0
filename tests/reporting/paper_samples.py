"""An annual report with invented numbers, as plain data."""

from datetime import date
from decimal import Decimal

from engagements.strategy.editions import edition
from reporting.papers import (
    AnnualReportPaper,
    Chapter,
    ChartSpec,
    Column,
    Entry,
    Lead,
    Part,
    Table,
)
from reporting.sentences import KeyFigure, compared, paragraph, told
from reporting.typesetting import annual_report_pdf
from stockholm_intl.kit.charts import Bar, BarChart, Line, LineChart, PanelChart
from stockholm_intl.kit.swedish import Noun

BESOK = Noun("ett", "besök", "besök")
MEMBERSHIPS = KeyFigure("memberships", "Medlemskap", 95, 95, definition="Vad staden är med i den 31 december.")
MONEY = KeyFigure("money", "EU-medel", Decimal("61.4"), Decimal("57.2"), "mnkr", "Bidrag under året.", 1)
VISITS = KeyFigure("visits", "Besök", 412, 381, definition="Mottagna grupper från utlandet.")
RECEPTIONS = KeyFigure("receptions", "Mottagningar", 11, None)
THEMES = ChartSpec(
    "teman",
    "Medlemskap per tema 2025",
    BarChart(2025, [Bar("Klimat, miljö och energi", 24, 23), Bar("Mobilitet och hamn", 14, 15)]),
    "Antal. Streck: 2024.",
)
PROGRAMMES = ChartSpec(
    "program",
    "EU-finansiering per program",
    LineChart((2024, 2025), [Line("Horisont Europa", [Decimal("25.1"), Decimal("27.8")])], decimals=1),
    "Mnkr.",
)
PANELS = ChartSpec(
    "inriktningar",
    "Engagemang efter huvudinriktning",
    PanelChart((2024, 2025), [Line("Profilering", [58, 61], "#b8005e", "triangle"), Line("Samverkan", [149, 163])]),
)
BY_BODY = Table(
    "EU-finansiering per organ",
    (
        Column("Organ"),
        Column("2024", "number", 1, 20),
        Column("2025", "number", 1, 20),
        Column("Förändring", "change", 1, 22),
    ),
    [("Miljöförvaltningen", Decimal("12.6"), Decimal("14.2"), Decimal("1.6")), ("Trafikkontoret", 8, None, None)],
    ("Summa", Decimal("20.6"), Decimal("14.2"), Decimal("-6.4")),
    note="Mnkr",
)
INPUTS = Table(
    "EU-inspel",
    (Column("Datum", "date", width=22), Column("Inspel"), Column("Andel", "percent", width=20)),
    [(date(2025, 2, 11), "Synpunkter på upphandlingsdirektiven", 17)],
)
BY_DIRECTION = Table(
    "Engagemang per huvudinriktning",
    (Column("Huvudinriktning", "direction"), Column("2025", "number", width=20)),
    [("profilering", 61), ("samverkan", 1630), ("okänd", 0)],
)
ENTRIES = (
    Entry(
        "Eurocities",
        "Medlemskap",
        "Stadsledningskontoret",
        "INT-2025-00012",
        "KS 2025/0112",
        "paverkan",
        ("samverkan",),
    ),
    Entry(
        "Delegation från Wien: allmännyttan", "Besök", "AB Svenska Bostäder", "INT-2025-00236", "2025-0412", "samverkan"
    ),
    Entry("Polis", "Medlemskap", "Trafikkontoret", "INT-2025-00026"),
)
PAPER = AnnualReportPaper(
    year=2025,
    made_on=date(2026, 2, 16),
    edition=edition("2016"),
    lead=Lead(
        paragraph(f"Staden tog emot {told(VISITS, BESOK, 2025)}"),
        (MEMBERSHIPS, MONEY, VISITS),
        (f"Staden tog emot {told(VISITS, BESOK, 2025)}.",),
        ("Under 2026 ska 26 medlemskap omprövas.",),
    ),
    cooperation=Chapter((f"Medlemskapen är {compared(MEMBERSHIPS, 2025)}.",), (MEMBERSHIPS,), (THEMES,)),
    legislation=Chapter(exhibits=(INPUTS,)),
    funding=Chapter(
        figures=(MONEY,), exhibits=(PROGRAMMES, BY_BODY), parts=(Part("Ansökningar", ("Inga.",), ("En.",)),)
    ),
    visits=Chapter(figures=(VISITS, RECEPTIONS)),
    directions=Chapter(exhibits=(PANELS, BY_DIRECTION)),
    entries=ENTRIES,
    entries_of=356,
    definitions=(("Förändring", "Årets värde minus föregående års."),),
    sources="Underlag: registret.",
    registry_number="KS 2026/0118",
    is_sample=True,
)


def report() -> bytes:
    return annual_report_pdf(PAPER)
