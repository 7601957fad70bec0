from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MembershipForm(TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    NETWORK = "network", _("Nätverk")
    INITIATIVE = "initiative", _("Initiativ")
    DECLARATION = "declaration", _("Deklaration")


class AgreementType(TextChoices):
    COOPERATION = "cooperation", _("Samarbetsavtal")
    INTENT = "intent", _("Intentionsavtal")
    TWIN_TOWN = "twin_town", _("Vänortsavtal")


class ReviewOutcome(TextChoices):
    KEEP = "keep", _("Fortsätter")
    CHANGE = "change", _("Fortsätter med ändring")
    LEAVE = "leave", _("Avslutas")


class Grade(TextChoices):
    """How near a review is, reckoned from its day."""

    OVERDUE = "overdue", _("Förfallen")
    DUE = "due", _("Att ompröva nu")
    SOON = "soon", _("Snart")
    LATER = "later", _("Senare")
