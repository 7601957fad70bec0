"""The same kind of thing, a visit with a document, in every relation that a person can stand in to it."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile

from engagements.enums import Part, State
from engagements.models import Document, Engagement
from engagements.permission import grant
from engagements.secrecy import mark_secret
from organisation.enums import Action, BodyKind
from organisation.models import Body, User
from stockholm_intl.kit import clock
from tests.factories import AT, a_draft, a_visit
from tests.people import People, person
from visits.models import VisitRequest


class Related:
    """`visits[relation]`: owned by Miljöförvaltningen (169), its board or Trafikkontoret (181), as relations.txt says."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.ours, self.theirs = people.body("169"), people.body("181")
        self.visits: dict[str, Engagement] = {}
        self.documents: dict[str, Document] = {}
        self.shared()
        self.secret()
        self.merged()
        self.draft = a_draft(people.outsider, self.theirs)
        VisitRequest.objects.create(engagement=self.draft)

    def args(self, name: str, relation: str) -> list[Any]:
        if name == "document_download":
            return [self.documents[relation].pk]
        return [self.draft.pk] if relation == "their_draft" else [self.visits[relation].key]

    def a_visit(self, relation: str, by: User, body: Body) -> Engagement:
        visit = a_visit(by, body).engagement
        self.visits[relation] = visit
        self.documents[relation] = document(visit, by)
        return visit

    def shared(self) -> None:
        people, today = self.people, clock.today()
        owner = people.outsider
        receivers: dict[str, tuple[Any, Action, date | None]] = {
            "shared_read": (self.ours, Action.READ, None),
            "shared_prepare": (self.ours, Action.PREPARE, None),
            "by_name": (people.registrar, Action.READ, None),
            "share_ended": (self.ours, Action.PREPARE, today - timedelta(days=1)),
        }
        self.a_visit("theirs", owner, self.theirs)
        for relation, (to, action, until) in receivers.items():
            visit = self.a_visit(relation, owner, self.theirs)
            grant(engagement=visit, to=to, action=action, reason="prov", by=owner, at=AT, until=until)
        self.a_visit("of_board", people.contact, people.body("MHN"))
        referred = self.a_visit("to_ib", people.contact, self.ours)
        grant(engagement=referred, to=people.body("IB"), action=Action.READ, reason="prov", by=None, at=AT)

    def secret(self) -> None:
        people = self.people
        nobody_here = person("annan.lasare", "En annan läsare")
        named: dict[str, tuple[tuple[Part, ...], list[User]]] = {
            "secret": ((), [nobody_here]),
            "secret_named": ((), [people.contact, people.auditor]),
            "masked": ((Part.TITLE, Part.SENDER, Part.DOCUMENTS), [people.head]),
        }
        for relation, (parts, readers) in named.items():
            visit = self.a_visit(relation, people.contact, self.ours)
            mark_secret(
                engagement=visit, whole=not parts, parts=parts, paragraph="OSL 15 kap. 1 §", ground="prov",
                readers=readers, by=people.head, at=AT,
            )  # fmt: skip
            if people.head not in readers:
                # the head marked it and has since handed it over
                visit.user_grants.filter(user=people.head).delete()

    def merged(self) -> None:
        old = Body.objects.create(
            code="GMF", name="Gamla miljöförvaltningen", kind=BodyKind.SPECIALIST_ADMINISTRATION,
            valid_to=date(2024, 12, 31), successor=self.ours,
        )  # fmt: skip
        visit = self.a_visit("merged", self.people.contact, old)
        Engagement.objects.filter(pk=visit.pk).update(state=State.CLOSED)


def document(visit: Engagement, by: User) -> Document:
    made = Document(
        engagement=visit, name="brev.txt", content_type="text/plain", size=4, sha256="3" * 64, uploaded_by=by,
        uploaded_at=AT,
    )  # fmt: skip
    made.file.save("brev.txt", ContentFile(b"brev"), save=False)
    made.save()
    return made
