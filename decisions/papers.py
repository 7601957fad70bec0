"""The papers of a meeting: agenda and decision list. They take plain data and know neither models nor permission."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from decisions.enums import Outcome
from engagements.strategy.editions import Edition
from engagements.strategy.marks import key_of, keys_of_earlier, marks
from stockholm_intl.kit.pdf import render_pdf, require_room, require_short, unbroken
from stockholm_intl.kit.swedish import DASH, capital, clock, kronor, long_date, number, weekday_date

MOST_ROWS = 500
TYPED_NUMBER = re.compile(r"(?:\d{1,2}[.)]|[-–•])\s+")
GRANTING = frozenset({Outcome.APPROVED, Outcome.CHANGED})


@dataclass(frozen=True)
class DecisionRow:
    """One decision. `text` is the decision's text, a point a line; `cost` is what the decision grants, in kronor."""

    number: str
    key: str
    registry_number: str
    matter: str
    outcome: Outcome
    text: str
    delegate: str
    decided_on: date
    direction: str = ""
    others: tuple[str, ...] = ()
    point: str = ""
    point_version: str = ""
    point_matter: str = ""
    cost: Decimal | None = None


@dataclass(frozen=True)
class CorrectionRow:
    """What was put right after the approval, in the row `number` of the list. `place` is the matter's own count."""

    number: str
    key: str
    corrected_on: date
    place: int
    changes: tuple[str, ...]
    reason: str
    authority: str


@dataclass(frozen=True)
class DecisionListPaper:
    title: str
    body: str
    held_on: date
    edition: Edition
    rows: tuple[DecisionRow, ...]
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    present: str = ""
    registry_number: str = ""
    is_sample: bool = False
    what: str = "delegationsbeslut av finansborgarrådet"
    report_to: str = "kommunstyrelsen"
    reported_on: date | None = None
    reported_paragraph: str = ""
    approved_on: date | None = None
    approved_by: str = ""
    corrections: tuple[CorrectionRow, ...] = ()
    signers: tuple[str, ...] = ("Finansborgarrådet, delegat", "Beredningens sekreterare")
    earlier: tuple[Edition, ...] = ()  # other editions that matters on the paper were judged under, the newest first


@dataclass(frozen=True)
class AgendaLine:
    """One item. `proposal` is a point a line; `reasons` a paragraph a line."""

    number: str
    matter: str
    key: str = ""
    registry_number: str = ""
    body: str = ""
    direction: str = ""
    others: tuple[str, ...] = ()
    proposal: str = ""
    reasons: str = ""


@dataclass(frozen=True)
class AgendaSection:
    number: str
    title: str
    items: tuple[AgendaLine, ...]


@dataclass(frozen=True)
class AgendaPaper:
    title: str
    body: str
    held_on: date
    edition: Edition
    sections: tuple[AgendaSection, ...]
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    called: str = ""
    registry_number: str = ""
    is_sample: bool = False
    earlier: tuple[Edition, ...] = ()


def decision_list_pdf(paper: DecisionListPaper) -> bytes:
    """Raises PaperTooLarge for more than 500 decisions, or a text over 12 000 characters."""
    require_room(paper.rows, MOST_ROWS)
    require_short(paper.present, *(text for row in paper.rows for text in (row.matter, row.text)))
    require_room(paper.corrections, MOST_ROWS)
    require_short(*(text for row in paper.corrections for text in (row.reason, *row.changes)))
    with override("sv"):
        rows = [row_words(row, paper) for row in paper.rows]
        context = {
            **head_words(paper),
            "document": f"Beslutslista, {paper.title}",
            "edition": paper.edition,
            "rows": rows,
            "outcomes": outcome_sums(paper.rows),
            "points": point_sums(paper.rows),
            "total": sum_words(paper.rows),
            "span": span(paper.rows),
            "checksum": grouped(checksum(paper.rows)),
            **keys(paper, paper.rows),
            "paragraph": paper.reported_paragraph.lstrip("§ "),
            "corrections": [
                {"row": row, "changes": [unbroken(change) for change in row.changes], "reason": unbroken(row.reason)}
                for row in paper.corrections
            ],
        }
    return render_pdf("pdf/decision_list.html", context)


