"""A register small enough to reckon by hand. Rows stand as they would after their steps, with their history."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from decisions.enums import MeetingState, Outcome
from decisions.models import AgendaItem, Decision, Meeting
from engagements.enums import InfluenceForm, Instrument, Kind, ProjectKind, State, TripKind
from engagements.models import Engagement, EUInfluence, Project, ProjectYear, Trip
from memberships.models import Agreement, Membership, Review
from organisation.models import User
from reporting.models import AnnualReport
from reporting.operations import keep
from reporting.queries import book_of
from stockholm_intl.kit.pdf import silent
from tests.people import People
from visits.models import Reception, VisitRequest


def noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 11, tzinfo=UTC)


def an_edition(by: User | None, at: datetime, year: int = 2025) -> AnnualReport:
    """A printed edition with its figures, and a stand-in for the paper: setting the pages takes seconds."""
    report = AnnualReport(
        year=year,
        made_at=at,
        made_by=by,
        strategy_edition="2016",
        content=b"%PDF-1.7 stand-in",
        size=17,
        pages=12,
        sha256="0123456789abcdef" * 4,
    )
    keep(report, book_of(year), silent)
    return report


class Register:
    """register.visit(…), register.membership(…): each gives the engagement."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.last = 0

    def matter(
        self, kind: Kind, state: State = State.APPROVED, *, body: str = "169", registered: date, **fields: Any
    ) -> Engagement:
        self.last += 1
        engagement = Engagement(
            kind=kind,
            state=state,
            key=None if state == State.DRAFT else f"INT-2000-{self.last:05d}",
            title=fields.pop("title", f"Ärende {self.last}"),
            body=self.people.body(body),
            registered_at=None if state == State.DRAFT else noon(registered),
            created_at=noon(registered),
            updated_at=noon(registered),
            **fields,
        )
        engagement.save()
        return engagement

    def closed(self, engagement: Engagement, *, on: date, after: State) -> Engagement:
        """Through `after` to closed, so that history knows how it was decided."""
        engagement.state = after
        engagement.save()
        engagement.state, engagement.closed_at = State.CLOSED, noon(on)
        engagement.save()
        return engagement

    def visit(
        self,
        on: date,
        country: str = "NL",
        state: State = State.COMPLETED,
        *,
        people: int | None = None,
        came: int | None = None,
        kind: str = "officials",
        visit_type: str = "study_visit",
        attendance: str = "on_site",
        **fields: Any,
    ) -> Engagement:
        fields.setdefault("registered", on)
        engagement = self.matter(Kind.VISIT, state, country=country, starts_on=on, **fields)
        VisitRequest.objects.create(
            engagement=engagement,
            people=people,
            visitors_in_fact=came,
            visitor_kind=kind,
            visit_type=visit_type,
            attendance=attendance,
        )
        return engagement

    def reception(self, on: date, state: State, guests: int | None = None, **fields: Any) -> Engagement:
        engagement = self.matter(Kind.RECEPTION, state, body="110", registered=on, starts_on=on, **fields)
        Reception.objects.create(engagement=engagement, guests=guests)
        return engagement

    def hosted(self, on: date) -> Engagement:
        engagement = self.matter(Kind.TRIP, State.COMPLETED, registered=on, starts_on=on)
        Trip.objects.create(engagement=engagement, kind=TripKind.CONFERENCE_HOSTED)
        return engagement

    def membership(
        self,
        entered: date,
        ended: date | None = None,
        *,
        form: str = "network",
        theme: str = "klimat",
        post: str = "",
        reviewed: date | None = None,
        state: State = State.APPROVED,
        **fields: Any,
    ) -> Engagement:
        engagement = self.matter(Kind.MEMBERSHIP, state, registered=entered, instrument=Instrument.NETWORK, **fields)
        Membership.objects.create(
            engagement=engagement,
            form=form,
            theme=theme,
            entered_on=entered,
            ended_on=ended,
            post_of_trust=post,
            last_reviewed_on=reviewed,
        )
        return engagement

    def agreement(self, entered: date, ends: date | None = None, kind: str = "cooperation") -> Engagement:
        engagement = self.matter(Kind.AGREEMENT, registered=entered)
        Agreement.objects.create(engagement=engagement, agreement_type=kind, entered_on=entered, ends_on=ends)
        return engagement

    def review(self, engagement: Engagement, due: date, outcome: str = "", decided: date | None = None) -> None:
        Review.objects.create(engagement=engagement, due_on=due, opened_on=due, outcome=outcome, decided_on=decided)

    def influence(
        self, on: date, area: str = "Klimat", form: str = InfluenceForm.CONSULTATION, state: State = State.COMPLETED
    ) -> Engagement:
        engagement = self.matter(Kind.EU_INFLUENCE, state, registered=on)
        EUInfluence.objects.create(engagement=engagement, form=form, policy_area=area, submitted_on=on)
        return engagement

    def project(
        self,
        years: dict[int, str],
        programme: str = "Horisont Europa",
        *,
        body: str = "169",
        starts: date | None = None,
        ends: date | None = None,
        kind: str = ProjectKind.EU,
        state: State = State.APPROVED,
    ) -> Engagement:
        registered = starts or date(min(years), 1, 1)
        engagement = self.matter(Kind.PROJECT, state, body=body, registered=registered, starts_on=starts, ends_on=ends)
        project = Project.objects.create(engagement=engagement, kind=kind, programme=programme)
        for year, money in years.items():
            ProjectYear.objects.create(project=project, year=year, funding_sek=Decimal(money))
        return engagement

    def meeting(self, number: int, on: date, state: str = MeetingState.HELD, body: str = "IB") -> Meeting:
        return Meeting.objects.create(
            body=self.people.body(body), year=on.year, number=number, held_on=on, state=state,
            reported_on=on if state == MeetingState.REPORTED else None,
        )  # fmt: skip

    def item(self, meeting: Meeting, engagement: Engagement | None, outcome: str = Outcome.APPROVED) -> None:
        position = meeting.items.count() + 1
        item = AgendaItem.objects.create(meeting=meeting, engagement=engagement, position=position, title="Punkt")
        Decision.objects.create(
            engagement=engagement,
            item=item,
            body=meeting.body,
            outcome=outcome,
            text="Beslut.",
            delegate="Finansborgarrådet",
            decided_on=meeting.held_on,
            recorded_by=self.people.ib_secretary,
            recorded_at=noon(meeting.held_on),
        )
