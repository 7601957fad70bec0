from decisions.models.correction import Correction
from decisions.models.decision import Decision
from decisions.models.meeting import AgendaItem, Meeting
from decisions.models.paper import Approval, Paper, Printing
from decisions.models.point import DelegationPoint, DelegationPointQuerySet

__all__ = [
    "AgendaItem",
    "Approval",
    "Correction",
    "Decision",
    "DelegationPoint",
    "DelegationPointQuerySet",
    "Meeting",
    "Paper",
    "Printing",
]
