from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VisitType(TextChoices):
    STUDY_VISIT = "study_visit", _("Studiebesök")
    DELEGATION = "delegation", _("Delegation")
    PROTOCOL_VISIT = "protocol_visit", _("Protokollärt besök")
    STATE_VISIT = "state_visit", _("Statsbesök")
    # they ask for a letter only, for instance for their visas: whoever signs for the host decides (M18)
    INVITATION_LETTER = "invitation", _("Inbjudningsbrev")


class VisitorKind(TextChoices):
    """The kinds the city counts today (figures on urban-development study visits)."""

    OFFICIALS = "officials", _("Tjänstepersoner och beslutsfattare")
    ACADEMIA = "academia", _("Studenter och forskare")
    ASSOCIATIONS = "associations", _("Föreningar")
    COMPANIES = "companies", _("Företag")


class Attendance(TextChoices):
    ON_SITE = "on_site", _("På plats")
    DIGITAL = "digital", _("Digitalt")
    HYBRID = "hybrid", _("Både på plats och digitalt")


class Level(TextChoices):
    ORDINARY = "ordinary", _("Tjänstepersoner")
    HIGH = "high", _("Hög politisk nivå")


class Proposal(TextChoices):
    ACCEPT = "accept", _("Ta emot")
    DECLINE = "decline", _("Avböj")
