"""The clock: a review is opened for everything that comes due, once, however often it is asked."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from engagements.enums import State
from memberships.enums import AgreementType
from memberships.models import Agreement, Membership, Review, Reviewed
from memberships.queries import count_reviewed, untold_owners
from memberships.rules import lead_ends
from stockholm_intl.kit.jobs import enqueue

BATCH = 5_000
REASON = "Dags att ompröva"


@dataclass(frozen=True)
class FlaggedReviews:
    """Over all active memberships and intent agreements: the three add up to all of them."""

    opened: int
    already_open: int
    not_due: int


def flag_due_reviews(on: date) -> FlaggedReviews:
    """Open what is due within the lead time of this day, and have each owner told by one mail.

    Each batch stands by itself: a run that is cut short has lost nothing, and the next one goes on from there.
    """
    opened = sum(open_due(model, on=on) for model in (Membership, Agreement))
    with transaction.atomic():
        for person_id in untold_owners(on=on):
            enqueue("memberships.mail_review_digest", person_id=person_id)
    total, open_now = count_reviewed()
    already_open = max(open_now - opened, 0)
    return FlaggedReviews(opened, already_open, total - opened - already_open)


def open_due(model: type[Reviewed], *, on: date) -> int:
    """First what nobody holds, then what somebody held: afterwards nothing due is without a review."""
    opened = 0
    while batch := open_batch(model, on=on, wait=False):
        opened += batch
    while batch := open_batch(model, on=on, wait=True):
        opened += batch
    return opened


def open_batch(model: type[Reviewed], *, on: date, wait: bool) -> int:
    """One statement opens up to BATCH reviews and writes their history, as save() would but in a fiftieth of the time.

    Whoever decides a review locks the detail row too, so what was decided while we looked is looked at again.
    """
    only = "AND detail.agreement_type = %(intent)s" if model is Agreement else ""
    sql = OPEN.format(detail=model._meta.db_table, only=only, skip="" if wait else "SKIP LOCKED", **COLUMNS)
    values: dict[str, date | str | int] = {
        "on": on,
        "until": lead_ends(on),
        "active": State.APPROVED.value,
        "intent": AgreementType.INTENT.value,
        "batch": BATCH,
        "reason": REASON,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


def column_names() -> dict[str, str]:
    """Table and column names from the models, so that a new field is not forgotten here."""
    names = [str(field.column) for field in Review._meta.concrete_fields]
    return {
        "review": Review._meta.db_table,
        "history": Review.history.model._meta.db_table,
        "columns": ", ".join(names),
        "texts": ", ".join(TEXTS),
        "no_texts": ", ".join("''" for _ in TEXTS),
    }


TEXTS = ("proposed_outcome", "proposal_note", "outcome", "note")
COLUMNS = column_names()
OPEN = """
WITH due AS (
    SELECT detail.engagement_id, detail.review_by FROM {detail} detail
    JOIN engagements_engagement matter ON matter.id = detail.engagement_id
    WHERE matter.state = %(active)s AND detail.review_by <= %(until)s {only} AND NOT EXISTS (
        SELECT 1 FROM {review} review WHERE review.engagement_id = detail.engagement_id AND review.outcome = ''
    )
    ORDER BY detail.engagement_id LIMIT %(batch)s FOR NO KEY UPDATE OF detail {skip}
), opened AS (
    INSERT INTO {review} (engagement_id, due_on, opened_on, {texts})
    SELECT engagement_id, review_by, %(on)s, {no_texts} FROM due
    ON CONFLICT DO NOTHING RETURNING {columns}
), written AS (
    INSERT INTO {history} ({columns}, history_date, history_type, history_change_reason)
    SELECT {columns}, clock_timestamp(), '+', %(reason)s FROM opened RETURNING 1
)
SELECT count(*) FROM written
"""
