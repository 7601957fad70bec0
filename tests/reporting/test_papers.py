"""The annual report on paper."""

import hashlib
import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from engagements.strategy.editions import edition
from reporting.cells import cell_words
from reporting.papers import AnnualReportPaper, Chapter, ChartSpec, Column, Entry, Lead, Table
from reporting.typesetting import MOST_EMPHASISED, annual_report_pdf, definitions, entry_groups, halves
from stockholm_intl.kit.charts import Bar, BarChart
from stockholm_intl.kit.pdf import PaperTooLarge
from tests.kit import tags
from tests.kit.printed import sha256_in_another_process
from tests.kit.watch import strangers, watched
from tests.reporting.paper_samples import BY_BODY, ENTRIES, MEMBERSHIPS, PAPER, THEMES, report

HEADINGS = [
    "Innehåll",
    "Sammanfattning",
    "Samarbete i internationella organisationer och nätverk",
    "EU-lagstiftning med påverkan på Stockholm",
    "EU-finansiering",
    "Internationella besök och evenemang",
    "Strategins inriktningar",
    "Bilaga: engagemang",
    "Så är siffrorna räknade",
]
PAYLOAD = (
    '<script>alert(1)</script><img src="http://127.0.0.1:9/x"><link rel="attachment" href="file:///etc/passwd">&amp;'
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return report()


def packed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_outline_is_the_citys_own_headings(made: bytes) -> None:
    pdf = tags.opened(made)
    with pdf.open_outline() as outline:
        [top] = outline.root
        assert top.title == "Stockholms stads internationella arbete 2025"
        assert [chapter.title for chapter in top.children] == HEADINGS


def test_it_is_tagged_with_one_title_and_words_for_every_figure(made: bytes) -> None:
    pdf = tags.opened(made)
    kinds = tags.kinds(pdf)
    assert (kinds.count("H1"), kinds.count("H2")) == (1, len(HEADINGS))
    assert (kinds.count("Figure"), kinds.count("Table")) == (3, 3)
    alternatives = [str(figure.Alt) for figure in tags.of_kind(pdf, "Figure")]
    assert alternatives[0] == (
        "Medlemskap per tema 2025. Liggande staplar, 2025. Klimat, miljö och energi 24 (2024: 23); "
        "Mobilitet och hamn 14 (2024: 15)"
    )
    assert {str(cell.A.Scope) for cell in tags.of_kind(pdf, "TH")} == {"/Column", "/Row"}
    assert str(pdf.Root.Lang) == "sv"
    assert str(pdf.docinfo.Title) == "Stockholms stads internationella arbete 2025"


def test_links_of_the_contents_lead_to_pages_and_say_where(made: bytes) -> None:
    pdf = tags.opened(made)
    said = [str(link.Contents) for page in pdf.pages for link in page.get("/Annots", [])]
    # a line of the contents is one link in two pieces: its words and its page number
    assert list(dict.fromkeys(said)) == HEADINGS[1:]


def test_every_key_figure_stands_with_last_years(made: bytes) -> None:
    words = tags.text(made)
    for expected in (
        "Medlemskap 95 ±0 sedan 2024 2024: 95",
        "EU-medel 61,4 mnkr +4,2 mnkr sedan 2024 2024: 57,2 mnkr",
        "Besök 412 +31 sedan 2024 2024: 381",
        "Mottagningar 11 2024: uppgift saknas",
    ):
        assert expected in words


def test_tables_write_numbers_as_swedish_does(made: bytes) -> None:
    words = tags.text(made)
    assert "Miljöförvaltningen 12,6 14,2 +1,6" in words
    assert "Trafikkontoret 8,0 – –" in words
    assert "Summa 20,6 14,2 −6,4" in words
    assert "2025-02-11 Synpunkter på upphandlingsdirektiven 17 %" in words
    assert "Sa Samverkan 1 630" in words
    assert "okänd 0" in words


def test_charts_are_text_in_the_paper(made: bytes) -> None:
    words = tags.text(made)
    assert "Horisont Europa" in words
    assert "Klimat, miljö och energi" in words


def test_the_cover_says_to_whom_from_whom_and_that_it_is_a_sample(made: bytes) -> None:
    words = tags.text(made)
    assert "Till Kommunstyrelsen Från Stadsledningskontoret, internationella enheten" in words
    assert "Diarienummer KS 2026/0118 Datum 16 februari 2026" in words
    assert "Exempeldata. Ärenden och siffror är påhittade" in words


def test_the_appendix_stands_by_kind_with_directions_and_dnr(made: bytes) -> None:
    words = tags.text(made)
    assert "3 av 356 engagemang" in words
    assert "Medlemskap 2 INT-2025-00012 Eurocities ▶ På □ Sa · Stadsledningskontoret · KS 2025/0112" in words
    assert "INT-2025-00026 Polis Trafikkontoret" in words
    assert words.index("Polis") < words.index("Delegation från Wien")


def test_a_long_appendix_loses_no_entry_and_is_set_plainer() -> None:
    many = tuple(replace(ENTRIES[0], key=f"INT-2025-{n:05}") for n in range(MOST_EMPHASISED + 1))
    [(kind, count, rows)] = entry_groups(replace(PAPER, entries=many))
    assert (kind, count.replace("\u00a0", " ")) == ("Medlemskap", "2 001")
    assert rows.count("<p>") == len(many)
    assert "<b>" not in rows
    [(_kind, _count, rows)] = entry_groups(replace(PAPER, entries=many[:-1]))
    assert rows.count("<b>") == len(many) - 1


def test_the_last_page_says_how_each_figure_is_counted(made: bytes) -> None:
    words = tags.text(made)
    assert "Medlemskap Vad staden är med i den 31 december." in words
    assert "EU-medel, mnkr Bidrag under året." in words
    assert "Förändring Årets värde minus föregående års." in words


def test_a_figure_printed_twice_is_explained_once() -> None:
    assert [word for word, _meaning in definitions(PAPER)] == ["Medlemskap", "EU-medel, mnkr", "Besök", "Förändring"]


def test_two_columns_of_words_are_about_as_long() -> None:
    first, second = halves([(str(n), "m" * 100) for n in range(9)])
    assert (len(first), len(second)) == (5, 4)
    assert halves([]) == [[], []]


def test_a_year_without_anything_is_a_report_too() -> None:
    empty = AnnualReportPaper(2025, date(2026, 2, 16), edition("2016"), Lead(""))
    words = tags.text(annual_report_pdf(empty))
    assert words.count("Inget att redovisa under rubriken för 2025.") == 5
    assert "Inga engagemang är registrerade för 2025." in words
    assert "Exempeldata" not in words


def test_a_chart_or_table_of_nothing_says_so_instead() -> None:
    empty_chart = ChartSpec("tom", "Medlemskap per tema", BarChart(2025, [Bar("a", 0, 0)]), empty="Inga medlemskap.")
    empty_table = Table("Tabell", (Column("Namn"),), [], empty="Inga rader.")
    pdf = annual_report_pdf(replace(PAPER, cooperation=Chapter(exhibits=(empty_chart, empty_table))))
    words = tags.text(pdf)
    assert "Medlemskap per tema Inga medlemskap." in words
    assert "Tabell Inga rader." in words
    assert tags.kinds(tags.opened(pdf)).count("Figure") == 2


def test_user_text_is_literal_and_nothing_is_fetched(made: bytes) -> None:
    hostile = replace(
        PAPER,
        lead=replace(PAPER.lead, text=PAYLOAD, points=(PAYLOAD,)),
        cooperation=Chapter((PAYLOAD,), exhibits=(replace(BY_BODY, caption=PAYLOAD, rows=[(PAYLOAD, 1, 2, 3)]),)),
        visits=Chapter(exhibits=(replace(THEMES, chart=BarChart(2025, [Bar(PAYLOAD, 1, 2)])),)),
        entries=(Entry(PAYLOAD, PAYLOAD, PAYLOAD, "INT-2025-00001", PAYLOAD),),
        sources=PAYLOAD,
    )
    with watched() as seen:
        printed = annual_report_pdf(hostile)
    assert packed(tags.text(printed)).count(packed(PAYLOAD)) >= 9
    assert strangers(seen) == []
    assert not tags.opened(printed).attachments


def test_the_same_report_is_the_same_bytes_here_and_in_another_process(made: bytes) -> None:
    with translation.override("en"):
        assert report() == made
    paper = "tests.reporting.paper_samples.report"
    assert sha256_in_another_process(paper, hash_seed="11") == hashlib.sha256(made).hexdigest()


def test_progress_runs_from_drawing_to_writing() -> None:
    told: list[tuple[str, float]] = []
    annual_report_pdf(PAPER, progress=lambda step, share: told.append((step, share)))
    assert [told[0][0], told[1][0], told[-1][0]] == ["Diagrammen ritas", "Texten sätts", "Filen skrivs"]
    shares = [share for _step, share in told]
    assert shares == sorted(shares)


def test_more_than_a_report_holds_is_refused_in_words() -> None:
    with pytest.raises(PaperTooLarge, match="20001 rader"):
        annual_report_pdf(replace(PAPER, entries=ENTRIES[:1] * 20_001))
    with pytest.raises(PaperTooLarge, match="Korta texten"):
        annual_report_pdf(replace(PAPER, sources="x" * 20_000))
    with pytest.raises(PaperTooLarge, match="rader"):
        annual_report_pdf(replace(PAPER, funding=Chapter(exhibits=(replace(BY_BODY, rows=BY_BODY.rows * 600),))))


@pytest.mark.parametrize(
    ("cell", "column", "written"),
    [
        (None, Column("a"), ""),
        (None, Column("a", "number"), "–"),
        (0, Column("a", "number"), "0"),
        (-3, Column("a", "change"), "−3"),
        (0, Column("a", "change"), "±0"),
        ("12 mnkr", Column("a", "figure"), "12 mnkr"),
        ("finns inte", Column("a", "direction"), "finns inte"),
    ],
)
def test_cells(cell: int | str | None, column: Column, written: str) -> None:
    assert cell_words(cell, column, edition("2016")) == written


def test_the_same_figure_object_serves_lead_and_chapter() -> None:
    assert PAPER.figures()["memberships"] is MEMBERSHIPS
