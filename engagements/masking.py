"""What only the named may read of an engagement: the one place that knows, and that hides it.

A mark on a part (`Part`) covers fields of the engagement, of its detail row and of what hangs on it. Rows that a person
reads come through `visible_to` or `newest_page`, and those cover themselves when they are fetched (EngagementQuerySet);
rows of other models that carry an engagement's words go through `covered`. What is printed or mailed is covered for
everybody (`covered_for_all`): paper goes further than its reader. A covered row cannot be saved.
"""

from collections.abc import Collection, Iterable
from typing import Any, TypeVar, cast

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engagements.enums import Kind, Part
from engagements.models import Engagement
from engagements.permission import access_of, named_among
from organisation.models import User
from organisation.queries import Access

Row = TypeVar("Row")
MASK = _("Sekretess")
MARKED = "Sekretessmarkerat"  # how the history says that a mark was set; the record's own language
GRADES = ("learning", "perspectives", "development", "competence", "image")

# part -> model -> its fields. A test holds every text of an engagement to be here or among OPEN.
FIELDS: dict[Part, dict[str, tuple[str, ...]]] = {
    Part.TITLE: {"engagements.engagement": ("title",), "decisions.agendaitem": ("title",)},
    Part.COUNTERPART: {
        "engagements.engagement": ("counterpart", "partner", "country"),
        "engagements.trip": ("place",),
        "engagements.euinfluence": ("addressee",),
        "engagements.project": ("funder",),
        "engagements.fundingline": ("funder",),
        "visits.reception": ("congress_venue",),
        "engagements.judgement": ("asked",),  # what the check asked names the country
    },
    Part.SUMMARY: {
        "engagements.engagement": ("summary", "motives", "goal", "source"),
        "engagements.trip": ("report",),
        "engagements.declaration": ("commitments",),
        "engagements.euinfluence": ("result",),
        "visits.visitrequest": ("wants", "purpose", "benefit", "alternative", "outcome", *(f"{g}_why" for g in GRADES)),
        "visits.reception": ("why_the_city",),
        "memberships.membership": ("benefit",),
        "memberships.agreement": ("activity", "our_benefit", "their_benefit"),
        "engagements.judgement": ("asked",),
        "engagements.plannedactivity": ("what", "owner"),
        "engagements.examinedforum": ("name", "conclusion"),
        "engagements.consultation": ("whom", "note"),
        "engagements.fundingline": ("funder",),
        "engagements.frame": ("budget",),
        "decisions.agendaitem": ("source",),
    },
    Part.SENDER: {"visits.visitrequest": ("sender_name", "sender_email")},
    Part.DELEGATION: {
        "engagements.trip": ("delegation",),
        "visits.visitrequest": ("delegation",),
        "visits.reception": ("participants", "attested_by"),
        "memberships.membership": ("post_of_trust",),
    },
    Part.PROPOSAL: {
        "engagements.engagement": ("proposal_text",),
        "decisions.agendaitem": ("proposal", "reasons"),
        "memberships.review": ("proposal_note",),
    },
    Part.DECISION: {
        "engagements.engagement": ("decision_note",),
        "decisions.decision": ("text", "ground", "findings"),
        "memberships.review": ("note",),
    },
    Part.DOCUMENTS: {"engagements.document": ("name",)},
}
# Why somebody did something: free text, which may say any part. Covered when anything is, as in the history (why_said).
REASONS = {
    "decisions.correction": ("reason",),
    "engagements.judgement": ("reason",),
    "engagements.engagementusergrant": ("reason",),  # these three as engagements.shared_reasons tells them
    "engagements.engagementgroupgrant": ("reason",),
    "engagements.grantevent": ("reason",),
}
# Texts that no mark covers: what the law keeps open (dnr), codes, and words that the reports count by.
OPEN = {
    "engagements.engagement": {
        "key", "registry_number", "happens", "edition", "secrecy_paragraph", "secrecy_ground", "main_direction",
        "currency", "proposal", "fingerprint",
    },
    "engagements.declaration": {"signed_on"},
    "engagements.euinfluence": {"policy_area"},
    "engagements.project": {"programme"},
    "engagements.disclosure": {"what", "reason", "decider"},  # on the page of those who may mark, and nowhere else
    "engagements.document": {"content_type", "sha256"},
    "engagements.frame": {"budget"},
    "engagements.grantevent": {"action"},
    "engagements.judgement": {"subject", "answer"},
    "visits.visitrequest": {"time_of_day", "language"},
    "visits.reception": {"slot", "venue"},
    "memberships.membership": {"interval_reason", "theme", "fee_currency"},
    "memberships.agreement": {"interval_reason", "theme"},
    "decisions.agendaitem": {"number", "fingerprint"},
    "decisions.decision": {"delegate", "paragraph"},
    "decisions.correction": {"changes", "authority"},  # each change is covered by the field it is about: corrected
}  # fmt: skip
DETAIL = {
    Kind.VISIT: "visit", Kind.RECEPTION: "reception", Kind.MEMBERSHIP: "membership", Kind.AGREEMENT: "agreement",
    Kind.TRIP: "trip", Kind.DECLARATION: "declaration", Kind.EU_INFLUENCE: "euinfluence", Kind.PROJECT: "project",
}  # fmt: skip
# What cannot hold a word: it is emptied.
EMPTY: dict[str, Any] = {"partner": None, "country": "", "motives": {}, "findings": []}


