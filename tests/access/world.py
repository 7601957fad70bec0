"""One of each thing that an address can point at, owned by Miljöförvaltningen unless said otherwise."""

from datetime import date, time
from typing import Any

from decisions.enums import Section
from decisions.models import DelegationPoint, Meeting, Paper
from decisions.operations import create_meeting, decide_own, refer_engagement
from engagements.enums import Kind, State
from engagements.models import (
    Consultation,
    Declaration,
    Document,
    Engagement,
    EUInfluence,
    Partner,
    Priority,
    Project,
    Trip,
)
from engagements.secrecy import mark_secret
from memberships.models import Membership, Review
from organisation.models import Absence
from reporting.models import AnnualReport, ReportFigure
from stockholm_intl.kit.models import Job
from tests.factories import AT, a_draft, a_visit, an_engagement
from tests.people import People
from visits.models import Reception, VisitRequest


class World:
    """`args[name]` are the arguments of an address for the object that the table calls `name`."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.body = people.body("169")
        self.args: dict[str, list[Any]] = {".": []}
        self.visits()
        self.memberships()
        self.assignments()
        self.meetings()
        self.reports()
        self.mandates()
        self.points()
        self.marked()

    def at(self, engagement: Engagement, state: State) -> Engagement:
        Engagement.objects.filter(pk=engagement.pk).update(state=state)
        engagement.refresh_from_db()
        return engagement

    def visits(self) -> None:
        by = self.people.contact
        draft = a_draft(by, self.body)
        VisitRequest.objects.create(engagement=draft)
        visit = a_visit(by, self.body).engagement
        proposed = self.at(a_visit(by, self.body).engagement, State.PROPOSED)
        booked = self.at(a_visit(by, self.body).engagement, State.APPROVED)
        locked = self.at(a_visit(by, self.body).engagement, State.PROPOSED)
        decide_own(engagement=locked, outcome="accept", by=self.people.head, at=AT)
        self.args["locked"] = [locked.key]
        asked_for, granted = (an_engagement(by, self.body, Kind.RECEPTION) for _number in range(2))
        for engagement in (asked_for, self.at(granted, State.APPROVED)):
            Reception.objects.create(engagement=engagement)
        self.args |= {"reception": [asked_for.key], "r_granted": [granted.key]}
        self.args |= {"draft": [draft.pk], "visit": [visit.key], "proposed": [proposed.key], "booked": [booked.key]}
        asked = Consultation.objects.create(engagement=visit, whom="Stadsledningskontoret", on=date(2026, 11, 20))
        self.args |= {"visit_check": [visit.key, "C1"], "visit_part": [visit.key, "samrad"]}
        self.args |= {"visit_row": [visit.key, "samrad", asked.pk]}
        self.args |= {"document": [self.document(visit).pk], "draft_file": [self.document(draft).pk]}

    def marked(self) -> None:
        """Whoever was named is named no more."""
        visit = a_visit(self.people.contact, self.body).engagement
        mark_secret(
            engagement=visit, whole=True, parts=(), paragraph="OSL 15 kap. 1 §", ground="prov", readers=(),
            by=self.people.head, at=AT,
        )  # fmt: skip
        visit.user_grants.all().delete()
        self.args["unkept"] = [visit.key]

    def document(self, engagement: Engagement) -> Document:
        from django.core.files.base import ContentFile

        document = Document(
            engagement=engagement,
            name="program.txt",
            content_type="text/plain",
            size=7,
            sha256="0" * 64,
            uploaded_by=self.people.contact,
            uploaded_at=AT,
        )
        document.file.save("program.txt", ContentFile(b"program"), save=False)
        document.save()
        return document

    def memberships(self) -> None:
        by, entered = self.people.contact, date(2021, 1, 1)
        draft = a_draft(by, self.body, Kind.MEMBERSHIP, counterpart="C40")
        new = an_engagement(by, self.body, Kind.MEMBERSHIP, counterpart="Polis")
        current = self.at(an_engagement(by, self.body, Kind.MEMBERSHIP, counterpart="ICLEI"), State.APPROVED)
        for engagement in (draft, new, current):
            Membership.objects.create(engagement=engagement, form="network", entered_on=entered)
        Review.objects.create(engagement=current, due_on=date(2025, 1, 1), opened_on=date(2024, 7, 1))
        self.args |= {"m_draft": [draft.pk], "m_new": [new.key], "membership": [current.key]}

    def assignments(self) -> None:
        by = self.people.contact
        draft = a_draft(by, self.body, Kind.TRIP)
        self.referred = an_engagement(by, self.body, Kind.TRIP, on_behalf_of_ks=True)
        granted = self.at(an_engagement(by, self.body, Kind.TRIP), State.APPROVED)
        for engagement in (draft, self.referred, granted):
            Trip.objects.create(engagement=engagement, kind="conference")
        influence = self.at(an_engagement(by, self.body, Kind.EU_INFLUENCE), State.APPROVED)
        EUInfluence.objects.create(engagement=influence, form="consultation")
        project = self.at(an_engagement(by, self.body, Kind.PROJECT), State.APPROVED)
        Project.objects.create(engagement=project, kind="eu")
        declaration = an_engagement(by, self.body, Kind.DECLARATION)
        Declaration.objects.create(engagement=declaration, kind="declaration")
        partner = Partner.objects.create(name="Utrecht", kind="city", country="NL")
        priority = Priority.objects.create(
            theme="klimat", body=self.body, valid_from=date(2026, 1, 1), decided_by="MHN"
        )
        self.args |= {
            "t_draft": [draft.pk],
            "referred": [self.referred.key],
            "t_granted": [granted.key],
            "i_granted": [influence.key],
            "p_granted": [project.key],
            "partner": [partner.pk],
            "priority": [priority.pk],
            "body": ["169"],
        }

    def meetings(self) -> None:
        by, committee = self.people.ib_secretary, self.people.body("IB")
        meeting = create_meeting(
            body=committee, held_on=date(2026, 11, 18), starts_at=time(13), place="Stadshuset", by=by, at=AT
        )
        item = refer_engagement(
            engagement=self.referred,
            meeting=meeting,
            section=Section.INTERNATIONAL,
            title="Konferens i Karlsruhe",
            proposal="Godkänn att staden deltar.",
            reasons="Staden leder arbetsgruppen.",
            by=by,
            at=AT,
        )
        held = Meeting.objects.create(body=committee, year=2026, number=8, held_on=date(2026, 10, 1), state="held")
        paper = Paper.objects.create(meeting=held, kind="agenda", made_at=AT, content=b"%PDF-1.7", sha256="1" * 64)
        self.args |= {"meeting": [meeting.pk], "held": [held.pk], "item": [item.pk], "paper": [paper.pk]}

    def reports(self) -> None:
        job = Job.objects.create(kind="annual_report", title="Årsrapport 2025", requested_by=self.people.controller)
        report = AnnualReport.objects.create(
            year=2025,
            edition=1,
            made_at=AT,
            strategy_edition="2016",
            content=b"%PDF-1.7",
            size=8,
            pages=10,
            sha256="2" * 64,
        )
        ReportFigure.objects.create(
            report=report, code="visits", label="Besök", value=3, unit="count", heading="visits", position=1
        )
        self.args |= {
            "job": [job.pk],
            "year": [2025],
            "figure": [2025, "visits"],
            "chart": [2026, "inriktningar"],
            "report": [report.pk],
            "old_figure": [report.pk, "visits"],
        }

    def mandates(self) -> None:
        away = Absence.objects.create(
            person=self.people.contact,
            body=self.body,
            substitute=self.people.head,
            valid_from=date(2099, 1, 1),
            valid_to=date(2099, 1, 31),
            reason="Semester",
            registered_by=self.people.contact,
            registered_at=AT,
        )
        self.args |= {"mandate": [self.people.contact.mandates.get().pk], "absence": [away.pk]}

    def points(self) -> None:
        words = {"version": "1", "matter": "Resor", "delegate": "Delegaten", "valid_from": date(2026, 1, 1)}
        for name, code in (("ib_point", "IB"), ("mhn_point", "MHN")):
            point = DelegationPoint.objects.create(body=self.people.body(code), code="9.9", **words)
            self.args[name] = [point.pk]
