"""The words of an engagement. No models here, so that rules may read them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    VISIT = "visit", pgettext_lazy("ett", "Besök")
    RECEPTION = "reception", _("Mottagning")
    MEMBERSHIP = "membership", pgettext_lazy("ett", "Medlemskap")
    AGREEMENT = "agreement", pgettext_lazy("ett", "Avtal")
    TRIP = "trip", _("Resa eller konferens")
    DECLARATION = "declaration", _("Deklaration eller initiativ")
    EU_INFLUENCE = "eu_influence", _("EU-påverkan")
    PROJECT = "project", _("Projekt")


VISIT_KINDS = frozenset({Kind.VISIT, Kind.RECEPTION})
MEMBERSHIP_KINDS = frozenset({Kind.MEMBERSHIP, Kind.AGREEMENT})
ASSIGNMENT_KINDS = frozenset({Kind.TRIP, Kind.DECLARATION, Kind.EU_INFLUENCE, Kind.PROJECT})


class Place(TextChoices):
    """Where on screen a kind has its pages; the names of their addresses begin with the value."""

    VISIT = "visit", _("Besök")
    MEMBERSHIP = "membership", _("Medlemskap och avtal")
    ASSIGNMENT = "assignment", _("Uppdrag")


PLACES = {Place.VISIT: VISIT_KINDS, Place.MEMBERSHIP: MEMBERSHIP_KINDS, Place.ASSIGNMENT: ASSIGNMENT_KINDS}


def place_of(kind: str) -> Place:
    return next(place for place, kinds in PLACES.items() if kind in kinds)


class State(TextChoices):
    DRAFT = "draft", _("Utkast")
    REGISTERED = "registered", _("Ny")
    ASSESSED = "assessed", _("Bedöms")
    PROPOSED = "proposed", _("Väntar på beslut")
    APPROVED = "approved", _("Beslutat")
    DECLINED = "declined", _("Avböjt")
    COMPLETED = "completed", _("Genomfört")
    CLOSED = "closed", _("Avslutat")
    STRUCK = "struck", _("Makulerat")


# The same state is called by its own word where the field does so.
STATE_WORDS: dict[tuple[Kind, State], object] = {
    (Kind.VISIT, State.APPROVED): _("Bokat"),
    (Kind.RECEPTION, State.APPROVED): _("Beviljad"),
    (Kind.RECEPTION, State.DECLINED): _("Avslagen"),
    (Kind.RECEPTION, State.COMPLETED): _("Genomförd"),
    (Kind.MEMBERSHIP, State.APPROVED): _("Gäller"),
    (Kind.AGREEMENT, State.APPROVED): _("Gäller"),
    (Kind.MEMBERSHIP, State.DECLINED): _("Avslaget"),
    (Kind.AGREEMENT, State.DECLINED): _("Avslaget"),
    (Kind.TRIP, State.APPROVED): _("Beviljad"),
    (Kind.TRIP, State.DECLINED): _("Avslagen"),
    (Kind.TRIP, State.COMPLETED): _("Genomförd"),
    (Kind.DECLARATION, State.APPROVED): _("Gäller"),
    (Kind.DECLARATION, State.DECLINED): _("Avslagen"),
    (Kind.EU_INFLUENCE, State.APPROVED): _("Beslutad"),
    (Kind.EU_INFLUENCE, State.DECLINED): _("Avslagen"),
    (Kind.EU_INFLUENCE, State.COMPLETED): _("Lämnad"),
    (Kind.PROJECT, State.APPROVED): _("Pågår"),
    (Kind.PROJECT, State.DECLINED): _("Avslaget"),
}


def state_word(kind: str, state: str) -> object:
    return STATE_WORDS.get((Kind(kind), State(state)), State(state).label)


OPEN_STATES = frozenset({State.DRAFT, State.REGISTERED, State.ASSESSED, State.PROPOSED})
WAITING_STATES = frozenset({State.REGISTERED, State.ASSESSED, State.PROPOSED})
DECIDED_STATES = frozenset({State.APPROVED, State.DECLINED, State.COMPLETED, State.CLOSED})
IN_FORCE_STATES = frozenset({State.APPROVED, State.COMPLETED})
# Something is left to do: what follows a body into its successor, and a contact person to the next.
LIVE_STATES = OPEN_STATES | {State.APPROVED}
EDITABLE_STATES = frozenset({State.DRAFT, State.REGISTERED, State.ASSESSED})


class Scope(TextChoices):
    OWN_FIELD = "own_field", _("en nämnds eller ett bolags eget område")
    SEVERAL = "several", _("flera nämnder eller bolag")
    CITY_WIDE = "city_wide", _("hela staden")


class Instrument(TextChoices):
    ORGANISATION = "organisation", _("organisation")
    NETWORK = "network", _("nätverk")
    INITIATIVE = "initiative", _("initiativ")
    DECLARATION = "declaration", _("deklaration")
    COOPERATION_AGREEMENT = "cooperation_agreement", _("samarbetsavtal")
    INTENT_AGREEMENT = "intent_agreement", _("intentionsavtal")
    TWIN_TOWN = "twin_town", _("vänortsavtal")
    EU_PROJECT = "eu_project", pgettext_lazy("ett", "EU-projekt")
    AID_PROJECT = "aid_project", _("biståndsprojekt")
    TRIP = "trip", _("resa eller konferens")
    POSITION = "position", _("ståndpunkt")
    VISIT = "visit", _("besök")
    PROTOCOL_VISIT = "protocol_visit", _("protokollärt besök")
    STATE_VISIT = "state_visit", _("statsbesök")
    RECEPTION = "reception", _("mottagning")
    INVITATION_LETTER = "invitation_letter", _("inbjudningsbrev")
    POST = "post", _("förtroendeuppdrag")


class Step(TextChoices):
    NEW = "new", _("nytt")
    REVIEW = "review", _("omprövning")
    EXIT = "exit", _("utträde")


class Burden(TextChoices):
    NONE = "none", _("ingen ny belastning")
    ADDED = "added", _("ny belastning")


class Financing(TextChoices):
    OWN = "own", _("egna medel")
    EXTERNAL = "external", _("helt betalt av andra")
    MIXED = "mixed", _("delvis betalt av andra")


class Sustainability(TextChoices):
    SOCIAL = "social", _("social")
    ECOLOGICAL = "ecological", _("ekologisk")
    ECONOMIC = "economic", _("ekonomisk")
    DEMOCRATIC = "democratic", _("demokratisk")


class Part(TextChoices):
    """What of an engagement can be marked secret by itself; engagements.masking says which fields each part is."""

    TITLE = "title", _("Rubrik")
    COUNTERPART = "counterpart", _("Motpart, land och plats")
    SUMMARY = "summary", _("Beskrivning, syfte, motiv och resultat")
    SENDER = "sender", _("Kontaktpersoner hos motparten")
    DELEGATION = "delegation", _("Delegation och deltagare")
    PROPOSAL = "proposal", _("Förslagets text och skäl")
    DECISION = "decision", _("Beslutets text och motivering")
    DOCUMENTS = "documents", _("Dokumenten")


class DisclosureOutcome(TextChoices):
    GIVEN = "given", _("Lämnades ut")
    IN_PART = "in_part", _("Lämnades ut delvis")
    REFUSED = "refused", _("Lämnades inte ut")


class PartnerKind(TextChoices):
    CITY = "city", _("Stad")
    REGION = "region", _("Region")
    ORGANISATION = "organisation", _("Organisation")
    NETWORK = "network", _("Nätverk")
    INITIATIVE = "initiative", _("Initiativ")
    DECLARATION = "declaration", _("Deklaration")
    STATE = "state", _("Stat")
    COMPANY = "company", _("Företag")
    ACADEMIA = "academia", _("Lärosäte")
    OTHER = "other", _("Annan")


class FactKind(TextChoices):
    FIGURE = "figure", _("Uppgift")
    RULE = "rule", _("Regel")
    EDITION = "edition", _("Strategi")


class TripKind(TextChoices):
    CONFERENCE = "conference", _("Konferens utomlands")
    CONFERENCE_HOSTED = "conference_hosted", _("Konferens i Stockholm")
    STUDY_TRIP = "study_trip_out", _("Studieresa")


class DeclarationKind(TextChoices):
    DECLARATION = "declaration", _("Deklaration")
    INITIATIVE = "initiative", _("Initiativ")


class InfluenceForm(TextChoices):
    CONSULTATION = "consultation", _("Svar på EU-samråd")
    POSITION = "position", _("Ståndpunkt")
    MEETING = "meeting", _("Möte")
    NETWORK = "network", _("Genom nätverk")
    REFERRAL = "referral", _("Svar på remiss")
    POST = "post", _("Kandidatur till ett förtroendeuppdrag")


class ProjectKind(TextChoices):
    EU = "eu", pgettext_lazy("ett", "EU-projekt")
    AID = "aid", _("Biståndsprojekt")


class Brand(TextChoices):
    """Whether international marketing goes under the city's brand (check C22)."""

    USED = "used", _("används")
    NOT_USED = "not_used", _("används inte")
    NOT_MARKETING = "not_marketing", _("ärendet är ingen marknadsföring")
