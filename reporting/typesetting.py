"""The annual report's paper set as PDF: its words in order, within what a paper can hold."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from engagements.strategy.marks import key_of, keys_of_earlier, marks
from reporting.cells import exhibit_words
from reporting.papers import AnnualReportPaper, Chapter, ChartSpec, Entry, Table
from stockholm_intl.kit.charts import draw
from stockholm_intl.kit.pdf import Progress, render_pdf, require_room, require_short, silent, unbroken
from stockholm_intl.kit.swedish import DASH, NBSP, long_date, number

MOST_ENTRIES = 20_000
MOST_TABLE_ROWS = 1_000
# A box more a row, which is half the time again: worth it while the list is read, not when it is looked up in.
MOST_EMPHASISED = 2_000
EMPHASISED = "<p>{}&nbsp;&nbsp; <b>{}</b> {}</p>"
PLAIN = "<p>{}&nbsp;&nbsp; {} · {}</p>"


def annual_report_pdf(paper: AnnualReportPaper, *, progress: Progress = silent) -> bytes:
    """The report as PDF/UA-1. `progress(step, share)` is called as it grows, and may raise to stop it.

    Raises PaperTooLarge for more than 20 000 entries, 1 000 rows in a table, or a text over 12 000 characters.
    """
    progress(_("Diagrammen ritas"), 0.02)
    chapters = [chapter for _anchor, _heading, chapter in paper.chapters]
    require_limits(paper, chapters)
    charts = {
        spec.name: spec
        for chapter in chapters
        for spec in chapter.exhibits
        if isinstance(spec, ChartSpec) and not spec.chart.is_empty
    }
    images = {name: draw(spec.chart) for name, spec in charts.items()}
    progress(_("Texten sätts"), 0.1)
    return render_pdf("pdf/annual_report.html", report_words(paper), images=images, progress=progress)


def require_limits(paper: AnnualReportPaper, chapters: Sequence[Chapter]) -> None:
    require_room(paper.entries, MOST_ENTRIES)
    for chapter in chapters:
        for exhibit in chapter.exhibits:
            if isinstance(exhibit, Table):
                require_room(exhibit.rows, MOST_TABLE_ROWS)
                require_short(*(cell for row in exhibit.rows for cell in row if isinstance(cell, str)))
        require_short(*chapter.intro, *(text for part in chapter.parts for text in (*part.paragraphs, *part.points)))
    require_short(paper.lead.text, *paper.lead.points, *paper.lead.ahead, paper.lead.proposal, paper.sources)
    require_short(*(entry.title for entry in paper.entries))


def report_words(paper: AnnualReportPaper) -> dict[str, Any]:
    chapters = [
        {"anchor": anchor, "heading": heading, **chapter_words(chapter, paper)}
        for anchor, heading, chapter in paper.chapters
    ]
    return {
        "paper": paper,
        "before": paper.year - 1,
        "after": paper.year + 1,
        "made_on": long_date(paper.made_on),
        "lead": {
            "text": unbroken(paper.lead.text),
            "points": [unbroken(text) for text in paper.lead.points],
            "ahead": [unbroken(text) for text in paper.lead.ahead],
        },
        "marks": key_of(paper.edition),
        "older_keys": keys_of_earlier(
            paper.edition, paper.earlier, {code for one in paper.entries for code in (one.direction, *one.others)}
        ),
        "chapters": chapters,
        "entries": entry_groups(paper),
        "is_plain": len(paper.entries) > MOST_EMPHASISED,
        "secret": secret_words(paper.secret),
        "entry_count": number(len(paper.entries)),
        "entries_of": number(paper.entries_of) if paper.entries_of and paper.entries_of > len(paper.entries) else "",
        "definitions": halves(definitions(paper)),
    }


def secret_words(count: int) -> str:
    if not count:
        return ""
    said = (
        "är sekretessmarkerat: det är räknat i rapportens tal"
        if count == 1
        else "är sekretessmarkerade: de är räknade i rapportens tal"
    )
    return f"{number(count).capitalize()} {said} men står inte här."


def chapter_words(chapter: Chapter, paper: AnnualReportPaper) -> dict[str, Any]:
    exhibits = [exhibit_words(exhibit, paper.edition) for exhibit in chapter.exhibits]
    parts = [
        {
            "heading": part.heading,
            "paragraphs": [unbroken(text) for text in part.paragraphs],
            "points": [unbroken(text) for text in part.points],
        }
        for part in chapter.parts
    ]
    intro = [unbroken(text) for text in chapter.intro]
    # three stand wider than four, and five or six stand in two rows of three
    abreast = 3 if len(chapter.figures) in (3, 5, 6) else 4
    return {"intro": intro, "figures": chapter.figures, "abreast": abreast, "exhibits": exhibits, "parts": parts}


def entry_groups(paper: AnnualReportPaper) -> Iterator[tuple[str, str, SafeString]]:
    """Kind, count and its entries as ready HTML: a template loop over 20 000 of them takes longer than the sorting."""
    order = {kind: place for place, kind in enumerate(dict.fromkeys(entry.kind for entry in paper.entries))}
    pattern = EMPHASISED if len(paper.entries) <= MOST_EMPHASISED else PLAIN

    @cache
    def marked(direction: str, others: tuple[str, ...]) -> str:
        found = marks(paper.edition, direction, others, paper.earlier)
        return " ".join(f"{mark.sign}{NBSP}{mark.short}" for mark in found)

    def cells(entry: Entry) -> tuple[str, str, str]:
        dnr = entry.registry_number
        facts = (marked(entry.direction, entry.others), entry.body, dnr.replace(" ", NBSP) if len(dnr) < 25 else dnr)
        return entry.key or DASH, entry.title, f"{NBSP}· ".join(filter(None, facts))

    in_order = sorted(paper.entries, key=lambda entry: order[entry.kind])
    for kind, group in groupby(in_order, key=lambda entry: entry.kind):
        same = list(group)
        yield kind, number(len(same)), format_html_join("\n", pattern, map(cells, same))


def definitions(paper: AnnualReportPaper) -> list[tuple[str, str]]:
    """What each figure counts, then the other words, alphabetically by neither: in the order of the report."""
    found = {
        figure.label + (f", {figure.unit}" if figure.unit else ""): figure.definition
        for figure in paper.figures().values()
    }
    found.update(paper.definitions)
    return [(word, meaning) for word, meaning in found.items() if meaning]


def halves(words: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Two columns of about equal length. Columns in CSS fill unevenly."""
    total, gone = sum(len(meaning) + 60 for _word, meaning in words), 0
    for place, (_word, meaning) in enumerate(words):
        gone += len(meaning) + 60
        if gone * 2 >= total:
            return [words[: place + 1], words[place + 1 :]]
    return [words, []]