class CoveredRow(Exception):
    """Somebody tried to save, or to read out, a row whose words are covered for the reader."""


def fields_of(label: str, parts: Iterable[str]) -> list[str]:
    """The fields that these parts cover in a model, by its label in small letters."""
    marked = list(parts)
    found = [name for part in marked for name in FIELDS[Part(part)].get(label, ())]
    return [*found, *REASONS.get(label, ())] if marked else found


def _column(label: str, name: str) -> str:
    """The field as `values()` of an engagement calls it."""
    if label == "engagements.engagement":
        return name
    model = label.partition(".")[2]
    return f"{'visit' if model == 'visitrequest' else model}__{name}"


COLUMNS: dict[Part, tuple[str, ...]] = {
    part: tuple(_column(label, name) for label, names in models_.items() for name in names)
    for part, models_ in FIELDS.items()
}
COVERABLE = frozenset(column for columns in COLUMNS.values() for column in columns)


def cover_fetched(access: Access, rows: list[Any], fields: tuple[str, ...] | None) -> None:
    """Cover what a queryset has just fetched for this reader: instances, or dicts that carry `secret_fields`.

    One more query when something among the rows is marked, unless they say themselves whom they name (`is_named`).
    """
    if fields is None and (not rows or isinstance(rows[0], Engagement)):
        cover(access, rows)
        return
    asked = set(fields or (rows[0] if rows else ()))
    if not asked & COVERABLE:
        return
    if "secret_fields" not in asked or (rows and not isinstance(rows[0], dict)):
        raise CoveredRow(f"values() of what somebody reads takes secret_fields along: {sorted(asked & COVERABLE)}")
    marked = [row for row in rows if row["secret_fields"]]
    named = named_in(access, marked)
    for row in marked:
        if row["id"] not in named:
            cover_values(row)


def named_in(access: Access, marked: list[dict[str, Any]]) -> Collection[int]:
    if marked and "is_named" in marked[0]:
        return {row["id"] for row in marked if row["is_named"]}
    return named_among(access, [row["id"] for row in marked]) if marked else ()


def cover_values(row: dict[str, Any]) -> dict[str, Any]:
    """A row of values(), covered whoever reads it."""
    for part in row["secret_fields"]:
        for column in COLUMNS[Part(part)]:
            if row.get(column):
                row[column] = EMPTY.get(column, str(MASK))
    return row


def covered(user: User, rows: Iterable[Row]) -> list[Row]:
    """The rows (engagements, or anything that belongs to one) as this person may read them."""
    found = list(rows)
    cover(access_of(user), found)
    return found


def covered_as(engagement: Engagement, rows: Iterable[Row]) -> list[Row]:
    """Rows of this engagement, as whoever the engagement was fetched for may read them. No query."""
    found = list(rows)
    for row in found if engagement.covered_parts else ():
        _cover_fields(cast("models.Model", row), engagement.covered_parts)
    return found


def cover(access: Access, rows: Iterable[Any]) -> None:
    pairs = [(row, engagement) for row in rows if (engagement := engagement_of(row)) and engagement.secret_fields]
    if not pairs:
        return
    named = named_among(access, {engagement.pk for _row, engagement in pairs})
    for row, engagement in pairs:
        if engagement.pk not in named:
            cover_row(row, engagement)


def covered_for_all(row: Row) -> Row:
    """The row as it may stand on paper or in a mail."""
    engagement = engagement_of(row)
    if engagement and engagement.secret_fields:
        cover_row(row, engagement)
    return row


def engagement_of(row: Any) -> Engagement | None:
    return row if isinstance(row, Engagement) else row.engagement


def cover_row(row: Any, engagement: Engagement) -> None:
    """Cover a row and its engagement, with the detail row it would lead to."""
    _cover_fields(row, engagement.secret_fields)
    if not engagement.covered_parts:
        _cover_fields(engagement, engagement.secret_fields)
        engagement.covered_parts = frozenset(engagement.secret_fields)
        detail = getattr(engagement, DETAIL[Kind(engagement.kind)], None)
        if detail is not None:
            _cover_fields(detail, engagement.secret_fields)


def _cover_fields(row: models.Model, parts: Iterable[str]) -> None:
    for name in fields_of(row._meta.label_lower, parts):
        if getattr(row, name):
            setattr(row, name, EMPTY.get(name, str(MASK)))
    row._is_covered = True  # type: ignore[attr-defined]


def open_in(rows: QuerySet[Engagement], part: Part) -> QuerySet[Engagement]:
    """Those in which this part is not marked: what is masked is not searched or filtered on, by the named either."""
    return rows.exclude(secret_fields__contains=[part.value])


def hides(engagement: Engagement, label: str, name: str) -> bool:
    """Whether this field, old values and new, is covered for the reader for whom the engagement was fetched."""
    return name in fields_of(label, engagement.covered_parts)


def refuse_covered(sender: Any, instance: Any, **_rest: Any) -> None:
    """Before any save: words that were hidden from a reader must never become the row's own."""
    if getattr(instance, "_is_covered", False):
        raise CoveredRow(f"{instance._meta.label} {instance.pk} is covered for its reader and cannot be saved")
