from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    APPROVED = "approved", _("Bifall")
    CHANGED = "changed", _("Bifall med ändring")
    DECLINED = "declined", _("Avslag")
    REMITTED = "remitted", _("Återremiss")
    TABLED = "tabled", _("Bordlagd")
    NOTED = "noted", _("Till handlingarna")


# Those that end the matter and stand on the decision list; the others come back on a later agenda.
FINAL_OUTCOMES = frozenset({Outcome.APPROVED, Outcome.CHANGED, Outcome.DECLINED})
GRANTING_OUTCOMES = frozenset({Outcome.APPROVED, Outcome.CHANGED})


class Section(TextChoices):
    """Headings of IB's agenda; the returned travel reports stand under one of their own (domain section 8)."""

    INTERNATIONAL = "1", _("Internationella ärenden")
    REPRESENTATION = "2", _("Representation")
    TRAVEL_REPORTS = "3", _("Återkomna reserapporter")


class MeetingState(TextChoices):
    PLANNED = "planned", _("Planerat")
    HELD = "held", _("Hållet")
    APPROVED = "approved", _("Justerat")
    REPORTED = "reported", _("Anmält till kommunstyrelsen")


# From the approval of the decision list on, agenda and decisions stand as they are.
CLOSED_STATES = frozenset({MeetingState.APPROVED, MeetingState.REPORTED})
