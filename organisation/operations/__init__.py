"""What happens to the house itself: its bodies are loaded, its people are appointed, away, told and relieved."""

from organisation.operations.absences import after_returning, end_absence, register_absence, step_down
from organisation.operations.endings import after_ending, carry_out_endings
from organisation.operations.loading import load_bodies
from organisation.operations.mandates import (
    appoint_person,
    before_ending,
    close_account,
    end_mandate,
    require_appointable,
    require_closable,
)
from organisation.operations.notices import Noticed, notice_mandates, send_mandate_notices

__all__ = [
    "Noticed",
    "after_ending",
    "after_returning",
    "appoint_person",
    "before_ending",
    "carry_out_endings",
    "close_account",
    "end_absence",
    "end_mandate",
    "load_bodies",
    "notice_mandates",
    "register_absence",
    "require_appointable",
    "require_closable",
    "send_mandate_notices",
    "step_down",
]
