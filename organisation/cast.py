"""The standing cast: one login per role, the same in the tests and in the demo. No real persons, only offices."""

from dataclasses import dataclass

from organisation.enums import Role


@dataclass(frozen=True)
class Part:
    """`place` names the attribute in tests; `body` is a code in the register of bodies."""

    place: str
    username: str
    name: str
    role: Role
    body: str


CAST = (
    Part("contact", "kontakt.miljo", "Kontaktpersonen, Miljöförvaltningen", Role.CONTACT_PERSON, "169"),
    Part("head", "chef.miljo", "Förvaltningschefen, Miljöförvaltningen", Role.HEAD, "169"),
    Part("outsider", "kontakt.trafik", "Kontaktpersonen, Trafikkontoret", Role.CONTACT_PERSON, "181"),
    Part(
        "board_secretary",
        "sekreterare.mhn",
        "Nämndsekreteraren, Miljö- och hälsoskyddsnämnden",
        Role.BOARD_SECRETARY,
        "MHN",
    ),
    Part("ib_secretary", "sekreterare.ib", "Sekreteraren, Internationella beredningen", Role.IB_SECRETARY, "IB"),
    Part("ib_member", "ledamot.ib", "Ledamoten, Internationella beredningen", Role.IB_MEMBER, "IB"),
    Part("commissioner", "finansborgarrad", "Finansborgarrådet", Role.FINANCE_COMMISSIONER, "IB"),
    Part("coordinator", "samordnare.slk", "Samordnaren, Stadsledningskontoret", Role.COORDINATOR, "110"),
    Part("protocol", "protokoll.slk", "Protokollsekreteraren, Stadsledningskontoret", Role.PROTOCOL_OFFICER, "110"),
    Part("controller", "controller.slk", "Controllern, Stadsledningskontoret", Role.CONTROLLER, "110"),
    Part("registrar", "registrator.slk", "Registratorn, Stadsledningskontoret", Role.REGISTRAR, "110"),
    Part("auditor", "revisor", "Revisorn, Revisionskontoret", Role.AUDITOR, "131"),
    Part("administrator", "forvaltare", "Systemförvaltaren, Stadsledningskontoret", Role.ADMINISTRATOR, "110"),
)
