"""Who signs in to the demo: the standing cast, and a contact person and a head in every office. Names are offices."""

from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password

from engagements.operations import save_with_reason
from organisation.cast import CAST
from organisation.enums import BOARD_KINDS, CONTACT_REQUIRED_KINDS, OFFICE_KINDS, BodyKind, Role
from organisation.models import Body, Mandate, User

SINCE = date(2023, 1, 2)
REASON = "Exempeldata"
HEADS = {
    BodyKind.DISTRICT_ADMINISTRATION: "Stadsdelsdirektören",
    BodyKind.COMPANY: "Verkställande direktören",
    BodyKind.CITY_EXECUTIVE_OFFICE: "Stadsdirektören",
    BodyKind.CHANCELLERY: "Kanslichefen",
}
# Who does the work of the bodies that have no office right under them.
SERVED_BY = {"KF": "111", "IB": "110"}


class Staff:
    """The people of the sample, by role and body. A board decides in its own name and is served by its office."""

    def __init__(self) -> None:
        self.bodies = {body.code: body for body in Body.objects.select_related("parent", "group")}
        self.password = make_password(settings.DEMO_PASSWORD)
        self.cast = {part.place: self.appoint(part.username, part.name, part.role, part.body) for part in CAST}
        self.contacts = {"110": self.cast["coordinator"], "169": self.cast["contact"], "181": self.cast["outsider"]}
        self.heads = {"169": self.cast["head"]}
        self.secretaries = {"MHN": self.cast["board_secretary"]}
        for body in self.bodies.values():
            if body.kind in OFFICE_KINDS and body.valid_to is None:
                self.fill(body)

    def fill(self, body: Body) -> None:
        code = body.code.lower()
        needs_contact = body.kind in CONTACT_REQUIRED_KINDS or body.kind in HEADS
        if needs_contact and body.code not in self.contacts:
            name = f"Kontaktpersonen, {body.name}"
            self.contacts[body.code] = self.appoint(f"kontakt.{code}", name, Role.CONTACT_PERSON, body.code)
        if body.code not in self.heads:
            name = f"{HEADS.get(BodyKind(body.kind), 'Förvaltningschefen')}, {body.name}"
            self.heads[body.code] = self.appoint(f"chef.{code}", name, Role.HEAD, body.code)

    def appoint(self, username: str, name: str, role: Role, code: str) -> User:
        user = User.objects.filter(username=username).first()
        if user is None:
            email = f"{username}@stockholm.example"
            user = User(username=username, first_name=name, email=email, password=self.password, is_sample=True)
            save_with_reason(user, by=None, reason=REASON)
        body = self.bodies[code]
        if not Mandate.objects.filter(person=user, body=body, role=role).exists():
            mandate = Mandate(person=user, body=body, role=role, valid_from=max(SINCE, body.valid_from or SINCE))
            save_with_reason(mandate, by=None, reason=REASON)
        return user

    def body(self, code: str) -> Body:
        return self.bodies[code]

    def contact(self, code: str) -> User:
        return self.contacts[self.office(code)]

    def decider(self, code: str) -> User:
        """The head, or for a board its secretary, who writes in what the board decided."""
        if self.bodies[code].kind in BOARD_KINDS:
            return self.secretary(code)
        return self.heads[self.office(code)]

    def board_of(self, code: str) -> User:
        """Who writes in what the body's nämnd or bolagsstyrelse decided, where it is the board's to decide."""
        board = self.bodies[code].board
        return self.secretary(board.code if board else code)

    def secretary(self, code: str) -> User:
        if code not in self.secretaries:
            name = f"Sekreteraren, {self.bodies[code].name}"
            self.secretaries[code] = self.appoint(f"sekreterare.{code.lower()}", name, Role.BOARD_SECRETARY, code)
        return self.secretaries[code]

    def office(self, code: str) -> str:
        """The office that does the work of a body: itself, when it is one."""
        if code in self.contacts:
            return code
        if code in SERVED_BY:
            return SERVED_BY[code]
        found = (body.code for body in self.bodies.values() if body.parent and body.parent.code == code)
        return next((office for office in found if office in self.contacts), "110")
