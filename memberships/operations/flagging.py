"""The clock: a review is opened for everything that comes due, once, however often it is asked."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from memberships.models import Agreement, Membership, Review, Reviewed, ReviewedQuerySet
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
    return sum(open_in_batches(model, on=on, wait=wait) for wait in (False, True))


def open_in_batches(model: type[Reviewed], *, on: date, wait: bool) -> int:
    ids = list(due_rows(model, on=on).order_by("pk").values_list("pk", flat=True))
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    return sum(open_batch(model, batch[0], batch[-1], on=on, wait=wait) for batch in batches)


def due_rows(model: type[Reviewed], *, on: date) -> ReviewedQuerySet:
    return model.objects.due_for_review(on=lead_ends(on)).without_open_review()


@transaction.atomic
def open_batch(model: type[Reviewed], first: int, last: int, *, on: date, wait: bool) -> int:
    """Open what is due from one id to another and write its history, as save() would but in a fiftieth of the time.

    Whoever decides a review locks the same rows, so what was decided while we looked is looked at again.
    """
    due = due_rows(model, on=on).filter(pk__gte=first, pk__lte=last).order_by("pk").values_list("pk", "review_by")
    due_sql, due_params = due.query.sql_with_params()
    lock = f"FOR NO KEY UPDATE OF {model._meta.db_table} {'' if wait else 'SKIP LOCKED'}"
    with connection.cursor() as cursor:
        cursor.execute(OPEN.format(due=due_sql, lock=lock), [*due_params, on, REASON])
        return int(cursor.fetchone()[0])


# Table and column names come from the models, so that a new column is not forgotten in the history.
TEXTS = ("proposed_outcome", "proposal_note", "outcome", "note")
COLUMNS = ", ".join(str(field.column) for field in Review._meta.concrete_fields)
OPEN = f"""
WITH due (engagement_id, review_by) AS ({{due}} {{lock}}), opened AS (
    INSERT INTO {Review._meta.db_table} (engagement_id, due_on, opened_on, {", ".join(TEXTS)})
    SELECT engagement_id, review_by, %s::date, {", ".join("''" for _text in TEXTS)} FROM due
    ON CONFLICT DO NOTHING RETURNING {COLUMNS}
), written AS (
    INSERT INTO {Review.history.model._meta.db_table}
        ({COLUMNS}, history_date, history_type, history_change_reason)
    SELECT {COLUMNS}, clock_timestamp(), '+', %s FROM opened RETURNING 1
)
SELECT count(*) FROM written
"""
