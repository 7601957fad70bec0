"""What happens to memberships and agreements: entered, kept up, reconsidered, ended; and what the clock opens."""

from memberships.operations.digest import send_review_digest
from memberships.operations.flagging import FlaggedReviews, flag_due_reviews
from memberships.operations.matters import (
    decide_membership,
    draft_membership,
    edit_membership,
    register_membership,
    update_draft,
)
from memberships.operations.reviews import give_back, open_review, propose_review, reconsider, record_review, step_to

__all__ = [
    "FlaggedReviews",
    "decide_membership",
    "draft_membership",
    "edit_membership",
    "flag_due_reviews",
    "give_back",
    "open_review",
    "propose_review",
    "reconsider",
    "record_review",
    "register_membership",
    "send_review_digest",
    "step_to",
    "update_draft",
]
