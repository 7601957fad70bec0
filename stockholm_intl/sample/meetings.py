"""Internationella beredningen's meetings, taken through its own operations one after the other, as they were held."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F

from decisions.enums import GRANTING_OUTCOMES, Outcome, Section
from decisions.models import AgendaItem, DelegationPoint, Meeting
from decisions.operations import (
    add_item,
    approve_meeting,
    create_meeting,
    mark_held,
    record_decision,
    refer_engagement,
    report_to_ks,
)
from decisions.rules import COMMISSIONER, Verdict, belonging
from engagements.enums import Kind, State
from engagements.models import Engagement
from engagements.operations import locked, move, save_with_reason
from engagements.routing import route_of
from organisation.models import User
from stockholm_intl.kit.swedish import capital, counted, kronor, long_date
from stockholm_intl.sample.committee_matters import MEETINGS, NINTH, PERSON, Referral
from stockholm_intl.sample.content import content
from stockholm_intl.sample.days import STOCKHOLM, TODAY, later
from stockholm_intl.sample.lives import Desk

OUTCOMES = {
    "granted": Outcome.APPROVED,
    "changed": Outcome.CHANGED,
    "declined": Outcome.DECLINED,
    "remitted": Outcome.REMITTED,
    "tabled": Outcome.TABLED,
    "onward": Outcome.NOTED,
}
POINTS = {Kind.TRIP: "IB 2.1", Kind.RECEPTION: "IB 2.2", Kind.DECLARATION: "IB 2.3"}
LATEST = date(2026, 11, 19)  # what is referred to the coming meeting was so before today
VERSIONS = (("2024-01", date(2024, 1, 1), date(2025, 12, 31)), ("2026-01", date(2026, 1, 1), None))
GROUND = "Initiativet rör hela staden men ger ingen ny belastning; det avgörs därför som en deklaration (M7)."


class Meetings(Desk):
    def hold(self, referrals: Iterable[Referral]) -> None:
        """All meetings in order. What was decided is carried out in between, and travel reports come back."""
        self.points = self.delegation_points()
        self.secretary, self.commissioner = self.staff.cast["ib_secretary"], self.staff.cast["commissioner"]
        waiting: dict[date, list[Referral]] = defaultdict(list)
        for referral in referrals:
            waiting[referral.meeting].append(referral)
        self.reports: dict[date, list[Engagement]] = defaultdict(list)
        held: list[Referral] = []
        for day in MEETINGS:
            self.carry_out(held, before=min(day, TODAY))
            self.meeting(day, waiting[day])
            held += waiting[day]
        self.carry_out(held, before=TODAY)
        date_history_as_told()

    def delegation_points(self) -> dict[tuple[str, str], DelegationPoint]:
        found = {}
        for version, first, last in VERSIONS:
            for point in content("meetings")["points"]:
                row = DelegationPoint(
                    body=self.staff.body("KS"), version=version, delegate=COMMISSIONER, valid_from=first, valid_to=last,
                    is_sample=True, **point,
                )  # fmt: skip
                save_with_reason(row, by=None, reason="Exempeldata")
                found[version, row.code] = row
        return found

    # --- one meeting

    def meeting(self, day: date, referrals: list[Referral]) -> None:
        words = content("meetings")
        meeting = create_meeting(
            body=self.staff.body("IB"), held_on=day, by=self.secretary, at=moment(later(day, -40), 9),
            starts_at=time(13), ends_at=time(14, 20), place=words["place"], present=words["present"].strip(),
            registry_number=self.numbers.next(self.staff.body("IB"), day), is_sample=True,
        )  # fmt: skip
        referred_at = moment(min(later(day, -9), LATEST), 10)
        items = [(self.refer(meeting, referral, referred_at), referral) for referral in referrals]
        reports = [self.refer_report(meeting, trip, referred_at) for trip in self.reports[day]]
        if not referrals:
            add_item(
                meeting=meeting, section=Section.INTERNATIONAL, title="Lägesrapport från internationella enheten",
                by=self.secretary, at=referred_at,
            )  # fmt: skip
        if day > TODAY:
            return
        mark_held(meeting=meeting, by=self.secretary, at=moment(day, 15))
        for item, referral in items:
            self.decide(item, referral, day)
        for item in reports:
            text = content("meetings")["texts"]["noted"][0]
            record_decision(item=item, outcome=Outcome.NOTED, text=text, by=self.secretary, at=moment(day, 16))
        if day < NINTH:
            reported, approved = board_day(day), later(day, 6)
            approve_meeting(
                meeting=meeting, approvers=[self.commissioner], by=self.secretary, at=moment(approved, 10), on=approved
            )
            report_to_ks(
                meeting=meeting, by=self.secretary, at=moment(reported, 11), on=reported,
                paragraph=f"§ {self.rng.randrange(8, 40)}",
            )  # fmt: skip

    def refer(self, meeting: Meeting, referral: Referral, at: datetime) -> AgendaItem:
        engagement = referral.story.engagement
        return refer_engagement(
            engagement=engagement, meeting=meeting, section=referral.section, title=engagement.title,
            by=self.secretary, at=at, proposal=engagement.proposal_text, reasons=engagement.summary,
        )  # fmt: skip

    def refer_report(self, meeting: Meeting, trip: Engagement, at: datetime) -> AgendaItem:
        return refer_engagement(
            engagement=trip, meeting=meeting, section=Section.TRAVEL_REPORTS,
            title=f"Reserapport: {trip.title}"[:300], by=self.secretary, at=at, reasons=trip.trip.report,
        )  # fmt: skip

    def decide(self, item: AgendaItem, referral: Referral, day: date) -> None:
        engagement = referral.story.engagement
        outcome = OUTCOMES[referral.outcome.split("_")[-1]]
        version = VERSIONS[day >= VERSIONS[1][1]][0]
        judged = belonging(route_of(engagement)).verdict is Verdict.JUDGE
        decides = outcome in {Outcome.APPROVED, Outcome.CHANGED, Outcome.DECLINED}
        record_decision(
            item=item, outcome=outcome, text=text_of(referral), by=self.secretary, at=moment(day, 15, 30),
            delegate=COMMISSIONER if decides else "",
            delegate_person=self.commissioner if decides else None,
            point=self.points[version, POINTS[Kind(engagement.kind)]] if decides else None,
            cost=granted(referral, outcome), ground=GROUND if judged and decides else "",
        )  # fmt: skip

    # --- between meetings

    def carry_out(self, held: list[Referral], *, before: date) -> None:
        """What was granted takes place; its travel report goes to the first meeting after it is filed."""
        for referral in list(held):
            engagement = referral.story.engagement
            last = engagement.ends_on
            if engagement.kind == Kind.DECLARATION:
                held.remove(referral)
                self.sign(engagement, referral)
            elif last and later(last, 12) <= before - timedelta(days=1):
                held.remove(referral)
                self.complete(engagement, later(last, 12))

    def complete(self, engagement: Engagement, day: date) -> None:
        row = locked(engagement)
        if row.state != State.APPROVED:
            return
        by, at = row.contact or self.secretary, moment(day, 14)
        if row.kind == Kind.TRIP:
            row.trip.report = self.report(row)
            row.trip.report_filed_on = day
            save_dated(row.trip, at=at, by=by, reason="Reserapport lämnad")
            comes_back = next((meeting for meeting in MEETINGS if meeting >= day + timedelta(days=12)), None)
            if comes_back:
                self.reports[comes_back].append(row)
        row._history_date = at  # type: ignore[attr-defined]
        move(row, "complete", by=by, at=at)

    def report(self, row: Engagement) -> str:
        words = content("meetings")["report"]
        return (
            f"Bakgrund: {row.summary} {self.rng.choice(words['roles'])} Resultat: {self.rng.choice(words['results'])}"
        )

    def sign(self, engagement: Engagement, referral: Referral) -> None:
        """Signed the week after; what kommunstyrelsen decides has been decided two months later."""
        row = locked(engagement)
        if row.state == State.APPROVED:
            row.declaration.signed_on = f"{later(referral.meeting, 7):%Y-%m-%d}"
            at = moment(later(referral.meeting, 7), 10)
            save_dated(row.declaration, at=at, by=self.secretary, reason="Undertecknad")
            return
        decided = later(referral.meeting, 60)
        if referral.outcome == "onward" and decided < TODAY:
            at = moment(decided, 11)
            row.decided_at, row.decision_note = at, "Kommunstyrelsen beslutade enligt förslaget."
            row.decided_by = self.staff.decider("KS")
            row._history_date = at  # type: ignore[attr-defined]
            move(row, "accept", by=self.staff.decider("KS"), at=at, reason="Kommunstyrelsens beslut")


def board_day(held: date) -> date:
    """When kommunstyrelsen is told: some three weeks later, not in July nor in the first days of January."""
    day = later(held, 21)
    if day.month == 7:
        return later(held, 14)
    return later(held, 35) if (day.month, day.day) < (1, 12) else day


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), STOCKHOLM)


def save_dated(row: Any, *, at: datetime, by: User, reason: str) -> None:
    row._history_date = at
    save_with_reason(row, by=by, reason=reason)


def text_of(referral: Referral) -> str:
    """The decision's points, filled in from the matter."""
    words = dict(referral.words)
    if "people" in words:
        words |= {name: counted(words[name], PERSON) for name in ("people", "fewer")}
        words["asked"] = words["people"].split("\u00a0")[0]
    if "cost" in words:
        words["less"] = kronor(less(words["cost"]))
        words["cost"] = kronor(words["cost"])
    if "evening" in words:
        words["day"] = long_date(words["evening"])
        words["slot"] = words["slot"].replace(" ", "\u00a0")
    key = referral.outcome
    texts = content("meetings")["texts"]
    lines = texts[key if key in texts else key.split("_")[-1]]
    told = [line.format(**words) for line in lines]
    if "refusal" in words and key.endswith("declined"):
        told.append(words["refusal"])
    return "\n".join(capital(line) for line in told)


def less(cost: int) -> Decimal:
    return Decimal(round(cost * 0.8, -3))


def granted(referral: Referral, outcome: Outcome) -> Decimal | None:
    """What the decision grants; nothing for one that refuses."""
    if outcome not in GRANTING_OUTCOMES or referral.cost is None:
        return None
    return less(int(referral.cost)) if outcome == Outcome.CHANGED else referral.cost


def date_history_as_told() -> None:
    """Decisions save their matter at the time they are recorded; its history gets the day the decision tells."""
    history: Any = Engagement.history.model
    history.objects.filter(is_sample=True).exclude(history_date=F("updated_at")).update(history_date=F("updated_at"))
