from organisation.models.absence import Absence
from organisation.models.body import Body, BodyQuerySet
from organisation.models.mandate import Mandate, MandateEnding, MandateNotice, MandateQuerySet
from organisation.models.person import User

__all__ = ["Absence", "Body", "BodyQuerySet", "Mandate", "MandateEnding", "MandateNotice", "MandateQuerySet", "User"]
