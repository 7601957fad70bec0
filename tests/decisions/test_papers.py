"""Agenda and decision list on paper."""

import hashlib
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from decisions.enums import Outcome
from decisions.papers import (
    AgendaLine,
    AgendaSection,
    agenda_pdf,
    checksum,
    decision_list_pdf,
    granted,
    lines,
    outcome_sums,
    point_sums,
    span,
)
from stockholm_intl.kit.pdf import LONGEST_TEXT, PaperTooLarge
from tests.decisions.paper_samples import AGENDA, CONFERENCE, LIST, RECEPTION, REFUSED, agenda, decision_list
from tests.kit import tags
from tests.kit.printed import sha256_in_another_process
from tests.kit.watch import strangers, watched

PAYLOAD = (
    '<script>alert(1)</script><img src="http://127.0.0.1:9/x"><link rel="attachment" href="file:///etc/passwd">&amp;'
)


def packed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_row_says_number_key_dnr_matter_directions_decision_delegate_point_and_date() -> None:
    words = tags.text(decision_list())
    for expected in (
        "1.1",
        "INT-2026-00297",
        "KS 2026/1187",
        "Eurocities årskonferens i juni 2027",
        "Sa På",
        "Bifall",
        "Staden deltar med två förtroendevalda.",
        "Finansborgarrådet",
        "IB 2.1, v. 2026-01",
        "62 000 kr",
        "2026-11-18",
    ):
        assert expected in words


def test_the_head_says_what_meeting_it_was() -> None:
    words = tags.text(decision_list())
    assert "Internationella beredningen nr 9/2026" in words
    assert "Beslutslista: delegationsbeslut av finansborgarrådet" in words
    assert "Onsdag 18 november 2026, v. 47, kl. 13.00–14.20, Stadshuset" in words
    assert "dnr KS 2026/1230 · 2026-11-18" in words
    assert "Sida 1 av" in words


def test_sample_data_says_so_on_every_page() -> None:
    assert "· Exempeldata" in tags.text(decision_list())
    real = decision_list_pdf(replace(LIST, is_sample=False))
    assert "Exempeldata" not in tags.text(real)


def test_the_list_is_a_tagged_table_with_heads_for_columns_and_rows() -> None:
    pdf = tags.opened(decision_list())
    kinds = tags.kinds(pdf)
    assert kinds.count("H1") == 1
    assert kinds.count("Table") == 3
    scopes = [str(cell.A.Scope) for cell in tags.of_kind(pdf, "TH")]
    assert scopes[:7] == ["/Column"] * 7
    assert scopes[7:10] == ["/Row"] * 3
    assert str(pdf.Root.Lang) == "sv"
    assert str(pdf.docinfo.Title) == "Internationella beredningen nr 9/2026: Beslutslista"
    assert not pdf.attachments


def test_points_are_numbered_by_the_paper_and_a_single_line_is_not() -> None:
    assert lines("1. Ett.\n\n 2) Två.\n– Tre.") == ["Ett.", "Två.", "Tre."]
    assert lines("2027 års konferens hålls i Oslo.") == ["2027 års konferens hålls i Oslo."]
    assert lines("25 maj: möte.\n26 maj: avresa.") == ["25 maj: möte.", "26 maj: avresa."]
    assert lines("Staden deltar.\n2 personer reser.") == ["Staden deltar.", "2 personer reser."]
    assert lines("  \n ") == []
    assert lines("1.\n2.") == ["1.", "2."]


def test_only_what_was_granted_is_summed() -> None:
    assert granted([CONFERENCE, REFUSED]) == Decimal(62000)
    assert granted([REFUSED]) == 0
    assert granted([replace(CONFERENCE, cost=None)]) is None


def test_sums_per_outcome_come_in_the_outcomes_own_order() -> None:
    with translation.override("sv"):
        sums = [(row["label"], row["count"]) for row in outcome_sums([REFUSED, RECEPTION, CONFERENCE, CONFERENCE])]
    assert sums == [("Bifall", "2"), ("Bifall med ändring", "1"), ("Avslag", "1")]


def test_decisions_without_a_point_are_summed_last() -> None:
    assert [(row["label"], row["matter"]) for row in point_sums([REFUSED, RECEPTION, CONFERENCE])] == [
        ("IB 2.1", "Konferens utomlands för kommunstyrelsen"),
        ("IB 2.2", "Representationsmottagning i Stadshuset"),
        ("–", "Utan delegationspunkt"),
    ]


def test_the_sums_stand_on_the_paper() -> None:
    words = tags.text(decision_list())
    assert "Summa 3 210 500,50 kr" in words


def test_an_unreported_list_leaves_room_for_meeting_and_paragraph() -> None:
    words = tags.text(decision_list())
    assert "Nr 1.1–2.1, 3 beslut, anmäls till kommunstyrelsen (6 kap. 40 § kommunallagen)" in words
    assert "Kommunstyrelsens sekreterare" in words


@pytest.mark.parametrize("paragraph", ["14", "§ 14"])
def test_a_reported_list_says_when_and_under_which_paragraph(paragraph: str) -> None:
    reported = replace(LIST, reported_on=date(2026, 12, 2), reported_paragraph=paragraph)
    words = tags.text(decision_list_pdf(reported))
    assert "har anmälts vid kommunstyrelsens sammanträde 2026-12-02, § 14, och lagts till handlingarna" in words
    assert "§ §" not in words


