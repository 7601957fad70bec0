"""Words for who is who. No models here, so that rules may read them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BodyKind(TextChoices):
    CITY_COUNCIL = "kf", _("Kommunfullmäktige")
    EXECUTIVE_BOARD = "ks", _("Kommunstyrelsen")
    INTERNATIONAL_COMMITTEE = "ib", _("Internationella beredningen")
    SPECIALIST_COMMITTEE = "facknamnd", _("Facknämnd")
    DISTRICT_COMMITTEE = "stadsdelsnamnd", _("Stadsdelsnämnd")
    CITY_EXECUTIVE_OFFICE = "stadsledningskontor", _("Stadsledningskontor")
    CHANCELLERY = "kansli", _("Kansli")
    SPECIALIST_ADMINISTRATION = "fackforvaltning", _("Fackförvaltning")
    DISTRICT_ADMINISTRATION = "stadsdelsforvaltning", _("Stadsdelsförvaltning")
    COMPANY_BOARD = "bolagsstyrelse", _("Bolagsstyrelse")
    COMPANY = "bolag", _("Bolag")


# A board and the office that works for it are one house: a mandate in the board reaches its office.
BOARD_KINDS = frozenset(
    {
        BodyKind.EXECUTIVE_BOARD,
        BodyKind.SPECIALIST_COMMITTEE,
        BodyKind.DISTRICT_COMMITTEE,
        BodyKind.COMPANY_BOARD,
    }
)
OFFICE_KINDS = frozenset(
    {
        BodyKind.CITY_EXECUTIVE_OFFICE,
        BodyKind.CHANCELLERY,
        BodyKind.SPECIALIST_ADMINISTRATION,
        BodyKind.DISTRICT_ADMINISTRATION,
        BodyKind.COMPANY,
    }
)
# Strategy 2016 section 5: these must have an international contact person; for a district it is optional.
CONTACT_REQUIRED_KINDS = frozenset({BodyKind.SPECIALIST_ADMINISTRATION, BodyKind.COMPANY})


class Role(TextChoices):
    CONTACT_PERSON = "contact_person", _("Kontaktperson")
    HEAD = "head", _("Chef")
    DELEGATE = "delegate", _("Delegat")
    BOARD_SECRETARY = "board_secretary", _("Nämndsekreterare")
    COORDINATOR = "coordinator", _("Samordnare")
    PROTOCOL_OFFICER = "protocol_officer", _("Protokollsekreterare")
    CONTROLLER = "controller", _("Controller")
    IB_SECRETARY = "ib_secretary", _("Sekreterare")
    IB_MEMBER = "ib_member", _("Ledamot")
    FINANCE_COMMISSIONER = "finance_commissioner", _("Finansborgarråd")
    REGISTRAR = "registrar", _("Registrator")
    AUDITOR = "auditor", _("Revisor")
    ADMINISTRATOR = "administrator", _("Systemförvaltare")


class Action(TextChoices):
    """What a person may do. The groups are about one engagement, about one body, and about the house."""

    READ = "read", _("läsa")
    PREPARE = "prepare", _("bereda")
    DECIDE = "decide", _("besluta")
    REFER = "refer", _("hänskjuta till beredningen")
    MARK_SECRET = "mark_secret", _("sekretessmarkera")

    APPOINT = "appoint", _("utse")
    SET_PRIORITIES = "set_priorities", _("prioritera")
    KEEP_SCHEME = "keep_scheme", _("vårda delegationsordningen")

    RUN_MEETING = "run_meeting", _("sköta beredningens möten")
    READ_MEETING = "read_meeting", _("läsa beredningens handlingar")
    MAKE_REPORT = "make_report", _("ta fram årsrapporten")
    SEE_REGISTERS = "see_registers", _("se registren")
    KEEP_REGISTERS = "keep_registers", _("vårda registren")
    REVIEW_ACCESS = "review_access", _("granska åtkomst")