def agenda_pdf(paper: AgendaPaper) -> bytes:
    """Raises PaperTooLarge for more than 500 items, or a text over 12 000 characters."""
    items = [item for section in paper.sections for item in section.items]
    require_room(items, MOST_ROWS)
    require_short(paper.called, *(text for item in items for text in (item.matter, item.proposal, item.reasons)))
    sections = [
        {
            "number": section.number,
            "title": section.title,
            "items": [item_words(item, paper) for item in section.items],
        }
        for section in paper.sections
    ]
    context = {
        **head_words(paper),
        "document": f"Dagordning, {paper.title}",
        "edition": paper.edition,
        "sections": sections,
        "count": len(items),
        **keys(paper, items),
    }
    return render_pdf("pdf/agenda.html", context)


def checksum(rows: Sequence[DecisionRow]) -> str:
    """SHA-256 of the decisions as canonical JSON: the same decisions give the same sum, however they are printed."""
    plain = json.dumps(
        [asdict(row) for row in rows], default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(plain.encode()).hexdigest()


def lines(text: str) -> list[str]:
    """The text's own lines; numbers typed before each of them are dropped, for the paper numbers points itself."""
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if len(found) > 1 and all(TYPED_NUMBER.match(line) for line in found):
        return [TYPED_NUMBER.sub("", line) for line in found]
    return found


def head_words(paper: DecisionListPaper | AgendaPaper) -> dict[str, Any]:
    when = [capital(weekday_date(paper.held_on)), clock(paper.starts_at, paper.ends_at), paper.place]
    return {
        "paper": paper,
        "heading": unbroken(paper.title),
        "when": ", ".join(filter(None, when)),
        "held_on": long_date(paper.held_on),
    }


def row_words(row: DecisionRow, paper: DecisionListPaper) -> dict[str, Any]:
    return {
        "row": row,
        "marks": marks(paper.edition, row.direction, row.others, paper.earlier),
        "outcome": Outcome(row.outcome).label,
        "matter": unbroken(row.matter),
        "lines": [unbroken(line) for line in lines(row.text)],
        "cost": kronor(row.cost),
    }


def item_words(item: AgendaLine, paper: AgendaPaper) -> dict[str, Any]:
    return {
        "item": item,
        "marks": marks(paper.edition, item.direction, item.others, paper.earlier),
        "matter": unbroken(item.matter),
        "proposal": [unbroken(line) for line in lines(item.proposal)],
        "reasons": [unbroken(line) for line in lines(item.reasons)],
        "anchor": f"punkt-{item.number}",
    }


def keys(paper: DecisionListPaper | AgendaPaper, shown: Sequence[DecisionRow | AgendaLine]) -> dict[str, Any]:
    """What the marks mean: those of the edition, and those that only earlier matters on the paper have."""
    used = {code for one in shown for code in (one.direction, *one.others)}
    return {"key": key_of(paper.edition), "older_keys": keys_of_earlier(paper.edition, paper.earlier, used)}


def granted(rows: Sequence[DecisionRow]) -> Decimal | None:
    """The sum of what was granted; None when no decision states a cost."""
    costs = [row.cost if row.outcome in GRANTING else Decimal(0) for row in rows if row.cost is not None]
    return sum(costs, Decimal(0)) if costs else None


def sum_words(rows: Sequence[DecisionRow], **words: str) -> dict[str, str]:
    return {**words, "count": number(len(rows)), "cost": kronor(granted(rows))}


def outcome_sums(rows: Sequence[DecisionRow]) -> list[dict[str, str]]:
    found = [(outcome, [row for row in rows if row.outcome == outcome]) for outcome in Outcome]
    return [sum_words(same, label=str(outcome.label)) for outcome, same in found if same]


def point_sums(rows: Sequence[DecisionRow]) -> list[dict[str, str]]:
    """One sum a delegation point; decisions that cite none come last."""
    cited = {row.point: row.point_matter for row in rows}
    order = sorted(filter(None, cited)) + ([""] if "" in cited else [])
    return [
        sum_words(
            [row for row in rows if row.point == point],
            label=point or DASH,
            matter=cited[point] if point else "Utan delegationspunkt",
        )
        for point in order
    ]


def span(rows: Sequence[DecisionRow]) -> str:
    """Nr 9.1–9.10."""
    if not rows:
        return ""
    return f"Nr {rows[0].number}" + (f"{DASH}{rows[-1].number}" if len(rows) > 1 else "")


def grouped(digest: str) -> str:
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))