def test_checksum_follows_the_decisions_and_nothing_else() -> None:
    assert checksum(LIST.rows) == checksum(replace(LIST, place="Rådhuset").rows)
    changed = (replace(CONFERENCE, cost=Decimal("62000.01")), *LIST.rows[1:])
    assert checksum(changed) != checksum(LIST.rows)
    assert re.fullmatch("[0-9a-f]{64}", checksum(()))
    assert packed(checksum(LIST.rows)) in packed(tags.text(decision_list()))


def test_checksum_is_the_same_for_a_code_from_the_database() -> None:
    assert checksum([replace(CONFERENCE, outcome="approved")]) == checksum([CONFERENCE])  # type: ignore[arg-type]


def test_a_list_without_decisions_is_a_sensible_paper() -> None:
    words = tags.text(decision_list_pdf(replace(LIST, rows=())))
    assert "Inga beslut" in words
    assert "Det finns inget att anmäla till kommunstyrelsen." in words
    assert "Sida 1 av 1" in words


def test_one_decision_fits_on_one_page() -> None:
    made = decision_list_pdf(replace(LIST, rows=(CONFERENCE,)))
    assert len(tags.opened(made).pages) == 1
    assert "Nr 1.1, 1 beslut" in tags.text(made)
    assert span([CONFERENCE]) == "Nr 1.1"


def test_forty_decisions_repeat_the_head_and_lose_no_row() -> None:
    rows = tuple(replace(CONFERENCE, number=f"1.{n}", key=f"INT-2026-{n:05}") for n in range(1, 41))
    made = decision_list_pdf(replace(LIST, rows=rows))
    words = tags.text(made)
    assert all(row.key in words for row in rows)
    assert words.count("Delegat och punkt") == len(tags.opened(made).pages) - 1


def test_user_text_is_literal_and_nothing_is_fetched() -> None:
    hostile = replace(
        CONFERENCE, matter=PAYLOAD, text=PAYLOAD, delegate=PAYLOAD, registry_number=PAYLOAD, point=PAYLOAD
    )
    paper = replace(LIST, rows=(hostile,), present=PAYLOAD, title=f"Möte {PAYLOAD}", registry_number=PAYLOAD)
    decision_list()
    with watched() as seen:
        made = decision_list_pdf(paper)
    assert packed(tags.text(made)).count(packed(PAYLOAD)) >= 7
    assert strangers(seen) == []
    assert not tags.opened(made).attachments


def test_an_endless_word_does_not_leave_its_column() -> None:
    made = decision_list_pdf(
        replace(LIST, rows=(replace(CONFERENCE, matter="å" * 2000, delegate="Ö" * 400), RECEPTION))
    )
    words = packed(tags.text(made)).replace("\u200b", "")
    assert words.count("å") >= 2000
    assert RECEPTION.key in words


def test_more_than_a_paper_holds_is_refused_in_words() -> None:
    with pytest.raises(PaperTooLarge, match="501 rader"):
        decision_list_pdf(replace(LIST, rows=(CONFERENCE,) * 501))
    with pytest.raises(PaperTooLarge, match="Korta texten"):
        decision_list_pdf(replace(LIST, rows=(replace(CONFERENCE, text="x" * (LONGEST_TEXT + 1)),)))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_paper_is_swedish_whatever_the_reader_reads(language: str) -> None:
    with translation.override(language):
        made = decision_list()
    assert hashlib.sha256(made).hexdigest() == hashlib.sha256(decision_list()).hexdigest()
    assert "Bifall med ändring" in tags.text(made)


@pytest.mark.parametrize("name", ["decision_list", "agenda"])
def test_another_process_prints_the_same_bytes(name: str) -> None:
    made = {"decision_list": decision_list, "agenda": agenda}[name]()
    paper = f"tests.decisions.paper_samples.{name}"
    assert sha256_in_another_process(paper, hash_seed="7") == hashlib.sha256(made).hexdigest()


def test_an_outcome_that_comes_back_is_told_by_its_word() -> None:
    tabled = replace(CONFERENCE, outcome=Outcome.TABLED)
    assert "Bordlagd" in tags.text(decision_list_pdf(replace(LIST, rows=(tabled,))))


def test_the_agenda_gives_proposal_and_reasons_under_each_matter() -> None:
    words = tags.text(agenda())
    for expected in (
        "Dagordning",
        "1 Internationella ärenden",
        "INT-2026-00297 · dnr KS 2026/1187 · Stadsledningskontoret",
        "Förslag till beslut",
        "Skäl",
        "Konferensen samlar huvudstäderna.",
        "Anmälningar",
    ):
        assert expected in words
    assert "Representation" not in words


def test_the_agenda_is_tagged_and_its_outline_follows_the_items() -> None:
    pdf = tags.opened(agenda())
    assert {"H1", "H2", "H3", "Table", "L"} <= set(tags.kinds(pdf))
    with pdf.open_outline() as outline:
        [top] = outline.root
        assert [section.title for section in top.children] == ["1 Internationella ärenden"]
        assert len(top.children[0].children) == 2


def test_an_empty_agenda_says_so() -> None:
    words = tags.text(agenda_pdf(replace(AGENDA, sections=(AgendaSection("1", "Internationella ärenden", ()),))))
    assert "Inga ärenden" in words


def test_agenda_text_is_literal() -> None:
    section = AgendaSection(
        "1", PAYLOAD, (AgendaLine("1.1", PAYLOAD, PAYLOAD, PAYLOAD, PAYLOAD, "", (), PAYLOAD, PAYLOAD),)
    )
    made = agenda_pdf(replace(AGENDA, sections=(section,), called=PAYLOAD))
    assert packed(tags.text(made)).count(packed(PAYLOAD)) >= 8
    assert not tags.opened(made).attachments
