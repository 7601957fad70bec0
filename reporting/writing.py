"""The paper's text: every sentence is made of the year's own figures, so that it cannot say another number."""

from dataclasses import replace
from datetime import date

from decisions.enums import Outcome
from reporting import chapters
from reporting.chapters import AGREEMENT, INPUT, MEMBERSHIP, VISIT_FROM_ABROAD, keyed, reviewed
from reporting.definitions import DEFINITIONS, GENERAL
from reporting.figures import Book
from reporting.material import Material
from reporting.papers import AnnualReportPaper, Lead
from reporting.sentences import compared, movement, paragraph, sentence, told
from stockholm_intl.kit.swedish import NBSP, Noun, counted, listed, number

MEETING = Noun("ett", "sammanträde", "sammanträden")
DECISION = Noun("ett", "beslut", "beslut")
DUE = Noun("ett", "medlemskap eller intentionsavtal", "medlemskap och intentionsavtal")
NEW = Noun("ett", "nytt medlemskap", "nya medlemskap")
ENDED = Noun("ett", "avslutat", "avslutade")


def paper_of(material: Material, *, made_on: date) -> AnnualReportPaper:
    book = material.book
    return AnnualReportPaper(
        year=book.year,
        made_on=made_on,
        edition=material.edition,
        lead=lead(book),
        cooperation=chapters.cooperation(material),
        legislation=chapters.legislation(material),
        funding=chapters.funding(book),
        visits=chapters.visits(material),
        directions=chapters.directions(book),
        entries=material.entries,
        entries_of=book.count("engagements"),
        secret=material.secret,
        definitions=definitions(),
        sources=sources(book.year, made_on),
        is_sample=material.is_sample,
        earlier=material.earlier,
    )


def lead(book: Book) -> Lead:
    figures = [keyed(book[code]) for code in ("memberships", "funding", "visits", "decisions")]
    figures[0], figures[3] = replace(figures[0], label="Medlemskap"), replace(figures[3], label="Beslut i IB")
    moved = movement(
        [
            ("besöken", keyed(book["visits"])),
            ("EU-finansieringen", keyed(book["funding"])),
            ("EU-inspelen", keyed(book["inputs"])),
        ]
    )
    text = paragraph(f"Staden hade vid årets slut {told(keyed(book['memberships']), MEMBERSHIP, book.year)}", moved)
    return Lead(text, figures, list(filter(None, in_short(book))), list(filter(None, ahead(book))))


def in_short(book: Book) -> list[str]:
    new, ended = book.count("memberships.new"), book.count("memberships.ended")
    money = keyed(book["funding"])
    people = number(book.value("visits.people"))
    return [
        sentence(f"{counted(new, NEW)} och {counted(ended, ENDED)}"),
        reviewed(book),
        sentence(f"Staden lämnade {told(keyed(book['inputs']), INPUT, book.year)}"),
        sentence(f"EU-finansieringen uppgick till {money.text}, {compared(money, book.year)}"),
        sentence(
            f"Staden tog emot {told(keyed(book['visits']), VISIT_FROM_ABROAD, book.year)}, med sammanlagt {people}{NBSP}personer"
        ),
        board(book),
    ]


def board(book: Book) -> str:
    words = {Outcome.APPROVED: "bifall", Outcome.CHANGED: "bifall med ändring", Outcome.DECLINED: "avslag"}
    parts = [
        f"{number(count)}{NBSP}{text}"
        for outcome, text in words.items()
        if (count := book.count(f"decisions.outcome.{outcome}"))
    ]
    held = f"Internationella beredningen höll {counted(book.count('meetings'), MEETING)}"
    decided = f"Finansborgarrådet fattade {told(keyed(book['decisions']), DECISION, book.year)}"
    return paragraph(held, decided + (f": {listed(parts)}" if parts else ""))


def ahead(book: Book) -> list[str]:
    due, ending = book.count("reviews.next"), book.count("agreements.ending")
    after = book.year + 1
    return [
        sentence(f"Under {after} ska {counted(due, DUE)} omprövas enligt strategins riktmärke om vart fjärde år"),
        sentence(f"{counted(ending, AGREEMENT)} löper ut under {after} och kräver ställningstagande") if ending else "",
    ]


def definitions() -> list[tuple[str, str]]:
    return [(str(one.term), str(one.text)) for one in (*DEFINITIONS.values(), *GENERAL)]


def sources(year: int, made_on: date) -> str:
    running = "Året är inte slut: planerade möten och besök kan ändras. " if made_on <= date(year, 12, 31) else ""
    return (
        f"{running}Underlaget är organens egna uppgifter i registret över stadens internationella engagemang. "
        "Varje utgåva sparas i registret med kontrollsumma och med listan bakom varje tal."
    )
