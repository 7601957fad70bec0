"""The standing cast everyone knows, and the bodies they stand in."""

from datetime import date

from organisation.cast import CAST
from organisation.enums import BodyKind, Role
from organisation.models import Body, Mandate, User

PASSWORD = "en bra mening för prov"

BODIES = (
    ("KF", "Kommunfullmäktige", BodyKind.CITY_COUNCIL, None),
    ("KS", "Kommunstyrelsen", BodyKind.EXECUTIVE_BOARD, "KF"),
    ("IB", "Internationella beredningen", BodyKind.INTERNATIONAL_COMMITTEE, "KS"),
    ("110", "Stadsledningskontoret", BodyKind.CITY_EXECUTIVE_OFFICE, "KS"),
    ("MHN", "Miljö- och hälsoskyddsnämnden", BodyKind.SPECIALIST_COMMITTEE, "KF"),
    ("169", "Miljöförvaltningen", BodyKind.SPECIALIST_ADMINISTRATION, "MHN"),
    ("TN", "Trafiknämnden", BodyKind.SPECIALIST_COMMITTEE, "KF"),
    ("181", "Trafikkontoret", BodyKind.SPECIALIST_ADMINISTRATION, "TN"),
    ("131", "Revisionskontoret", BodyKind.SPECIALIST_ADMINISTRATION, None),
)


class People:
    """Reached by place: people.contact, people.head, people.outsider … and by body: people.body("169")."""

    contact: User
    head: User
    outsider: User
    board_secretary: User
    ib_secretary: User
    ib_member: User
    commissioner: User
    coordinator: User
    protocol: User
    controller: User
    registrar: User
    auditor: User
    administrator: User
    stranger: User

    def __init__(self) -> None:
        self.bodies: dict[str, Body] = {}
        for code, name, kind, parent in BODIES:
            known, _created = Body.objects.get_or_create(
                code=code, defaults={"name": name, "kind": kind, "parent": self.bodies.get(parent or "")}
            )
            self.bodies[code] = known
        for part in CAST:
            user = person(part.username, part.name)
            Mandate.objects.create(
                person=user, body=self.bodies[part.body], role=part.role, valid_from=date(2020, 1, 1)
            )
            setattr(self, part.place, user)
        self.stranger = person("utan.mandat", "Utan mandat")

    def body(self, code: str) -> Body:
        return self.bodies[code]

    @property
    def everyone(self) -> list[User]:
        return [getattr(self, part.place) for part in CAST] + [self.stranger]


def person(username: str, name: str) -> User:
    user = User(username=username, first_name=name, email=f"{username}@stockholm.example")
    # hashing is slow on purpose; tests that sign in with a password set one themselves
    user.set_unusable_password()
    user.save()
    return user


def a_secretary_of(body: Body) -> User:
    secretary = person(f"skriver.{body.code.lower()}", f"Sekreteraren, {body.name}")
    Mandate.objects.create(person=secretary, body=body, role=Role.BOARD_SECRETARY, valid_from=date(2020, 1, 1))
    return secretary
