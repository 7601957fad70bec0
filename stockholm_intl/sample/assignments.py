"""The sample's own-field work: conferences at home, study trips, EU influence and projects."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.text import slugify

from engagements.enums import Burden, Financing, InfluenceForm, Instrument, Kind, ProjectKind, Scope, State, TripKind
from engagements.models import Engagement, EUInfluence, Project, ProjectYear, Trip
from organisation.models import User
from stockholm_intl.sample.agreements import REGISTER_BEGAN
from stockholm_intl.sample.content import content
from stockholm_intl.sample.days import TODAY, later
from stockholm_intl.sample.lives import Desk, tags
from stockholm_intl.sample.memberships import BEGAN
from stockholm_intl.sample.writing import Moment, Story

CITY = {"KS", "110", "KF"}
# How far a story goes for the state it is to end in.
STEPS = {State.REGISTERED: 0, State.ASSESSED: 1, State.PROPOSED: 2}
FORMS = {
    "consultation": "Europeiska kommissionen bjöd in till samråd.",
    "position": "Förslaget behandlas i rådet och parlamentet.",
    "meeting": "Staden bad om mötet tillsammans med SLK.",
    "network": "Inlagan skrevs gemensamt av nätverkets städer.",
    "referral": "Staden är remissinstans.",
    "post": "Ordförandeskapet avgör vad forumet tar upp.",
}
INSTRUMENTS = {ProjectKind.EU: Instrument.EU_PROJECT, ProjectKind.AID: Instrument.AID_PROJECT}
WHY_INFLUENCE = "Beslutet påverkar stadens egna uppgifter och kostnader."
# A nämnd's or a bolagsstyrelse's to decide (M4, M13); journeys are the office's.
BY_BOARD = frozenset({Kind.PROJECT, Kind.EU_INFLUENCE})


class Assignments(Desk):
    years: list[ProjectYear]

    def stories(self) -> Iterator[Story]:
        self.years = []
        trips = content("trips")
        for row in trips["hosted"]:
            yield self.hosted(row)
        for row in trips["study"]:
            yield self.study(row)
        for row in content("influences")["rows"]:
            yield self.influence(row)
        for told in content("projects")["projects"]:
            yield self.project(told)

    def hosted(self, row: list[Any]) -> Story:
        title, who, span, guests, cost, code, direction, motive, state = row
        first, last = map(date.fromisoformat, span.split("/"))
        engagement = self.trip_matter(title, who, "", first, last, cost, code)
        engagement.partner = self.partners.named(who)
        detail = Trip(
            kind=TripKind.CONFERENCE_HOSTED, place="Stockholm", people=guests, delegation=f"{guests} deltagare"
        )
        asked = later(first, -self.rng.randrange(90, 130))
        return self.own(engagement, detail, asked, tags(direction, motive), State(state), done=later(last, 4))

    def study(self, row: list[Any]) -> Story:
        title, place, country, who, span, people, cost, code, direction, motive, state = row
        first, last = map(date.fromisoformat, span.split("/"))
        engagement = self.trip_matter(title, who, country, first, last, cost, code)
        engagement.partner = self.partners.visitor(place).partner
        detail = Trip(
            kind=TripKind.STUDY_TRIP, place=place, people=people, delegation=f"{people} från {engagement.body.name}"
        )
        asked = later(first, -self.rng.randrange(60, 95))
        report = f"Bakgrund: {motive} Programmet följdes och värden visade även det som inte gått bra. {self.result()}"
        told = {"report": report, "report_filed_on": later(last, 16)}
        return self.own(engagement, detail, asked, tags(direction, motive), State(state), done=later(last, 16), **told)

    def trip_matter(
        self, title: str, who: str, country: str, first: date, last: date, cost: int, code: str
    ) -> Engagement:
        return Engagement(
            kind=Kind.TRIP, title=title, summary="", body=self.staff.body(code), contact=self.staff.contact(code),
            counterpart=who, country=country, happens=f"{first:%Y-%m-%d}", starts_on=first, ends_on=last,
            scope=Scope.OWN_FIELD, instrument=Instrument.TRIP, on_behalf_of_ks=False, financing=Financing.OWN,
            cost=Decimal(cost), burden=Burden.NONE, goal="Nämndens verksamhetsplan",
            sustainability=["social", "economic"],
        )  # fmt: skip

    def influence(self, row: list[Any]) -> Story:
        title, form, area, addressee, code, submitted, answer, result, state = row
        day = date.fromisoformat(submitted)
        engagement = Engagement(
            kind=Kind.EU_INFLUENCE, title=title, summary=answer, body=self.staff.body(code),
            contact=self.staff.contact(code), counterpart=addressee, happens=submitted, starts_on=day, ends_on=day,
            respond_by=day, scope=Scope.CITY_WIDE if code in CITY else Scope.OWN_FIELD,
            instrument=Instrument.POST if form == InfluenceForm.POST else Instrument.POSITION,
            financing=Financing.OWN, burden=Burden.NONE, goal="Stadens EU-policy", sustainability=["democratic"],
        )  # fmt: skip
        detail = EUInfluence(form=form, policy_area=area, addressee=addressee)
        asked = later(day, -self.rng.randrange(45, 70))
        told = {"submitted_on": day, "result": result}
        marks = tags("paverkan", f"{FORMS[form]} {WHY_INFLUENCE}")
        return self.own(engagement, detail, asked, marks, State(state), done=day, **told)

    def project(self, told: dict[str, Any]) -> Story:
        started = date.fromisoformat(told["started"])
        last_year = max((year for year, *_money in told["years"]), default=0)
        # those with money this year go on into the next
        ends_on = date(last_year + (last_year == TODAY.year), 12, 15) if last_year else None
        kind = ProjectKind(told["kind"])
        engagement = Engagement(
            kind=Kind.PROJECT, title=told["title"], summary=f"Deltar: {told['partners']}.",
            body=self.staff.body(told["body"]), contact=self.staff.contact(told["body"]),
            counterpart=told["partners"][:200], happens=told["started"], starts_on=started, ends_on=ends_on,
            scope=Scope.OWN_FIELD, instrument=INSTRUMENTS[kind],
            financing=Financing.MIXED if kind == ProjectKind.EU else Financing.EXTERNAL, burden=Burden.NONE,
            goal="Nämndens verksamhetsplan", sustainability=["ecological", "social"],
        )  # fmt: skip
        detail = Project(kind=kind, programme=told["programme"], funder=funder(told))
        for year, outside, own in told["years"]:
            self.years.append(ProjectYear(project=detail, year=year, funding_sek=outside, own_share_sek=own))
        asked = later(max(started - timedelta(days=self.rng.randrange(70, 110)), date(2024, 1, 8)), 0)
        state = State(told.get("state", "closed" if 0 < last_year < TODAY.year else "approved"))
        marks = tags(told["direction"], told["motive"])
        if started < REGISTER_BEGAN:
            return self.under_way(engagement, detail, asked, marks, state)
        return self.own(engagement, detail, asked, marks, state)

    def under_way(
        self, engagement: Engagement, detail: Project, asked: date, marks: dict[str, Any], state: State
    ) -> Story:
        """Written in when the register began, already running."""
        by = engagement.contact
        assert by is not None
        life = self.opened(engagement.body, asked, by, **marks)
        life.append(Moment(State.APPROVED, life[-1].at + timedelta(minutes=4), by, BEGAN, {"decision_note": BEGAN}))
        if state == State.CLOSED:
            life.append(self.closed(engagement, by))
        return Story(f"uppdrag-{slugify(engagement.title)}", engagement, detail, life)

    def closed(self, engagement: Engagement, by: User) -> Moment:
        day = later(engagement.ends_on or TODAY, 45)
        return self.moved(State.CLOSED, day, by, "Projekttiden är slut och slutrapporten lämnad.")

    def own(
        self,
        engagement: Engagement,
        detail: Any,
        asked: date,
        marks: dict[str, Any],
        state: State,
        done: date | None = None,
        **told: Any,
    ) -> Story:
        """From the first note to `state`, decided in the body's own name."""
        asked = max(asked, date(2024, 1, 8))
        asked = min(asked, later(TODAY - timedelta(days=30), 0))
        by = engagement.contact
        assert by is not None
        decides = self.staff.board_of if engagement.kind in BY_BOARD else self.staff.decider
        decider = decides(engagement.body.code)
        yes = state != State.DECLINED
        text = f"{'Bifall' if yes else 'Avslag'} föreslås. {next(iter(marks['motives'].values()))}"
        note = (
            "Enligt förslaget."
            if yes
            else "Avslås. Frågan ryms inte inom årets budget och prövas på nytt i nästa plan."
        )
        life: list[Moment] = [
            self.assessed(later(asked, 6), by, marks),
            self.proposed(later(asked, 12), by, text, yes=yes),
            self.decided(later(asked, 19), decider, note, yes=yes),
        ][: STEPS.get(state, 3)]
        life = self.opened(engagement.body, asked, by) + life
        if state == State.COMPLETED and done:
            life.append(self.moved(State.COMPLETED, later(max(done, asked + timedelta(days=20)), 0), by, **told))
        if state == State.CLOSED:
            life.append(self.closed(engagement, by))
        return Story(f"uppdrag-{slugify(engagement.title)}", engagement, detail, life)

    def result(self) -> str:
        return str(self.rng.choice(content("meetings")["report"]["results"]))


def funder(told: dict[str, Any]) -> str:
    return "Europeiska unionen" if told["kind"] == ProjectKind.EU else str(told["programme"].split(",")[0])
