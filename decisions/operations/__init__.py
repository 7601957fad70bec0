"""What happens at the committee and to the decisions: each function is the whole story of one change."""

from decisions.operations.agenda import add_item, edit_item, move_item, refer_engagement, reorder, withdraw_item
from decisions.operations.approving import approve_item, approve_meeting
from decisions.operations.correcting import correct_engagement
from decisions.operations.decide import record_decision, undo_decision
from decisions.operations.meetings import create_meeting, edit_meeting, mark_held, report_to_ks
from decisions.operations.own import decide_own, send_back
from decisions.operations.printing import print_agenda, print_decision_list
from decisions.operations.reviews import decide_review

__all__ = [
    "add_item",
    "approve_item",
    "approve_meeting",
    "correct_engagement",
    "create_meeting",
    "decide_own",
    "decide_review",
    "edit_item",
    "edit_meeting",
    "mark_held",
    "move_item",
    "print_agenda",
    "print_decision_list",
    "record_decision",
    "refer_engagement",
    "reorder",
    "report_to_ks",
    "send_back",
    "undo_decision",
    "withdraw_item",
]
