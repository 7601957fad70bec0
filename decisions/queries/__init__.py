from decisions.queries.agenda import agenda, chosen_item, next_open, visible_matters
from decisions.queries.decided import final_decisions, granted_in, unreported_meetings
from decisions.queries.matters import (
    approvers_of,
    commissioner_of,
    points_for,
    standing_item,
)
from decisions.queries.meetings import committees, find_meeting, meetings_of_committees, near_codes, with_counts
from decisions.queries.on_paper import agenda_paper, decision_list_paper, item_row, matters_of, on_list, papers_of
from decisions.queries.own import authority, must_cite, own_points, writes_in
from decisions.queries.precedents import clashes, precedents
from decisions.queries.waiting import waiting_for_committee

__all__ = [
    "agenda",
    "agenda_paper",
    "approvers_of",
    "authority",
    "chosen_item",
    "clashes",
    "commissioner_of",
    "committees",
    "decision_list_paper",
    "final_decisions",
    "find_meeting",
    "granted_in",
    "item_row",
    "matters_of",
    "meetings_of_committees",
    "must_cite",
    "near_codes",
    "next_open",
    "on_list",
    "own_points",
    "papers_of",
    "points_for",
    "precedents",
    "standing_item",
    "unreported_meetings",
    "visible_matters",
    "waiting_for_committee",
    "with_counts",
    "writes_in",
]
